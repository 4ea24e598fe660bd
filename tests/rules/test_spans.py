"""Lists of stretches behave as the sets of minutes they stand for."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.spans import Span, Spans, after_counting, common, merged, minus, minute_from, minute_of, moment_of
from tests.rules.clients import at

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)


def minutes(spans: list[Span] | Spans) -> set[int]:
    return {minute for start, end in spans for minute in range(start, end)}


def is_merged(spans: Spans) -> bool:
    return all(start < end for start, end in spans) and all(one[1] < two[0] for one, two in pairwise(spans))


@given(SPANS)
def test_merged(spans: list[Span]) -> None:
    assert minutes(merged(spans)) == minutes(spans)
    assert is_merged(merged(spans))


@given(SPANS, SPANS)
def test_common_and_minus(left: list[Span], right: list[Span]) -> None:
    one, two = merged(left), merged(right)
    assert minutes(common(one, two)) == minutes(one) & minutes(two)
    assert minutes(minus(one, two)) == minutes(one) - minutes(two)
    assert is_merged(minus(one, two))


@pytest.mark.parametrize(
    ("text", "inside", "following"), [("08:00:00", 0, 0), ("08:00:01", 0, 1), ("08:00:59.9", 0, 1)]
)
def test_a_moment_lies_in_one_minute_and_waits_for_the_next(text: str, inside: int, following: int) -> None:
    eight = minute_of(at("2026-03-10 08:00"))
    assert minute_of(at(f"2026-03-10 {text}")) - eight == inside
    assert minute_from(at(f"2026-03-10 {text}")) - eight == following
    assert moment_of(eight) == at("2026-03-10 08:00")


@pytest.mark.parametrize(
    ("minutes", "ends"),
    [
        (0, 60),  # at the first moment that counts
        (10, 70),
        (30, 90),  # to the very end of a stretch, not to the start of the next
        (31, 121),
        (60, 150),
        (61, None),
    ],
)
def test_counting(minutes: int, ends: int | None) -> None:
    until = after_counting(moment_of(50), minutes, [(0, 20), (60, 90), (120, 150)])
    assert until == (None if ends is None else moment_of(ends))


def test_counting_keeps_the_seconds() -> None:
    now = moment_of(65) + timedelta(seconds=30)
    assert after_counting(now, 30, [(60, 90), (120, 150)]) == moment_of(125) + timedelta(seconds=30)
