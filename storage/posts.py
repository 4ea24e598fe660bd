"""The posts in a client's workspace: under our keys, and where their network shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.update import Json
from storage.models import Account, CustomerRow, Job, PostName, PostRow, metadata

post = metadata.tables[PostRow.__tablename__]
account = metadata.tables[Account.__tablename__]
job = metadata.tables[Job.__tablename__]
person = metadata.tables[CustomerRow.__tablename__]
named = metadata.tables[PostName.__tablename__]

NETWORK = "slack"
KEY = (post.c.client_id == bindparam("of_client"), post.c.key == bindparam("of_key"))
WORKSPACE = select(account.c.name).where(
    account.c.client_id == bindparam("client"),
    account.c.channel == NETWORK,
    account.c.active,
    account.c.token != "",
)
FIND = select(post).where(*KEY)
ADD = insert(post)
MOVE = (
    update(post).where(*KEY).values(account=bindparam("to_account"), address=bindparam("to_address"), place="", ts="")
)
ABOUT = update(post).where(*KEY).values(customer_id=bindparam("customer"))
SENT = update(post).where(*KEY).values(place=bindparam("at_place"), ts=bindparam("at_ts"))
FORGET = delete(post).where(*KEY)
AT = select(post.c.key).where(
    post.c.client_id == bindparam("of_client"),
    post.c.account == bindparam("on_account"),
    post.c.place == bindparam("at_place"),
    post.c.ts == bindparam("at_ts"),
)
HER: Final[Any] = bindparam("customer")
HERSELF = select(person.c.id).where((person.c.id == HER) | (person.c.merged_into == HER))
"""Her rows: her own, and those that were made one with it."""
OF_CUSTOMER = select(post.c.key).where(post.c.client_id == bindparam("of_client"), post.c.customer_id.in_(HERSELF))
NAMING = (
    select(post.c.key, post.c.shown)
    .where(
        post.c.client_id == bindparam("of_client"),
        post.c.key.in_(
            select(named.c.key).where(named.c.client_id == bindparam("of_client"), named.c.customer_id.in_(HERSELF))
        ),
    )
    .order_by(post.c.key)
)
KNOWN = select(post.c.key).where(
    post.c.client_id == bindparam("of_client"), post.c.key.in_(bindparam("keys", expanding=True))
)
SAYS = update(post).where(*KEY).values(shown=bindparam("says", type_=post.c.shown.type))
UNNAME = delete(named).where(named.c.client_id == bindparam("of_client"), named.c.key == bindparam("of_key"))
NAME = insert(named)

SAID = delete(job).where(
    job.c.client_id == bindparam("of_client"),
    job.c.subject.in_(bindparam("subjects", expanding=True)),
    job.c.state.in_(["done", "failed", "dropped"]),
)


@dataclass(frozen=True, slots=True)
class Known:
    """A post: the place its lane names, and the network's own place and id, empty until it was sent."""

    account: str
    address: str
    place: str
    ts: str
    customer_id: int | None = None
    names: bool = False  # customers, among others


def account_of(rows: Connection, client_id: int) -> str | None:
    """The name of the client's workspace, if it has one that was ever entered."""
    name: str | None = rows.execute(WORKSPACE, {"client": client_id}).scalar_one_or_none()
    return name


def find(rows: Connection, client_id: int, key: str) -> Known | None:
    """The post under this key."""
    row = rows.execute(FIND, {"of_client": client_id, "of_key": key}).one_or_none()
    if row is None:
        return None
    return Known(row.account, row.address, row.place, row.ts, row.customer_id, bool(row.shown))


def expect(write: Connection, client_id: int, key: str, account: str, address: str, about: int | None) -> Known:
    """Notes that a post is to be shown, and gives where; one that stands already stays in its place."""
    which = {"of_client": client_id, "of_key": key}
    known = find(write, client_id, key)
    if known is None:
        values = {"client_id": client_id, "key": key, "account": account, "address": address, "customer_id": about}
        write.execute(ADD, {"place": "", "ts": "", "shown": {}, **values})
        return Known(account, address, "", "")
    if about is not None:
        write.execute(ABOUT, {**which, "customer": about})
    if known.account != account:  # another workspace shows nothing of it yet
        write.execute(MOVE, {**which, "to_account": account, "to_address": address})
        return Known(account, address, "", "")
    return known


def sent(write: Connection, client_id: int, key: str, place: str, ts: str) -> None:
    """Notes where the network shows a post; both empty where it does no longer."""
    write.execute(SENT, {"of_client": client_id, "of_key": key, "at_place": place, "at_ts": ts})


def forget(write: Connection, client_id: int, key: str) -> None:
    """Forgets a post that is gone, and what it said."""
    forget_said(write, client_id, [key])
    write.execute(FORGET, {"of_client": client_id, "of_key": key})


def post_of(rows: Connection, client_id: int, account: str, place: str, ts: str) -> str | None:
    """The key of the post that a network shows there: what a reply in its thread is about."""
    where = {"of_client": client_id, "on_account": account, "at_place": place, "at_ts": ts}
    key: str | None = rows.execute(AT, where).scalar_one_or_none()
    return key


def known(rows: Connection, client_id: int, keys: Sequence[str]) -> frozenset[str]:
    """Which of these keys are a post's."""
    return frozenset(rows.execute(KNOWN, {"of_client": client_id, "keys": list(keys)}).scalars())


def about(rows: Connection, client_id: int, customer_id: int) -> list[str]:
    """The keys of all posts about a customer."""
    return list(rows.execute(OF_CUSTOMER, {"of_client": client_id, "customer": customer_id}).scalars())


def name(write: Connection, client_id: int, key: str, customers: Collection[int], shown: Json) -> None:
    """Notes whom a post names, and what it says ({} where it names nobody), so that it can be said without them."""
    which = {"of_client": client_id, "of_key": key}
    write.execute(UNNAME, which)
    write.execute(SAYS, {**which, "says": shown})
    for customer in customers:
        write.execute(NAME, {"client_id": client_id, "key": key, "customer_id": customer})


def naming(rows: Connection, client_id: int, customer_id: int) -> dict[str, Json]:
    """What the posts say that name a customer among others, by their keys."""
    found = rows.execute(NAMING, {"of_client": client_id, "customer": customer_id})
    return {row.key: row.shown for row in found}


def herself(rows: Connection, customer_id: int) -> frozenset[int]:
    """The ids of a customer's rows: her own, and those that were made one with it."""
    return frozenset(rows.execute(HERSELF, {"customer": customer_id}).scalars())


def subject(client_id: int, key: str) -> str:
    """What the jobs that show a post are about."""
    return f"post:{client_id}:{key}"


def forget_said(write: Connection, client_id: int, keys: Sequence[str]) -> None:
    """Deletes the jobs that are over and showed these posts: they hold what the posts said."""
    forget_jobs(write, client_id, [subject(client_id, key) for key in keys])


def forget_jobs(write: Connection, client_id: int, subjects: Sequence[str]) -> None:
    """Deletes the jobs about these subjects that are over."""
    write.execute(SAID, {"of_client": client_id, "subjects": list(subjects)})
