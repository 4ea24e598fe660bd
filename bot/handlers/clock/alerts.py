"""What falls due for who is off her page: an alert, and a message that is brought to whom it is for."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Row

from bot.ability import action
from bot.dialog import Turn, button
from bot.i18n import _, decode, show
from bot.office import alerts, linking
from bot.office.tickets import KINDS
from bot.questions.message import TIMES
from bot.questions.phone import shown_phone
from bot.questions.told_appointment import Part, line
from bot.update import Face, OfClient
from bot.values import Client, Msgid
from storage import alerts as told
from storage import callers, clients, links, relays, road, staff
from storage.tickets import by_id

SAID: Final[dict[str, Msgid]] = {str(within): within for _button, within in TIMES.values()}


@action("alert", Face.CLOCK)
async def alert(turn: Turn) -> None:
    """Alerts the next in the chain of a ticket, unless somebody has dealt with it or seen it since it began."""
    given, ticket = turn.given, by_id(turn.rows, turn.client.id, int(turn.given["ticket"]))
    since = datetime.fromisoformat(given["since"])
    if ticket is None or not waits(ticket) or (ticket.seen_at is not None and ticket.seen_at >= since):
        return
    stage, late = str(given["stage"]), bool(given["late"])
    alerts.step(turn.write, turn.client, ticket, stage, since, turn.now, is_late=late)


@action("alerted", Face.CLOCK)
async def alerted(turn: Turn) -> None:
    """Tells who is reached here that a ticket waits: its kind, its client and by when, no word of a customer's.

    Of an incident, which is nobody's but ours, she also hears what it is and what is to be done.
    """
    client = of_ticket(turn)
    ticket = by_id(turn.rows, client.id, int(turn.given["ticket"]))
    if ticket is None or not waits(ticket):
        return
    head = _("Urgent: somebody waits for an answer.") if ticket.urgent else _("Somebody waits for an answer.")
    parts: list[Part] = [
        (head, {}),
        line(_("What"), KINDS.get(ticket.kind, KINDS["task"])),
        line(_("Client"), client.name),
        line(_("Ticket"), str(ticket.number)),
    ]
    if ticket.about and "incident" in ticket.data:
        message, values = decode(ticket.about)
        parts.insert(1, (Msgid(message), values))
    if ticket.due_at is not None:
        parts.append(line(_("Late since") if ticket.due_at <= turn.now else _("Answer by"), due(turn, ticket, client)))
    turn.say_lines(parts, buttons=[[button(_("Seen"), "seen", str(ticket.id))]])


@action("slip_brought", Face.CLOCK)
async def slip_brought(turn: Turn) -> None:
    """Brings a message to whom it is for, with what she can do about it."""
    ticket_id = int(turn.given["ticket"])
    found = linking.brought(turn.write, turn.client, ticket_id, turn.now)
    if found is None:
        return
    if found.customer_id is not None:
        told.speak_of(turn.write, turn.client.id, turn.conversation.id, found.customer_id, turn.now)
    parts: list[Part] = [
        (_("A message for you: no. {number}."), {"number": str(found.number)}),
        line(_("From"), found.name),
        line(_("About"), found.about),
    ]
    if found.phone:
        when: Any = SAID.get(found.call_back, found.call_back)
        reply = {"phone": shown_phone(found.phone), "when": when}
        parts.append((_("Reply to: {phone}, {when}."), reply) if when else line(_("Reply to"), reply["phone"]))
    else:
        parts.append((_("The customer waits for the answer in the chat: the assistant passes it on."), {}))
    dealt = _("I have called back") if found.phone else _("I have dealt with it")
    called = button(dealt, "called_back", str(ticket_id))
    turn.say_lines(parts, buttons=[[called], [button(_("Give it to the assistant"), "to_desk", str(ticket_id))]])


@action("told_her", Face.CLOCK)
async def told_her(turn: Turn) -> None:
    """Tells the client's contact that the desk has told somebody what she was to be told."""
    words = relays.texts(turn.rows, turn.client.id, int(turn.given["relay"]))
    customer = callers.by_id(turn.rows, turn.client.id, int(turn.given["customer"]))
    if words is None or customer is None:
        return
    told.speak_of(turn.write, turn.client.id, turn.conversation.id, customer.id, turn.now)
    text = words.get(turn.language) or next(iter(words.values()), "")
    turn.say_lines([(_("Told, as you wished."), {}), line(_("To"), customer.called), line(_("Words"), text)])


def waits(ticket: Row[Any]) -> bool:
    """Whether somebody still waits for the desk."""
    return ticket.state == "open" and (ticket.due_at is not None or ticket.urgent)


def of_ticket(turn: Turn) -> Client:
    """The client of a ticket, which need not be the one whose bot says it."""
    client_id = int(turn.given["client"])
    if client_id == turn.client.id:
        return turn.client
    found = road.locate(turn.rows, OfClient(client_id))
    if found is None:
        raise LookupError(f"no client {client_id}")
    return clients.cached(turn.rows, found.client_id, found.version)


def due(turn: Turn, ticket: Row[Any], client: Client) -> str:
    """By when, on the clock of who reads it."""
    staff_id, _contact = links.here(turn.rows, turn.conversation.id)
    member = staff.by_id(turn.rows, staff_id) if staff_id is not None else None
    zone = ZoneInfo(member.timezone) if member is not None else client.zone
    return show(ticket.due_at, turn.language, zone, "short", turn.now)
