"""What free slots cost: 30 days with 2,000 appointments, beside a plain sweep over sorted integers.

Run ``python -m bench.slots``. Both find the same starts, which is checked. The plain sweep is given everything ready
(open stretches and taken ranges as sorted integers of each resource) and makes no values.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bot.rules.hours import timetable
from bot.rules.slots import blocked, free_slots
from bot.rules.spans import Span, minute_of
from bot.values import Busy, Client, ClientText, Hours, Resource, Service

NOW = datetime(2026, 3, 9, 6, 0, tzinfo=UTC)
FIRST, DAYS, APPOINTMENTS = date(2026, 3, 10), 30, 2_000


def main() -> None:
    """Prints the cost of the plain sweep and of free slots, and the ratio, for a full, a busy and a quiet diary."""
    for staff in (12, 16, 24):
        _compare(_client(staff))


def _compare(client: Client) -> None:
    service, busy = client.services[0], _booked(client)
    openings, taken = _sorted_integers(client, busy)

    def rule() -> int:
        return len(free_slots(client, service, busy, FIRST, DAYS, NOW))

    def sweep() -> int:
        return len(_plain(openings, taken, service))

    if (found := rule()) != sweep():
        raise SystemExit("the rule and the plain sweep disagree")
    plain, warm = _best_of_each(sweep, rule)
    print(f"{DAYS} days, {len(busy)} appointments, {len(client.resources)} resources: {found} free slots")
    print(f"  plain sweep {plain * 1000:6.2f} ms, free_slots {warm * 1000:6.2f} ms, ratio {warm / plain:.2f}")


def _client(staff: int) -> Client:
    hours = tuple(Hours(day, *interval) for day in range(6) for interval in ((540, 780), (840, 1140)))
    chairs = tuple(Resource(id, f"chair-{id}", f"Chair {id}", "room") for id in range(1, staff + 1))
    cut = Service(1, "cut", ClientText((("en", "Haircut"),)), 30, tuple(chair.id for chair in chairs), after=5)
    return Client(
        1, "salon", 1, "Salon", ("en",), "Europe/Rome", "IT", "MI", hours=hours, resources=chairs, services=(cut,)
    )


def _booked(client: Client) -> list[Busy]:
    """Appointments that do not overlap, as a full diary has them, in the order in which people call."""
    service, chance = client.services[0], random.Random(1)
    free, busy = free_slots(client, service, (), FIRST, DAYS, NOW), []
    chance.shuffle(free)
    last: dict[int, list[Span]] = {}
    for slot in free:
        start, end = blocked(service, slot.starts_at)
        diary = last.setdefault(slot.resource_id, [])
        if all(end <= begin or start >= stop for begin, stop in diary):
            diary.append((start, end))
            busy.append(Busy(slot.resource_id, start, end))
        if len(busy) == APPOINTMENTS:
            break
    return busy


def _sorted_integers(client: Client, busy: list[Busy]) -> tuple[list[list[Span]], list[list[Span]]]:
    days = [FIRST + timedelta(days=ahead) for ahead in range(DAYS)]
    return (
        [[span for day in days for span in timetable(client, chair).spans(day)] for chair in client.resources],
        [sorted((b.start, b.end) for b in busy if b.resource_id == chair.id) for chair in client.resources],
    )


def _plain(openings: list[list[Span]], taken: list[list[Span]], service: Service) -> list[tuple[int, int]]:
    """The free starts and their resources: one pointer walks the starts, another what is taken."""
    free = []
    earliest = minute_of(NOW) + service.notice
    for resource, (spans, ranges) in enumerate(zip(openings, taken, strict=True)):
        index, count = 0, len(ranges)
        for opens, closes in spans:
            for start in range(opens, closes - service.minutes + 1, service.step):
                while index < count and ranges[index][1] <= start - service.before:
                    index += 1
                clear = index == count or ranges[index][0] >= start + service.minutes + service.after
                if clear and start >= earliest:
                    free.append((start, resource))
    free.sort()
    return free


def _best_of_each(*functions: Callable[[], int]) -> list[float]:
    """The best time of each, taken in turns so that a busy machine is busy for all."""
    best = [float("inf")] * len(functions)
    for _ in range(50):
        for place, function in enumerate(functions):
            start = time.perf_counter()
            function()
            best[place] = min(best[place], time.perf_counter() - start)
    return best


if __name__ == "__main__":
    main()
