"""Choices among options, and yes or no."""

import pytest

from bot.reading import rest
from bot.reading.choices import one_slip, read_choice, read_yes_no
from tests.reading.ears import ear

SERVICES = [
    ("cut", ["Haircut", "Taglio", "Strzyżenie"]),
    ("beard", ["Haircut and beard", "Taglio e barba", "Strzyżenie i broda"]),
    ("colour", ["Colour", "Colore", "Koloryzacja"]),
]
PEOPLE = [("one", ["1 persona"]), ("three", ["3 persone"]), ("two", ["2 persone"])]


@pytest.mark.parametrize(
    ("text", "value", "left"),
    [
        ("Haircut", "cut", ""),
        ("haircut tomorrow at 3", "cut", "tomorrow at 3"),
        ("haircut and beard, please", "beard", "please"),
        ("vorrei un taglio domani", "cut", "vorrei un domani"),
        ("strzyzenie", "cut", ""),
        ("na koloryzację jutro", "colour", "na jutro"),
        ("beard", "beard", ""),
        ("col", "colour", ""),
        ("hairctu", "cut", ""),
        ("tagli", "cut", ""),
        ("COLOUR!!", "colour", ""),
        ("1", "cut", ""),
        ("2.", "beard", ""),
        ("n. 3", "colour", ""),
        ("il primo", "cut", ""),
        ("the second one", "beard", ""),
        ("pierwsza", "cut", ""),
        ("l'ultimo", "colour", ""),
    ],
)
def test_an_option_is_found(text: str, value: str, left: str) -> None:
    reading = read_choice(text, ear("it"), SERVICES)
    assert reading is not None
    assert (reading.value, reading.alternatives) == (value, ())
    assert rest(text, reading) == left


@pytest.mark.parametrize("text", ["xyz", "4", "0", "999999999999", "2 dogs", "il primo che capita", "", "!!", "ha"])
def test_nothing_is_found(text: str) -> None:
    assert read_choice(text, ear("it"), SERVICES) is None


@pytest.mark.parametrize(("text", "values"), [("hair", ["cut", "beard"]), ("taglio o colore", ["cut", "colour"])])
def test_what_fits_several_is_put_to_the_writer(text: str, values: list[str]) -> None:
    reading = read_choice(text, ear("it"), SERVICES)
    assert reading is not None
    assert [reading.value, *reading.alternatives] == values
    assert reading.confidence == 0.5


def test_a_number_in_a_label_comes_before_a_position() -> None:
    reading = read_choice("2", ear("it"), PEOPLE)
    assert reading is not None
    assert reading.value == "two"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("colour", "colour", True),
        ("colour", "color", True),
        ("colour", "coluor", True),
        ("colour", "colouur", True),
        ("colour", "dolour", True),
        ("colour", "coral", False),
        ("colour", "oclour", True),
        ("colour", "couolr", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abc", "cab", False),
    ],
)
def test_one_slip(one: str, other: str, expected: bool) -> None:
    assert one_slip(one, other) is one_slip(other, one) is expected


@pytest.mark.parametrize(
    ("language", "text", "answer"),
    [
        ("it", "sì", True),
        ("it", "si grazie", True),
        ("it", "ok, va bene", True),
        ("it", "Confermo.", True),
        ("it", "no", False),
        ("it", "non va bene", False),
        ("it", "nie", False),
        ("en", "Yes, book it", True),
        ("en", "ok thanks", True),
        ("en", "nope", False),
        ("en", "not ok", False),
        ("en", "that's not right", False),
        ("pl", "tak", True),
        ("pl", "zgadza się", True),
        ("pl", "no tak", True),
        ("pl", "nie zgadza się", False),
        ("pl", "nie, dziękuję", False),
        ("en", "👍🏽", True),
        ("en", "👎", False),
    ],
)
def test_yes_and_no(language: str, text: str, answer: bool) -> None:
    reading = read_yes_no(text, ear(language))
    assert reading is not None
    assert (reading.value, reading.confidence) == (answer, 1.0)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("it", "Si può spostare?"),
        ("it", "si sposta alle 4"),
        ("it", "va bene?"),
        ("it", "sì ma alle 16"),
        ("it", "Sì, ma alle 16"),
        ("it", "sì no"),
        ("it", "non so"),
        ("en", "no idea"),
        ("en", "yes, but later"),
        ("pl", "no"),
        ("pl", "tak, ale o 16"),
        ("pl", ""),
    ],
)
def test_what_is_neither_yes_nor_no(language: str, text: str) -> None:
    assert read_yes_no(text, ear(language)) is None


def test_more_than_the_answer_is_left_and_lowers_the_confidence() -> None:
    text = "no, alle 16"
    reading = read_yes_no(text, ear("it"))
    assert reading is not None
    assert (reading.value, reading.confidence, rest(text, reading)) == (False, 0.6, "alle 16")
