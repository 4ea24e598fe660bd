"""How each language says a day, a moment, an amount, a span and a list."""

from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from babel.dates import get_day_names, get_month_names

from bot.i18n import show, weekday_headers
from bot.i18n.show import SPEECH, TIMED
from bot.values import LANGUAGES, Appointment, Booking, ClientText, Money, Slot

ROME = ZoneInfo("Europe/Rome")
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=ROME)
TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=ROME)
NBSP = "\N{NO-BREAK SPACE}"

MOMENTS = {
    "": ("martedì 24 novembre, ore 15:00", "Tuesday 24 November, 15:00", "wtorek, 24 listopada, 15:00"),
    "day": ("martedì 24 novembre", "Tuesday 24 November", "wtorek, 24 listopada"),
    "date": ("24 novembre", "24 November", "24 listopada"),
    "short": ("mar 24/11, 15:00", "Tue 24 Nov, 15:00", "wt. 24.11, 15:00"),
    "weekday": ("martedì", "Tuesday", "wtorek"),
    "month": ("novembre 2026", "November 2026", "listopad 2026"),
    "time": ("15:00", "15:00", "15:00"),
    "at": ("alle 15:00", "at 15:00", "o 15:00"),
    "till": ("fino alle 15:00", "until 15:00", "do 15:00"),
    "on": (
        "martedì 24 novembre alle 15:00",
        "on Tuesday 24 November at 15:00",
        "we wtorek 24 listopada o 15:00",
    ),
    "near": (
        "martedì 24 novembre alle 15:00",
        "on Tuesday 24 November at 15:00",
        "we wtorek 24 listopada o 15:00",
    ),
    "soon": ("martedì alle 15:00", "on Tuesday at 15:00", "we wtorek o 15:00"),
    "by": (
        "entro martedì 24 novembre alle 15:00",
        "by 15:00 on Tuesday 24 November",
        "do wtorku 24 listopada, do 15:00",
    ),
    "until": (
        "fino a martedì 24 alle 15:00",
        "until Tuesday 24 at 15:00",
        "do wtorku 24 listopada, do 15:00",
    ),
    "from": (
        "da martedì 24 novembre alle 15:00",
        "from Tuesday 24 November at 15:00",
        "od wtorku 24 listopada, od 15:00",
    ),
    "since": ("dal 24 novembre", "since 24 November", "od 24 listopada"),
}
DAYS = {
    "": ("martedì 24 novembre", "Tuesday 24 November", "wtorek, 24 listopada"),
    "short": ("mar 24/11", "Tue 24 Nov", "wt. 24.11"),
    "on": ("martedì 24 novembre", "on Tuesday 24 November", "we wtorek 24 listopada"),
    "near": ("martedì 24 novembre", "on Tuesday 24 November", "we wtorek 24 listopada"),
    "soon": ("martedì", "on Tuesday", "we wtorek"),
    "by": ("entro martedì 24 novembre", "by Tuesday 24 November", "do wtorku 24 listopada"),
    "until": ("fino a martedì 24", "until Tuesday 24", "do wtorku 24 listopada"),
    "from": ("da martedì 24 novembre", "from Tuesday 24 November", "od wtorku 24 listopada"),
}
TODAY = {
    "near": ("oggi alle 15:20", "today at 15:20", "dziś o 15:20"),
    "soon": ("oggi alle 15:20", "today at 15:20", "dziś o 15:20"),
    "by": ("entro le 15:20", "by 15:20", "do 15:20"),
    "until": ("fino a oggi alle 15:20", "until 15:20 today", "do dziś, do 15:20"),
    "from": ("da oggi alle 15:20", "from 15:20 today", "od dziś, od 15:20"),
    "on": ("sabato 21 novembre alle 15:20", "on Saturday 21 November at 15:20", "w sobotę 21 listopada o 15:20"),
}
TODAY_AS_A_DAY = {
    "near": ("oggi", "today", "dziś"),
    "by": ("entro oggi", "by today", "do dziś"),
    "until": ("fino a oggi", "until today", "do dziś"),
    "from": ("da oggi", "from today", "od dziś"),
}
TOMORROW = {
    "near": ("domani alle 15:20", "tomorrow at 15:20", "jutro o 15:20"),
    "soon": ("domani alle 15:20", "tomorrow at 15:20", "jutro o 15:20"),
    "by": (
        "entro domenica 22 novembre alle 15:20",
        "by 15:20 on Sunday 22 November",
        "do niedzieli 22 listopada, do 15:20",
    ),
    "until": ("fino a domenica 22 alle 15:20", "until Sunday 22 at 15:20", "do niedzieli 22 listopada, do 15:20"),
}


def in_all(value: object, form: str = "", now: datetime | None = NOW) -> tuple[str, ...]:
    return tuple(show(value, language, ROME, form, now) for language in LANGUAGES)


@pytest.mark.parametrize("form", MOMENTS)
def test_a_moment(form: str) -> None:
    assert in_all(TUESDAY, form) == MOMENTS[form]
    assert in_all(Slot(TUESDAY.astimezone(UTC), 1, "cut", 30), form) == MOMENTS[form]


def test_every_form_has_its_row() -> None:
    for speech in SPEECH.values():
        assert set(speech.forms) == set(MOMENTS)


@pytest.mark.parametrize("form", DAYS)
def test_a_day(form: str) -> None:
    assert in_all(date(2026, 11, 24), form) == DAYS[form]


@pytest.mark.parametrize("form", sorted(set(MOMENTS) - set(DAYS) - TIMED))
def test_a_day_has_the_forms_of_a_moment_that_say_no_time(form: str) -> None:
    assert in_all(date(2026, 11, 24), form) == MOMENTS[form]


@pytest.mark.parametrize("form", TODAY)
def test_a_moment_of_today(form: str) -> None:
    assert in_all(datetime(2026, 11, 21, 15, 20, tzinfo=ROME), form) == TODAY[form]


@pytest.mark.parametrize("form", TODAY_AS_A_DAY)
def test_today(form: str) -> None:
    assert in_all(date(2026, 11, 21), form) == TODAY_AS_A_DAY[form]


@pytest.mark.parametrize("form", TOMORROW)
def test_a_moment_of_tomorrow(form: str) -> None:
    assert in_all(datetime(2026, 11, 22, 15, 20, tzinfo=ROME), form) == TOMORROW[form]


def test_soon_names_the_date_where_the_weekday_would_be_taken_for_another() -> None:
    assert in_all(date(2026, 11, 27), "soon") == ("venerdì", "on Friday", "w piątek")
    assert in_all(date(2026, 11, 28), "soon") == (
        "sabato 28 novembre",
        "on Saturday 28 November",
        "w sobotę 28 listopada",
    )
    assert in_all(date(2026, 11, 20), "soon") == (
        "venerdì 20 novembre",
        "on Friday 20 November",
        "w piątek 20 listopada",
    )


def test_until_names_another_month() -> None:
    assert in_all(datetime(2026, 12, 7, 9, 0, tzinfo=ROME), "until") == (
        "fino a lunedì 7 dicembre alle 9:00",
        "until Monday 7 December at 9:00",
        "do poniedziałku 7 grudnia, do 9:00",
    )


def test_without_now_nothing_is_near_and_no_year_is_said() -> None:
    assert in_all(NOW, "near", None) == (
        "sabato 21 novembre alle 9:00",
        "on Saturday 21 November at 9:00",
        "w sobotę 21 listopada o 9:00",
    )
    assert in_all(NOW, "until", None)[:2] == (
        "fino a sabato 21 novembre alle 9:00",
        "until Saturday 21 November at 9:00",
    )
    assert in_all(date(2031, 5, 6), "", None) == ("martedì 6 maggio", "Tuesday 6 May", "wtorek, 6 maja")


@pytest.mark.parametrize(
    ("form", "said"),
    {
        "": ("martedì 6 maggio 2031", "Tuesday 6 May 2031", "wtorek, 6 maja 2031"),
        "on": ("martedì 6 maggio 2031", "on Tuesday 6 May 2031", "we wtorek 6 maja 2031"),
        "short": ("mar 6/5/2031", "Tue 6 May 2031", "wt. 6.05.2031"),
        "until": ("fino a martedì 6 maggio 2031", "until Tuesday 6 May 2031", "do wtorku 6 maja 2031"),
        "month": ("maggio 2031", "May 2031", "maj 2031"),
    }.items(),
)
def test_another_year_is_said(form: str, said: tuple[str, ...]) -> None:
    assert in_all(date(2031, 5, 6), form) == said


def test_the_same_month_of_another_year_is_said_whole() -> None:
    assert in_all(datetime(2027, 11, 23, 15, 0, tzinfo=ROME), "by") == (
        "entro martedì 23 novembre 2027 alle 15:00",
        "by 15:00 on Tuesday 23 November 2027",
        "do wtorku 23 listopada 2027, do 15:00",
    )
    assert in_all(date(2027, 11, 23), "until")[0] == "fino a martedì 23 novembre 2027"


CLOCK = {
    (0, 0): (("alle 0:00", "fino a mezzanotte"), ("at 0:00", "until midnight"), ("o 0:00", "do północy")),
    (0, 30): (("alle 0:30", "fino alle 0:30"), ("at 0:30", "until 0:30"), ("o 0:30", "do 0:30")),
    (1, 0): (("all'1:00", "fino all'1:00"), ("at 1:00", "until 1:00"), ("o 1:00", "do 1:00")),
    (1, 45): (("all'1:45", "fino all'1:45"), ("at 1:45", "until 1:45"), ("o 1:45", "do 1:45")),
    (9, 5): (("alle 9:05", "fino alle 9:05"), ("at 9:05", "until 9:05"), ("o 9:05", "do 9:05")),
    (11, 0): (("alle 11:00", "fino alle 11:00"), ("at 11:00", "until 11:00"), ("o 11:00", "do 11:00")),
    (13, 0): (("alle 13:00", "fino alle 13:00"), ("at 13:00", "until 13:00"), ("o 13:00", "do 13:00")),
}


@pytest.mark.parametrize("clock", CLOCK)
def test_the_clock(clock: tuple[int, int]) -> None:
    moment = datetime(2026, 11, 24, *clock, tzinfo=ROME)
    assert tuple(zip(in_all(moment, "at"), in_all(moment, "till"), strict=True)) == CLOCK[clock]
    assert in_all(moment, "time") == (f"{clock[0]}:{clock[1]:02}",) * 3


def test_italian_elides_before_one() -> None:
    one = datetime(2026, 11, 21, 1, 30, tzinfo=ROME)
    assert show(one, "it", ROME, "by", NOW) == "entro l'1:30"
    assert show(one, "it", ROME, "on", NOW) == "sabato 21 novembre all'1:30"
    assert show(one, "it", ROME, "until", NOW) == "fino a oggi all'1:30"


def test_a_moment_is_read_on_the_readers_clock() -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert show(late, "en", ROME) == "Tuesday 24 November, 0:30"
    assert show(late, "en", ZoneInfo("Europe/Dublin")) == "Monday 23 November, 23:30"
    # It is Sunday already in Rome, not yet in Dublin.
    now = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert show(date(2026, 11, 22), "en", ROME, "near", now) == "today"
    assert show(date(2026, 11, 22), "en", ZoneInfo("Europe/Dublin"), "near", now) == "tomorrow"


WEEK = {
    "day": (
        ("lunedì 23", "martedì 24", "mercoledì 25", "giovedì 26", "venerdì 27", "sabato 28", "domenica 29"),
        ("Monday 23", "Tuesday 24", "Wednesday 25", "Thursday 26", "Friday 27", "Saturday 28", "Sunday 29"),
        ("poniedziałek, 23", "wtorek, 24", "środa, 25", "czwartek, 26", "piątek, 27", "sobota, 28", "niedziela, 29"),
    ),
    "on": (
        ("lunedì 23", "martedì 24", "mercoledì 25", "giovedì 26", "venerdì 27", "sabato 28", "domenica 29"),
        (
            *("on Monday 23", "on Tuesday 24", "on Wednesday 25", "on Thursday 26"),
            *("on Friday 27", "on Saturday 28", "on Sunday 29"),
        ),
        (
            *("w poniedziałek 23", "we wtorek 24", "w środę 25", "w czwartek 26"),
            *("w piątek 27", "w sobotę 28", "w niedzielę 29"),
        ),
    ),
    "from": (
        (
            *("da lunedì 23", "da martedì 24", "da mercoledì 25", "da giovedì 26"),
            *("da venerdì 27", "da sabato 28", "da domenica 29"),
        ),
        (
            *("from Monday 23", "from Tuesday 24", "from Wednesday 25", "from Thursday 26"),
            *("from Friday 27", "from Saturday 28", "from Sunday 29"),
        ),
        (
            *("od poniedziałku 23", "od wtorku 24", "od środy 25", "od czwartku 26"),
            *("od piątku 27", "od soboty 28", "od niedzieli 29"),
        ),
    ),
    "short": (
        ("lun 23/11", "mar 24/11", "mer 25/11", "gio 26/11", "ven 27/11", "sab 28/11", "dom 29/11"),
        ("Mon 23 Nov", "Tue 24 Nov", "Wed 25 Nov", "Thu 26 Nov", "Fri 27 Nov", "Sat 28 Nov", "Sun 29 Nov"),
        ("pon. 23.11", "wt. 24.11", "śr. 25.11", "czw. 26.11", "pt. 27.11", "sob. 28.11", "niedz. 29.11"),
    ),
}
NOVEMBER = {"it": " novembre", "en": " November", "pl": " listopada"}


@pytest.mark.parametrize("form", WEEK)
@pytest.mark.parametrize("weekday", range(7))
def test_every_weekday(form: str, weekday: int) -> None:
    for language, row in zip(LANGUAGES, WEEK[form], strict=True):
        month = "" if form == "short" else NOVEMBER[language]
        assert show(date(2026, 11, 23 + weekday), language, ROME, form) == row[weekday] + month


OF_MONTH = (
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month(month: int) -> None:
    day = date(2026, month, 2)
    assert in_all(day, "date") == (
        f"2 {get_month_names(locale='it')[month]}",
        f"2 {get_month_names(locale='en')[month]}",
        f"2 {OF_MONTH[month - 1]}",
    )
    assert show(day, "pl", ROME, "month") == f"{get_month_names(context='stand-alone', locale='pl')[month]} 2026"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_names_are_those_of_the_cldr(language: str) -> None:
    speech = SPEECH[language]
    assert list(speech.weekdays) == [get_day_names(locale=speech.locale)[day] for day in range(7)]
    alone = get_month_names(context="stand-alone", locale=speech.locale)
    assert list(speech.months) == [alone[month] for month in range(1, 13)]


def test_italian_writes_the_first_as_an_ordinal_and_elides_before_a_vowel() -> None:
    days = {1: "dal 1º dicembre", 2: "dal 2 dicembre", 8: "dall'8 dicembre", 11: "dall'11 dicembre"}
    assert {day: show(date(2026, 12, day), "it", ROME, "since") for day in days} == days
    assert show(date(2026, 12, 1), "it", ROME) == "martedì 1º dicembre"


def test_calendar_headers() -> None:
    assert weekday_headers("it") == ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
    assert weekday_headers("en") == ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    assert weekday_headers("pl") == ("pn", "wt", "śr", "cz", "pt", "so", "nd")


def test_an_appointment_shows_its_start() -> None:
    appointment = Appointment(1, 1, "cut", 1, TUESDAY, TUESDAY, Booking.BOOKED, "uid", 0, "code")
    assert in_all(appointment, "on") == MOMENTS["on"]


@pytest.mark.parametrize(
    ("money", "said"),
    [
        (Money(3000, "EUR"), (f"30,00{NBSP}€", "€30.00", f"30,00{NBSP}€")),
        (Money(3000, "PLN"), (f"30,00{NBSP}zł", f"30.00{NBSP}zł", f"30,00{NBSP}zł")),
        (Money(5, "EUR"), (f"0,05{NBSP}€", "€0.05", f"0,05{NBSP}€")),
        (Money(-1250, "PLN"), (f"-12,50{NBSP}zł", f"-12.50{NBSP}zł", f"-12,50{NBSP}zł")),
        (Money(12345678, "EUR"), (f"123.456,78{NBSP}€", "€123,456.78", f"123{NBSP}456,78{NBSP}€")),
        (Money(500, "JPY"), (f"500{NBSP}JPY", "JP¥500", f"500{NBSP}JPY")),
    ],
)
def test_money(money: Money, said: tuple[str, ...]) -> None:
    assert in_all(money) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (0, ("0 min", "0 min", "0 min")),
        (45, ("45 min", "45 min", "45 min")),
        (60, ("1 ora", "1 hour", "1 godzina")),
        (90, ("1 ora e 30 min", "1 hour 30 min", "1 godzina 30 min")),
        (120, ("2 ore", "2 hours", "2 godziny")),
        (5 * 60, ("5 ore", "5 hours", "5 godzin")),
        (12 * 60, ("12 ore", "12 hours", "12 godzin")),
        (22 * 60, ("22 ore", "22 hours", "22 godziny")),
        (24 * 60, ("1 giorno", "1 day", "1 dzień")),
        (50 * 60 + 5, ("2 giorni, 2 ore e 5 min", "2 days 2 hours 5 min", "2 dni 2 godziny 5 min")),
    ],
)
def test_a_duration(minutes: int, said: tuple[str, ...]) -> None:
    assert in_all(timedelta(minutes=minutes)) == said


def test_how_far_away() -> None:
    assert in_all(timedelta(minutes=61), "in") == ("tra 1 ora e 1 min", "in 1 hour 1 min", "za 1 godzinę 1 min")
    assert in_all(timedelta(days=1), "in") == ("tra 1 giorno", "in 1 day", "za 1 dzień")


def test_a_started_minute_counts_and_nothing_is_less_than_none() -> None:
    assert in_all(timedelta(seconds=61))[1] == "2 min"
    assert in_all(timedelta(seconds=-61))[1] == "0 min"


@pytest.mark.parametrize(
    ("items", "form", "said"),
    [
        ([], "", ("", "", "")),
        (["A"], "", ("A", "A", "A")),
        (["A", "B"], "", ("A e B", "A and B", "A i B")),
        (("A", "B", "C"), "", ("A, B e C", "A, B and C", "A, B i C")),
        (["A", "B", "C"], "or", ("A, B o C", "A, B or C", "A, B lub C")),
        ([TUESDAY, TUESDAY], "at", ("alle 15:00 e alle 15:00", "at 15:00 and at 15:00", "o 15:00 i o 15:00")),
    ],
)
def test_a_list(items: list[object], form: str, said: tuple[str, ...]) -> None:
    assert in_all(items, form) == said


def test_plain_values() -> None:
    assert in_all("<b>{x}", "on") == ("<b>{x}",) * 3
    assert in_all(1042) == ("1042",) * 3
    assert in_all(True) == ("sì", "yes", "tak")
    assert in_all(ClientText((("pl", "Strzyżenie"), ("it", "Taglio")))) == ("Taglio", "Strzyżenie", "Strzyżenie")


class Colour(StrEnum):
    RED = "red"


@pytest.mark.parametrize("value", [None, 1.5, object(), Colour.RED, {"a": 1}])
def test_what_has_no_words_is_a_mistake(value: object) -> None:
    with pytest.raises(TypeError):
        show(value, "en", ROME)


@pytest.mark.parametrize(
    ("value", "form"),
    [
        (TUESDAY, "whenever"),
        (date(2026, 11, 24), "time"),
        (date(2026, 11, 24), "at"),
        (timedelta(1), "on"),
        (datetime(2026, 11, 24), ""),  # noqa: DTZ001 - a naive datetime is the mistake
    ],
)
def test_a_form_that_the_value_does_not_have_is_a_mistake(value: object, form: str) -> None:
    with pytest.raises(ValueError, match=r"has no form|naive"):
        show(value, "en", ROME, form)
