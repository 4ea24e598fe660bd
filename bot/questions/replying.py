"""How a person's reply reaches a customer: in a moment, in which it can be taken back, or at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from bot.dialog import Turn
from bot.i18n import _
from bot.office import handoff, tickets
from bot.update import Attachment, InConversation, Json
from bot.values import Holder, Message, Msgid
from storage import jobs, messages, pending
from storage import tickets as kept
from storage.pending import Pending
from storage.tickets import Opened

UNDO: Final = timedelta(seconds=10)
"""How long a reply can be taken back that is sent at once."""
WROTE: Final = _("The customer has written meanwhile.")
AWAY: Final = _("Nothing can be sent to this customer.")


def take(turn: Turn, ticket: Opened) -> list[Opened]:
    """The desk takes the talk, unless it has it; gives the tickets that are answered thereby."""
    if turn.conversation.holder is not Holder.BOT:
        return [ticket]
    turn.scene.conversation, chat = handoff.take_over(turn.write, turn.who, (_("Answered by the desk"), {}))
    return [ticket, chat]


def put_off(
    turn: Turn, answers: Sequence[Opened], text: str, files: Sequence[Mapping[str, Json]], at: datetime, seen: int
) -> int:
    """Keeps a reply, to ``answers``, until it goes ``at`` a moment; gives its id."""
    reply_id = pending.add(
        turn.write,
        {
            "client_id": turn.client.id,
            "ticket_id": answers[0].id,
            "conversation_id": turn.conversation.id,
            "staff_id": int(turn.update.writer.id),
            "text": text,
            "files": list(files),
            "tickets": [one.id for one in answers],
            "seen": seen,
            "due_at": at,
            "at": turn.now,
        },
    )
    jobs.later(
        turn.write,
        "send_reply",
        at,
        InConversation(turn.conversation.id),
        client_id=turn.client.id,
        data={"reply": reply_id},
        subject=subject(reply_id),
    )
    return reply_id


def subject(reply_id: int) -> str:
    """What the job that sends a reply is about."""
    return f"reply:{reply_id}"


def go(turn: Turn, one: Pending) -> None:
    """Sends a reply that was put off, in the name of who wrote it."""
    first = opened(turn, one.ticket_id)
    answers = take(turn, first) if first is not None else []
    also = [found for id in one.tickets if id != one.ticket_id and (found := opened(turn, id)) is not None]
    pending.sent(turn.write, one.id, messages.last(turn.rows, turn.conversation.id))
    say(turn, [*answers, *also], one.by, one.text, one.files)


def hold(turn: Turn, one: Pending, reason: Msgid) -> None:
    """Does not send a reply: it stays before the desk, with the reason, and its ticket is due."""
    pending.end(turn.write, one.id, "held", str(reason))
    ticket = kept.by_id(turn.rows, turn.client.id, one.ticket_id)
    if ticket is not None and ticket.state != "done":
        tickets.wake(turn.write, ticket.id, turn.now)
        still = Opened(ticket.id, ticket.number, ticket.due_at, ticket.urgent)
        if still.due_at is None:
            tickets.promise(turn.write, turn.client, still, ticket.kind, turn.conversation.id, turn.now)


def opened(turn: Turn, ticket_id: int) -> Opened | None:
    """A ticket that is answered, if it is still open."""
    found = kept.by_id(turn.rows, turn.client.id, ticket_id)
    if found is None or found.state == "done":
        return None
    return Opened(found.id, found.number, found.due_at, found.urgent)


def say(turn: Turn, answers: Iterable[Opened], by: str, text: str, files: Sequence[Mapping[str, Json]] = ()) -> None:
    """Says it to the customer; the first message of a person since the takeover is signed."""
    for ticket in answers:
        tickets.answered(turn.write, turn.client, ticket, turn.conversation.id, turn.now)
    parts: list[tuple[Message, Mapping[str, Any]]] = [(_("{text}"), {"text": text})] if text else []
    if not messages.signed(turn.rows, turn.conversation, by):
        parts.insert(0, (_("{staff}, {client}:"), {"staff": by, "client": turn.client.name}))
    turn.say_lines(parts, speaker="va", files=tuple(Attachment(**one) for one in files))
