"""How people correct what they said before, and count from the time that stands."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.questions.text import name_of
from bot.reading.changes import core, lead, only_around, read_for_whom, read_wrong
from bot.reading.names import read_introduction
from bot.reading.shifts import is_toward, read_end, read_shifted_day, read_shifted_time
from tests.reading.ears import ear

ANSWERS = ["service", "day", "slot", "name", "phone"]
SINCE = datetime(2026, 12, 3, 14, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "actually Friday", "Friday"),
        ("en", "Friday instead", "Friday"),
        ("en", "sorry, make it two", "two"),
        ("it", "no, anzi venerdì alle 4", "venerdì alle 4"),
        ("it", "no scusi, giovedì", "giovedì"),
        ("pl", "jednak w piątek", "w piątek"),
        ("pl", "nie, w piątek", "w piątek"),
        ("pl", "albo nie, w czwartek", "w czwartek"),
    ],
)
def test_a_correction_is_known_by_how_it_begins_or_ends(language: str, text: str, left: str) -> None:
    found = lead(text, ear(language))
    assert (found.marked, found.text) == (True, left)


@pytest.mark.parametrize(
    ("language", "text"),
    [("pl", "nie w piątek"), ("en", "not Friday"), ("it", "venerdì"), ("en", "on Friday at 4"), ("it", "Anna Rossi")],
)
def test_what_is_none(language: str, text: str) -> None:
    found = lead(text, ear(language))
    assert (found.marked, found.text) == (False, text)


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("en", "wrong number", "phone"),
        ("en", "can I change the time?", "slot"),
        ("en", "another day please", "day"),
        ("it", "il numero è sbagliato", "phone"),
        ("it", "ho sbagliato numero", "phone"),
        ("it", "un altro giorno", "day"),
        ("pl", "zły numer", "phone"),
        ("pl", "inna godzina", "slot"),
        ("pl", "pomyliłam nazwisko", "name"),
        ("en", "what's your phone number?", None),
        ("en", "the day of the wrong trousers", None),
        ("it", "il giorno prima", None),
    ],
)
def test_an_answer_is_called_wrong(language: str, text: str, answer: str | None) -> None:
    assert read_wrong(text, ear(language), ANSWERS) == answer


def test_small_words_around_it_change_nothing() -> None:
    assert core("3 is good", ear("en")) == "3"
    assert only_around("if possible, please", ear("en")) and only_around("se possibile", ear("it"))
    assert not only_around("for my daughter", ear("en"))


@pytest.mark.parametrize(
    ("language", "text", "whom"),
    [
        ("en", "a haircut for my daughter Emma tomorrow", "daughter Emma"),
        ("it", "un taglio per mia figlia domani", "figlia"),
        ("it", "per la mia mamma Giovanna", "mamma Giovanna"),
        ("pl", "strzyżenie dla córki Zosi jutro", "córki Zosi"),
        ("en", "move it to Friday for my appointment", None),
    ],
)
def test_for_whom(language: str, text: str, whom: str | None) -> None:
    read = read_for_whom(text, ear(language))
    assert (read.value if read is not None else None) == whom


@pytest.mark.parametrize(
    ("language", "text", "day", "time"),
    [
        ("en", "can I move it to the week after?", "2026-12-10", None),
        ("en", "an hour later please", "2026-12-03", "16:00"),
        ("it", "la settimana dopo", "2026-12-10", None),
        ("it", "mezz'ora prima", "2026-12-03", "14:30"),
        ("it", "anzi lunedì mattina della settimana dopo", "2026-12-07", None),
        ("en", "the week after, on Friday", "2026-12-11", None),
        ("pl", "tydzień później", "2026-12-10", None),
        ("pl", "dwa dni wcześniej", "2026-12-01", None),
        ("pl", "godzinę później", "2026-12-03", "16:00"),
        ("en", "could we do Friday instead, same time", None, "15:00"),
        ("it", "venerdì alla stessa ora", None, "15:00"),
        ("pl", "w piątek o tej samej godzinie", None, "15:00"),
        ("it", "lo stesso giorno ma un'ora prima", "2026-12-03", "14:00"),
        ("en", "the day after tomorrow", None, None),
        ("en", "any day after 3", None, None),
        ("it", "dopo le 16", None, None),
    ],
)
def test_another_time_from_the_one_that_stands(language: str, text: str, day: str | None, time: str | None) -> None:
    on, at = read_shifted_day(text, ear(language), SINCE), read_shifted_time(text, ear(language), SINCE)
    assert (on and on.value, at and at.value) == (day, time)


def test_where_something_goes_and_which_end_of_what_is_free() -> None:
    text = "sposti giovedì a venerdì"
    assert not is_toward(text, (7, 14), ear("it")) and is_toward(text, (17, 24), ear("it"))
    assert [read_end(one, ear("en")) is not None for one in ("the earliest", "asap", "at noon")] == [True, True, False]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hi, I'm Anna Kowalska and I'd like a haircut", "Anna Kowalska"),
        ("vorrei prenotare, mi chiamo luca bianchi e il mio numero è 333", "luca bianchi"),
        ("puncture repair on thursday at 10, Ann Smith, 01 555 0101", "Ann Smith"),
        ("a nome di Rossi alle 16", "Rossi"),
        ("Dzień dobry, jestem zainteresowana strzyżeniem", None),
        ("sono interessato al taglio", None),
    ],
)
def test_who_introduces_herself(text: str, name: str | None) -> None:
    read = read_introduction(text)
    assert (read.value if read is not None else None) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("anzi giovedì mattina", None),
        ("venerdì alle 9", None),
        ("Domenica", "Domenica"),
        ("Marzia Sabato", "Marzia Sabato"),
    ],
)
def test_when_is_no_name(text: str, name: str | None) -> None:
    read = name_of().read(text, ear("it"))
    assert (read.value if read is not None else None) == name
