"""What a member's words say, in whatever language: when; and of a task, its kind and by when it is to be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.dialog import Turn
from bot.office import task_kinds
from bot.questions.delegation import Draft, of_words
from bot.reading import Ear
from bot.reading.moments import Moment, read_moments
from bot.rules.hours import open_stretches
from bot.update import Json
from bot.values import Client

CLOCK: Final = frozenset({"minute", "hour"})
MORNING, EVENING = time(9), time(18)
"""When a day begins and ends on which the client is closed."""
FAR: Final = timedelta(days=270)
"""A day without a year that is further off is likelier one that has passed: the date of an invoice."""
SURE: Final = 0.5
"""Below this a moment is as likely another."""


def when(turn: Turn, said: str, at: datetime | None = None) -> list[Moment]:
    """The moments that the words speak of, as heard ``at`` a time (now), in the language that understands most of them.

    The member's own language comes first.
    """
    ear = Ear(turn.language, at or turn.now, turn.client.zone)
    heard = [read_moments(said, Ear(language, ear.now, ear.zone)) for language in ear.languages]
    return max(heard, key=lambda found: sum(one.span[1] - one.span[0] for one in found))


def draft(turn: Turn, said: str, link: str = "") -> Draft:
    """The form of a task as far as words fill it; what is doubtful stays empty. They were said when the act tells."""
    told, client = turn.given.get("said_at"), turn.client
    at = min(datetime.fromtimestamp(int(told), UTC), turn.now) if told else turn.now
    kind = task_kinds.heard(client, said, Ear(turn.language, at, client.zone).languages)
    own = [field for field in task_kinds.fields_of(client, kind) if field.form in {"day", "moment"}]
    moments = [one for one in when(turn, said, at) if one.confidence >= SURE and one.start - at < FAR]
    fields: Mapping[str, Json] = {}
    if own:  # a thing of its own time: it is to be ready when that begins
        moments = [one for one in moments if not by_then(one, at)] or moments
        if moments != sorted(moments, key=lambda one: one.start):  # there on Monday, back on Wednesday: of which week?
            moments = []
        fields = {field.key: value for field, one in zip(own, moments, strict=False)
                  if (value := value_of(field.form, one, at, turn.now)) is not None}  # fmt: skip
    due = due_at(client, moments[0], at, starts=bool(own)) if len(moments) == 1 or (own and moments) else None
    return of_words(
        said, link, kind=kind, fields=fields, due=int(due.timestamp()) if due is not None and due > turn.now else None
    )


def by_then(one: Moment, at: datetime) -> bool:
    """Whether the words say until when, and nothing of a beginning."""
    return one.interval and one.start <= at


def value_of(form: str, one: Moment, at: datetime, now: datetime) -> Json:
    """A moment as a field of a form holds it; None where it is less exact than the field, or over."""
    if by_then(one, at) or one.start <= now:
        return None
    if form == "day":
        return one.start.date().isoformat() if one.grain in {*CLOCK, "day"} else None
    return int(one.start.timestamp()) if one.grain in CLOCK else None


def due_at(client: Client, one: Moment, at: datetime, *, starts: bool) -> datetime | None:
    """By when it is to be done: at the hour that is said, or when the client opens or closes on the day that is."""
    if one.interval and not (starts and not by_then(one, at)):
        return one.end if one.end is None or one.grain in CLOCK else day_end(client, one.end - timedelta(minutes=1))
    if one.grain in CLOCK:
        return one.start
    if one.grain != "day":
        return None
    return day_start(client, one.start) if starts else day_end(client, one.start)


def day_start(client: Client, at: datetime) -> datetime:
    """When the client opens on a day."""
    day = client.local(at).date()
    return edges(client, day)[0] or datetime.combine(day, MORNING, client.zone)


def day_end(client: Client, at: datetime) -> datetime:
    """When it closes."""
    day = client.local(at).date()
    return edges(client, day)[1] or datetime.combine(day, EVENING, client.zone)


def edges(client: Client, day: date) -> tuple[datetime | None, datetime | None]:
    """When a day's business begins and ends; None where it is closed."""
    found: Sequence[tuple[datetime, datetime]] = open_stretches(client, day)
    return (found[0][0], found[-1][1]) if found else (None, None)
