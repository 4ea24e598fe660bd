"""What is wrong with a client: pure checks of its frozen value, each a generator of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from bot.doctor.finding import Finding, Level, Week
from bot.i18n import _
from bot.office.client_file.amounts import say_clock, say_span
from bot.office.words import TITLES
from bot.rules.hours import covered, open_stretches, opens_at
from bot.rules.promises import AHEAD, answer_by
from bot.rules.slots import free_days
from bot.values import DAY, Client, ClientText, Msgid

Found = Iterator[Finding]
WEEKS: Final = 4
"""How far the doctor looks for hours that nobody covers: far enough that a holiday does not hide a weekday."""


def found(client: Client, level: Level, part: str, what: Msgid, do: Msgid, **values: Any) -> Finding:
    """A finding about a client, to be mended in a part of it."""
    return Finding(level, client.slug, what, do, values, part)


def closed(client: Client, now: datetime) -> Found:
    """Closed all week, or for as long as anybody plans."""
    if not client.hours:
        yield found(client, Level.ERROR, "hours", _("It is closed all week."), _("Give its opening hours."))
    elif opens_at(client, now) is None:
        what = _("It does not open within 60 days.")
        yield found(client, Level.WARNING, "closures", what, _("Look through its closures."))
    if client.closed_on_holidays and not client.country:
        what = _("It has no country, so no public holiday closes it.")
        yield found(client, Level.NOTE, "profile", what, _("Say its country, or that holidays do not close it."))


def uncovered(client: Client, now: datetime) -> Found:
    """Open while nobody at the desk answers."""
    if not client.coverage:
        what = _("Nobody at the desk answers for it.")
        yield found(client, Level.ERROR, "coverage", what, _("Say who does, and when."))
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
        what = _("It is open while nobody covers the desk: {when}.")
        do = _("Extend the coverage, or change its hours.")
        yield found(client, Level.WARNING, "coverage", what, do, when=Week(tuple(sorted(gaps))))


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
        what = _("No time can be promised: within {n} days nobody covers it long enough while it is open.")
        do = _("Bring coverage and hours together, or promise less.")
        yield found(client, Level.WARNING, "coverage", what, do, n=AHEAD)


def unoffered(client: Client, now: datetime) -> Found:
    """Nothing to book, a service that nobody gives, or one for which there is never time."""
    if not client.services and not client.takes_orders:
        what, do = _("It offers no service, so nothing can be booked."), _("Add what can be booked, if anything can.")
        yield found(client, Level.NOTE, "services", what, do)
    today = client.local(now).date()
    for service in client.services:
        if not service.resources:
            what, do = _("Nobody offers the service “{service}”."), _("Say who or what gives it.")
            yield found(client, Level.ERROR, "services", what, do, service=service.key)
        elif client.hours and not free_days(client, service, [], today, service.horizon + 1, now):
            yield found(
                client,
                Level.WARNING,
                "services",
                _("The service “{service}” has no free time within {n} days, even with no bookings."),
                _("It needs {needs} at a stretch, and {notice} of notice; look at the hours too."),
                service=service.key,
                n=service.horizon,
                needs=timedelta(minutes=service.before + service.minutes + service.after),
                notice=timedelta(minutes=service.notice),
            )


def idle(client: Client, now: datetime) -> Found:
    """A resource that no service needs."""
    needed = {one for service in client.services for one in service.resources}
    for resource in client.resources:
        if resource.id not in needed:
            what, do = _("No service needs {name}."), _("Name it among a service's own, or take it out.")
            yield found(client, Level.WARNING, "services", what, do, name=resource.name)


def untranslated(client: Client, now: datetime) -> Found:
    """Words of the client's that are missing in one of its languages."""
    do = _("Add it; customers read another language.")
    for part, what, name, text in words(client):
        missing = [language for language in client.languages if not text.has(language)]
        if missing:
            yield found(client, Level.WARNING, part, what, do, name=name, languages=", ".join(missing))
    missing = [language for language in client.languages if not client.urgent_words.get(language)]
    if client.urgent_words and missing:
        what = _("There are no urgent words in: {languages}.")
        yield found(client, Level.WARNING, "urgent", what, _("Add them."), languages=", ".join(missing))


def words(client: Client) -> Iterator[tuple[str, Msgid, str, ClientText]]:
    """Everything the client says: its part, what is said of it where it is missing, its name and its words."""
    for key, text in client.texts.items():
        if key in TITLES:
            yield "texts", _("The text “{name}” is missing in: {languages}."), TITLES[key], text
    for service in client.services:
        what = _("The name of the service “{name}” is missing in: {languages}.")
        yield "services", what, service.key, service.name
    for item in client.catalogue:
        yield "catalogue", _("The name of the item “{name}” is missing in: {languages}."), item.key, item.name
    for one in client.contacts:
        if one.role:
            yield "contacts", _("What {name} does is missing in: {languages}."), one.name, one.role


def quiet_reminders(client: Client, now: datetime) -> Found:
    """A reminder that falls into quiet hours for some appointments, and so is sent the evening before."""
    starts, ends = client.quiet
    opens = {opening.opens for opening in client.hours}
    opens |= {opening.opens for resource in client.resources for opening in resource.hours}
    for before in client.reminders:
        early = next((start for start in sorted(opens) if is_quiet((start - before) % DAY, starts, ends)), None)
        if early is not None:
            yield found(
                client,
                Level.NOTE,
                "rules",
                _("The reminder of an appointment at {at}, {before} ahead, falls into quiet hours ({quiet})."),
                _("It is sent before they begin. If that is too early, change reminders or quiet hours."),
                at=say_clock(early),
                before=timedelta(minutes=before),
                quiet=say_span(starts, ends),
            )


def is_quiet(minute: int, starts: int, ends: int) -> bool:
    return starts <= minute < ends if starts <= ends else minute >= starts or minute < ends


def urgent(client: Client, now: datetime) -> Found:
    """Nothing to say to who is in need."""
    if not client.text("urgent"):
        level = Level.ERROR if client.urgent_words else Level.WARNING
        what = (
            _("It has urgent words but no text to answer them.") if client.urgent_words else _("It has no urgent text.")
        )
        yield found(client, level, "texts", what, _("Say whom to call in an emergency."))
    elif not client.urgent_words:
        what = _("It has an urgent text but no urgent words.")
        yield found(client, Level.WARNING, "urgent", what, _("Say which words mean that it is urgent."))


CHECKS: Final[tuple[Callable[[Client, datetime], Found], ...]] = (
    closed, uncovered, unpromised, unoffered, idle, untranslated, quiet_reminders, urgent,
)  # fmt: skip


def examine_client(client: Client, now: datetime) -> Iterator[Finding]:
    """Everything that is wrong with a client as it stands now (aware UTC)."""
    for check in CHECKS:
        yield from check(client, now)
