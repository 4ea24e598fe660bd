"""What linked people were told: alerts of a ticket, how far its chain has come, and what was said of a customer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, update

from bot.update import Thread
from storage.models import Alert, ConversationRow, MessageRow, SpokenOf, ThreadRow, Ticket, metadata

alert = metadata.tables[Alert.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]
spoken = metadata.tables[SpokenOf.__tablename__]
message = metadata.tables[MessageRow.__tablename__]
talk = metadata.tables[ConversationRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]

ADD_ALERT = insert(alert)
ALERTED = select(alert.c.staff_id).where(alert.c.ticket_id == bindparam("ticket"), alert.c.at >= bindparam("since"))
SEE = (
    update(alert)
    .where(
        alert.c.ticket_id == bindparam("ticket"),
        or_(alert.c.staff_id == bindparam("staff"), alert.c.contact_id == bindparam("contact")),
        alert.c.seen_at.is_(None),
    )
    .values(seen_at=bindparam("now"))
    .returning(alert.c.client_id)
)
STAGE = update(ticket).where(ticket.c.id == bindparam("of_id")).values(stage=bindparam("to"), seen_at=bindparam("seen"))
SEEN = update(ticket).where(ticket.c.id == bindparam("of_id")).values(seen_at=bindparam("now"))
SPEAK = insert(spoken)
SPOKEN = (
    select(spoken.c.conversation_id, spoken.c.at, talk.c.language, thread.c.channel, thread.c.account, thread.c.address)
    .join_from(spoken, talk, talk.c.id == spoken.c.conversation_id)
    .join(thread, thread.c.id == talk.c.thread_id)
    .where(spoken.c.customer_id == bindparam("customer"))
)
UNSPEAK = delete(spoken).where(spoken.c.customer_id == bindparam("customer"))
SAID = select(message.c.id).where(
    message.c.conversation_id == bindparam("talk"), message.c.at == bindparam("moment"), message.c.by == "bot"
)
EMPTY = update(message).where(message.c.id == bindparam("of_id")).values(text=bindparam("words"), parts=None, folded="")


# --- alerts -----------------------------------------------------------------------------------------------------------


def alerted(
    write: Connection,
    client_id: int,
    ticket_id: int,
    stage: str,
    now: datetime,
    *,
    staff_id: int | None = None,
    contact_id: int | None = None,
) -> None:
    """Notes that somebody is alerted of a ticket."""
    values = {"client_id": client_id, "ticket_id": ticket_id, "stage": stage, "at": now, "seen_at": None}
    write.execute(ADD_ALERT, {**values, "staff_id": staff_id, "contact_id": contact_id})


def alerts(rows: Connection, ticket_id: int, since: datetime) -> set[int]:
    """Which members were alerted of a ticket since a moment."""
    found = rows.execute(ALERTED, {"ticket": ticket_id, "since": since}).scalars()
    return {one for one in found if one is not None}


def see(
    write: Connection, ticket_id: int, now: datetime, *, staff_id: int | None, contact_id: int | None
) -> int | None:
    """Notes that who was alerted has seen it; gives the ticket's client, None where she was not alerted or had seen."""
    found = write.execute(SEE, {"ticket": ticket_id, "staff": staff_id, "contact": contact_id, "now": now}).first()
    if found is None:
        return None
    write.execute(SEEN, {"of_id": ticket_id, "now": now})
    return int(found[0])


def put_stage(write: Connection, ticket_id: int, stage: str, seen_at: datetime | None = None) -> None:
    """Notes how far along its chain a ticket is, and whether the one there has seen it."""
    write.execute(STAGE, {"of_id": ticket_id, "to": stage, "seen": seen_at})


# --- what was said of somebody ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """A message that told a linked person about a customer: where it stands, and in which language."""

    message_id: int
    conversation_id: int
    language: str
    thread: Thread


def speak_of(write: Connection, client_id: int, conversation_id: int, customer_id: int, now: datetime) -> None:
    """Notes that what is said in a linked talk now is about a customer."""
    values = {"client_id": client_id, "conversation_id": conversation_id, "customer_id": customer_id, "at": now}
    write.execute(SPEAK, values)


def said_of(rows: Connection, customer_id: int) -> list[Said]:
    """What linked people were told about a customer."""
    return [
        Said(id, row[0], row[2], Thread(row[3], row[4], row[5]))
        for row in rows.execute(SPOKEN, {"customer": customer_id}).all()
        for id in rows.execute(SAID, {"talk": row[0], "moment": row[1]}).scalars().all()
    ]


def unsay(write: Connection, customer_id: int, found: Collection[Said], words: Mapping[int, str]) -> None:
    """Keeps other words (by message) in the place of what was said about a customer."""
    for one in found:
        write.execute(EMPTY, {"of_id": one.message_id, "words": words[one.message_id]})
    write.execute(UNSPEAK, {"customer": customer_id})
