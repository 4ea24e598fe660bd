"""What is wrong with a client: pure checks of its frozen value, each a generator of (level, what, what to do)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Final

from bot.doctor.finding import Finding, Level
from bot.office.client_file.amounts import DAYS, say_clock, say_duration, say_span
from bot.rules.hours import covered, open_stretches, opens_at
from bot.rules.promises import AHEAD, answer_by
from bot.rules.slots import free_days
from bot.values import DAY, Client, ClientText, Service

Found = Iterator[tuple[Level, str, str]]
WEEKS: Final = 4
"""How far the doctor looks for hours that nobody covers: far enough that a holiday does not hide a weekday."""


def closed(client: Client, now: datetime) -> Found:
    """Closed all week, or for as long as anybody plans."""
    if not client.hours:
        yield Level.ERROR, "It is closed all week.", "Give its opening hours under [hours]."
    elif opens_at(client, now) is None:
        yield Level.WARNING, "It does not open within 60 days.", "Look through its [[closures]]."
    if client.closed_on_holidays and not client.country:
        what = "It has no country, so no public holiday closes it."
        yield Level.NOTE, what, "Set country, or closed_on_holidays = false."


def uncovered(client: Client, now: datetime) -> Found:
    """Open while nobody at the desk answers."""
    if not client.coverage:
        yield Level.ERROR, "Nobody at the desk answers for it.", "Say who does, and when, under [[coverage]]."
        return
    gaps: dict[tuple[int, int, int], None] = {}
    today = client.local(now).date()
    for ahead in range(7 * WEEKS):
        day = today + timedelta(days=ahead)
        for start, end in without(open_stretches(client, day), covered(client, day)):
            first, last = client.local(start), client.local(end)
            length = last.replace(tzinfo=None) - first.replace(tzinfo=None)
            minute = first.hour * 60 + first.minute
            gaps[day.weekday(), minute, minute + length // timedelta(minutes=1)] = None
    if gaps:
        said = ", ".join(f"{DAYS[weekday]} {say_span(start, end)}" for weekday, start, end in sorted(gaps))
        yield Level.WARNING, f"It is open while nobody covers the desk: {said}.", "Extend [[coverage]], or its hours."


def without(
    stretches: tuple[tuple[datetime, datetime], ...], taken: tuple[tuple[datetime, datetime], ...]
) -> Iterator[tuple[datetime, datetime]]:
    """The parts of the stretches that nothing of ``taken`` covers; both in order."""
    for start, end in stretches:
        at = start
        for first, last in taken:
            if last <= at or first >= end:
                continue
            if first > at:
                yield at, first
            at = last
        if at < end:
            yield at, end


def unpromised(client: Client, now: datetime) -> Found:
    """No time can be said by which a person answers."""
    if client.hours and client.coverage and answer_by(client, "chat", now) is None:
        what = (
            f"No time can be promised for an answer: within {AHEAD} days nobody covers it long enough while it is open."
        )
        yield Level.WARNING, what, "Bring [[coverage]] and [hours] together, or shorten [answer_within]."


def unoffered(client: Client, now: datetime) -> Found:
    """A service that nobody gives, or for which there is never time."""
    today = client.local(now).date()
    for service in client.services:
        if not service.resources:
            what = f"Nobody offers the service '{service.key}'."
            yield Level.ERROR, what, f"Name who or what gives it: resources, under [services.{service.key}]."
        elif client.hours and not free_days(client, service, [], today, service.horizon + 1, now):
            needs = say_duration(service.before + service.minutes + service.after)
            what = f"The service '{service.key}' has no free time within {service.horizon} days, even with no bookings."
            do = f"It needs {needs} at a stretch, and {say_duration(service.notice)} of notice; look at hours too."
            yield Level.WARNING, what, do


def idle(client: Client, now: datetime) -> Found:
    """A resource that no service needs."""
    needed = {one for service in client.services for one in service.resources}
    for resource in client.resources:
        if resource.id not in needed:
            what = f"No service needs '{resource.key}' ({resource.name})."
            yield Level.WARNING, what, "Name it among a service's resources, or take it out."


def untranslated(client: Client, now: datetime) -> Found:
    """Words of the client's that are missing in one of its languages."""
    for name, text in words(client):
        missing = [language for language in client.languages if not text.has(language)]
        if missing:
            yield (
                Level.WARNING,
                f"{name} is missing in: {', '.join(missing)}.",
                "Add it; customers read another language.",
            )
    missing = [language for language in client.languages if not client.urgent_words.get(language)]
    if client.urgent_words and missing:
        yield Level.WARNING, f"There are no urgent words in: {', '.join(missing)}.", "Add them under [urgent.words]."


def words(client: Client) -> Iterator[tuple[str, ClientText]]:
    """Everything the client says, with what it is called."""
    for key, text in client.texts.items():
        if "." not in key:
            yield f"The text '{key}'", text
    named: list[tuple[str, Service]] = [("service", service) for service in client.services]
    yield from ((f"The name of the {kind} '{one.key}'", one.name) for kind, one in named)
    yield from ((f"The name of the item '{item.key}'", item.name) for item in client.catalogue)
    yield from ((f"The role of the contact '{one.key}'", one.role) for one in client.contacts if one.role)


def quiet_reminders(client: Client, now: datetime) -> Found:
    """A reminder that falls into quiet hours for some appointments, and so is sent the evening before."""
    starts, ends = client.quiet
    opens = {opening.opens for opening in client.hours}
    opens |= {opening.opens for resource in client.resources for opening in resource.hours}
    for before in client.reminders:
        early = next((start for start in sorted(opens) if is_quiet((start - before) % DAY, starts, ends)), None)
        if early is not None:
            at = f"{say_duration(before)} before an appointment at {say_clock(early)}"
            what = (
                f"The reminder {at} falls into quiet hours ({say_span(starts, ends)}), and is sent before they begin."
            )
            yield Level.NOTE, what, "If that is too early, change reminders or quiet."


def is_quiet(minute: int, starts: int, ends: int) -> bool:
    return starts <= minute < ends if starts <= ends else minute >= starts or minute < ends


def urgent(client: Client, now: datetime) -> Found:
    """Nothing to say to who is in need."""
    if not client.text("urgent"):
        level = Level.ERROR if client.urgent_words else Level.WARNING
        what = "It has urgent words but no text to answer them." if client.urgent_words else "It has no urgent text."
        yield level, what, "Say whom to call in an emergency under [texts.urgent]."
    elif not client.urgent_words:
        yield Level.WARNING, "It has an urgent text but no urgent words.", "List them under [urgent.words]."


CHECKS: Final[tuple[Callable[[Client, datetime], Found], ...]] = (
    closed, uncovered, unpromised, unoffered, idle, untranslated, quiet_reminders, urgent,
)  # fmt: skip


def examine_client(client: Client, now: datetime) -> Iterator[Finding]:
    """Everything that is wrong with a client as it stands now (aware UTC)."""
    for check in CHECKS:
        for level, what, do in check(client, now):
            yield Finding(level, client.slug, what, do)
