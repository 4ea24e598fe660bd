"""The hot tables of an update's road: read and written by driver statements (storage/road.py, storage/jobs.py)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Column, Index, Text, text
from sqlmodel import Field, SQLModel

from storage.models.columns import instant, key, to, words
from storage.types import Id, JsonText


class ConversationRow(SQLModel, table=True):
    """Hot: read and written by driver statements (storage/road.py)."""

    __tablename__ = "conversation"
    __table_args__ = (
        Index(
            "uq_conversation_live",
            "thread_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
        ),
        Index("ix_conversation_holder", "client_id", "holder"),
    )
    id: int | None = key()
    client_id: int = to("client")
    customer_id: int = to("customer", index=True)
    thread_id: int = to("thread")
    holder: str = "bot"
    epoch: int = 0
    language: str = ""
    dialogs: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))
    awaiting: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))
    puts: int = 0
    puzzled: int = 0
    last_in_at: datetime | None = instant()
    last_out_at: datetime | None = instant()
    last_text: str = words()
    handed_back_at: datetime | None = instant()
    ended_at: datetime | None = instant()


OF_TICKET = text("ticket_id IS NOT NULL")


SENT = text("external_id IS NOT NULL")


class MessageRow(SQLModel, table=True):
    """Hot. One message: ``by`` customer, bot, va, team; ``state`` of ours: waiting, sent, failed, dropped.

    What the desk and the team tell each other (``audience`` team) belongs to a ticket, which may have no talk.
    ``folded`` are the words of a person, for search; what the bot says is found by what it is about.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_talk", "conversation_id", "id"),
        Index("ix_message_external", "conversation_id", "external_id", sqlite_where=SENT),
        Index("ix_message_at", "client_id", "at"),
        Index("ix_message_ticket", "ticket_id", "id", sqlite_where=OF_TICKET),
    )
    id: int | None = key()
    client_id: int = Field(sa_column=Column(Id, nullable=False))
    conversation_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    ticket_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    by: str
    audience: str = "customer"
    text: str = words()
    folded: str = words()
    parts: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))  # [[msgid, values], ...] it was made of
    pressed: str = ""  # the button that was chosen under it
    state: str = ""
    reason: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    external_id: str | None = None
    epoch: int = 0
    at: datetime = instant(nullable=False)
    edited_at: datetime | None = instant()


class File(SQLModel, table=True):
    """A file of a message: what it is and where its bytes are; ``state`` is remote, stored or erased."""

    __tablename__ = "file"
    id: int | None = key()
    client_id: int = to("client")
    conversation_id: int | None = to("conversation", index=True, nullable=True)
    message_id: int = Field(sa_column=Column(Id, nullable=False, index=True))
    kind: str
    name: str = ""
    mime: str = ""
    size: int = 0
    remote: str = words()
    sha256: str = ""
    state: str = "remote"


class UpdateRow(SQLModel, table=True):
    """Hot. Every update ever taken, once: who did what, when, and what became of it. This is the audit."""

    __tablename__ = "updates"
    __table_args__ = (Index("ix_updates_at", "at"), Index("ix_updates_target", "target", "kind"))
    channel: str = Field(primary_key=True)
    account: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    face: str
    kind: str
    name: str = ""
    actor: str = ""
    target: str = ""
    conversation_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    client_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    result: str = ""
    reply: Any = Field(default=None, sa_column=Column(JsonText, nullable=True))
    at: datetime = instant(nullable=False)


DUE = text("state = 'due'")


SEND_DUE = text("state = 'due' AND lane IS NOT NULL")


ACT_DUE = text("state = 'due' AND lane IS NULL")


WAITS = text("state IN ('due', 'busy') AND lane IS NOT NULL")


BUSY = text("state = 'busy' AND lane IS NOT NULL")


IN_HAND = text("state = 'busy'")


ENDED = text("ended_at IS NOT NULL")


class Job(SQLModel, table=True):
    """Hot. Something to do at or after ``due_at``; ``state`` is due, busy, done, failed or dropped.

    A send has a lane and keeps its order in it; what is for later has none and becomes an Update by the clock.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_send", "due_at", "id", sqlite_where=SEND_DUE),
        Index("ix_job_act", "due_at", "id", sqlite_where=ACT_DUE),
        Index("ix_job_lane", "lane", "id", sqlite_where=WAITS),
        Index("uq_job_in_flight", "lane", unique=True, sqlite_where=BUSY),
        Index("ix_job_subject", "subject", sqlite_where=text("subject IS NOT NULL")),
        Index("ix_job_message", "message_id"),
        Index("ix_job_lease", "lease_until", sqlite_where=IN_HAND),
        Index("ix_job_conversation", "conversation_id", sqlite_where=DUE),
        Index("ix_job_ended", "ended_at", sqlite_where=ENDED),
    )
    id: int | None = key()
    client_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    conversation_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    message_id: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    kind: str
    lane: str | None = None
    subject: str | None = None  # what it is about ("appointment:12"), so that it can be called off
    due_at: datetime = instant(nullable=False)
    lease_until: datetime | None = instant()
    attempts: int = 0
    state: str = "due"
    cause: str | None = None  # the update in whose turn it was written
    reason: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    payload: Any = Field(default=None, sa_column=Column(JsonText, nullable=False))
    ended_at: datetime | None = instant()
