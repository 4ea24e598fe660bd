"""A client's hours as the reader of days and times asks for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from bot.reading.moments import OpenHours
from bot.rules.hours import open_stretches
from bot.values import DAY, Client


def opening_hours(client: Client) -> OpenHours:
    """When the client is open on a local day, in minutes after its midnight."""

    @cache
    def hours(day: date) -> Iterable[tuple[int, int]]:
        def minute(moment: datetime) -> int:
            local = client.local(moment)
            return (local.date() - day).days * DAY + local.hour * 60 + local.minute

        return [(minute(start), minute(end)) for start, end in open_stretches(client, day)]

    return hours
