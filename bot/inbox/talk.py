"""A talk as a member of the desk reads it: messages, notes and files in one order, the bot's words in her language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from markupsafe import Markup, escape
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox.her import Her
from bot.inbox.pages import ours
from bot.inbox.reading import read
from bot.update import Json
from bot.values import Client, Msgid
from storage import notes, queue
from storage.queue import Attached, Line, Listed

MOST: Final = 300
"""How many messages are shown, the latest."""
STATES: Final = {
    "waiting": _("On its way"),
    "sent": _("Sent"),
    "failed": _("Not sent"),
    "dropped": _("Held back"),
}
"""What became of a message of ours."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message or note. ``original`` is how the customer reads it, where its reader sees it in her own language."""

    id: int
    by: str  # customer | bot | va | team | note
    name: str
    at: datetime
    html: Markup
    original: Markup | None = None
    day: date | None = None  # the first of its day
    files: tuple[Attached, ...] = ()
    state: str = ""
    said_state: Msgid | None = None
    reason: str = ""
    edited: bool = False
    pressed: str = ""
    words: str = ""  # what a person of the desk wrote, as she wrote it
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """What is shown of a talk. ``last`` is the latest message in it."""

    lines: Sequence[Shown] = ()
    last: int = 0
    waits: bool = False  # something of ours has not left yet


def talk(rows: Connection, one: Listed, client: Client, who: Her, seen: int | None) -> Talk:
    """The talk of a ticket with the notes on it; what is newer than ``seen`` stands out."""
    lines: list[Shown] = []
    waits, last, signer = False, 0, ""
    if one.conversation_id is not None:
        files = queue.files(rows, client.id, one.conversation_id)
        for line in queue.talk(rows, client.id, one.conversation_id, MOST):
            signer = signed(line.parts) or signer
            fresh = seen is not None and line.id > seen and line.by != "bot"
            name = one.who if line.by == "customer" else signer if line.by == "va" else ""
            lines.append(shown(line, name, client, who, tuple(files.get(line.id, ())), fresh))
            last, waits = line.id, waits or line.state == "waiting"
    for note in notes.of_ticket(rows, client.id, one.id, one.conversation_id):
        lines.append(Shown(note.id, "note", note.by, note.at, escape(note.text)))
    lines.sort(key=lambda line: line.at)
    return Talk(by_day(lines, who), last, waits)


def shown(line: Line, name: str, client: Client, who: Her, files: tuple[Attached, ...], fresh: bool) -> Shown:
    """A message, as its reader sees it."""
    original: Markup | None
    if line.by == "customer":
        words, original = escape(line.text), None
    else:
        own = read(line.parts, client, who, line.at)
        words = ours(own if own is not None else line.text)
        as_sent = ours(line.text.rsplit("\n→ ", 1)[0])
        original = as_sent if line.by == "bot" and words != as_sent else None
    return Shown(
        line.id,
        line.by,
        name,
        line.at,
        words,
        original,
        files=files,
        state=line.state,
        said_state=STATES.get(line.state),
        reason=line.reason or "",
        edited=line.edited_at is not None and not line.pressed,
        pressed=line.pressed,
        words=next((str(values["text"]) for _message, values in line.parts or () if "text" in values), ""),
        fresh=fresh,
    )


def signed(parts: Json) -> str:
    """Who signed a message of the desk."""
    return next((str(values["staff"]) for _message, values in parts or () if "staff" in values), "")


def by_day(lines: Sequence[Shown], who: Her) -> list[Shown]:
    """The lines, the first of each day with its day."""
    found: list[Shown] = []
    before: date | None = None
    for line in lines:
        day = line.at.astimezone(who.zone).date()
        found.append(replace(line, day=day) if day != before else line)
        before = day
    return found
