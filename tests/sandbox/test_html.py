"""Telegram's HTML and the entities it finds by itself."""

from typing import Any

import pytest

from sandbox.telegram.errors import ApiError
from sandbox.telegram.formatting import parse_html
from sandbox.telegram.text import formatted, units, visible


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>Hi</b> Anna", "Hi Anna", [entity("bold", 0, 2)]),
        ("<B>Hi</B>", "Hi", [entity("bold", 0, 2)]),
        ("😀<i>a</i>", "😀a", [entity("italic", 2, 1)]),
        ("<b>a<i>b</i></b>", "ab", [entity("bold", 0, 2), entity("italic", 1, 1)]),
        ("<b></b>x", "x", []),
        ("<u>a</></u>".replace("</u>", "", 1), "a", [entity("underline", 0, 1)]),
        ("&lt;b&gt; &amp;amp; &quot;", '<b> &amp; "', []),
        ("&#233;&#x1F600;&nbsp;&unknown;&", "é😀&nbsp;&unknown;&", []),
        ("Tom & Jerry > all", "Tom & Jerry > all", []),
        ("<a href='http://x.it/?a=1&amp;b=2'>x</a>", "x", [entity("text_link", 0, 1, url="http://x.it/?a=1&b=2")]),
        ("<a href='nowhere'>x</a>", "x", []),
        ('<span class="tg-spoiler">x</span>', "x", [entity("spoiler", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [entity("pre", 0, 1, language="py")]),
        ("<blockquote expandable>x</blockquote>", "x", [entity("expandable_blockquote", 0, 1)]),
        ("<b title=none>x</b>", "x", [entity("bold", 0, 1)]),
    ],
)
def test_html_that_parses(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_html(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<div>x</div>", 'Unsupported start tag "div" at byte offset 0'),
        ("ż <x>", 'Unsupported start tag "x" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=http://x.it>x</a>", "Unexpected end of name token at byte offset 0"),
        ("<b =1>x</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_html_that_does_not(source: str, why: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.code == 400
    assert caught.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/book@dent_bot now", [entity("bot_command", 0, 14)]),
        ("a/b and/or /", []),
        ("see https://x.it/a?b=1, ok", [entity("url", 4, 18)]),
        ("😀 @dent_bot", [entity("mention", 3, 9)]),
        ("write to a.b@x.it", [entity("email", 9, 8)]),
        ("#promo #12", [entity("hashtag", 0, 6)]),
        ("+39 333 1234567!", [entity("phone_number", 0, 15)]),
    ],
)
def test_entities_found_in_plain_text(text: str, found: list[dict[str, Any]]) -> None:
    assert formatted(text, []).entities == found


def test_nothing_is_found_inside_code() -> None:
    assert formatted("/book", [entity("code", 0, 5)]).entities == [entity("code", 0, 5)]


def test_text_is_cleaned_trimmed_and_its_entities_follow() -> None:
    done = formatted(" \n a\0b\r😀\u202ex \n", [entity("bold", 3, 6)])
    assert done.text == "a b😀x"
    assert done.entities == [entity("bold", 0, 5)]


def test_an_entity_of_blanks_alone_goes() -> None:
    assert formatted("a  ", [entity("bold", 1, 2)]).entities == []


def test_at_most_a_hundred_entities_are_kept() -> None:
    assert len(formatted("#a " * 150, []).entities) == 100


@pytest.mark.parametrize(("text", "size"), [("", 0), ("ż", 1), ("😀", 2), ("a😀b", 4)])
def test_length_is_in_utf16_units(text: str, size: int) -> None:
    assert units(text) == size


@pytest.mark.parametrize(("text", "seen"), [("", False), (" \u200b\u00a0", False), ("·", True), ("😀", True)])
def test_a_text_of_blanks_is_not_visible(text: str, seen: bool) -> None:
    assert visible(text) is seen
