"""What the client's team is shown, as the jobs of its workspace carry it: JSON, read in somebody's language."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any, Final

from bot.i18n import plain, render
from bot.posts import About, Home, Line, Modal, Post, Text
from bot.update import Json
from bot.values import Client, ClientText, Msgid, Plural

PLAIN: Final = frozenset({"label", "submit", "close", "sure", "hint", "heading"})
"""Where a network shows letters and no markup."""


@dataclass(frozen=True, slots=True)
class Reading:
    """For whom something is rendered."""

    client: Client
    language: str
    now: datetime


def rendered(value: Post | Modal | Home, client: Client, now: datetime, language: str = "") -> Json:
    """A value of bot.posts as JSON: its texts read in ``language``, marked up with b, i, code and a alone."""
    made = as_json(value, Reading(client, language or client.languages[0], now))
    if isinstance(value, Post):
        made["about"] = [one.customer_id if isinstance(one, About) else None for one in value.lines]
    return made


def as_json(value: Any, reading: Reading, *, bare: bool = False) -> Json:
    """A part of such a value; ``bare`` where no markup is shown."""
    if isinstance(value, About):
        value = value.text
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
    assert isinstance(value, Msgid | Plural | Line)
    message, values = (value.message, value.values) if isinstance(value, Line) else (value, {})
    return (plain if bare else render)(message, values, reading.language, reading.client.zone, reading.now)
