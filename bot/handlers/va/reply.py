"""A person of the desk answers a customer."""

from __future__ import annotations

from typing import Any

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, plain
from bot.office.moments import moment
from bot.office.words import left_open
from bot.questions import replying
from bot.questions.guarded import stopped
from bot.questions.worked import worked
from bot.update import Face
from bot.values import Refusal
from storage import messages, pending
from storage.tickets import Opened
from storage.tickets import by_number as ticket_by_number


@action("reply", Face.VA, Face.OPERATOR)
async def reply(turn: Turn) -> None:
    """Says ``text`` to the customer of ticket ``ticket`` in the name of ``by``, and takes her conversation.

    Her talk is the target. With ``seen``, the last message that was read, it is refused where somebody wrote since
    (``pending`` is the last waiting reply that was seen). Of the inbox, words that belong to another client or customer
    stop it, and it answers ``stopped``, unless it is sent ``anyway``; it goes when it can't be taken back any more, or
    ``at`` a time. ``files`` go with it. Answers with the ``ticket`` under which the conversation now stands.
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
    ticket = Opened(wanted.id, wanted.number, wanted.due_at, wanted.urgent)
    answered = soon(turn, ticket, text) if turn.update.face is Face.VA else now(turn, ticket, text, by)
    worked(turn, "message", ticket_id=wanted.id)
    turn.answer(ticket=answered)


def now(turn: Turn, ticket: Opened, text: str, by: str) -> int:
    """Says it at once."""
    answered = replying.take(turn, ticket)
    replying.say(turn, answered, by, text)
    return answered[-1].number


def soon(turn: Turn, ticket: Opened, text: str) -> int:
    """Lets it go when it can't be taken back any more, or at the time that was said: till then the talk is as it is."""
    said, files = str(turn.given.get("at") or ""), list(turn.given.get("files") or ())
    at = moment(turn.client, said, turn.now) if said else turn.now + replying.UNDO
    answered = [ticket] if said else replying.take(turn, ticket)
    seen = turn.given.get("seen")
    read = int(seen) if seen is not None else messages.last(turn.rows, turn.conversation.id)
    replying.put_off(turn, answered, text, files, at, read)
    return answered[-1].number


def fault(turn: Turn, text: str, by: str, ticket: Any) -> str:
    """What is wrong with a reply, if anything is."""
    if not turn.talks:
        return "This is not about a conversation."
    if not text and not turn.given.get("files"):
        return "There is nothing to say."
    if not by:
        return "Who says it? The customer sees the name."
    if ticket is None or ticket.conversation_id != turn.conversation.id:
        return f"Ticket {turn.given['ticket']} is not about this conversation."
    left, reached = left_open(text), turn.conversation.reachable and not turn.customer.blocked
    if reached and not left:
        return ""
    why = _("Please fill in {name} first.") if left else replying.AWAY
    return plain(why, {"name": left}, turn.update.writer.language or "en", turn.client.zone)


def unread(turn: Turn, seen: int) -> None:
    """Refuses what was written before the last words were read."""
    since, me = messages.since(turn.rows, turn.conversation.id, seen), int(turn.update.writer.id or 0)
    upto = int(turn.given.get("pending") or 0)
    if since["customer"]:
        raise Refusal(_("The customer has written meanwhile. Please read it, then send."))
    known, unknown = pending.since(turn.rows, turn.conversation.id, seen, upto, me)
    if since["team"] or since["va"] > known or unknown:
        raise Refusal(_("A colleague has answered meanwhile. Please read it, then send."))
