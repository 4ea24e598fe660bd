"""Days, on Monday 23 November 2026 at 10:00."""

import pytest

from bot.reading import rest
from bot.reading.dates import read_day
from bot.values import Invalid
from tests.reading.ears import ear

TODAY, TUESDAY, WEDNESDAY = "2026-11-23", "2026-11-24", "2026-11-25"
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY = "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30"
FRIDAY_OF_NEXT_WEEK = "2026-12-04"

READ = [
    # digits
    ("it", "24/11", TUESDAY),
    ("pl", "24.11.2026", TUESDAY),
    ("pl", "24.11.2026 r.", TUESDAY),
    ("pl", "24.11.", TUESDAY),
    ("en", "24-11", TUESDAY),
    ("en", "2026-11-24", TUESDAY),
    ("it", "il 24/11/26", TUESDAY),
    ("it", "22/11", "2027-11-22"),
    ("it", "23/11", TODAY),
    ("it", "29/02", "2028-02-29"),
    ("en", "11/24", TUESDAY),
    ("it", "24.11.2026 ore 15", TUESDAY),
    ("it", "il 24", TUESDAY),
    ("it", "24", TUESDAY),
    ("it", "il 22", "2026-12-22"),
    ("it", "il 31 va bene?", "2026-12-31"),
    ("it", "l'11 alle 9", "2026-12-11"),
    ("pl", "24-go", TUESDAY),
    ("pl", "dnia 24 o 15", TUESDAY),
    ("en", "on the 24th at 3", TUESDAY),
    # months
    ("it", "24 novembre", TUESDAY),
    ("it", "martedì 24 novembre alle 15", TUESDAY),
    ("it", "1° dicembre", "2026-12-01"),
    ("it", "il primo dicembre", "2026-12-01"),
    ("it", "24 nov.", TUESDAY),
    ("it", "5 gennaio", "2027-01-05"),
    ("en", "November 24th, 2026", TUESDAY),
    ("en", "24th of November", TUESDAY),
    ("en", "Nov 24", TUESDAY),
    ("en", "may 5", "2027-05-05"),
    ("en", "3 mar", "2027-03-03"),
    ("pl", "24 listopada 2026 r.", TUESDAY),
    ("pl", "5 maja", "2027-05-05"),
    ("pl", "1 GRUDNIA", "2026-12-01"),
    ("pl", "3 wrzesnia", "2027-09-03"),
    ("pl", "24 lis", TUESDAY),
    # weekdays
    ("it", "mercoledi'", WEDNESDAY),
    ("it", "mercoledì", WEDNESDAY),
    ("it", "lunedì", NEXT_MONDAY),
    ("it", "mar", TUESDAY),
    ("it", "mar 24", TUESDAY),
    ("it", "martedì 16", TUESDAY),
    ("it", "lunedì 23", TODAY),
    ("it", "lunedì 23 novembre", TODAY),
    ("it", "venerdì prossimo", FRIDAY),
    ("it", "prossimo venerdì", FRIDAY),
    ("it", "questo venerdì", FRIDAY),
    ("it", "venerdì della prossima settimana", FRIDAY_OF_NEXT_WEEK),
    ("en", "on Wednesday", WEDNESDAY),
    ("en", "Fri 3pm", FRIDAY),
    ("en", "next friday", FRIDAY_OF_NEXT_WEEK),
    ("en", "friday next week", FRIDAY_OF_NEXT_WEEK),
    ("en", "this monday", TODAY),
    ("pl", "środa", WEDNESDAY),
    ("pl", "w środę", WEDNESDAY),
    ("pl", "w srode", WEDNESDAY),
    ("pl", "we wtorek o 15", TUESDAY),
    ("pl", "do piątku", FRIDAY),
    ("pl", "w sobotę rano", SATURDAY),
    ("pl", "niedzielą", SUNDAY),
    ("pl", "w pt o 10", FRIDAY),
    ("pl", "w przyszły piątek", FRIDAY_OF_NEXT_WEEK),
    ("pl", "najbliższy piątek", FRIDAY),
    ("pl", "w poniedziałku", NEXT_MONDAY),
    # counted from today
    ("it", "oggi", TODAY),
    ("it", "DOMANI", TUESDAY),
    ("it", "dopodomani", WEDNESDAY),
    ("it", "stasera", TODAY),
    ("en", "the day after tomorrow", WEDNESDAY),
    ("en", "today please", TODAY),
    ("pl", "dziś", TODAY),
    ("pl", "jutro", TUESDAY),
    ("pl", "pojutrze", WEDNESDAY),
    # another language than the writer's
    ("it", "tomorrow", TUESDAY),
    ("en", "w środę", WEDNESDAY),
    ("pl", "mercoledì", WEDNESDAY),
    # what is denied is not meant
    ("it", "non domani, venerdì", FRIDAY),
]


@pytest.mark.parametrize(("language", "text", "day"), READ)
def test_a_day_is_read(language: str, text: str, day: str) -> None:
    reading = read_day(text, ear(language))
    assert reading is not None
    assert reading.value == day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "ordine 1042"),
        ("it", "ordine 24/11"),
        ("it", "via 8 Marzo 15"),
        ("it", "piazza 25 Aprile 3"),
        ("it", "333 1234567"),
        ("it", "+39 02 12 11 2026"),
        ("it", "per 2-3 persone"),
        ("it", "alle 10.11"),
        ("it", "15.30"),
        ("it", "32"),
        ("it", "1042"),
        ("it", "120/80"),
        ("it", "1½"),
        ("it", "mi fa male da ieri"),
        ("en", "2 dogs"),
        ("en", "I may have 2 dogs"),
        ("en", "I sat there in the sun"),
        ("en", "my 3rd visit"),
        ("en", "order #24/11"),
        ("en", "1/2 kg"),
        ("pl", "ul. 11 Listopada 5"),
        ("pl", "zamówienie 24/11"),
        ("pl", "2 mają"),
        ("pl", "2 sie spotkamy"),
        ("pl", ""),
    ],
)
def test_what_is_no_day_is_not_read(language: str, text: str) -> None:
    assert read_day(text, ear(language)) is None


@pytest.mark.parametrize(
    ("language", "text", "hint"),
    [
        ("it", "31/02", "There is no such day"),
        ("it", "vorrei venire il 31/02", "There is no such day"),
        ("it", "24/13", "There is no such day"),
        ("pl", "31 lutego", "There is no such day"),
        ("en", "30.02.2027", "There is no such day"),
        ("it", "il 45", "There is no such day"),
        ("it", "24.11.2025", "That day has passed"),
        ("en", "2026-11-22", "That day has passed"),
        ("en", "November 3, 2020", "That day has passed"),
        ("it", "ieri", "That day has passed"),
        ("en", "yesterday", "That day has passed"),
        ("pl", "wczoraj", "That day has passed"),
    ],
)
def test_a_day_that_cannot_be_meant_is_told(language: str, text: str, hint: str) -> None:
    with pytest.raises(Invalid, match=hint):
        read_day(text, ear(language))


def test_another_day_in_the_text_outweighs_an_impossible_one() -> None:
    reading = read_day("ieri no, venerdì", ear("it"))
    assert reading is not None
    assert reading.value == FRIDAY


@pytest.mark.parametrize(
    ("language", "text", "day", "others"),
    [
        ("en", "3/4", "2027-04-03", ("2027-03-04",)),
        ("it", "3/4", "2027-04-03", ()),
        ("en", "3.4.2027", "2027-04-03", ()),
        ("it", "lunedì", NEXT_MONDAY, (TODAY,)),
        ("it", "lunedì alle 9", NEXT_MONDAY, (TODAY,)),
        ("it", "lunedì alle 15", TODAY, (NEXT_MONDAY,)),
        ("en", "next friday", FRIDAY_OF_NEXT_WEEK, (FRIDAY,)),
        ("it", "venerdì prossimo", FRIDAY, (FRIDAY_OF_NEXT_WEEK,)),
        ("it", "martedì o venerdì", TUESDAY, (FRIDAY,)),
        ("it", "martedì 25/11", WEDNESDAY, (TUESDAY,)),
        ("it", "martedì 15", "2026-12-15", (TUESDAY,)),
    ],
)
def test_other_meanings(language: str, text: str, day: str, others: tuple[str, ...]) -> None:
    reading = read_day(text, ear(language))
    assert reading is not None
    assert (reading.value, reading.alternatives) == (day, others)


@pytest.mark.parametrize(
    ("language", "text", "left"),
    [
        ("en", "haircut tomorrow at 3", "haircut at 3"),
        ("it", "vorrei il 24 novembre alle 15", "vorrei alle 15"),
        ("it", "domani, martedì 24 novembre", ""),
        ("it", "stasera", "sera"),
        ("it", "domattina alle 9", "mattina alle 9"),
        ("en", "tonight", "night"),
        ("pl", "we wtorek, 24 listopada o 15", "o 15"),
        ("pl", "w przyszły piątek rano", "rano"),
    ],
)
def test_what_the_day_leaves(language: str, text: str, left: str) -> None:
    reading = read_day(text, ear(language))
    assert reading is not None
    assert rest(text, reading) == left


def test_today_is_the_day_of_the_zone() -> None:
    late = ear("it", now=ear("it").now.replace(hour=23, minute=30))
    reading = read_day("oggi", late)
    assert reading is not None
    assert reading.value == TUESDAY
