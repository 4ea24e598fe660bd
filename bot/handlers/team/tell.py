"""A member tells the desk what a caller, or every caller, is to be told at the next contact."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import callers as known_callers
from bot.office import relays
from bot.posts import Input, Modal, Text, line
from bot.questions import told_news
from bot.questions.member import by, of_those_named, value
from bot.questions.phone import shown_phone, written_number
from bot.update import Face, Json
from bot.values import Msgid
from storage import callers
from storage.callers import Caller

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
    of_those_named(turn)
    turn.open(form(turn, {f"words_{turn.language}": turn.update.text[:WORDS], "repeat": "once"}))


@action("tell_form", Face.TEAM)
async def tell_form(turn: Turn) -> None:
    """The same form, from a button."""
    await tell(turn)


def form(turn: Turn, values: Json, meant: list[Caller] | None = None) -> Modal:
    """The form as far as it is filled in; with the callers who may be ``meant``, it asks which of them is."""
    parts = [
        Input(
            name="phone",
            label=_("For whom? Nothing: for everybody"),
            needed=False,
            most=80,
            value=values.get("phone"),
            hint=_("A name, a phone number, or the code of an appointment or an order."),
        )
    ]
    if meant:
        parts.append(Input(name="who", label=_("Which of them?"), form="choice", options=tuple(map(option, meant))))
    parts += [
        *(
            Input(name=f"words_{language}", label=LABEL[language], form="long", needed=False, most=WORDS,
                  value=values.get(f"words_{language}"))
            for language in turn.client.languages
        ),
        Input(name="private", label=_("Only once we know who it is"), form="check", needed=False,
              value=values.get("private")),
        Input(name="repeat", label=_("How often?"), form="choice", options=OFTEN, value=values.get("repeat")),
        Input(name="until", label=_("Until when?"), form="moment", needed=False, value=values.get("until")),
    ]  # fmt: skip
    return Modal(act="told_desk", title=_("Tell the desk"), parts=tuple(parts), submit=_("Tell"))


def option(one: Caller) -> tuple[str, Text]:
    """A caller to choose: by her name, and what tells her from another of that name."""
    return str(one.id), line(_("{name} · {phone}"), name=one.called, phone=shown_phone(one.phone) or f"#{one.id}")


@action("told_desk", Face.TEAM)
async def told_desk(turn: Turn) -> None:
    """Enters it, word for word; a language that has none is asked of the desk before it is told."""
    of_those_named(turn)
    client, values = turn.client, turn.given.get("values") or {}
    texts = {language: value(turn, f"words_{language}", WORDS) for language in client.languages}
    texts = {language: words for language, words in texts.items() if words}
    phone, meant = whom(turn)
    until = datetime.fromtimestamp(int(values["until"]), UTC) if values.get("until") else None
    wrong: dict[str, Text] = {}
    if not texts:
        wrong[f"words_{client.languages[0]}"] = _("Write the words in at least one language.")
    if value(turn, "phone") and not phone and not meant:
        wrong["phone"] = _("Nobody is found by this.")
    if until is not None and until <= turn.now:
        wrong["until"] = _("This time has passed.")
    if wrong:
        turn.wrong(**wrong)
        return
    if len(meant) > 1:
        turn.open(form(turn, values, meant), how="update")
        return
    repeat = "always" if values.get("repeat") == "always" else "once"
    one = meant[0] if meant else None
    relay = relays.enter(
        turn.write, client, texts, turn.now, customer_id=one.id if one is not None else None,
        phone=phone, private=bool(values.get("private")), repeat=repeat, until=until, member=by(turn).id,
    )  # fmt: skip
    speak = [one] if one is not None else callers.with_phone(turn.rows, client.id, phone) if phone else []
    known = {caller.language for caller in speak if caller.language}
    missing = [language for language in client.languages if language not in texts and (not known or language in known)]
    for language in missing:
        relays.ask_for_words(turn.write, client, relay, language, turn.now)
    whose = value(turn, "phone", 80) if told_news.references(client) else one.called if one is not None else ""
    turn.whisper(noted(whose or (shown_phone(phone) if phone else ""), missing))


def whom(turn: Turn) -> tuple[str, list[Caller]]:
    """For whom it is: whoever has a phone (E.164), or the callers who may be meant; neither: it is for everybody."""
    said, client = value(turn, "phone", 80), turn.client
    if not said:
        return "", []
    phone = written_number(said, client.country)
    if phone:
        return phone, []
    meant = known_callers.meant(turn.rows, client, said)
    chosen = [one for one in meant if str(one.id) == value(turn, "who")]
    return "", chosen or meant


def noted(name: str, missing: list[str]) -> Text:
    """What she hears at once."""
    if name and missing:
        return line(_("Noted for: {name}. The assistant translates it first."), name=name)
    if name:
        return line(_("Noted for: {name}. You will hear when it was told."), name=name)
    if missing:
        return _("Noted for everybody. The assistant translates what is missing.")
    return _("Noted for everybody who writes or calls.")
