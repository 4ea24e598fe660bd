"""A talk as a member of the desk reads it: messages, notes and files in one order, the bot's words in her language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from markupsafe import Markup, escape
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox.her import Her
from bot.inbox.pages import ours
from bot.inbox.reading import read, wrote
from bot.inbox.why import why
from bot.office.intents import WISHED
from bot.office.team_talk import NOBODY
from bot.questions.replying import AWAY, WROTE
from bot.reading.wishes import Because
from bot.update import Json
from bot.values import Client, Msgid
from storage import notes, pending, talks
from storage.pending import Pending
from storage.queue import Listed
from storage.talks import Attached, Line

MOST: Final = 300
"""How many messages are shown, the latest; as many more each time that earlier ones are asked for."""
ALL: Final = 100 * MOST
STATES: Final = {
    "waiting": _("On its way"),
    "sent": _("Sent"),
    "failed": _("Not sent"),
    "dropped": _("Held back"),
}
"""What became of a message of ours."""
REASONS: Final = {str(NOBODY): NOBODY}
"""Why a line to the team waits, where that is ours to say."""
HELD: Final = {str(reason): reason for reason in (WROTE, AWAY)}
"""Why a reply was held back."""
EXPLAINED: Final = 10
"""Messages of which it is said why they were read so, the latest."""
SOON: Final = timedelta(minutes=1)
"""A reply that goes within this is watched until it has."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message or note. ``original`` is how the customer reads it, where its reader sees it in her own language."""

    id: int
    by: str  # customer | bot | va | team | note | asked (of the team, by the desk)
    name: str
    at: datetime
    html: Markup
    original: Markup | None = None
    day: date | None = None  # the first of its day
    files: tuple[Attached, ...] = ()
    state: str = ""
    said_state: Msgid | None = None
    reason: str = ""
    said_reason: Msgid | None = None
    edited: bool = False
    pressed: str = ""
    words: str = ""  # what a person of the desk wrote, as she wrote it
    fresh: bool = False
    read: str = ""  # what was read from a customer's words
    wish: str = ""  # the intent that was among it
    because: Because | None = None  # and why, of the latest ones


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply that has not gone: whether that is a matter of seconds, and why it was held back, if it was."""

    pending: Pending
    soon: bool
    held: Msgid | None


@dataclass(frozen=True, slots=True)
class Talk:
    """What is shown of a talk. ``last`` is the latest message in it."""

    lines: Sequence[Shown] = ()
    last: int = 0
    waits: bool = False  # something of ours has not left yet
    earlier: int = 0  # how many messages to ask for, where there may be earlier ones
    pending: Sequence[Waiting] = ()

    @property
    def wishes(self) -> Mapping[str, Msgid]:
        """What somebody of the desk may say that a customer's words mean."""
        return WISHED

    @property
    def upto(self) -> int:
        """The last of the replies that wait, as row id."""
        return max((one.pending.id for one in self.pending), default=0)


def talk(
    rows: Connection, one: Listed, client: Client, who: Her, seen: int | None, now: datetime, most: int = MOST
) -> Talk:
    """The talk of a ticket with the notes on it, its latest messages; what is newer than ``seen`` stands out."""
    lines: list[Shown] = []
    waits, last, signer = False, 0, ""
    files = talks.files(rows, client.id, one.conversation_id, one.id)
    found = said(rows, one, client, most)
    for line in found:
        with_team = line.audience == "team"
        if not with_team:
            signer = signed(line.parts) or signer
        fresh = seen is not None and line.id > seen and line.by != "bot"
        name = one.who if line.by == "customer" else signer if line.by == "va" else ""
        name = signed(line.parts) if with_team else name
        lines.append(shown(line, name, client, who, tuple(files.get(line.id, ())), fresh))
        last, waits = line.id, waits or (line.state == "waiting" and not (with_team and line.reason))
    for note in notes.of_ticket(rows, client.id, one.id, one.conversation_id):
        name = f"{note.by} → {note.to}" if note.to else note.by
        lines.append(Shown(note.id, "note", name, note.at, escape(note.text)))
    lines = explained(lines, one.language or client.languages[0], client)
    lines.sort(key=lambda line: line.at)
    waiting = [a_waiting(found, now) for found in pending.of_talk(rows, one.conversation_id or 0)]
    waits = waits or any(one.soon for one in waiting)
    return Talk(by_day(lines, who), last, waits, most + MOST if len(found) == most else 0, waiting)


def explained(lines: Sequence[Shown], language: str, client: Client) -> list[Shown]:
    """The lines, with why the latest of those that something was wished with were read so."""
    wished = {line.id for line in [line for line in lines if line.wish][-EXPLAINED:]}
    return [
        replace(line, because=why(client, language, line.html.unescape(), line.at)) if line.id in wished else line
        for line in lines
    ]


def said(rows: Connection, one: Listed, client: Client, most: int) -> list[Line]:
    """What was said in the talk of a ticket; where it has none, what the desk and the team have told each other."""
    if one.conversation_id is not None:
        return talks.talk(rows, client.id, one.conversation_id, most)
    return talks.of_ticket(rows, client.id, one.id, most)


def a_waiting(one: Pending, now: datetime) -> Waiting:
    """A reply that has not gone, as it is shown."""
    return Waiting(one, one.state == "waiting" and one.due_at - now <= SOON, HELD.get(one.reason))


def shown(line: Line, name: str, client: Client, who: Her, files: tuple[Attached, ...], fresh: bool) -> Shown:
    """A message, as its reader sees it."""
    original: Markup | None
    if line.by == "customer" or line.audience == "team":
        words = wrote(line.text, who) if line.by == "customer" else escape(line.text)
        original = None
    else:
        own = read(line.parts, client, who, line.at)
        words = ours(own if own is not None else line.text)
        as_sent = ours(line.text.rsplit("\n→ ", 1)[0])
        original = as_sent if line.by == "bot" and words != as_sent else None
    return Shown(
        line.id,
        "asked" if line.by == "va" and line.audience == "team" else line.by,
        name,
        line.at,
        words,
        original,
        files=files,
        state=line.state,
        said_state=STATES.get(line.state),
        reason=line.reason or "",
        said_reason=REASONS.get(line.reason or ""),
        edited=line.edited_at is not None and not line.pressed,
        pressed=line.pressed,
        words=next((str(values["text"]) for _message, values in line.parts or () if "text" in values), ""),
        fresh=fresh,
        read=(read(line.parts, client, who, line.at, marked_up=False) or "") if line.by == "customer" else "",
        wish=next((str(values["intent"]) for _message, values in line.parts or () if "intent" in values), ""),
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
