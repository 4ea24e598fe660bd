"""The members of the desk, and the clients each is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage.models import ClientRow, Staff, StaffClient, Ticket, metadata
from storage.upsert import upsert

staff = metadata.tables[Staff.__tablename__]
staff_client = metadata.tables[StaffClient.__tablename__]
client = metadata.tables[ClientRow.__tablename__]
ticket = metadata.tables[Ticket.__tablename__]


@dataclass(frozen=True, slots=True)
class Member:
    """A member of the desk. ``password`` is an argon2 hash, empty while she can't log in; ``role`` is va or admin.

    ``factor`` is the sealed secret of her one-time codes, empty where she has none.
    """

    id: int
    name: str
    language: str
    timezone: str
    role: str = "va"
    active: bool = True
    password: str = field(default="", repr=False)
    factor: str = field(default="", repr=False)


MEMBER = select(
    staff.c.id,
    staff.c.name,
    staff.c.language,
    staff.c.timezone,
    staff.c.role,
    staff.c.active,
    staff.c.password,
    staff.c.factor,
)
ALL = MEMBER.order_by(staff.c.name)
BY_ID = MEMBER.where(staff.c.id == bindparam("id"))
ADD = insert(staff).returning(staff.c.id)
CHANGE = (
    update(staff)
    .where(staff.c.id == bindparam("of_id"))
    .values(
        language=bindparam("spoken"),
        timezone=bindparam("zone"),
        role=bindparam("duty"),
        active=bindparam("works"),
        password=bindparam("hashed"),
    )
)
GIVEN = (
    select(client.c.id, client.c.version)
    .join(staff_client, staff_client.c.client_id == client.c.id)
    .where(staff_client.c.staff_id == bindparam("staff"))
    .order_by(client.c.name)
)
COLLEAGUES = (
    select(staff_client.c.client_id, staff.c.id, staff.c.name)
    .join(staff, staff.c.id == staff_client.c.staff_id)
    .where(staff_client.c.client_id.in_(bindparam("clients", expanding=True)), staff.c.active)
    .order_by(staff.c.name)
)
WORKS_FOR = (
    select(staff.c.name)
    .join(staff_client, staff_client.c.staff_id == staff.c.id)
    .where(staff.c.id == bindparam("staff"), staff_client.c.client_id == bindparam("client"), staff.c.active)
)
GIVE = upsert(staff_client).values(staff_id=bindparam("staff"), client_id=bindparam("client")).on_conflict_do_nothing()
TAKE = delete(staff_client).where(
    staff_client.c.staff_id == bindparam("staff"), staff_client.c.client_id == bindparam("client")
)


RELEASE = update(ticket).where(ticket.c.owner_id == bindparam("staff"), ticket.c.state != "done").values(owner_id=None)


def release_all(write: Connection, staff_id: int) -> None:
    """Leaves to nobody what a member holds and has not done."""
    write.execute(RELEASE, {"staff": staff_id})


def everybody(rows: Connection) -> list[Member]:
    """All members of the desk, by name."""
    return [member(row) for row in rows.execute(ALL)]


def by_id(rows: Connection, staff_id: int) -> Member | None:
    """The member with this row id."""
    row = rows.execute(BY_ID, {"id": staff_id}).one_or_none()
    return member(row) if row is not None else None


def member(row: Any) -> Member:
    """The value in a row of MEMBER."""
    return Member(*row)


def add(write: Connection, name: str, language: str, timezone: str, role: str, password: str) -> int:
    """Writes a new member and gives her id."""
    values = {"name": name, "language": language, "timezone": timezone, "role": role, "password": password}
    return int(write.execute(ADD, {**values, "active": True}).scalar_one())


def change(write: Connection, one: Member) -> None:
    """Writes a member as the value has her."""
    write.execute(
        CHANGE,
        {
            "of_id": one.id,
            "spoken": one.language,
            "zone": one.timezone,
            "duty": one.role,
            "works": one.active,
            "hashed": one.password,
        },
    )


def given(rows: Connection, staff_id: int) -> list[tuple[int, int]]:
    """The clients a member is given, by name: (id, version)."""
    return [(row[0], row[1]) for row in rows.execute(GIVEN, {"staff": staff_id})]


def colleagues(rows: Connection, clients: Iterable[int]) -> dict[int, list[tuple[int, str]]]:
    """Who works for each of these clients: (id, name) by client."""
    found: dict[int, list[tuple[int, str]]] = {}
    for row in rows.execute(COLLEAGUES, {"clients": list(clients)}):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found


def works_for(rows: Connection, staff_id: int, client_id: int) -> str | None:
    """The name of a member who is given this client; None where she is not."""
    name: str | None = rows.execute(WORKS_FOR, {"staff": staff_id, "client": client_id}).scalar_one_or_none()
    return name


def give(write: Connection, staff_id: int, client_id: int) -> None:
    """Gives a member a client."""
    write.execute(GIVE, {"staff": staff_id, "client": client_id})


def take(write: Connection, staff_id: int, client_id: int) -> None:
    """Takes a client from a member."""
    write.execute(TAKE, {"staff": staff_id, "client": client_id})
