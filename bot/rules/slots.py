"""Which starts of a service are free. One sweep, over whole epoch minutes, for lists and for the check under lock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise, repeat
from typing import Final

from bot.rules.hours import Opening, is_open, timetable
from bot.rules.spans import Span, common, merged, minute_from, minute_of, moment_of
from bot.rules.wall import day_of
from bot.values import Busy, Client, Invalid, Msgid, Resource, Service, Slot

TAKEN: Final = Msgid("That time has just been taken. These are still free:")
PAST: Final = Msgid("That time has already passed. These are still free:")
TOO_SOON: Final = Msgid("That is too short notice. These are still free:")
TOO_FAR: Final = Msgid("We don't take bookings that far ahead. These are still free:")
CLOSED: Final = Msgid("We're closed at that time. These are still free:")
FULL: Final = Msgid("That day is fully booked. These are still free:")
GONE: Final = Msgid("That time is no longer offered. These are still free:")

_NEVER: Final = 1 << 60


def blocked(service: Service, starts_at: datetime) -> Span:
    """The epoch minutes that an appointment at ``starts_at`` takes from its seat: its time and both buffers."""
    start = minute_of(starts_at)
    return start - service.before, start + service.minutes + service.after


def free_slots(
    client: Client,
    service: Service,
    busy: Iterable[Busy],
    first_day: date,
    days: int,
    now: datetime,
    *,
    resources: Collection[int] | None = None,
    per_day: Mapping[date, int] | None = None,
) -> list[Slot]:
    """Every free start of a service on ``days`` local days from ``first_day``, one slot a resource, by start.

    At equal starts the resources stand as in ``service.resources``; ``resources`` keeps to some of them. ``busy`` is
    what is taken, in any order, also by other services, without what the asker may give up (her own hold, the
    appointment she moves); ``per_day`` how many of this service are booked on a local day, for its daily cap.
    The appointment itself lies within open hours, its buffers need not: what must be free is the time of a seat.
    The notice is elapsed time; the horizon counts local days after today, the last included.
    """
    who = _resources(client, service, resources)
    ids = [resource.id for resource in who]
    slots: list[Slot] = []
    for _, codes in _starts(client, service, who, busy, first_day, days, now, per_day or {}):
        codes.sort()
        starts = [code // len(who) for code in codes]
        moments = {start: moment_of(start) for start in set(starts)}
        places = [ids[code % len(who)] for code in codes]
        slots += map(Slot, map(moments.__getitem__, starts), places, repeat(service.key), repeat(service.minutes))
    return slots


def free_days(
    client: Client,
    service: Service,
    busy: Iterable[Busy],
    first_day: date,
    days: int,
    now: datetime,
    *,
    resources: Collection[int] | None = None,
    per_day: Mapping[date, int] | None = None,
) -> list[date]:
    """The local days on which ``free_slots`` finds something, for a calendar: the same rule, no slots made."""
    who = _resources(client, service, resources)
    return [day for day, codes in _starts(client, service, who, busy, first_day, days, now, per_day or {}) if codes]


def free_times(
    client: Client,
    service: Service,
    busy: Collection[Busy],
    first_day: date,
    days: int,
    now: datetime,
    *,
    resources: Collection[int] | None = None,
    per_day: Mapping[date, int] | None = None,
) -> list[Slot]:
    """``free_slots`` for who does not mind the resource: one a start, of the one with the fewest minutes in ``busy``.

    So a day's work is spread. At equal loads it is the first in order.
    """
    load: dict[int, int] = {}
    for taken in busy:
        load[taken.resource_id] = load.get(taken.resource_id, 0) + taken.end - taken.start
    who = sorted(_resources(client, service, resources), key=lambda resource: load.get(resource.id, 0))
    slots: list[Slot] = []
    for _, codes in _starts(client, service, who, busy, first_day, days, now, per_day or {}):
        places = {code // len(who): code % len(who) for code in sorted(codes, reverse=True)}  # the lowest stands
        slots += [Slot(moment_of(at), who[places[at]].id, service.key, service.minutes) for at in reversed(places)]
    return slots


def is_free(
    client: Client, service: Service, slot: Slot, busy: Iterable[Busy], now: datetime, per_day: Mapping[date, int]
) -> None:
    """Raises ``Invalid`` with the reason if a slot can't be booked: the one check, repeated under lock, for every face.

    It is ``free_slots``' rule but for the grid: a start off the grid is as good as another for who types one.
    """
    day, resource = day_of(client.zone, slot.starts_at), client.resource(slot.resource_id)
    if slot.starts_at < now:
        raise Invalid(PAST)
    if slot.starts_at < now + timedelta(minutes=service.notice):
        raise Invalid(TOO_SOON)
    if day > day_of(client.zone, now) + timedelta(days=service.horizon):
        raise Invalid(TOO_FAR)
    if resource is None or slot.resource_id not in service.resources or slot.minutes != service.minutes:
        raise Invalid(GONE)
    if not _fits(timetable(client, resource).openings(day), service, slot.starts_at):
        raise Invalid(GONE if is_open(client, slot.starts_at) else CLOSED)
    if _full(service, day, per_day):
        raise Invalid(FULL)
    if free_seat(service, resource, slot.starts_at, busy) is None:
        raise Invalid(TAKEN)


def free_seat(service: Service, resource: Resource, starts_at: datetime, busy: Iterable[Busy]) -> int | None:
    """The lowest seat (from 0) of a resource that is free for an appointment and its buffers; None if all are taken."""
    start, end = blocked(service, starts_at)
    taken = [(b.start, b.end, b.seat) for b in busy if b.resource_id == resource.id and b.start < end and b.end > start]
    for seat, lane in enumerate(_lanes(taken, resource.seats)):
        if not any(first < end and last > start for first, last in lane):
            return seat
    return None


def spare_seat(service: Service, resource: Resource, starts_at: datetime, busy: Iterable[Busy]) -> int:
    """The lowest seat on which nothing stands then, beyond the resource's own where those are taken."""
    start, end = blocked(service, starts_at)
    around = [b for b in busy if b.resource_id == resource.id and b.start < end and b.end > start]
    free = free_seat(service, resource, starts_at, around)
    return free if free is not None else max(resource.seats, 1 + max((b.seat for b in around), default=0))


# --- the sweep --------------------------------------------------------------------------------------------------------


def _starts(
    client: Client,
    service: Service,
    who: list[Resource],
    busy: Iterable[Busy],
    first_day: date,
    days: int,
    now: datetime,
    per_day: Mapping[date, int],
) -> Iterator[tuple[date, list[int]]]:
    """The free starts of each day as minute * len(who) + the resource's place: one integer each, for speed."""
    today = day_of(client.zone, now)
    first = max(first_day, today).toordinal()
    last = min(first_day.toordinal() + days - 1, today.toordinal() + service.horizon)
    span = [date.fromordinal(number) for number in range(first, last + 1)]
    found: dict[date, list[int]] = {day: [] for day in span}
    open_days = [day for day in span if not _full(service, day, per_day)]
    earliest = minute_from(now) + service.notice
    taken = _by_resource(busy)
    for place, resource in enumerate(who):
        table = timetable(client, resource)
        openings = [(found[day], opening) for day in open_days for opening in table.openings(day)]
        forbidden = _forbidden(service, resource, taken.get(resource.id, []))
        _sweep(openings, forbidden, service, earliest, len(who), place)
    yield from found.items()


def _sweep(
    openings: list[tuple[list[int], Opening]],
    forbidden: list[Span],
    service: Service,
    earliest: int,
    scale: int,
    place: int,
) -> None:
    """Adds the coded starts of one resource to their days: those on the grid and outside the forbidden ranges."""
    step, index = service.step, 0
    for found, opening in openings:
        start = max(opening.start, earliest)
        start += (opening.grid - start) % step
        stop = min(opening.end, opening.closes - service.minutes + 1)
        while start < stop:
            while forbidden[index][1] <= start:
                index += 1
            first, after = forbidden[index]
            if start < first:
                until = min(first, stop)
                found.extend(range(start * scale + place, until * scale, step * scale))
            if first >= stop:
                break
            start = after + (opening.grid - after) % step


def _forbidden(service: Service, resource: Resource, taken: list[tuple[int, int, int]]) -> list[Span]:
    """The starts, as sorted ranges, at which no seat is free for the whole blocked range; the last is never reached."""
    before, after = service.before, service.minutes + service.after - 1
    lanes = [[(start - after, end + before) for start, end in lane] for lane in _lanes(taken, resource.seats)]
    if len(lanes) == 1:
        return [*lanes[0], (_NEVER, _NEVER + 1)]
    shared = merged(lanes[0])
    for lane in lanes[1:]:
        shared = common(shared, merged(lane))
    return [*shared, (_NEVER, _NEVER + 1)]


def _lanes(taken: list[tuple[int, int, int]], seats: int) -> list[list[Span]]:
    """What is taken of each seat, sorted: what was booked on it, and every minute at which all seats' worth is taken.

    The second matters when a resource has lost a seat since, and what stood on it still comes.
    """
    taken.sort()
    if seats == 1:
        return [[(start, end) for start, end, _ in taken]]
    full = _crowded(taken, seats)
    return [sorted([*full, *((start, end) for start, end, on in taken if on == seat)]) for seat in range(seats)]


def _crowded(taken: list[tuple[int, int, int]], seats: int) -> list[Span]:
    """The stretches during which at least ``seats`` ranges overlap."""
    edges = sorted([(start, 1) for start, _, _ in taken] + [(end, -1) for _, end, _ in taken])
    crowded, count = [], 0
    for (minute, change), (following, _) in pairwise(edges):
        count += change
        if count >= seats:
            crowded.append((minute, following))
    return crowded


def _by_resource(busy: Iterable[Busy]) -> dict[int, list[tuple[int, int, int]]]:
    taken: dict[int, list[tuple[int, int, int]]] = {}
    for b in busy:
        taken.setdefault(b.resource_id, []).append((b.start, b.end, b.seat))
    return taken


def _resources(client: Client, service: Service, wanted: Collection[int] | None) -> list[Resource]:
    resources = (client.resource(id) for id in service.resources if wanted is None or id in wanted)
    return [resource for resource in resources if resource is not None]


def _fits(openings: tuple[Opening, ...], service: Service, starts_at: datetime) -> bool:
    start = minute_of(starts_at)
    return any(o.start <= start < o.end and start + service.minutes <= o.closes for o in openings)


def _full(service: Service, day: date, per_day: Mapping[date, int]) -> bool:
    return service.daily_cap is not None and per_day.get(day, 0) >= service.daily_cap
