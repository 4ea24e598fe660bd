"""Folding, and what a reading leaves of its text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import Reading, fold, folded, rest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Żółta ŁÓDŹ", "zolta lodz"),
        ("Mercoledì", "mercoledi"),
        ("e\u0301 cosi\u0300", "e cosi"),
        ("a\u200bb\u202ec\x00d", "abcd"),
        ("  due\n\t spazi\u00a0fissi ", "due spazi fissi"),
        ("l\u2019appuntamento \u2013 s\u00ec", "l'appuntamento - si"),
        ("Straße", "strasse"),
        ("１５：００", "15:00"),
        ("\ud800x", "x"),
        ("", ""),
    ],
)
def test_fold(text: str, expected: str) -> None:
    assert fold(text) == expected


def test_a_span_points_into_the_original_text() -> None:
    text = "  \u200bŻół\u0301ty   ﬁnał\u202e!"
    line = folded(text)
    start = line.text.index("final")
    first, last = line.span(start, start + len("final"))
    assert text[first:last] == "ﬁnał"


@given(st.text())
def test_every_folded_character_has_its_place(text: str) -> None:
    line = folded(text)
    assert len(line.at) == len(line.text)
    assert list(line.at) == sorted(line.at)
    assert all(0 <= index < len(text) for index in line.at)
    assert "  " not in line.text
    assert line.text == line.text.strip()


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("haircut tomorrow at 3", (0, 7), "tomorrow at 3"),
        ("haircut, tomorrow, at 3", (9, 17), "haircut at 3"),
        ("domani alle 15.", (0, 6), "alle 15."),
        ("domani!", (0, 6), ""),
        ("domani", (0, 6), ""),
        ("solo questo", (0, 0), "solo questo"),
    ],
)
def test_rest(text: str, span: tuple[int, int], expected: str) -> None:
    assert rest(text, Reading(None, span)) == expected
