"""Phone numbers and e-mail addresses."""

import pytest

from bot.reading import rest
from bot.reading.phones import read_email, read_phone
from bot.values import Invalid
from tests.reading.ears import ear


@pytest.mark.parametrize(
    ("language", "country", "text", "number"),
    [
        ("it", "IT", "+39 02 1234 5678", "+390212345678"),
        ("it", "IT", "02 1234 5678", "+390212345678"),
        ("it", "IT", "il mio numero è 333/1234567, grazie", "+393331234567"),
        ("it", "IT", "(02) 12345678", "+390212345678"),
        ("pl", "PL", "601 234 567", "+48601234567"),
        ("pl", "IT", "601-234-567", "+48601234567"),
        ("pl", "PL", "0048 601 234 567", "+48601234567"),
        ("en", "IE", "085 012 3456", "+353850123456"),
        ("en", "", "085 012 3456", "+353850123456"),
        ("it", "it", "３３３ １２３４５６７", "+393331234567"),
    ],
)
def test_a_number_is_read(language: str, country: str, text: str, number: str) -> None:
    reading = read_phone(text, ear(language), country)
    assert reading is not None
    assert reading.value == number


@pytest.mark.parametrize("text", ["12345", "+39 1", "000000000", "chiami +39 1 2 3 4 5", "123"])
def test_digits_that_are_no_number_are_told(text: str) -> None:
    with pytest.raises(Invalid, match="phone number"):
        read_phone(text, ear("it"), "IT")


@pytest.mark.parametrize("text", ["order 104233", "24/11/2026", "24/11", "2026-11-24", "mi chiami", "", "9" * 60, "3"])
def test_other_digits_are_left_alone(text: str) -> None:
    assert read_phone(text, ear("it"), "IT") is None


def test_an_address_is_read_inside_a_sentence() -> None:
    text = "scriva a Mario.Rossi@Example.COM, grazie"
    reading = read_email(text, ear("it"))
    assert reading is not None
    assert reading.value == "Mario.Rossi@example.com"
    assert rest(text, reading) == "scriva a grazie"


@pytest.mark.parametrize("text", ["mario@", "@mario", "a..b@c.it", "mario@host", "a@-b.it"])
def test_what_is_no_address_is_told(text: str) -> None:
    with pytest.raises(Invalid, match="e-mail address"):
        read_email(text, ear("it"))


@pytest.mark.parametrize("text", ["nessuna", "ci vediamo @ 3", ""])
def test_a_text_without_address_says_nothing(text: str) -> None:
    assert read_email(text, ear("it")) is None
