"""What the client's team is shown, written as jobs of the client's workspace."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Final

from sqlalchemy import Connection

from bot.office.rendering import rendered
from bot.posts import About, Home, Post, Text
from bot.update import Json
from bot.values import Client
from storage import jobs, posts, road
from storage.types import dump

NETWORK: Final = "slack"
"""The channel on which teams are."""
NOBODY: Final = "–"
"""Stands where a customer did who is erased."""


def put(
    write: Connection,
    client: Client,
    key: str,
    post: Post,
    now: datetime,
    *,
    place: str = "",
    under: str = "",
    language: str = "",
    about: int | None = None,
) -> None:
    """Shows a post, or shows it otherwise: the one with the same ``key`` ("task:12") is edited where it stands.

    ``place`` is a channel or a member's id, the client's own channel where it is empty; ``under`` the key of the post
    in whose thread it belongs. ``about`` is the customer whose erasure takes it away too. ``language`` is the client's
    first where it is not given. Nothing happens for a client without a workspace.
    """
    account = posts.account_of(write, client.id)
    if account is None:
        return
    where = posts.expect(write, client.id, key, account, place_under(write, client, under, place), about)
    subject = posts.subject(client.id, key)
    if where.ts:  # an edit that waits is overtaken by this one
        jobs.call_off(write, subject, now)
    shown = rendered(post, client, now, language)
    names = {one.customer_id for one in post.lines if isinstance(one, About)}
    if names or where.names:
        posts.name(write, client.id, key, names, shown if names else {})
    data = {"key": key, "post": shown, "under": under}
    send(write, client, "post", where.address, data, now, subject=subject)


def say(
    write: Connection,
    client: Client,
    post: Post | Text,
    now: datetime,
    *,
    place: str = "",
    under: str = "",
    language: str = "",
    files: tuple[Mapping[str, Json], ...] = (),
) -> None:
    """Says something once, never to be edited; ``files`` follow it.

    A file is {"name", "mime"} with "content" (text), "path" (where its bytes are kept), or "channel", "account" and
    "remote" (one that a channel brought). Under a post about a customer it is about her too.
    """
    parent = posts.find(write, client.id, under) if under else None
    place = parent.address if parent is not None else place
    if post:
        said = post if isinstance(post, Post) else Post(lines=(post,))
        if parent is not None and parent.customer_id is not None:
            key = f"{under}/{token_hex(8)}"
            put(write, client, key, said, now, under=under, language=language, about=parent.customer_id)
        else:
            data = {"key": "", "post": rendered(said, client, now, language), "under": under}
            send(write, client, "post", place, data, now)
    for one in files:
        upload(write, client, one, now, place=place, under=under, about=parent.customer_id if parent else None)


def upload(
    write: Connection,
    client: Client,
    file: Mapping[str, Json],
    now: datetime,
    *,
    place: str,
    under: str,
    about: int | None,
) -> None:
    """Shows a file; one about a customer goes with what else is shown of her."""
    account = posts.account_of(write, client.id)
    if account is None:
        return
    key, subject = "", None
    if about is not None:
        key = f"{under}/{token_hex(8)}"
        posts.expect(write, client.id, key, account, place, about)
        subject = posts.subject(client.id, key)
    send(write, client, "upload", place, {"key": key, "file": dict(file), "under": under}, now, subject=subject)


def drop(write: Connection, client: Client, key: str, now: datetime) -> None:
    """Takes a post away; one that was not sent yet is not sent any more."""
    known = posts.find(write, client.id, key)
    if known is not None:
        jobs.call_off(write, posts.subject(client.id, key), now)
        send(write, client, "unpost", known.address, {"key": key}, now)


def drop_about(write: Connection, client: Client, customer_id: int, now: datetime) -> None:
    """Takes away every post about a customer, those not sent yet too, and what we kept of their words.

    Those that name her among others are shown without her.
    """
    about, naming = posts.about(write, client.id, customer_id), posts.naming(write, client.id, customer_id)
    for key in about:
        drop(write, client, key, now)
    gone = posts.herself(write, customer_id)
    for key in sorted(naming.keys() - set(about)):
        unname(write, client, key, without(naming[key], gone), now)
    if about or naming:
        posts.forget_said(write, client.id, [*about, *naming])


def without(shown: Json, gone: frozenset[int]) -> Json:
    """A post as it reads without some customers: a dash stands for each line about one of them."""
    told = zip(shown["lines"], shown["about"], strict=True)
    lines = [NOBODY if whose in gone else said for said, whose in told]
    return {**shown, "lines": lines, "about": [None if whose in gone else whose for whose in shown["about"]]}


def unname(write: Connection, client: Client, key: str, shown: Json, now: datetime) -> None:
    """Shows a post that names fewer customers than before, if it stands or was still to be sent."""
    known = posts.find(write, client.id, key)
    waited = jobs.call_off(write, posts.subject(client.id, key), now)
    names = {whose for whose in shown["about"] if whose is not None}
    posts.name(write, client.id, key, names, shown if names else {})
    if known is not None and (known.ts or waited):
        data = {"key": key, "post": shown, "under": "", "erases": True}
        send(write, client, "post", known.address, data, now, subject=posts.subject(client.id, key))


def put_home(
    write: Connection, client: Client, member: str, home: Home, now: datetime, language: str = "", before: str = ""
) -> str:
    """Shows a member her home page, unless it says what it said ``before``; gives what it says, in short."""
    read = rendered(home, client, now, language)
    says = sha256(dump(read).encode()).hexdigest()
    if says != before:
        subject = of_home(client, member)
        jobs.call_off(write, subject, now)
        send(write, client, "home", member, {"home": read}, now, subject=subject)
    return says


def of_home(client: Client, member: str) -> str:
    """What the jobs that show a member's home page are about."""
    return f"home:{client.id}:{member}"


def send(
    write: Connection, client: Client, kind: str, place: str, payload: Json, now: datetime, subject: str | None = None
) -> None:
    """Writes a job of the client's workspace, in the order of its place."""
    account = posts.account_of(write, client.id)
    if account is not None:
        lane = f"{NETWORK}:{account}:{place}"
        road.send(write, lane, kind, payload, now, client_id=client.id, subject=subject)


def place_under(rows: Connection, client: Client, under: str, place: str) -> str:
    """Where a post goes: to the place of the one in whose thread it belongs, if there is one."""
    parent = posts.find(rows, client.id, under) if under else None
    return parent.address if parent is not None else place
