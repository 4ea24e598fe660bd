"""How a command of the operator's reaches the house: as an update through the one door."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

import typer
from sqlalchemy import Connection

from bot.secrets import NoKey
from bot.settings import Misconfigured, Settings, read_settings
from bot.update import Face, Json, Kind, OfClient, Reply, Target, Update
from bot.values import Client
from storage import clients
from storage.database import Database, Occupied, Unavailable, open_database
from storage.errors import translated
from storage.migrate import is_current

T = TypeVar("T")


def now() -> datetime:
    """The time, as aware UTC."""
    return datetime.now(UTC)


def settings() -> Settings:
    """The settings of this installation; ends the command with their faults."""
    try:
        return read_settings()
    except Misconfigured as error:
        raise fail(*error.faults) from None


def fail(*lines: str) -> typer.Exit:
    """Says what is wrong on standard error; raise what it gives."""
    for line in lines:
        typer.secho(line, err=True, fg="red")
    return typer.Exit(1)


@contextmanager
def plainly(what: str) -> Iterator[None]:
    """Ends the command with ``what`` and the reason where not the program but its surroundings are at fault."""
    try:
        yield
    except Exception as error:
        reason = translated(error)
        if isinstance(reason, (NoKey, Occupied, Unavailable, OSError)):
            raise fail(f"{what}: {reason}") from None
        raise


def act(name: str, data: Mapping[str, Json], slug: str | None = None, target: Target = None) -> Mapping[str, Json]:
    """Performs an act by the face OPERATOR and gives what it answers; ends the command where it is refused.

    It is for ``target``, or for the client called ``slug``.
    """
    reply = with_database(lambda database: perform(database, name, data, slug, target))
    if reply is not None and reply.error:
        raise fail(reply.error)
    return reply.data if reply is not None else {}


async def perform(
    database: Database, name: str, data: Mapping[str, Json], slug: str | None = None, target: Target = None
) -> Reply | None:
    """The same over an open database."""
    import bot.handlers  # noqa: F401  its modules enter their abilities
    from bot.turn import Door

    if slug:
        target = OfClient((await database.read(lambda rows: the_client(rows, slug))).id)
    door = Door(database, now, database.hint)
    return await door.handle(operation(name, data, target))


def operation(name: str, data: Mapping[str, Json], target: Target) -> Update:
    """The update of one command: its id is fresh, since an operator does not redeliver."""
    return Update(
        id=uuid.uuid4().hex,
        channel="operator",
        account="",
        face=Face.OPERATOR,
        kind=Kind.ACT,
        target=target,
        at=now(),
        name=name,
        data=dict(data),
    )


def the_client(rows: Connection, slug: str) -> Client:
    """The client called ``slug``; ends the command where there is none."""
    found = clients.find(rows, slug)
    if found is None:
        raise fail(f"There is no client {slug!r}. `python -m bot client list` shows them.")
    return clients.cached(rows, *found)


def read(fn: Callable[[Connection], T]) -> T:
    """What ``fn`` reads."""

    async def over(database: Database) -> T:
        return await database.read(fn)

    found: T = with_database(over)
    return found


def with_database(fn: Callable[[Database], Any]) -> Any:
    """Runs ``fn`` over the migrated database of the settings; ends the command where that can't be."""

    async def run() -> Any:
        try:
            database = open_database(settings().database_url)
        except ValueError as error:
            raise fail(f"CENTRALINO_DATABASE_URL: {error}") from None
        try:
            if not await database.read(is_current):
                raise fail("The database is not at this release's schema. Run `python -m bot migrate`.")
            return await fn(database)
        finally:
            await database.close()

    with plainly("The database can't be used"):
        return asyncio.run(run())
