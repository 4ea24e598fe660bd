"""Who works at the desk, how she comes in, and what she keeps for herself."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Index, text
from sqlmodel import Field, SQLModel

from storage.models.columns import key, to, words
from storage.types import Id


class Staff(SQLModel, table=True):
    """A member of the desk; without a ``password`` (its argon2 hash) she can't log in. ``role`` is va or admin.

    ``factor`` is the sealed secret of her one-time codes, empty where she has none; ``factor_step`` is the time step
    of the last code that was taken: no code is taken twice.
    """

    __tablename__ = "staff"
    id: int | None = key()
    name: str = Field(unique=True)
    language: str = "it"
    timezone: str = "Europe/Rome"
    active: bool = True
    password: str = words()
    role: str = words("va")
    factor: str = words()
    factor_step: int = Field(default=0, sa_column=Column(Id, nullable=False, server_default="0"))


class RecoveryCode(SQLModel, table=True):
    """A code that stands in once for a member's one-time code: of it only the digest is kept."""

    __tablename__ = "recovery_code"
    staff_id: int = to("staff", primary=True)
    digest: str = Field(primary_key=True)


class StaffClient(SQLModel, table=True):
    """Which clients a member of the desk works for."""

    __tablename__ = "staff_client"
    staff_id: int = to("staff", primary=True)
    client_id: int = to("client", primary=True)


class Coverage(SQLModel, table=True):
    """When a member of the desk answers for a client, in that member's own time zone."""

    __tablename__ = "coverage"
    id: int | None = key()
    client_id: int = to("client", index=True)
    staff_id: int = to("staff")
    weekday: int
    start_minute: int
    end_minute: int
    timezone: str


class CoverFor(SQLModel, table=True):
    """That a member of the desk works for a client in another's place, on these days of hers (both included).

    ``state`` is planned, begun, ended or withdrawn; ``given`` tells whether the client was given for it, and so is
    taken back in the end; ``tickets`` are those that changed hands.
    """

    __tablename__ = "cover_for"
    id: int | None = key()
    client_id: int = to("client", index=True)
    staff_id: int = to("staff")
    colleague_id: int = to("staff")
    first: date
    last: date
    word: str = words()
    state: str = "planned"
    given: bool = False
    tickets: list[int] = Field(default_factory=list, sa_type=JSON)
    made_at: datetime


class StaffSession(SQLModel, table=True):
    """A login: of its secret only the digest is kept. One that is not ``proved`` still waits for a one-time code."""

    __tablename__ = "staff_session"
    digest: str = Field(primary_key=True)
    staff_id: int = to("staff", index=True)
    agent: str = ""  # what the browser calls itself
    created_at: datetime
    seen_at: datetime
    proved: bool = Field(default=True, sa_column=Column(Boolean, nullable=False, server_default=text("true")))


class LoginTry(SQLModel, table=True):
    """How often in a row a login failed, since when: for a name, or from an address (``who``)."""

    __tablename__ = "login_try"
    who: str = Field(primary_key=True)
    count: int = 0
    since: datetime


class AccessLog(SQLModel, table=True):
    """That a member of the desk looked at a customer's data: ``what`` names the view."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_at", "client_id", "at"),)
    id: int | None = key()
    client_id: int = to("client")
    staff_id: int = to("staff")
    what: str
    about: int | None = Field(default=None, sa_column=Column(Id, nullable=True))
    at: datetime


class Draft(SQLModel, table=True):
    """What somebody of the desk has begun to write in a ticket; ``box`` is reply, note or team."""

    __tablename__ = "draft"
    staff_id: int = to("staff", primary=True)
    ticket_id: int = to("ticket", primary=True, index=True)
    box: str = Field(primary_key=True)
    text: str = words()
    at: datetime


class PendingReply(SQLModel, table=True):
    """A reply that goes out later, or in a moment: until then it can be taken back.

    ``state`` is waiting, sent, cancelled, or held back (``reason`` says why). ``tickets`` are those it answers, and
    ``files`` what goes with it; ``seen`` is the last message that was read when it was written.
    """

    __tablename__ = "pending_reply"
    __table_args__ = (Index("ix_pending_reply_talk", "conversation_id", "state"),)
    id: int | None = key()
    client_id: int = to("client")
    ticket_id: int = to("ticket", index=True)
    conversation_id: int = to("conversation")
    staff_id: int = to("staff")
    text: str = words()
    files: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    tickets: list[int] = Field(default_factory=list, sa_type=JSON)
    seen: int = Field(default=0, sa_column=Column(Id, nullable=False, server_default="0"))
    state: str = "waiting"
    reason: str = ""
    due_at: datetime
    at: datetime


class Presence(SQLModel, table=True):
    """Who looks at a ticket, and when she last wrote in it: forgotten soon."""

    __tablename__ = "presence"
    ticket_id: int = to("ticket", primary=True)
    staff_id: int = to("staff", primary=True)
    at: datetime = Field(index=True)
    wrote_at: datetime | None = None


class CannedFile(SQLModel, table=True):
    """A file that goes with a canned reply; its bytes are found by their digest."""

    __tablename__ = "canned_file"
    client_id: int = to("client", primary=True)
    name: str = Field(primary_key=True)  # of the canned reply
    sha256: str
    called: str = ""
    mime: str = ""
    size: int = 0


class AgendaKey(SQLModel, table=True):
    """What opens a client's agenda to its own calendar: of the key only the digest is kept."""

    __tablename__ = "agenda_key"
    client_id: int = to("client", primary=True)
    digest: str = Field(unique=True)
    made_at: datetime
