"""Long texts are cut where a reader would, and every part is whole HTML."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.split import has_words, last, split, units
from sandbox.telegram.formatting import parse_html


def parts(text: str, limit: int = 4096) -> list[str]:
    found = []
    while text:
        head, text = split(text, limit)
        found.append(head)
    return found


def test_a_text_that_fits_is_left_alone() -> None:
    assert split("a" * 4096) == ("a" * 4096, "")


def test_markup_and_entities_count_for_what_they_show() -> None:
    assert split("<b>" + "&amp;" * 4096 + "</b>")[1] == ""
    assert units("😀") == 2
    assert split("😀" * 2048)[1] == ""
    assert split("😀" * 2049) == ("😀" * 2048, "😀")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two\n\nthree\nfour five", ["one two", "three\nfour five"]),
        ("one two\nthree four five six", ["one two", "three four five", "six"]),
        ("one two three four five", ["one two three", "four five"]),
        ("onetwothreefourfivesix", ["onetwothreefourf", "ivesix"]),
        ("a\n\nb two three four five", ["a\n\nb two three", "four five"]),
        ("<b>one two three four</b> five", ["<b>one two three</b>", "<b>four</b> five"]),
        ("<b><i>one two three four</i></b>", ["<b><i>one two three</i></b>", "<b><i>four</i></b>"]),
        ('<a href="http://x/ y">onetwo threefour five</a>',
         ['<a href="http://x/ y">onetwo threefour</a>', '<a href="http://x/ y">five</a>']),
        ("onetwothreefou&lt;&gt;&amp;", ["onetwothreefou&lt;&gt;", "&amp;"]),
        ("onetwothreefour😀six", ["onetwothreefour", "😀six"]),
        ("<b>onetwothreefours</b> ", ["<b>onetwothreefours</b>"]),
    ],
)  # fmt: skip
def test_the_cut_is_at_a_paragraph_a_line_a_word_or_a_letter(text: str, expected: list[str]) -> None:
    assert parts(text, 16) == expected


def test_the_last_part_is_what_an_edit_shows() -> None:
    assert last("one two three four five", 16) == "four five"
    assert last("short") == "short"


WORDS = st.text(st.sampled_from("ab \n😀ż<&>\u202e\u0301"), max_size=60)
MARKED = st.lists(st.tuples(st.sampled_from(["", "b", "i", "code"]), WORDS), max_size=8)


@given(MARKED, st.integers(8, 40))
def test_every_part_parses_fits_and_nothing_but_blanks_is_lost(pieces: list[tuple[str, str]], limit: int) -> None:
    text = "".join(f"<{tag}>{html.escape(said)}</{tag}>" if tag else html.escape(said) for tag, said in pieces)
    shown = ""
    for part in parts(text, limit):
        bare, _entities = parse_html(part)
        assert units(bare) <= limit or not has_words(text)
        shown += bare
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", "".join(said for _tag, said in pieces))
