"""How a client's people are told what happened: a message, an appointment, an order, something to be decided.

Where the client wants no more than references, a post says the number, the kind and whose it is, and is opened by those
whom the client's file names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row

from bot.i18n import _
from bot.office.requests import service_name
from bot.posts import Line, Post, Press, Rows, Text, line
from bot.questions.message import TIMES
from bot.questions.phone import shown_phone
from bot.values import Appointment, Client, Contact, Msgid
from storage.decisions import Decision
from storage.orders import Order
from storage.slips import Taken

ASKS: Final[Mapping[str, Msgid]] = {
    "approval": _("Asks for this appointment"),
    "cancel": _("Asks to call off, though it is late"),
    "move": _("Asks to move, though it is late"),
}
WITHOUT: Final[Mapping[tuple[str, str], Msgid]] = {
    ("approval", "refuse"): _("Without an answer {at:by} it is declined."),
    ("approval", "allow"): _("Without an answer {at:by} it is approved."),
    ("late", "refuse"): _("Without an answer {at:by} the appointment stands."),
    ("late", "allow"): _("Without an answer {at:by} it is allowed."),
}
ENDED: Final[Mapping[str, Msgid]] = {
    "allow": _("Allowed by {name}."),
    "refuse": _("Refused by {name}."),
    "proposed": _("Another time is proposed by {name}. The customer answers."),
    "taken": _("The customer takes the time that {name} proposed."),
    "turned down": _("The customer does not take the time that {name} proposed."),
    "lapsed": _("The customer has not answered the time that {name} proposed."),
    "nobody": _("Nobody answered in time, so the client's rule held."),
}
BOOKED: Final[Mapping[str, Msgid]] = {
    "booked": _("Booked"),
    "moved": _("Moved"),
    "cancelled": _("Called off"),
}
READ: Final = _("Read it")


def references(client: Client) -> bool:
    """Whether posts say nothing of what they are about."""
    return client.slack_shows == "reference"


# --- a message --------------------------------------------------------------------------------------------------------


def whom(client: Client, contact_id: int | None) -> Contact | None:
    """For whom a message is; None where it is for anyone, or she is no longer there."""
    return next((one for one in client.contacts if one.id == contact_id), None)


def message_post(client: Client, ticket: Row[Any], found: Taken, *, before: str = "") -> Post:
    """The post of a message; ``before`` is who heard of it first and has not taken it on."""
    contact = whom(client, found.contact_id)
    fields: list[tuple[Text, Text]] = [(_("For"), contact.name if contact is not None else _("anyone"))]
    bare = references(client)
    if not bare:
        fields += message_fields(found)
    small = line(_("{name} has not taken it on yet."), name=before) if before else ""
    open_ = found.state != "done" and not ticket.data.get("given_by")
    return Post(
        title=line(_("Urgent message {n}") if ticket.urgent else _("Message {n}"), n=found.number),
        fields=tuple(fields),
        quote="" if bare else found.about,
        lines=() if open_ else (settled(ticket),),
        small=small if open_ else "",
        buttons=message_buttons(client, ticket) if open_ else (),
    )


def message_fields(found: Taken) -> list[tuple[Text, Text]]:
    """From whom a message is, and where to call back."""
    fields: list[tuple[Text, Text]] = [(_("From"), found.name)]
    if found.phone:
        fields.append((_("Reply to"), shown_phone(found.phone)))
    if found.call_back:
        ours = next((one for _label, one in TIMES.values() if one == found.call_back), None)
        fields.append((_("When to call"), ours or found.call_back))
    return [*fields, (_("Taken down"), line(_("{at:short}"), at=found.taken_at))]


def message_buttons(client: Client, ticket: Row[Any], *, opened: bool = False) -> Rows:
    """What can be done with a message."""
    id = str(ticket.id)
    does = [Press(_("Called back"), "slip_called", id, style="primary")]
    if ticket.conversation_id is not None:
        does.append(Press(_("Reply"), "slip_reply", id))
    does.append(Press(_("Give to the assistant"), "slip_give", id))
    if references(client) and not opened:
        does.insert(0, Press(READ, "slip_open", id))
    return (tuple(does),)


def settled(ticket: Row[Any]) -> Line:
    """What became of a message."""
    given = ticket.data.get("given_by")
    if ticket.state != "done" and given:
        return line(_("The assistant does it: given by {name}."), name=str(given))
    return line(_("Dealt with by {name}."), name=str(ticket.outcome).rpartition(" by ")[2] or _("the assistant"))


def urgent_post(client: Client, ticket: Row[Any], who: str, by: str = "") -> Post:
    """The post of a customer who has something that can't wait; ``by`` is who of the team sees to it."""
    fields: list[tuple[Text, Text]] = [] if references(client) else [(_("From"), who or "–")]
    if ticket.due_at is not None:
        fields.append((_("The assistant answers"), line(_("{at:by}"), at=ticket.due_at)))
    sees = Press(_("I see to it"), "urgent_seen", str(ticket.id), style="primary")
    return Post(
        title=line(_("Urgent: conversation {n}"), n=ticket.number),
        fields=tuple(fields),
        quote="" if references(client) else ticket.subject.removeprefix("Urgent").lstrip(": "),
        lines=(line(_("{name} sees to it."), name=by),) if by else (),
        buttons=() if by or ticket.state == "done" else ((sees,),),
    )


# --- an appointment, an order -----------------------------------------------------------------------------------------


def booking_post(client: Client, one: Appointment, happened: str) -> Post:
    """The post of an appointment of these days."""
    with_whom = client.resource(one.resource_id)
    fields: list[tuple[Text, Text]] = [(_("When"), line(_("{slot:short}"), slot=one))]
    if with_whom is not None:
        fields.append((_("With"), with_whom.name))
    if not references(client):
        fields += [(_("Service"), service_name(client, one)), (_("Name"), one.name or "–")]
        if one.note:
            fields.append((_("Note"), one.note))
    return Post(title=line(_("{what}: appointment {code}"), what=BOOKED[happened], code=one.code), fields=tuple(fields))


def order_post(client: Client, order: Order, standing: Text) -> Post:
    """The post of an order."""
    fields: list[tuple[Text, Text]] = [(_("Status"), standing)]
    if not references(client):
        listed = ", ".join(f"{one['quantity']} × {one['name']}" for one in order.items)
        fields += [(_("Name"), order.name or "–")] + ([(_("Order"), listed)] if listed else [])
        if order.total is not None:
            fields.append((_("Total"), line(_("{amount}"), amount=client.money(order.total))))
    note = "" if references(client) else order.note
    return Post(title=line(_("Order {number}"), number=order.number), fields=tuple(fields), quote=note)


# --- a decision -------------------------------------------------------------------------------------------------------


def decision_post(client: Client, ticket: Row[Any], decision: Decision, one: Appointment, who: str) -> Post:
    """The post of something that is to be decided, or was."""
    fields = [] if references(client) else decision_fields(client, one, who)
    fields.append((_("When"), line(_("{slot:short}"), slot=one)))
    with_whom = client.resource(one.resource_id)
    if with_whom is not None:
        fields.append((_("With"), with_whom.name))
    if decision.slot is not None and decision.outcome in {"", "proposed"}:
        label = _("Proposed instead") if decision.outcome == "proposed" else _("Wished instead")
        fields.append((label, line(_("{at:short}"), at=decision.slot[1])))
    return Post(
        title=line(_("Decision {n}: {what}"), n=ticket.number, what=ASKS[decision.what]),
        fields=tuple(fields),
        lines=(deadline(client, decision),) if decision.open else (outcome(decision),),
        buttons=decision_buttons(client, decision) if decision.open else (),
    )


def decision_fields(client: Client, one: Appointment, who: str) -> list[tuple[Text, Text]]:
    """Who asks, and for what."""
    return [(_("Name"), who or one.name or "–"), (_("Service"), service_name(client, one))]


def deadline(client: Client, decision: Decision) -> Line:
    """By when somebody has to answer, and what holds without."""
    kind = "approval" if decision.what == "approval" else "late"
    default = client.approval_default if kind == "approval" else client.late_default
    return line(WITHOUT[kind, default], at=decision.due_at)


def outcome(decision: Decision) -> Text:
    """How it was decided, and by whom."""
    did, _by, name = decision.outcome.partition(" by ")
    if name == "nobody":
        return ENDED["nobody"]
    if did in ENDED:
        return line(ENDED[did], name=name or decision.by or _("the assistant"))
    return _("This is decided.")


def decision_buttons(client: Client, decision: Decision, *, opened: bool = False) -> Rows:
    """The answers."""
    id = str(decision.id)
    answers = (
        Press(_("Allow"), "decide_allow", id, style="primary"),
        Press(_("Refuse"), "decide_refuse", id, style="danger"),
        Press(_("Propose another time"), "decide_propose", id),
    )
    return ((Press(READ, "decide_open", id), *answers),) if references(client) and not opened else (answers,)
