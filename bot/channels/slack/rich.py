"""Our markup as Slack's rich text: every letter stands for itself, so nothing is formatted and nobody is called."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from slack_sdk.models import blocks as b
from slack_sdk.models.blocks.block_elements import RichTextElementParts as Parts

from bot.channels.slack.text import MORE, TAG, clipped

STYLES: Final = {"b": "bold", "i": "italic", "code": "code"}


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one style; with ``url`` they lead there."""

    text: str
    styles: frozenset[str] = frozenset()
    url: str = ""


def runs(marked: str, *styles: str) -> list[Run]:
    """Our HTML (b, i, code, a; the rest escaped) in runs, all of them in these styles too."""
    found, at, on, link = list[Run](), 0, list(styles), ""
    for tag in TAG.finditer(marked):
        found.append(Run(html.unescape(marked[at : tag.start()]), frozenset(on), link))
        at = tag.end()
        closes, name, where = tag.groups()
        if name == "a":
            link = "" if closes else html.unescape(where or "")
        elif not closes:
            on.append(STYLES[name])
        elif STYLES[name] in on[len(styles) :]:
            on.remove(STYLES[name])
    found.append(Run(html.unescape(marked[at:]), frozenset(on), link))
    return [one for one in found if one.text]


def joined(lines: Iterable[Sequence[Run]]) -> list[Run]:
    """Lines one under the other; those with nothing in them are left out."""
    found: list[Run] = []
    for line in filter(None, lines):
        found += [Run("\n"), *line] if found else line
    return found


def length(shown: Iterable[Run]) -> int:
    """How many letters these are."""
    return sum(len(one.text) for one in shown)


def cut(shown: Sequence[Run], most: int) -> list[Run]:
    """At most so many letters, the last one a mark that there was more."""
    found: list[Run] = []
    for one in shown:
        left = most - length(found)
        if len(one.text) > left:
            return [*found, replace(one, text=clipped(one.text, left) if left > 0 else MORE)]
        found.append(one)
    return found


def section(shown: Sequence[Run]) -> b.RichTextBlock:
    """Lines as a block."""
    return b.RichTextBlock(elements=[b.RichTextSectionElement(elements=[part(one) for one in shown])])


def quote(shown: Sequence[Run]) -> b.RichTextBlock:
    """Somebody's own words as a block."""
    return b.RichTextBlock(elements=[b.RichTextQuoteElement(elements=[part(one) for one in shown])])


def part(one: Run) -> b.RichTextElement:
    """A run as a part of a line."""
    style = Parts.TextStyle(**dict.fromkeys(sorted(one.styles), True)) if one.styles else None
    return Parts.Link(url=one.url, text=one.text, style=style) if one.url else Parts.Text(text=one.text, style=style)
