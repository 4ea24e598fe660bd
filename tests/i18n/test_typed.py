"""Typed values as JSON and back."""

import json
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import _, _n, decode, encode, render
from bot.values import Appointment, Booking, ClientText, Money, Slot

ROME = ZoneInfo("Europe/Rome")
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=ROME)

MOMENTS = st.datetimes(timezones=st.just(UTC))
NUMBERS = st.integers(-(2**53), 2**53)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS,
    st.text(),
    st.text().map(_),
    st.builds(_n, st.text(), st.text()),
    st.dates(),
    MOMENTS,
    st.integers(0, 10**8).map(lambda seconds: timedelta(seconds=seconds)),
    st.builds(Money, NUMBERS, st.sampled_from(["EUR", "PLN"])),
    st.lists(st.tuples(st.text(), st.text())).map(lambda texts: ClientText(tuple(texts))),
    st.builds(Slot, MOMENTS, NUMBERS, st.text(), NUMBERS),
)
KEYS = st.text().filter(lambda key: not key.startswith("$"))
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner))


@given(VALUES)
def test_every_value_comes_back_as_it_was(value: Any) -> None:
    back = decode(json.loads(json.dumps(encode(value))))
    assert back == value
    assert type(back) is type(value)


def test_what_comes_back_reads_in_another_language() -> None:
    values = {"slot": TUESDAY, "price": Money(3000, "EUR"), "who": ["Anna", "Jo"]}
    kept = json.dumps(encode(values))
    assert render("{slot} {price} {who}", decode(json.loads(kept)), "it", ROME) == (
        "martedì 24 novembre, ore 15:00 30,00\N{NO-BREAK SPACE}€ Anna e Jo"
    )


def test_an_appointment_comes_back_as_its_start() -> None:
    appointment = Appointment(1, 1, "cut", 1, TUESDAY, TUESDAY, Booking.BOOKED, "uid", 0, "code")
    assert decode(encode({"appointment": appointment})) == {"appointment": TUESDAY}


def test_tuples_come_back_as_lists() -> None:
    assert decode(encode((1, ("a", date(2026, 1, 2))))) == [1, ["a", date(2026, 1, 2)]]


def test_what_looks_like_a_tag_is_no_key() -> None:
    with pytest.raises(ValueError, match="may not begin"):
        encode({"$date": "2026-01-01"})
    with pytest.raises(KeyError):
        decode({"$nothing": 1})


def test_a_naive_datetime_is_no_moment() -> None:
    with pytest.raises(ValueError, match="naive"):
        encode(datetime(2026, 1, 1))  # noqa: DTZ001 - a naive datetime is the mistake


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize("value", [object(), {1, 2}, b"x", Colour.RED])
def test_what_cannot_be_kept_is_a_mistake(value: object) -> None:
    with pytest.raises(TypeError, match="no value that can be kept"):
        encode([value])
