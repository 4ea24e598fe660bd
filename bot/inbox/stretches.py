"""Stretches of a day on its reader's clock: when a client is open there, and when the desk covers it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.hours import covered_spans, timetable
from bot.rules.spans import Span, Spans, merged, minute_of
from bot.values import Client, Resource


def bounds(zone: ZoneInfo, day: date) -> Span:
    """The epoch minutes of a day on its reader's clock."""
    first, after = (datetime.combine(day + timedelta(days=ahead), time(), tzinfo=zone) for ahead in (0, 1))
    return minute_of(first), minute_of(after)


def within(spans: Iterable[Span], limits: Span) -> Spans:
    """What of some stretches lies within limits."""
    first, after = limits
    return merged((max(start, first), min(end, after)) for start, end in spans if start < after and end > first)


def around(day: date) -> list[date]:
    """The local days elsewhere that a day here may touch."""
    return [day + timedelta(days=ahead) for ahead in (-1, 0, 1)]


def open_minutes(client: Client, day: date, limits: Span, resource: Resource | None = None) -> Spans:
    """When a client, or its resource, is open within limits."""
    table = timetable(client, resource)
    return within((span for one in around(day) for span in table.spans(one)), limits)


def covered_minutes(client: Client, day: date, limits: Span) -> Spans:
    """When somebody at the desk answers for a client within limits."""
    return within((span for one in around(day) for span in covered_spans(client, one)), limits)
