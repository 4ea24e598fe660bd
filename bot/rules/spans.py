"""Stretches of time as pairs of whole epoch minutes, the end excluded, and what is done with sorted lists of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final

Span = tuple[int, int]
Spans = tuple[Span, ...]
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)


def minute_of(moment: datetime) -> int:
    """The epoch minute in which an aware moment lies."""
    return (moment - EPOCH) // MINUTE


def minute_from(moment: datetime) -> int:
    """The first epoch minute that begins at an aware moment or after it."""
    return -((EPOCH - moment) // MINUTE)


def moment_of(minute: int) -> datetime:
    """The UTC moment at which an epoch minute begins."""
    return EPOCH + minute * MINUTE


def merged(spans: Iterable[Span]) -> Spans:
    """The same minutes as sorted stretches that neither overlap nor touch; empty ones go."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if end <= start:
            continue
        if result and start <= result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return tuple(result)


def common(left: Spans, right: Spans) -> Spans:
    """The minutes that two merged lists share."""
    result: list[Span] = []
    i = j = 0
    while i < len(left) and j < len(right):
        start, end = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if start < end:
            result.append((start, end))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(result)


def minus(spans: Spans, taken: Spans) -> Spans:
    """The minutes of one merged list that are not in another."""
    if not spans or not taken:
        return spans
    first, last = min(spans[0][0], taken[0][0]), max(spans[-1][1], taken[-1][1])
    edges = [first, *(edge for span in taken for edge in span), last]
    return common(spans, tuple((edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i] < edges[i + 1]))


def after_counting(now: datetime, minutes: int, spans: Iterable[Span]) -> datetime | None:
    """When ``minutes`` have gone by since ``now``, counted only inside the sorted spans; None if they are too few.

    Seconds count. No minutes at all end at the first moment, from ``now`` on, that lies in a span.
    """
    left = timedelta(minutes=minutes)
    for start, end in spans:
        begin, stop = max(now, moment_of(start)), moment_of(end)
        if begin >= stop:
            continue
        if begin + left <= stop:
            return begin + left
        left -= stop - begin
    return None
