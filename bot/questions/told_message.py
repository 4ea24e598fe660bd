"""How a client's people are told of a message, and of what can't wait."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.i18n import _
from bot.posts import Line, Post, Press, Rows, Text, line
from bot.questions.message import TIMES
from bot.questions.phone import shown_phone
from bot.questions.told_news import READ, references
from bot.values import Client, Contact
from storage.slips import Taken


def whom(client: Client, contact_id: int | None) -> Contact | None:
    """For whom a message is; None where it is for anyone, or she is no longer there."""
    return next((one for one in client.contacts if one.id == contact_id), None)


def message_post(client: Client, ticket: Row[Any], found: Taken, *, before: str = "", opened: bool = False) -> Post:
    """The post of a message; ``before`` is who heard of it first and has not taken it on. ``opened`` it says all."""
    contact = whom(client, found.contact_id)
    fields: list[tuple[Text, Text]] = [(_("For"), contact.name if contact is not None else _("anyone"))]
    bare = references(client) and not opened
    small = line(_("{name} has not taken it on yet."), name=before) if before else ""
    open_ = found.state != "done" and not ticket.data.get("given_by")
    return Post(
        title=line(_("Urgent message {n}") if ticket.urgent else _("Message {n}"), n=found.number),
        fields=tuple(fields) if bare else (*fields, *message_fields(found)),
        quote="" if bare else found.about,
        lines=() if open_ else (settled(ticket),),
        small=small if open_ else "",
        buttons=message_buttons(client, ticket, taken=not open_, opened=opened),
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


def message_buttons(client: Client, ticket: Row[Any], *, taken: bool = False, opened: bool = False) -> Rows:
    """What can be done with a message that nobody has taken on; where posts are references, the way to its words."""
    id = str(ticket.id)
    does = [Press(READ, "slip_open", id)] if references(client) and not opened else []
    if not taken:
        does.append(Press(_("Called back"), "slip_called", id, style="primary"))
        if ticket.conversation_id is not None:
            does.append(Press(_("Reply"), "slip_reply", id))
        does.append(Press(_("Give to the assistant"), "slip_give", id))
    return (tuple(does),)


def settled(ticket: Row[Any]) -> Line:
    """What became of a message."""
    given = ticket.data.get("given_by")
    if ticket.state != "done" and given:
        return line(_("The assistant does it: given by {name}."), name=str(given))
    return line(_("Dealt with by {name}."), name=str(ticket.outcome).rpartition(" by ")[2] or _("the assistant"))


def urgent_post(client: Client, ticket: Row[Any], who: str, *, opened: bool = False) -> Post:
    """The post of a customer who has something that can't wait, and of who of the team sees to it."""
    id, by = str(ticket.id), str((ticket.data or {}).get("seen_by") or "")
    bare = references(client) and not opened
    fields: list[tuple[Text, Text]] = [] if bare else [(_("From"), who or "–")]
    if ticket.due_at is not None:
        fields.append((_("The assistant answers"), line(_("{at:by}"), at=ticket.due_at)))
    opens = (Press(READ, "urgent_open", id),) if bare else ()
    sees = () if by or ticket.state == "done" else (Press(_("I see to it"), "urgent_seen", id, style="primary"),)
    return Post(
        title=line(_("Urgent: conversation {n}"), n=ticket.number),
        fields=tuple(fields),
        quote="" if bare else ticket.subject.removeprefix("Urgent").lstrip(": "),
        lines=(line(_("{name} sees to it."), name=by),) if by else (),
        buttons=((*opens, *sees),),
    )
