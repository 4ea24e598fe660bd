"""A member tells the desk what a caller, or every caller, is to be told at the next contact."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import relays
from bot.posts import Input, Modal, Text, line
from bot.questions.member import by, value
from bot.questions.phone import shown_phone, written_number
from bot.update import Face
from bot.values import Msgid
from storage import callers

WORDS: Final = 1000
LABEL: Final[dict[str, Msgid]] = {
    "it": _("The words, in Italian"),
    "en": _("The words, in English"),
    "pl": _("The words, in Polish"),
}
OFTEN: Final = (("once", _("Once")), ("always", _("At every contact")))


@action("command_tell", Face.TEAM)
async def tell(turn: Turn) -> None:
    """Opens the form of what is to be told, with the words of the command in it."""
    said, client = turn.update.text, turn.client
    spoken = turn.language
    parts = [
        Input(
            name="phone",
            label=_("For whom? A phone number; nothing: for everybody"),
            needed=False,
            most=40,
            hint=_("Who writes or calls from this number is told."),
        ),
        *(
            Input(name=f"words_{language}", label=LABEL[language], form="long", needed=False, most=WORDS,
                  value=said[:WORDS] if language == spoken else "")
            for language in client.languages
        ),
        Input(name="private", label=_("Only once we know who it is"), form="check", needed=False),
        Input(name="repeat", label=_("How often?"), form="choice", options=OFTEN, value="once"),
        Input(name="until", label=_("Until when?"), form="moment", needed=False),
    ]  # fmt: skip
    turn.open(Modal(act="told_desk", title=_("Tell the desk"), parts=tuple(parts), submit=_("Tell")))


@action("tell_form", Face.TEAM)
async def tell_form(turn: Turn) -> None:
    """The same form, from a button."""
    await tell(turn)


@action("told_desk", Face.TEAM)
async def told_desk(turn: Turn) -> None:
    """Enters it, word for word; a language that has none is asked of the desk before it is told."""
    client, values = turn.client, turn.given.get("values") or {}
    texts = {language: value(turn, f"words_{language}", WORDS) for language in client.languages}
    texts = {language: words for language, words in texts.items() if words}
    said = value(turn, "phone", 40)
    phone = written_number(said, client.country) if said else ""
    until = datetime.fromtimestamp(int(values["until"]), UTC) if values.get("until") else None
    wrong: dict[str, Text] = {}
    if not texts:
        wrong[f"words_{client.languages[0]}"] = _("Write the words in at least one language.")
    if phone is None:
        wrong["phone"] = _("This is no phone number.")
    if until is not None and until <= turn.now:
        wrong["until"] = _("This time has passed.")
    if wrong or phone is None:
        turn.wrong(**wrong)
        return
    repeat = "always" if values.get("repeat") == "always" else "once"
    relay = relays.enter(
        turn.write, client, texts, turn.now,
        phone=phone, private=bool(values.get("private")), repeat=repeat, until=until, member=by(turn).id,
    )  # fmt: skip
    known = (
        {one.language for one in callers.with_phone(turn.rows, client.id, phone) if one.language} if phone else set()
    )
    missing = [language for language in client.languages if language not in texts and (not known or language in known)]
    for language in missing:
        relays.ask_for_words(turn.write, client, relay, language, turn.now)
    turn.whisper(noted(phone, missing))


def noted(phone: str, missing: list[str]) -> Text:
    """What she hears at once."""
    if phone and missing:
        return line(_("Noted for {phone}. The assistant translates it first."), phone=shown_phone(phone))
    if phone:
        return line(_("Noted for {phone}. You will hear when it was told."), phone=shown_phone(phone))
    if missing:
        return _("Noted for everybody. The assistant translates what is missing.")
    return _("Noted for everybody who writes or calls.")
