"""How a client's people are told what happened: an appointment, an order, something to be decided.

Where the client wants no more than references, a post says the number, the kind and whose it is, and is opened by those
whom the client's file names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row

from bot.i18n import _
from bot.office.busy import resource_of
from bot.office.requests import service_name
from bot.posts import Block, Line, Modal, Post, Press, Rows, Text, line
from bot.values import Appointment, Client, Msgid
from storage.decisions import Decision
from storage.orders import Order

Fields = tuple[tuple[Text, Text], ...]

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


def reading(act: str, title: Text, post: Post) -> Modal:
    """A post as something to read in a form, with its buttons: where the one in the channel is a reference."""
    parts = [Block(lines=(label, said)) for label, said in post.fields]
    if post.quote:
        parts.append(Block(lines=(post.quote,)))
    if post.lines or post.buttons:
        parts.append(Block(lines=post.lines, buttons=post.buttons))
    return Modal(act=act, title=title, parts=tuple(parts))


# --- an appointment, an order -----------------------------------------------------------------------------------------


def booking_post(client: Client, one: Appointment, happened: str) -> Post:
    """The post of an appointment of these days."""
    title = line(_("{what}: appointment {code}"), what=BOOKED[happened], code=one.code)
    if references(client):
        opens = Press(READ, "appointment_open", str(one.id))
        return Post(title=title, fields=person(client, one), buttons=((opens,),))
    return Post(title=title, fields=booking_fields(client, one))


def booking_fields(client: Client, one: Appointment) -> Fields:
    """When an appointment is, with whom, what for, and whose."""
    note: Fields = ((_("Note"), one.note),) if one.note else ()
    return (
        *place(client, one),
        (_("Service"), service_name(client, one)),
        (_("Name"), one.name or "–"),
        *note,
    )


def place(client: Client, one: Appointment) -> Fields:
    """When an appointment is, and with whom."""
    with_whom = client.resource(one.resource_id)
    who: Fields = ((_("With"), with_whom.name),) if with_whom is not None else ()
    return ((_("When"), line(_("{slot:short}"), slot=one)), *who)


def person(client: Client, one: Appointment) -> Fields:
    """Which of the client's people an appointment is for, if it is for one of them."""
    for contact in client.contacts:
        own = resource_of(client, contact)
        if own is not None and own.id == one.resource_id:
            return ((_("For"), contact.name),)
    return ()


def order_post(client: Client, order: Order, standing: Text) -> Post:
    """The post of an order."""
    title = line(_("Order {number}"), number=order.number)
    if references(client):
        return Post(title=title, buttons=((Press(READ, "order_open", str(order.id)),),))
    return Post(title=title, fields=order_fields(client, order, standing), quote=order.note)


def order_fields(client: Client, order: Order, standing: Text) -> Fields:
    """How an order stands, whose it is, what is in it, what it costs."""
    listed = ", ".join(f"{one['quantity']} × {one['name']}" for one in order.items)
    fields: list[tuple[Text, Text]] = [(_("Status"), standing), (_("Name"), order.name or "–")]
    if listed:
        fields.append((_("Order"), listed))
    if order.total is not None:
        fields.append((_("Total"), line(_("{amount}"), amount=client.money(order.total))))
    return tuple(fields)


# --- a decision -------------------------------------------------------------------------------------------------------


def decision_post(client: Client, ticket: Row[Any], decision: Decision, one: Appointment, who: str) -> Post:
    """The post of something that is to be decided, or was."""
    shown = person(client, one) if references(client) else decision_fields(client, decision, one, who)
    return Post(
        title=line(_("Decision {n}: {what}"), n=ticket.number, what=ASKS[decision.what]),
        fields=shown,
        lines=(deadline(client, decision),) if decision.open else (outcome(decision),),
        buttons=decision_buttons(client, decision),
    )


def decision_fields(client: Client, decision: Decision, one: Appointment, who: str) -> Fields:
    """Who asks, for what, when and with whom, and which other time there is instead."""
    fields: Fields = (
        (_("Name"), who or one.name or "–"),
        (_("Service"), service_name(client, one)),
        *place(client, one),
    )
    if decision.slot is None or decision.outcome not in {"", "proposed"}:
        return fields
    label = _("Proposed instead") if decision.outcome == "proposed" else _("Wished instead")
    instead: Fields = ((label, line(_("{at:short}"), at=decision.slot[1])),)
    return fields + instead


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
    """The answers, while there is none; where posts are references, the way to what it is about."""
    id = str(decision.id)
    opens = (Press(READ, "decide_open", id),) if references(client) and not opened else ()
    answers = (
        Press(_("Allow"), "decide_allow", id, style="primary"),
        Press(_("Refuse"), "decide_refuse", id, style="danger"),
        Press(_("Propose another time"), "decide_propose", id),
    )
    return ((*opens, *(answers if decision.open else ())),)
