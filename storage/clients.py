"""Clients and their accounts, read from the tables into frozen values."""

from __future__ import annotations

import secrets
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from threading import Lock
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Row, and_, bindparam, exists, select, update

from bot.update import Json
from bot.values import Client, ClientText, Closure, Contact, Cover, Hours, Item, Resource, Service
from storage import taught
from storage.client_rules import own_rules
from storage.models import metadata

CACHED: Final = 512
"""How many clients a process keeps at hand."""

client, hours, closure = (metadata.tables[name] for name in ("client", "hours", "closure"))
staff, coverage, resource = (metadata.tables[name] for name in ("staff", "coverage", "resource"))
cover_for, colleague = metadata.tables["cover_for"], staff.alias("colleague")
feed = metadata.tables["busy_feed"]
service, gives = metadata.tables["service"], metadata.tables["service_resource"]
item, contact = metadata.tables["catalogue_item"], metadata.tables["contact"]
words, account, relay = (metadata.tables[name] for name in ("client_text", "account", "relay"))

ID: BindParameter[int] = bindparam("client_id")
STANDS = exists(select(relay.c.id).where(relay.c.client_id == client.c.id, relay.c.withdrawn_at.is_(None)))
CLIENT = select(client, STANDS.label("relays")).where(client.c.id == ID)
FOUND = select(client.c.id, client.c.version).where(client.c.slug == bindparam("slug"))
ALL = select(client.c.id, client.c.version).order_by(client.c.slug)
HOURS = select(hours).where(hours.c.client_id == ID).order_by(hours.c.weekday, hours.c.opens_minute)
CLOSURES = (
    select(closure).where(closure.c.client_id == ID).order_by(closure.c.first, closure.c.opens_minute, closure.c.id)
)
COVERED = and_(cover_for.c.staff_id == coverage.c.staff_id, cover_for.c.state == "begun")
COVERAGE = (
    select(coverage, staff.c.name, colleague.c.name.label("colleague"))
    .join(staff, staff.c.id == coverage.c.staff_id)
    .join(cover_for, and_(cover_for.c.client_id == coverage.c.client_id, COVERED), isouter=True)
    .join(colleague, colleague.c.id == cover_for.c.colleague_id, isouter=True)
    .where(coverage.c.client_id == ID, staff.c.active)
    .order_by(staff.c.name, coverage.c.timezone, coverage.c.weekday, coverage.c.start_minute)
)
RESOURCES, SERVICES, ITEMS, CONTACTS = (
    select(table).where(table.c.client_id == ID, table.c.active).order_by(table.c.position, table.c.id)
    for table in (resource, service, item, contact)
)
FEEDS = select(feed.c.resource_id, feed.c.address).where(feed.c.client_id == ID).order_by(feed.c.id)
GIVES = (
    select(gives.c.service_id, gives.c.resource_id)
    .join(resource, resource.c.id == gives.c.resource_id)
    .join(service, service.c.id == gives.c.service_id)
    .where(service.c.client_id == ID, resource.c.active)
    .order_by(resource.c.position, resource.c.id)
)
TEXTS = select(words.c.key, words.c.language, words.c.text).where(words.c.client_id == ID)
ACCOUNTS = select(account).where(account.c.active).order_by(account.c.id)
SLACK_OF = ACCOUNTS.where(account.c.client_id == ID, account.c.channel == "slack")
TOUCH = update(client).where(client.c.id == ID).values(version=client.c.version + bindparam("step"))


@dataclass(frozen=True, slots=True)
class Account:
    """One bot token or workspace of a client's on a channel.

    ``token`` is ciphertext (bot.secrets opens it), ``settings`` are the channel's own, with further secrets under
    "sealed", as ciphertext too. What else the columns mean is said at the table.
    """

    id: int
    client_id: int
    channel: str
    name: str
    token: str = field(default="", repr=False)
    settings: Mapping[str, Json] = field(default_factory=dict, repr=False)
    username: str = ""
    secret: str = field(default="", repr=False)
    address: str = ""
    profile: str = ""
    position: int = 0
    polled_by: str = ""
    lease_until: datetime | None = None
    trouble: str = ""
    active: bool = True


# --- clients ----------------------------------------------------------------------------------------------------------

kept: OrderedDict[int, Client] = OrderedDict()
guard = Lock()


def find(rows: Connection, slug: str) -> tuple[int, int] | None:
    """The id and version of the client called ``slug``."""
    found = rows.execute(FOUND, {"slug": slug}).one_or_none()
    return None if found is None else (found.id, found.version)


def cached(rows: Connection, client_id: int, version: int) -> Client:
    """The client at ``version``, from this process's memory or else from its rows.

    ``version`` is what the same transaction read. Raises NoResultFound for an unknown id.
    """
    with guard:
        known = kept.get(client_id)
        if known is not None and known.version == version:
            kept.move_to_end(client_id)
            return known
    known = load(rows, client_id)
    with guard:
        kept[client_id] = known
        kept.move_to_end(client_id)
        while len(kept) > CACHED:
            kept.popitem(last=False)
    return known


def all_clients(rows: Connection) -> list[Client]:
    """Every client, by slug."""
    return [cached(rows, found.id, found.version) for found in rows.execute(ALL).all()]


def touch(write: Connection, client_id: int) -> None:
    """Raises the client's version: whoever changes any of its rows calls this in the same transaction."""
    write.execute(TOUCH, {"client_id": client_id, "step": step()})


def step() -> int:
    """By how much a version rises, the first one from nothing.

    At random: one that was rolled back, or is another database's, must never come again with other contents.
    """
    return 1 + secrets.randbelow(1 << 32)


def load(rows: Connection, client_id: int) -> Client:
    """The client as its rows now stand. Raises NoResultFound for an unknown id."""
    by = {"client_id": client_id}
    row = rows.execute(CLIENT, by).one()
    texts = spoken(rows.execute(TEXTS, by), row.languages)
    week: dict[int | None, list[Hours]] = defaultdict(list)
    for opening in rows.execute(HOURS, by):
        week[opening.resource_id].append(Hours(opening.weekday, opening.opens_minute, opening.closes_minute))
    busy: dict[int, list[str]] = defaultdict(list)
    for foreign in rows.execute(FEEDS, by):
        busy[foreign.resource_id].append(foreign.address)
    givers: dict[int, list[int]] = defaultdict(list)
    for pair in rows.execute(GIVES, by):
        givers[pair.service_id].append(pair.resource_id)
    return Client(
        id=client_id,
        slug=row.slug,
        version=row.version,
        name=row.name,
        languages=tuple(row.languages),
        timezone=row.timezone,
        country=row.country,
        region=row.region,
        currency=row.currency,
        colour=row.colour,
        address=row.address,
        phone=row.phone,
        email=row.email,
        hours=tuple(week[None]),
        closures=tuple(a_closure(closed) for closed in rows.execute(CLOSURES, by)),
        coverage=tuple(a_cover(cover) for cover in rows.execute(COVERAGE, by)),
        resources=tuple(
            a_resource(who, tuple(week[who.id]), tuple(busy[who.id])) for who in rows.execute(RESOURCES, by)
        ),
        services=tuple(a_service(given, texts, tuple(givers[given.id])) for given in rows.execute(SERVICES, by)),
        contacts=tuple(a_contact(person, texts) for person in rows.execute(CONTACTS, by)),
        catalogue=tuple(an_item(sold, texts) for sold in rows.execute(ITEMS, by)),
        texts=texts,
        phrases=taught.of_client(rows, client_id),
        relays=row.relays,
        **own_rules(row.rules, row.languages),
        **slack_of(rows, client_id),
    )


NOTHING: Final = ClientText(())


def spoken(rows: Iterable[Row[Any]], languages: list[str]) -> dict[str, ClientText]:
    """The client's words by key, each in the order of the client's languages."""
    by_key: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        by_key[row.key][row.language] = row.text
    order = {language: place for place, language in enumerate(languages)}
    return {
        key: ClientText(tuple(sorted(said.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))))
        for key, said in by_key.items()
    }


def a_closure(row: Row[Any]) -> Closure:
    return Closure(row.first, row.last, row.opens_minute, row.closes_minute, row.resource_id, row.reason)


def a_cover(row: Row[Any]) -> Cover:
    answers, instead_of = (row.colleague, row.name) if row.colleague else (row.name, "")
    return Cover(answers, row.weekday, row.start_minute, row.end_minute, row.timezone, instead_of)


def a_resource(row: Row[Any], week: tuple[Hours, ...], busy: tuple[str, ...]) -> Resource:
    return Resource(row.id, row.key, row.name, row.kind, row.seats, week, busy)


def a_service(row: Row[Any], texts: Mapping[str, ClientText], givers: tuple[int, ...]) -> Service:
    name = texts.get(f"service.{row.key}", NOTHING)
    rules = dict(row.rules)
    also = tuple((language, tuple(words)) for language, words in rules.pop("also", {}).items())
    return Service(row.id, row.key, name, row.minutes, givers, price=row.price, also=also, **rules)


def a_contact(row: Row[Any], texts: Mapping[str, ClientText]) -> Contact:
    role, rights = texts.get(f"contact.{row.key}", NOTHING), tuple(row.rights)
    return Contact(row.id, row.key, row.name, role, row.phone, row.email, row.slack, rights)


def slack_of(rows: Connection, client_id: int) -> dict[str, Any]:
    """The client's account in Slack, and the channel there, if it has one that was ever entered."""
    found = rows.execute(SLACK_OF, {"client_id": client_id}).first()
    if found is None or not found.token:
        return {}
    return {"slack": found.name, "slack_channel": str(found.settings.get("channel") or "")}


def an_item(row: Row[Any], texts: Mapping[str, ClientText]) -> Item:
    return Item(row.id, row.key, texts.get(f"item.{row.key}", NOTHING), row.price)


# --- accounts ---------------------------------------------------------------------------------------------------------

ON_CHANNEL = ACCOUNTS.where(account.c.channel == bindparam("channel"))
NAMED = ON_CHANNEL.where(account.c.name == bindparam("name"))
COLUMNS: Final = tuple(column.name for column in fields(Account))


def accounts(rows: Connection, channel: str | None = None) -> list[Account]:
    """The accounts that are served, of one channel or of all, oldest first."""
    found = rows.execute(ACCOUNTS) if channel is None else rows.execute(ON_CHANNEL, {"channel": channel})
    return [an_account(row) for row in found]


def find_account(rows: Connection, channel: str, name: str) -> Account | None:
    """The account of this name on a channel, if it is served."""
    row = rows.execute(NAMED, {"channel": channel, "name": name}).one_or_none()
    return None if row is None else an_account(row)


def an_account(row: Row[Any]) -> Account:
    return Account(**{name: getattr(row, name) for name in COLUMNS})
