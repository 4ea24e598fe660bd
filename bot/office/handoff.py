"""Who has the conversation: the desk takes it over, and hands it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.office.tickets import About, close_ticket, open_ticket, promise
from bot.values import Conversation, Holder, Who
from storage import jobs, tickets


def take_over(
    write: Connection, who: Who, subject: str | About, *, urgent: bool = False
) -> tuple[Conversation, tickets.Opened]:
    """The desk takes the conversation: bot words that have not left are dropped and a chat ticket is open.

    Returns the conversation as it now is (the turn writes it) and the ticket, whose ``due_at`` is the promise. Where
    the desk has it already, nothing but the ticket is made sure of.
    """
    talk, now = who.conversation, who.now
    ticket = open_ticket(write, who.client, "chat", subject, now, talk=talk, urgent=urgent)
    if ticket.due_at is None or (talk.holder is Holder.BOT and ticket.due_at <= now):
        ticket = promise(write, who.client, ticket, "chat", talk.id, now)
    return taken(write, talk, now), ticket


def taken(write: Connection, talk: Conversation, now: datetime) -> Conversation:
    """The conversation in the desk's hands, and the bot's unsent words dropped."""
    if talk.holder is Holder.DESK:
        return talk
    jobs.drop_unsent(write, talk.id, now)
    shares = (talk.awaiting or {}).get("shares")  # a keyboard that the next words take away
    return talk._replace(holder=Holder.DESK, epoch=talk.epoch + 1, awaiting={"shares": True} if shares else None)


def hand_back(write: Connection, talk: Conversation, now: datetime) -> Conversation:
    """The bot has the conversation again and the chat ticket is done."""
    standing = tickets.open_chat(write, talk.id)
    if standing is not None:
        close_ticket(write, standing.id, now, "handed back")
    return talk._replace(holder=Holder.BOT, handed_back_at=now, puzzled=0)
