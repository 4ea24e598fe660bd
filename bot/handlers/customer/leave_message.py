"""A customer leaves a message for the client's people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import customers, slips
from bot.questions.message import HERE, CallBack, Content, ContentReader, ReplyTo, shown_time
from bot.questions.phone import shown_phone
from bot.questions.text import name_of
from bot.questions.who_for import who_for
from bot.values import Contact, Message


@command("message", _("Leave a message"))
@wish("message")
async def leave_message(turn: Turn) -> None:
    """For whom, about what, from whom, where and when to call back; then its number, and a ticket for the desk."""
    contact: Contact | None = None
    if turn.client.contacts:
        contact = await turn.ask("contact", _("Who is the message for?"), who_for(turn), label=_("For"))
    about = await turn.ask(
        "about",
        _("What is it about? You can write, or send a voice message or files."),
        ContentReader(2000),
        label=_("Message"),
    )
    name = await turn.ask("name", _("What's your name?"), name_of(), label=_("Name"), known=turn.customer.name)
    where = await turn.ask("where", _("Where would you like the answer?"), ReplyTo(turn), label=_("Reply to"))
    when = ""
    if where != HERE:
        when = await turn.ask("when", _("When is a good time to call?"), CallBack(turn), label=_("When to call"))
    await turn.confirm(
        _("Let me read it back."),
        *("contact", "about", "name", "where", "when"),
        question=_("Shall I pass it on?"),
        yes=_("Yes, pass it on"),
    )
    phone = turn.customer.phone if where == HERE else where
    turn.customer = customers.introduce(turn.write, turn.customer, name, phone)
    take(turn, contact, about, name, where, when)


def take(turn: Turn, contact: Contact | None, about: Content, name: str, where: str, when: str) -> None:
    """Takes the message and says its number."""
    here = where == HERE
    phone = "" if here else where
    number = slips.take(
        turn.write, turn.who, name=name, about=str(about), contact=contact, phone=phone, call_back=shown_time(when)
    )
    parts: list[tuple[Message, Mapping[str, Any]]] = [(_("Noted: message no. {number}."), {"number": number})]
    if turn.client.contacts:
        whom = contact.name if contact is not None else _("Anyone")
        parts.append((_("{label}: {value}"), {"label": _("For"), "value": whom}))
    if here:
        parts.append((_("{label}: {value}"), {"label": _("Reply to"), "value": _("here in the chat")}))
    else:
        values = {"phone": shown_phone(phone), "when": shown_time(when)}
        parts.append((_("Reply to: {phone}, {when}."), values))
    parts.append((_("I'm passing it on now."), {}))
    turn.say_lines(parts)
