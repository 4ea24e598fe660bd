"""What the clients' people delegate, what happened to it, what comes again, and who these people are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from storage.models.columns import key, to, words


class TaskRow(SQLModel, table=True):
    """What a ticket of kind task is about; its subject is the title and ``number`` the ticket's.

    ``state`` is requested, accepted, in_progress, waiting, done or declined. ``member`` is the network's id of who
    asked (empty: the desk itself), ``question`` what waits for an answer, ``estimate`` is in minutes.
    """

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("ticket_id"), Index("ix_task_member", "client_id", "member", "state"))
    id: int | None = key()
    client_id: int = to("client")
    ticket_id: int = to("ticket")
    number: int
    kind: str
    state: str = "requested"
    title: str = words()
    details: str = words()
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    checklist: list[Any] = Field(default_factory=list, sa_type=JSON)  # [words, done]
    member: str = ""
    asked_by: str = ""
    for_whom: str = ""
    link: str = words()
    due_at: datetime | None = None
    estimate: int | None = None
    question: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    result: str = words()
    rating: int | None = None
    recurring_id: int | None = to("recurring", nullable=True)
    slip_id: int | None = to("slip", nullable=True)
    created_at: datetime


class TaskEvent(SQLModel, table=True):
    """One thing that happened to a task: ``what`` was done, by whom of which face, in which words.

    ``place`` is the network's id of the message that said it, so that an edit of it is followed.
    """

    __tablename__ = "task_event"
    __table_args__ = (Index("ix_task_event_place", "client_id", "place"),)
    id: int | None = key()
    client_id: int = to("client")
    task_id: int = to("task", index=True)
    at: datetime
    face: str
    by: str = ""
    what: str
    text: str = words()
    data: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    place: str = ""
    edited_at: datetime | None = None


class Recurring(SQLModel, table=True):
    """A task that comes again: ``every`` is workday, week, month or last_workday, on the client's own clock."""

    __tablename__ = "recurring"
    id: int | None = key()
    client_id: int = to("client", index=True)
    every: str
    weekday: int = 0
    day: int = 1
    minute: int = 0
    kind: str
    title: str = words()
    details: str = words()
    fields: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    checklist: list[Any] = Field(default_factory=list, sa_type=JSON)
    urgent: bool = False
    member: str = ""
    asked_by: str = ""
    for_whom: str = ""
    next_at: datetime
    ended_at: datetime | None = None
    created_at: datetime


class MemberRow(SQLModel, table=True):
    """One of a client's people as the team's network knows her; ``muted`` are the kinds of digest she does not want.

    ``home_page`` is the page of her home that she looked at last, none before she ever did; ``home_says`` tells whether
    it would read otherwise now.
    """

    __tablename__ = "member"
    __table_args__ = (UniqueConstraint("client_id", "user"),)
    id: int | None = key()
    client_id: int = to("client")
    user: str
    name: str = ""
    language: str = ""
    guest: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=text("false")))
    muted: list[str] = Field(default_factory=list, sa_type=JSON)
    home_page: int | None = None
    home_says: str = words()
    seen_at: datetime
    left_at: datetime | None = None
