"""The desk was called: who it was, about what, and how it ended."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import calls, slips
from bot.office import relays as office
from bot.office.callers import the_caller
from bot.questions.caller import given_caller
from bot.questions.phone import written_number
from bot.questions.worked import began, worked
from bot.update import Face, Json
from bot.values import Refusal
from storage import relays
from storage.callers import Caller

ENDS: Final = ("note", "slip", "order", "booking")


@action("log_call", Face.VA, Face.OPERATOR)
async def log_call(turn: Turn) -> None:
    """Writes down a call of ``customer`` (a row id), or of a ``name`` with a ``phone``: ``about`` what, its ``end``.

    It ends as a note, a slip (for ``contact``, with ``call_back``, perhaps ``urgent``), an order's status (``order``,
    and as ``proof`` its phone or e-mail, or ``vouched``), or a booking, which is still to be made: then it stays open
    until it is. ``relays`` are those she was told, and ``since`` (ISO) is when it began. Answers with ``ticket``,
    ``customer`` and, as it ended, ``slip`` or ``order``, ``status`` and ``expected``.
    """
    client, now, end = turn.client, turn.now, said(turn, "end") or "note"
    about = said(turn, "about", 2000)
    if end not in ENDS:
        raise Refusal(_("How did the call end?"))
    if not about and (end == "slip" or (end == "note" and not turn.given.get("relays"))):
        raise Refusal(_("What was it about?"))
    caller = the_caller(turn.write, client, given_caller(turn.given, client.country), now)
    by = said(turn, "by") or "desk"
    data, outcome, answer = ended(turn, caller, end, about)
    if end == "note" and not about:
        outcome = "relay told"
    call = calls.log(turn.write, client, caller, about or outcome, now, end=end, **data)
    tell(turn, caller)
    if end != "booking":
        calls.end(turn.write, client, call.number, caller.id, f"{outcome} by {by}", now)
    worked(turn, "call", ticket_id=call.id, since=began(turn) or now)
    turn.answer(ticket=call.number, customer=caller.id, **answer)


def ended(turn: Turn, caller: Caller, end: str, about: str) -> tuple[dict[str, str], str, dict[str, Json]]:
    """What an end of a call leads to: what its ticket keeps, its outcome, and what is answered."""
    client = turn.client
    if end == "slip":
        number = slips.take_call(
            turn.write,
            client,
            caller.id,
            turn.now,
            name=caller.called,
            about=about,
            contact=client.contact(said(turn, "contact")),
            phone=caller.phone,
            call_back=said(turn, "call_back", 200),
            urgent=bool(turn.given.get("urgent")),
        )
        return {}, f"message {number}", {"slip": number}
    if end == "order":
        vouched, proof = bool(turn.given.get("vouched")), said(turn, "proof")
        given = proof if "@" in proof else written_number(proof, client.country) or ""
        order = calls.asked_order(turn.rows, client, said(turn, "order"), given, vouched=vouched)
        how = "vouched" if vouched else "email" if "@" in given else "phone"
        expected = order.expected_on.isoformat() if order.expected_on is not None else ""
        answer: dict[str, Json] = {"order": order.number, "status": order.status.value, "expected": expected}
        return {"order": order.number, "proof": how}, f"order {order.number}", answer
    return {}, end, {}


def tell(turn: Turn, caller: Caller) -> None:
    """Notes which relays the caller was told, of those that stand for her."""
    told = {int(one) for one in turn.given.get("relays") or ()}
    for relay in relays.for_customer(turn.rows, turn.client.id, caller.id, caller.phone, turn.now) if told else ():
        if relay.id in told:
            office.tell(turn.write, turn.client, relay.id, caller.id, turn.now)


def said(turn: Turn, name: str, longest: int = 300) -> str:
    """What was given as words."""
    return str(turn.given.get(name) or "").strip()[:longest]
