"""The desk takes an order for the customer of a ticket."""

from __future__ import annotations

from datetime import date

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import order_changes, orders, tickets
from bot.office.hearing import hear
from bot.office.orders import Line
from bot.questions.phone import written_number
from bot.update import Face
from bot.values import Client, Refusal, Standing
from storage import callers


@action("new_order", Face.VA)
async def new_order(turn: Turn) -> None:
    """Takes ``items`` (quantities by key of the catalogue) and ``note`` for the customer of ``ticket``.

    ``name``, ``phone`` and ``expected`` (a day) are written on the order, which is accepted thereby: she hears of it
    in her chat. Answers with its ``order`` number.
    """
    ticket, given, client = tickets.the_ticket(turn.rows, turn.client, turn.given), turn.given, turn.client
    if ticket.customer_id is None:
        raise Refusal(_("Nobody stands behind this ticket."))
    lines, note = lines_of(client, dict(given.get("items") or {})), str(given.get("note") or "").strip()[:1000]
    if not lines and not note:
        raise Refusal(_("What is ordered?"))
    caller = callers.by_id(turn.rows, client.id, ticket.customer_id)
    said = str(given.get("phone") or "").strip()
    phone = written_number(said, client.country) if said else ""
    if phone is None:
        raise Refusal(_("{number} is no phone number."), number=said)
    name = str(given.get("name") or "").strip()[:120] or (caller.called if caller is not None else "")
    new, order_id = orders.enter(
        turn.write,
        client,
        lines,
        turn.now,
        ticket.customer_id,
        caller.talk if caller is not None else None,
        note=note,
        name=name,
        phone=phone or (caller.phone if caller is not None else ""),
        status=Standing.ACCEPTED,
        expected_on=day(str(given.get("expected") or "")),
    )
    order_changes.tell_watchers(turn.write, client, [order_id], turn.now)
    hear(turn.write, client, "order", turn.now, number=new["number"])
    turn.answer(order=new["number"])


def lines_of(client: Client, wanted: dict[str, object]) -> list[Line]:
    """What is wanted of the catalogue."""
    found = []
    for key, many in wanted.items():
        item, quantity = client.item(key), str(many).strip()
        if item is not None and quantity.isdecimal() and 0 < int(quantity) <= 999:
            found.append(Line(item, int(quantity)))
        elif quantity not in {"", "0"}:
            raise Refusal(_("How many? {number} is none."), number=quantity)
    return found


def day(said: str) -> date | None:
    """The day that was said, if any."""
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise Refusal(_("That is no day.")) from None
