"""A person of the desk answers a customer."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, plain
from bot.office import handoff, tickets, wrong_client
from bot.office.words import left_open
from bot.questions.worked import worked
from bot.update import Face
from bot.values import Holder, Message, Refusal
from storage import messages
from storage.sessions import looked
from storage.tickets import Opened
from storage.tickets import by_number as ticket_by_number

log = logging.getLogger("centralino.desk")


@action("reply", Face.VA, Face.OPERATOR)
async def reply(turn: Turn) -> None:
    """Says ``text`` to the customer of ticket ``ticket`` in the name of ``by``, and takes her conversation.

    Her talk is the target. With ``seen``, the last message that was read, it is refused where somebody wrote since. Of
    the inbox, words that belong to another client or customer stop it, and it answers ``stopped``, unless it is sent
    ``anyway``. The first message of a person since the takeover is signed. Answers with the number of the ``ticket``
    under which the conversation now stands.
    """
    text, by = str(turn.given.get("text", "")).strip(), str(turn.given.get("by", "")).strip()
    wanted = ticket_by_number(turn.rows, turn.client.id, int(turn.given["ticket"]))
    wrong = fault(turn, text, by, wanted)
    if wrong:
        turn.answer(error=wrong)
        return
    assert wanted is not None
    if turn.given.get("seen") is not None:
        unread(turn, int(turn.given["seen"]))
    if turn.update.face is Face.VA and stopped(turn, text, wanted.number):
        return
    answered = [Opened(wanted.id, wanted.number, wanted.due_at, wanted.urgent)]
    if turn.conversation.holder is Holder.BOT:
        turn.scene.conversation, chat = handoff.take_over(turn.write, turn.who, "Answered by the desk")
        answered.append(chat)
    for ticket in answered:
        tickets.answered(turn.write, turn.client, ticket, turn.conversation.id, turn.now)
    parts: list[tuple[Message, Mapping[str, Any]]] = [(_("{text}"), {"text": text})]
    if not messages.signed(turn.rows, turn.conversation, by):
        parts.insert(0, (_("{staff}, {client}:"), {"staff": by, "client": turn.client.name}))
    turn.say_lines(parts, speaker="va")
    worked(turn, "message", ticket_id=wanted.id)
    turn.answer(ticket=answered[-1].number)


def fault(turn: Turn, text: str, by: str, ticket: Any) -> str:
    """What is wrong with a reply, if anything is."""
    if not turn.talks:
        return "This is not about a conversation."
    if not text:
        return "There is nothing to say."
    if not by:
        return "Who says it? The customer sees the name."
    if ticket is None or ticket.conversation_id != turn.conversation.id:
        return f"Ticket {turn.given['ticket']} is not about this conversation."
    left = left_open(text)
    if left:
        return plain(
            _("Please fill in {name} first."), {"name": left}, turn.update.writer.language or "en", turn.client.zone
        )
    return "" if turn.conversation.reachable else "The customer has blocked the bot: nothing can be sent to her."


def unread(turn: Turn, seen: int) -> None:
    """Refuses what was written before the last words were read."""
    since = messages.since(turn.rows, turn.conversation.id, seen)
    if "customer" in since:
        raise Refusal(_("The customer has written meanwhile. Please read it, then send."))
    if since & {"va", "team"}:
        raise Refusal(_("A colleague has answered meanwhile. Please read it, then send."))


def stopped(turn: Turn, text: str, number: int) -> bool:
    """Stops a reply that holds what belongs elsewhere; where it is sent all the same, that is noted."""
    found = wrong_client.wrong(turn.rows, turn.client, turn.customer, text)
    if found is None:
        return False
    if turn.given.get("anyway"):
        log.warning("a reply was sent although it holds what belongs elsewhere: client %s", turn.client.slug)
        looked(turn.write, turn.client.id, int(turn.update.writer.id), "sent anyway", number, turn.now)
        return False
    message = (
        _("Not sent. “{words}” belongs to {whose}, and this goes out as {client}.")
        if found.whose
        else _("Not sent. “{words}” is the number of another customer.")
    )
    values = {"words": found.words, "whose": found.whose, "client": turn.client.name}
    language = turn.update.writer.language
    turn.answer(error=plain(message, values, language, turn.client.zone, turn.now), stopped=True)
    return True
