"""The desk enters what customers are to be told at their next contact."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.ability import action
from bot.dialog import Turn
from bot.office import relays
from bot.questions.phone import written_number
from bot.update import Face
from bot.values import LANGUAGES
from storage.tickets import by_number


@action("relay", Face.VA, Face.OPERATOR)
async def relay(turn: Turn) -> None:
    """Enters ``texts`` (words by language) for the customer of ``ticket``, for a ``phone``, or for everyone.

    ``private`` ones are told to a verified customer only; ``repeat`` is once or always; ``until`` (ISO) ends it.
    Answers with the ``relay``'s number.
    """
    given = turn.given
    try:
        texts = words(given)
        whom = addressee(turn)
        until = moment(turn, str(given.get("until") or ""))
    except ValueError as wrong:
        turn.answer(error=str(wrong))
        return
    repeat = "always" if given.get("repeat") == "always" else "once"
    number = relays.enter(
        turn.write, turn.client, texts, turn.now, private=bool(given.get("private")), repeat=repeat, until=until, **whom
    )
    turn.answer(relay=number)


@action("translate_relay", Face.VA, Face.OPERATOR)
async def translate_relay(turn: Turn) -> None:
    """Gives ``relay`` its words in more languages: ``texts``."""
    try:
        relays.translate(turn.write, turn.client, int(turn.given["relay"]), words(turn.given), turn.now)
    except (LookupError, ValueError) as wrong:
        turn.answer(error=str(wrong.args[0]))
    else:
        turn.answer(relay=turn.given["relay"])


@action("withdraw_relay", Face.VA, Face.OPERATOR)
async def withdraw_relay(turn: Turn) -> None:
    """Nobody is told ``relay`` any more."""
    try:
        relays.withdraw(turn.write, turn.client, int(turn.given["relay"]), turn.now)
    except LookupError as wrong:
        turn.answer(error=str(wrong.args[0]))
    else:
        turn.answer(relay=turn.given["relay"])


def words(given: Mapping[str, Any]) -> dict[str, str]:
    """The words by language; raises ValueError where there are none, or in a language we do not speak."""
    texts = {language: str(text).strip() for language, text in dict(given.get("texts") or {}).items()}
    texts = {language: text for language, text in texts.items() if text}
    if not texts or not set(texts) <= set(LANGUAGES):
        raise ValueError(f"A relay needs words, in one or more of: {', '.join(LANGUAGES)}.")
    return texts


def addressee(turn: Turn) -> dict[str, Any]:
    """For whom a relay is; raises ValueError where nobody can be meant."""
    number, said = turn.given.get("ticket"), str(turn.given.get("phone") or "")
    if number:
        ticket = by_number(turn.rows, turn.client.id, int(number))
        if ticket is None or ticket.customer_id is None:
            raise ValueError(f"Ticket {number} has no customer.")
        return {"customer_id": ticket.customer_id}
    if not said:
        return {}
    phone = written_number(said, turn.client.country)
    if phone is None:
        raise ValueError(f"{said} is no phone number.")
    return {"phone": phone}


def moment(turn: Turn, said: str) -> datetime | None:
    """Until when, on the client's clock where nothing else is said; raises ValueError for no time, or a past one."""
    if not said:
        return None
    try:
        at = datetime.fromisoformat(said)
    except ValueError:
        raise ValueError(f"{said!r} is no time; write it like 2026-12-24T12:00.") from None
    until = (at if at.tzinfo is not None else at.replace(tzinfo=turn.client.zone)).astimezone(UTC)
    if until <= turn.now:
        raise ValueError("That time has passed.")
    return until
