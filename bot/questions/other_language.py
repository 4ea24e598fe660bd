"""The offer to go on in another language, where a longer message is in one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.dialog import Spoken, Turn, button
from bot.i18n import _, plain
from bot.reading.language import read_language
from bot.values import Holder, Msgid

GO_ON: Final[Mapping[str, Msgid]] = {
    "it": _("Shall we go on in Italian?"),
    "en": _("Shall we go on in English?"),
    "pl": _("Shall we go on in Polish?"),
}
YES: Final = _("Yes, in this language")


def other_language(turn: Turn) -> str:
    """The language of ours that a longer message is surely in, where it is not hers; else nothing."""
    read = read_language(turn.update.text, turn.ear)
    return str(read.value) if read is not None else ""


def offer_language(turn: Turn) -> None:
    """Offers, in that language itself and once in each talk, to go on in the one of ours that was written."""
    language = turn.hears
    if not language or turn.conversation.holder is Holder.DESK:
        return
    awaiting = dict(turn.conversation.awaiting or {})
    offered = awaiting.get("languages", [])
    if language in offered:
        return
    turn.change(awaiting={**awaiting, "languages": [*offered, language]})
    words, label = (plain(one, {}, language, turn.client.zone, turn.now) for one in (GO_ON[language], YES))
    offer = Spoken([(_("{text}"), {"text": words})], [[button(label, "speak", language)]])
    spoken = turn.scene.spoken
    asks = bool(awaiting.get("ask")) and bool(spoken)
    spoken.insert(len(spoken) - 1 if asks else len(spoken), offer)
