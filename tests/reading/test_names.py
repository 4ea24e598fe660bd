"""Names and free words."""

import pytest

from bot.reading.names import NAME_LIMIT, clean, read_name, read_words
from bot.values import Invalid


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Anna Rossi", "Anna Rossi"),
        ("  Anna \n Rossi. ", "Anna Rossi"),
        ("Mi chiamo Anna Rossi", "Anna Rossi"),
        ("sono Łukasz Żak", "Łukasz Żak"),
        ("My name is Seán O'Brien", "Seán O'Brien"),
        ("Nazywam się Małgorzata Łęcka", "Małgorzata Łęcka"),
        ("Żółć\u202e\u200b\x00", "Żółć"),
        ("<b>Bobby</b> {name} %s", "<b>Bobby</b> {name} %s"),
        ("Sonia", "Sonia"),
    ],
)
def test_a_name_is_cleaned(text: str, name: str) -> None:
    reading = read_name(text)
    assert reading is not None
    assert (reading.value, reading.span) == (name, (0, len(text)))


@pytest.mark.parametrize("text", ["", "  ", "\u200b\x00\u202e"])
def test_nothing_to_be_seen_is_no_name(text: str) -> None:
    assert read_name(text) is None
    assert read_words(text, 10) is None


def test_a_name_needs_a_letter() -> None:
    with pytest.raises(Invalid, match="in letters"):
        read_name("12345 🙂")


def test_limits_are_told() -> None:
    with pytest.raises(Invalid) as told:
        read_name("a" * (NAME_LIMIT + 1))
    assert told.value.values == {"limit": NAME_LIMIT}
    with pytest.raises(Invalid) as told:
        read_words("due parole", 5)
    assert told.value.values == {"limit": 5}


def test_words_keep_their_lines() -> None:
    reading = read_words("uno \r\n\n\n\n due\u2028tre\ttab", 100)
    assert reading is not None
    assert reading.value == "uno\n\ndue\ntre tab"


@pytest.mark.parametrize("text", ["a\ud800b", "a\u2066b\u2069", "a\ufeffb", "a\x1bb"])
def test_what_would_break_a_send_is_gone(text: str) -> None:
    assert clean(text) == "ab"
