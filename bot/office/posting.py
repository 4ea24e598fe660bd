"""What the client's team is shown: rendered, and written as jobs of the client's workspace."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import plain, render
from bot.posts import Home, Line, Modal, Post, Text
from bot.update import Json
from bot.values import Client, ClientText, Msgid, Plural
from storage import jobs, posts, road

NETWORK: Final = "slack"
"""The channel on which teams are."""
PLAIN: Final = frozenset({"label", "submit", "close", "sure", "hint", "heading"})
"""Where a network shows letters and no markup."""


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
    data = {"key": key, "post": rendered(post, client, now, language), "under": under}
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
    """Takes away every post about a customer, those not sent yet too, and what we kept of their words."""
    keys = posts.about(write, client.id, customer_id)
    for key in keys:
        drop(write, client, key, now)
    if keys:
        posts.forget_said(write, client.id, keys)


def put_home(write: Connection, client: Client, member: str, home: Home, now: datetime, language: str = "") -> None:
    """Shows a member her home page."""
    subject = f"home:{client.id}:{member}"
    jobs.call_off(write, subject, now)
    send(write, client, "home", member, {"home": rendered(home, client, now, language)}, now, subject=subject)


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


# --- rendering --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom something is rendered."""

    client: Client
    language: str
    now: datetime


def rendered(value: Post | Modal | Home, client: Client, now: datetime, language: str = "") -> Json:
    """A value of bot.posts as JSON: its texts read in ``language``, marked up with b, i, code and a alone."""
    return as_json(value, Reading(client, language or client.languages[0], now))


def as_json(value: Any, reading: Reading, *, bare: bool = False) -> Json:
    """A part of such a value; ``bare`` where no markup is shown."""
    if isinstance(value, Msgid | Plural | Line | ClientText):
        return text_of(value, reading, bare=bare)
    if is_dataclass(value) and not isinstance(value, type):
        part: dict[str, Json] = {"is": type(value).__name__.lower()}
        for one in fields(value):
            part[one.name] = of_field(type(value).__name__, one.name, getattr(value, one.name), reading)
        return part
    if isinstance(value, tuple):
        return [as_json(one, reading, bare=bare) for one in value]
    if isinstance(value, str):
        return value if bare else html.escape(value, quote=False)
    return value


RAW: Final = {
    "Press": {"act", "argument", "style", "url"},
    "Input": {"name", "form", "value", "most", "acts", "needed"},
    "Modal": {"act", "private", "hears_close"},
}
"""What is no text: it stays as it is."""


def of_field(kind: str, name: str, value: Any, reading: Reading) -> Json:
    """One field of a value."""
    if name in RAW.get(kind, ()):
        return dict(value) if isinstance(value, Mapping) else value
    if name == "options":
        return [[key, as_json(label, reading, bare=True)] for key, label in value]
    bare = name in PLAIN or kind == "Heading" or (name == "title" and kind == "Modal")
    return as_json(value, reading, bare=bare)


def text_of(value: Text, reading: Reading, *, bare: bool) -> str:
    """A text in the reader's language."""
    if isinstance(value, ClientText):
        said = value.read(reading.language)
        return said if bare else html.escape(said, quote=False)
    assert not isinstance(value, str) or isinstance(value, Msgid)
    message, values = (value.message, value.values) if isinstance(value, Line) else (value, {})
    return (plain if bare else render)(message, values, reading.language, reading.client.zone, reading.now)
