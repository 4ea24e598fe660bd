"""How durations, times, money and names are written in a client file."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.office.client_file import amounts, forms
from bot.office.client_file.document import DOCUMENT
from bot.office.client_file.forms import Form
from bot.office.client_file.place import Place, Setting
from bot.office.client_file.tables import Week, Words, words

SETTING = Setting(("it", "en", "pl"), "EUR", "IT")
YEN = Setting(("en",), "JPY")


def read(form: Form, value: Any, setting: Setting = SETTING) -> Any:
    place = Place("x.toml", {}, setting, path=("here",))
    found = form.read(value, place)
    assert place.faults == []
    return found


def reason(form: Form, value: Any, setting: Setting = SETTING) -> str:
    """Why a value can't be read."""
    place = Place("x.toml", {}, setting, path=("here",))
    try:
        form.read(value, place)
    except ValueError as wrong:
        return str(wrong)
    assert place.faults != [], f"{value!r} was taken"
    return " ".join(fault.text for fault in place.faults)


def again(form: Form, value: Any, setting: Setting = SETTING) -> Any:
    """A value written as TOML, and read from there."""
    toml = tomllib.loads(f"value = {form.write(value, setting)}", parse_float=Decimal)
    return read(form, toml["value"], setting)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [("45m", 45), ("2h", 120), ("1d", 1440), ("1h30m", 90), ("1d 12h", 2160), ("2w", 20160), ("0m", 0), ("90 m", 90)],
)
def test_a_duration(said: str, minutes: int) -> None:
    assert read(amounts.duration, said) == minutes


@pytest.mark.parametrize("said", ["", "2", 2, "h", "2 hours", "2h?", "-2h", "1.5h", True, ["2h"], "٣h "[1:]])
def test_no_duration(said: Any) -> None:
    assert 'such as "45m", "2h" or "1d"' in reason(amounts.duration, said)


@given(st.integers(0, 10 * 365 * 1440))
def test_a_duration_is_read_as_it_is_written(minutes: int) -> None:
    assert again(amounts.duration, minutes) == minutes


def test_days() -> None:
    assert read(amounts.days, "8w") == 56
    assert "whole days" in reason(amounts.days, "36h")
    assert "whole days" in reason(amounts.days, "0d")


@pytest.mark.parametrize(
    ("said", "minor"), [(80, 8000), (Decimal("80.5"), 8050), ("80.50", 8050), (0, 0), (Decimal("8e1"), 8000)]
)
def test_money(said: Any, minor: int) -> None:
    assert read(amounts.money, said) == minor


@pytest.mark.parametrize(
    "said", [Decimal("80.505"), -1, True, "", "eighty", "80,50", "NaN", "1e99", Decimal("inf"), []]
)
def test_no_money(said: Any) -> None:
    assert "an amount of EUR such as 80.00" in reason(amounts.money, said)


def test_a_currency_has_its_own_minor_unit() -> None:
    assert read(amounts.money, 1200, YEN) == 1200
    assert "such as 80," in reason(amounts.money, Decimal("12.5"), YEN)


@given(st.integers(0, 2**31 - 1), st.sampled_from([SETTING, YEN]))
def test_money_is_read_as_it_is_written(minor: int, setting: Setting) -> None:
    assert again(amounts.money, minor, setting) == minor


@pytest.mark.parametrize(
    ("said", "minutes"), [("9:00-13:00", [540, 780]), ("0:00-24:00", [0, 1440]), ("09:30 – 10:00", [570, 600])]
)
def test_an_interval(said: str, minutes: list[int]) -> None:
    assert read(amounts.interval, said) == minutes


@pytest.mark.parametrize("said", ["9-13", "9:00", "25:00-26:00", "24:01-24:02", "9:60-10:00", "9:00-9:00", 9, "a-b"])
def test_no_interval(said: Any) -> None:
    assert "must" in reason(amounts.interval, said)


def test_what_runs_past_midnight_is_two_intervals() -> None:
    assert "22:00-24:00" in reason(amounts.interval, "22:00-2:00")
    assert read(amounts.span, "21:00-8:00") == [1260, 480]


def test_a_week() -> None:
    said = {"mon-wed": ["15:00-19:00", "9:00-13:00"], "fri, sat": "9:00-12:00", "sun": "closed", "thu": []}
    morning_and_afternoon = [[540, 780], [900, 1140]]
    assert read(Week(), said) == {
        "mon": morning_and_afternoon,
        "tue": morning_and_afternoon,
        "wed": morning_and_afternoon,
        "fri": [[540, 720]],
        "sat": [[540, 720]],
    }


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"mon": ["9:00-13:00", "12:00-18:00"]}, "overlap"),
        ({"mon-fri": ["9:00-13:00"], "wed": ["9:00-12:00"]}, "says wed again"),
        ({"sab": ["9:00-13:00"]}, "no weekday"),
        ({"fri-mon": ["9:00-13:00"]}, "no weekday"),
        ({"mon": ["9:00-13:00", "9:00-13:00"]}, "each once"),
        ({"mon": 9}, "must be a list"),
        (["9:00-13:00"], "must be a table"),
    ],
)
def test_no_week(said: Any, why: str) -> None:
    assert why in reason(Week(), said)


intervals = st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True).map(
    lambda ends: [list(pair) for pair in zip(sorted(ends)[::2], sorted(ends)[1::2], strict=False)]
)


@given(st.dictionaries(st.sampled_from(amounts.DAYS), intervals))
def test_a_week_is_read_as_it_is_written(week: dict[str, Any]) -> None:
    assert again(Week(), week) == week


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=80))
def test_a_text_is_read_as_it_is_written(said: str) -> None:
    written = forms.text(80, lines=True).write(said, SETTING)
    assert tomllib.loads(f"value = {written}")["value"] == said


def test_words_in_languages() -> None:
    name = words(10)
    assert read(name, {"pl": "Strzyżenie"[:10], "it": "Taglio"}) == {"it": "Taglio", "pl": "Strzyżenie"}
    assert read(name, "Check-up") == {"it": "Check-up", "en": "Check-up", "pl": "Check-up"}
    assert again(name, {"it": "Uno", "en": "Uno", "pl": "Uno"}) == {"it": "Uno", "en": "Uno", "pl": "Uno"}
    assert "not one of the client's languages (it, en, pl)" in reason(name, {"de": "Schnitt"})
    assert "at most 10 letters" in reason(name, {"it": "Undici lettere"})
    assert "at least one language" in reason(name, {})
    assert "control characters" in reason(name, "a\x07b")


def test_lists_in_languages_are_never_shared() -> None:
    form = DOCUMENT.inner("urgent").inner("words")
    assert isinstance(form, Words)
    same: dict[str, Any] = {language: ["SOS"] for language in SETTING.languages}
    assert again(form, same) == same


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        (forms.timezone, "Europe/Rome", "Europe/Roma"),
        (forms.timezone, "Europe/Warsaw", "../../etc/passwd"),
        (forms.country, "IE", "IRL"),
        (forms.region, "MI", "Lombardia"),
        (forms.currency, "PLN", "PLZN"),
        (forms.currency, "EUR", "eur"),
        (forms.phone, "+39 02 2951 0142", "call me"),
        (forms.phone, "112", "+39 1"),
        (forms.phone, "02 2951 0142", 112),
        (forms.languages, ["pl", "it"], ["pl", "pl"]),
        (forms.languages, ["en"], ["de"]),
        (forms.languages, ["en"], []),
        (forms.slug, "dentista-milano", "Dentista"),
        (forms.slug, "a_1", "a.b"),
        (forms.email, "a@b.example", "a@b"),
        (forms.variable, "TOKEN", "123:token"),
        (forms.flag, True, "true"),
        (forms.whole(1, 5), 5, 6),
        (forms.whole(1, 5), 1, True),
        (forms.one_of("allow", "refuse"), "allow", "perhaps"),
    ],
)
def test_words_and_choices(form: Form, good: Any, bad: Any) -> None:
    assert read(form, good) == good
    assert reason(form, bad).startswith("must be")


def test_a_country_without_regions_says_so() -> None:
    assert "no regions" in reason(forms.region, "Leinster", Setting(("en",), "EUR", "IE"))


def test_a_phone_without_a_country_needs_its_own() -> None:
    assert "must be a phone number" in reason(forms.phone, "02 2951 0142", Setting(("it",), "EUR"))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4))
def test_an_error_repeats_little_of_a_value(value: Any) -> None:
    assert len(forms.told(value)) <= 43
    assert json.dumps(forms.told(value))
