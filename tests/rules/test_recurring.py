"""When a task comes again, whom news reach and when, and which days somebody means to close."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.rules.closing import closures_of
from bot.rules.hearing import after_quiet, chain, next_daily
from bot.rules.recurring import Rhythm, next_time
from bot.values import CHANNEL, Client, ClientText, Closure, Contact, Hears

ANNA = Contact(1, "anna", "Anna", ClientText(()), slack="U1")
MARCO = Contact(2, "marco", "Marco", ClientText(()))
SHOP = Client(1, "shop", 1, "Shop", ("it",), "Europe/Rome", country="IT", contacts=(ANNA, MARCO))


def at(text: str) -> datetime:
    """A moment on the shop's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=SHOP.zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("rhythm", "after", "comes"),
    [
        (Rhythm("week", weekday=0, minute=540), "2026-11-23 09:00", "2026-11-30 09:00"),
        (Rhythm("week", weekday=0, minute=540), "2026-03-23 09:00", "2026-03-30 09:00"),  # the clock went forward
        (Rhythm("workday", minute=540), "2026-12-24 09:00", "2026-12-28 09:00"),  # Christmas, St Stephen's, Sunday
        (Rhythm("month", day=31, minute=540), "2026-01-31 09:00", "2026-02-28 09:00"),
        (Rhythm("last_workday", minute=600), "2026-01-15 09:00", "2026-01-30 10:00"),  # the 31st is a Saturday
        (Rhythm("last_workday", minute=600), "2026-01-30 10:00", "2026-02-27 10:00"),
    ],
)
def test_a_rhythm(rhythm: Rhythm, after: str, comes: str) -> None:
    assert next_time(SHOP, rhythm, at(after)) == at(comes)


def test_a_message_goes_to_whom_it_is_for_and_then_to_the_channel() -> None:
    noon = at("2026-11-23 12:00")
    assert chain(SHOP, "message", noon, contact=ANNA).to == ("anna", CHANNEL)
    assert chain(SHOP, "message", noon, contact=MARCO).to == (CHANNEL,)  # he is not on the network
    assert chain(SHOP, "booking", noon).to == (CHANNEL,)


def test_the_first_rule_that_fits_holds() -> None:
    urgent = Hears(("marco", "anna"), what=("message",), urgency="urgent", within=5)
    never = Hears((), what=("booking",), days=(0,), hours=(540, 1020))
    shop, noon = replace(SHOP, hears=(urgent, never)), at("2026-11-23 12:00")
    assert chain(shop, "message", noon, urgent=True).to == ("anna",)
    assert chain(shop, "message", noon, urgent=True).within == 5
    assert chain(shop, "message", noon).to == (CHANNEL,)
    assert chain(shop, "booking", noon).to == ()  # its own wish
    assert chain(shop, "booking", at("2026-11-23 18:00")).to == (CHANNEL,)


def test_quiet_hours_and_digests() -> None:
    assert after_quiet(SHOP, at("2026-11-23 21:00")) == at("2026-11-24 07:30")
    assert after_quiet(SHOP, at("2026-11-24 05:00")) == at("2026-11-24 07:30")
    assert after_quiet(SHOP, at("2026-11-24 12:00")) == at("2026-11-24 12:00")
    assert next_daily(SHOP, 510, at("2026-11-24 08:30")) == at("2026-11-25 08:30")


@pytest.mark.parametrize(
    ("start", "end", "closed"),
    [
        ("2026-11-24 10:00", "2026-11-24 15:00", [(24, 24, 600, 900)]),
        ("2026-11-24 00:00", "2026-11-25 00:00", [(24, 24, 0, 1440)]),
        ("2026-11-24 00:00", "2026-11-27 00:00", [(24, 26, 0, 1440)]),
        ("2026-11-24 10:00", "2026-11-26 09:00", [(24, 24, 600, 1440), (25, 25, 0, 1440), (26, 26, 0, 540)]),
        ("2026-11-24 10:00", "2026-11-25 00:00", [(24, 24, 600, 1440)]),
        ("2026-11-24 10:00", "2026-11-25 09:00", [(24, 24, 600, 1440), (25, 25, 0, 540)]),
    ],
)
def test_what_is_closed(start: str, end: str, closed: list[tuple[int, int, int, int]]) -> None:
    wanted = [
        Closure(date(2026, 11, first), date(2026, 11, last), opens, closes, 7, "")
        for first, last, opens, closes in closed
    ]
    assert closures_of(SHOP, at(start), at(end), 7, "") == wanted
