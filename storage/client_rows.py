"""The rows of a client, written as a client file says them: what a later file leaves out goes, or is laid aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, and_, bindparam, delete, exists, insert, select, update

from bot.update import Json
from bot.values import Closure
from storage.clients import Account, an_account, step, touch
from storage.models import metadata

client, words, account = (metadata.tables[name] for name in ("client", "client_text", "account"))
hours, closure, coverage = (metadata.tables[name] for name in ("hours", "closure", "coverage"))
gives, service, resource = (metadata.tables[name] for name in ("service_resource", "service", "resource"))
staff, staff_client, thread = (metadata.tables[name] for name in ("staff", "staff_client", "thread"))
orders = metadata.tables["orders"]

ID: Final = bindparam("of_client", type_=client.c.id.type)
LOADED = select(client.c.loaded).where(client.c.id == ID)
LOCK = select(client.c.id).where(client.c.id == ID).with_for_update(key_share=True)
ACCOUNTS_OF = select(account).where(account.c.client_id == ID).order_by(account.c.id)
OWNER_OF = (
    select(client.c.slug)
    .join(account, account.c.client_id == client.c.id)
    .where(account.c.channel == bindparam("channel"), account.c.name == bindparam("name"))
)
ANSWERS_TO = exists().where(thread.c.channel == account.c.channel, thread.c.account == account.c.name)
STAFF = select(staff.c.name, staff.c.id)

OWN: Final = frozenset({hours, closure, gives, metadata.tables["busy_feed"], metadata.tables["busy_time"]})
"""Tables that go with the entry they belong to, and so do not keep it."""


def references(table: Table) -> list[Column[Any]]:
    """Every column of another's that points at a row of this table."""
    everywhere = (key for other in metadata.tables.values() if other not in OWN for key in other.foreign_keys)
    return [key.parent for key in everywhere if key.column.table is table]


# --- the client -------------------------------------------------------------------------------------------------------


def loaded(rows: Connection, client_id: int) -> Json:
    """The client's file as it was last loaded; empty if it never was."""
    return rows.execute(LOADED, {"of_client": client_id}).scalar_one()


def lock(write: Connection, client_id: int) -> None:
    """Lets nobody else edit the client until this transaction ends."""
    write.execute(LOCK, {"of_client": client_id}).one()


def put_client(write: Connection, client_id: int | None, columns: Mapping[str, Any]) -> int:
    """Creates the client, or changes its row and raises its version. Gives its id."""
    if client_id is None:
        return int(write.execute(insert(client).returning(client.c.id), {**columns, "version": step()}).scalar_one())
    write.execute(update(client).where(client.c.id == ID).values(**columns), {"of_client": client_id})
    touch(write, client_id)
    return client_id


def remember(write: Connection, client_id: int, content: Json) -> None:
    """Keeps what the client's file says, where the client itself is so already."""
    write.execute(update(client).where(client.c.id == ID).values(loaded=content), {"of_client": client_id})


def put_texts(write: Connection, client_id: int, texts: Mapping[str, Mapping[str, str]], gone: Iterable[str]) -> None:
    """Sets the words of these keys, languages not named included, and drops those of the keys that are gone."""
    keys = {*texts, *gone}
    if keys:
        write.execute(delete(words).where(words.c.client_id == client_id, words.c.key.in_(keys)))
    insert_all(
        write,
        words,
        [
            {"client_id": client_id, "key": key, "language": language, "text": text}
            for key, said in texts.items()
            for language, text in said.items()
        ],
    )


def insert_all(write: Connection, table: Table, found: Sequence[Mapping[str, Any]]) -> None:
    if found:
        write.execute(insert(table), list(found))


# --- what has a key ---------------------------------------------------------------------------------------------------


def put_entries(
    write: Connection, name: str, client_id: int, entries: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, int], list[str]]:
    """Makes the entries of a table (service, resource, contact, catalogue_item) be these, in this order.

    Gives the id of each by its key, and the keys of those deleted; one that something still refers to is laid aside.
    """
    table = metadata.tables[name]
    known = {
        row.key: row.id for row in write.execute(select(table.c.key, table.c.id).where(table.c.client_id == client_id))
    }
    for position, (key, columns) in enumerate(entries.items()):
        values = {**columns, "position": position, "active": True}
        if key in known:
            write.execute(update(table).where(table.c.id == known[key]).values(**values))
        else:
            made = insert(table).values(client_id=client_id, key=key, **values).returning(table.c.id)
            known[key] = int(write.execute(made).scalar_one())
    gone = [key for key in known if key not in entries and drop(write, table, client_id, known[key])]
    return {key: known[key] for key in entries}, gone


def drop(write: Connection, table: Table, client_id: int, row_id: int) -> bool:
    """Deletes an entry, or lays it aside if something refers to it. Says whether it is gone."""
    kept_by = [exists().where(column == row_id) for column in references(table)]
    if table.name == "catalogue_item":  # an order names its items by key
        kept_by = [exists().where(orders.c.client_id == client_id)]
    kept = any(write.execute(select(kept)).scalar_one() for kept in kept_by)
    one = table.c.id == row_id
    write.execute(update(table).where(one).values(active=False) if kept else delete(table).where(one))
    return not kept


# --- what has none ----------------------------------------------------------------------------------------------------


def clear(write: Connection, client_id: int) -> None:
    """Takes away the client's hours, closures, coverage, and who gives which service, before they are set anew."""
    for table in (hours, closure, coverage):
        write.execute(delete(table).where(table.c.client_id == client_id))
    write.execute(
        delete(gives).where(gives.c.service_id.in_(select(service.c.id).where(service.c.client_id == client_id)))
    )


def put_rows(write: Connection, name: str, client_id: int, found: Iterable[Mapping[str, Any]]) -> None:
    """Adds rows to a table of the client's (hours, closure, coverage)."""
    insert_all(write, metadata.tables[name], [{**row, "client_id": client_id} for row in found])


def drop_closure(write: Connection, client_id: int, closed: Closure) -> bool:
    """Takes away a closure of the client's; says whether there was such a one."""
    same = and_(
        closure.c.client_id == client_id,
        closure.c.resource_id.is_not_distinct_from(closed.resource_id),
        closure.c.first == closed.first,
        closure.c.last == closed.last,
        closure.c.opens_minute == closed.opens,
        closure.c.closes_minute == closed.closes,
    )
    return write.execute(delete(closure).where(same)).rowcount > 0


def put_gives(write: Connection, given: Mapping[int, Iterable[int]]) -> None:
    """Sets who or what (resource ids) gives each service (id)."""
    pairs = [{"service_id": one, "resource_id": giver} for one, givers in given.items() for giver in givers]
    insert_all(write, gives, pairs)


def staff_ids(rows: Connection) -> dict[str, int]:
    """The members of the desk by name."""
    return {row.name: row.id for row in rows.execute(STAFF)}


def put_staff(write: Connection, client_id: int, name: str, timezone: str) -> int:
    """The id of a member of the desk, who from now on works for this client; a new one is entered."""
    known = staff_ids(write).get(name)
    if known is None:
        made = insert(staff).values(name=name, timezone=timezone, language="it", active=True).returning(staff.c.id)
        known = int(write.execute(made).scalar_one())
    works = and_(staff_client.c.staff_id == known, staff_client.c.client_id == client_id)
    if not write.execute(select(exists().where(works))).scalar_one():
        write.execute(insert(staff_client).values(staff_id=known, client_id=client_id))
    return known


# --- accounts ---------------------------------------------------------------------------------------------------------


UNKNOWN: Final = {"username": "", "secret": "", "address": "", "profile": "", "trouble": "", "position": 0}
"""What its network has been told and has said, of an account whose token is new: nothing yet."""


def accounts_of(rows: Connection, client_id: int) -> list[Account]:
    """The client's accounts, those laid aside included."""
    return [an_account(row) for row in rows.execute(ACCOUNTS_OF, {"of_client": client_id})]


def owner_of(rows: Connection, channel: str, name: str) -> str | None:
    """The slug of the client whose account this is."""
    owner: str | None = rows.execute(OWNER_OF, {"channel": channel, "name": name}).scalar_one_or_none()
    return owner


def put_account(write: Connection, client_id: int, channel: str, name: str | None, columns: Mapping[str, Any]) -> None:
    """Makes this the client's only account on the channel (None: it has none); another goes, or is laid aside."""
    others = and_(account.c.client_id == client_id, account.c.channel == channel, account.c.name != (name or ""))
    write.execute(delete(account).where(others, ~ANSWERS_TO))
    write.execute(update(account).where(others).values(active=False))
    if name is None:
        return
    one = and_(account.c.client_id == client_id, account.c.channel == channel, account.c.name == name)
    if not write.execute(update(account).where(one).values(active=True, **columns)).rowcount:
        fresh = {"polled_by": "", **UNKNOWN, **columns}
        write.execute(insert(account).values(client_id=client_id, channel=channel, name=name, **fresh))
