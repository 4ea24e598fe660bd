"""What of a service is free: looked up only when a question needs it."""

from __future__ import annotations

import calendar
from collections.abc import Collection
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from bot.dialog import Turn
from bot.i18n import _
from bot.office import appointments
from bot.rules.hours import open_spans
from bot.rules.slots import free_days, free_times, is_free
from bot.values import Refusal, Service, Slot

NONE_SUITS: Final = _("Tell me when something is free")


class Openings:
    """The free days and times of a service for one customer, whose own hold counts as free.

    ``resources`` keeps to some of those who give it; ``moving`` is the id of an appointment whose time counts as free.
    """

    def __init__(
        self, turn: Turn, service: Service, resources: Collection[int] | None = None, moving: int | None = None
    ) -> None:
        self.turn = turn
        self.service = service
        self.resources = resources
        self.moving = moving
        self._free: dict[tuple[date, date], list[date]] = {}
        self._taken: dict[tuple[date, int], appointments.Taken] = {}

    @cached_property
    def today(self) -> date:
        """The client's day."""
        return self.turn.client.local(self.turn.now).date()

    @property
    def last_day(self) -> date:
        """The last day that can be booked."""
        return self.today + timedelta(days=self.service.horizon)

    def days(self, first: date, last: date) -> list[date]:
        """The days from ``first`` to ``last`` on which something is free."""
        first, last = max(first, self.today), min(last, self.last_day)
        if first > last:
            return []
        found = self._free.get((first, last))
        if found is None:
            turn, count = self.turn, (last - first).days + 1
            busy, per_day = self.taken(first, count)
            found = self._free[first, last] = free_days(
                turn.client, self.service, busy, first, count, turn.now, resources=self.resources, per_day=per_day
            )
        return found

    def is_open(self, day: date) -> bool:
        """Whether the client, or anybody who gives the service, works on that day at all."""
        client = self.turn.client
        givers = [one for one in client.resources if one.id in (self.resources or self.service.resources)]
        return any(open_spans(client, day, one) for one in (None, *givers))

    def first_day(self) -> date:
        """The first free day; raises Refusal where there is none until the horizon."""
        month = self.today
        while month <= self.last_day:  # one by one, as the calendar shows them: nearly always there is one in the first
            end = last_of(month)
            if days := self.days(month, end):
                return days[0]
            month = end + timedelta(days=1)
        raise Refusal(
            _("Nothing is free at the moment, I'm sorry. A person can look for another way."),
            offers=((NONE_SUITS, f"wait:{self.service.key}"), (_("A person"), "human")),
        )

    def times(self, day: date) -> list[Slot]:
        """The free starts of a day, one slot each."""
        turn = self.turn
        busy, per_day = self.taken(day, 1)
        return free_times(turn.client, self.service, busy, day, 1, turn.now, resources=self.resources, per_day=per_day)

    def check(self, slot: Slot) -> None:
        """Raises Invalid with the reason where the slot can't be booked any more."""
        turn = self.turn
        day = turn.client.local(slot.starts_at).date()
        busy, per_day = self.taken(day, 1)
        is_free(turn.client, self.service, slot, busy, turn.now, per_day)

    def taken(self, first: date, days: int) -> appointments.Taken:
        """What stands in the way on these days: looked up once a run, where a question asks up to three times."""
        turn, found = self.turn, self._taken.get((first, days))
        if found is None:
            found = self._taken[first, days] = appointments.taken(
                turn.rows,
                turn.client,
                self.service,
                first,
                days,
                turn.now,
                held_by=turn.conversation.id,
                moving=self.moving,
            )
        return found


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
