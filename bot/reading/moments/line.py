"""A line as the grammar sees it, and the things that its tokens say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol

from bot.reading import Ear, Folded
from bot.reading.moments.tokens import Token, tokens
from bot.reading.moments.vocabulary import Vocabulary


class Item:
    """A thing that the tokens from ``start`` up to ``end`` say: its kind, value, how sure, and what it was made of."""

    __slots__ = ("end", "kids", "kind", "name", "start", "sure", "value")

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        value: Any,
        sure: float = 1.0,
        name: str = "",
        kids: tuple[Item, ...] = (),
    ) -> None:
        self.kind, self.start, self.end, self.value = kind, start, end, value
        self.sure, self.name, self.kids = sure, name, kids


class OpenHours(Protocol):
    """When a business is open."""

    def __call__(self, day: date) -> Iterable[tuple[int, int]]:
        """The open stretches of a local day, in minutes after midnight; none: it is closed."""


class Line:
    """A text as its rules see it: the tokens, who hears them, and what was made of them so far.

    ``asked`` is "day" or "time" where just that was asked for: a number that is all of the text is then one.
    """

    def __init__(
        self, text: Folded, ear: Ear, words: Vocabulary, asked: str = "", hours: OpenHours | None = None
    ) -> None:
        self.text, self.ear, self.words, self.asked, self.hours = text, ear, words, asked, hours
        self.tokens = tokens(text, words.splits)
        self.items: list[dict[str, list[Item]]] = []

    @cached_property
    def now(self) -> datetime:
        """The moment on the writer's clock."""
        return self.ear.local

    @cached_property
    def today(self) -> date:
        """The writer's day."""
        return self.now.date()

    def token(self, index: int) -> Token | None:
        """The token of this index, if there is one."""
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def glued(self, index: int) -> bool:
        """Whether nothing parts this token from the one before it."""
        return 0 < index < len(self.tokens) and self.tokens[index].start == self.tokens[index - 1].end

    def written(self, index: int) -> str:
        """A token as it was written."""
        token = self.tokens[index]
        return self.text.source[slice(*self.text.span(token.start, token.end))]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the tokens from ``start`` up to ``end`` stand in the original text."""
        if start >= end:
            return 0, 0
        return self.text.span(self.tokens[start].start, self.tokens[end - 1].end)

    @cached_property
    def whole(self) -> tuple[int, int]:
        """The tokens from the first to the last that is no sign: all that was written."""
        said = [index for index, token in enumerate(self.tokens) if token.kind != "sign"]
        return (said[0], said[-1] + 1) if said else (0, 0)

    def is_whole(self, *items: Item) -> bool:
        """Whether these items are all that was written."""
        return (items[0].start, items[-1].end) == self.whole

    def is_counted(self, end: int, strict: bool) -> bool:
        """Whether what stands right behind makes a number before it count something ("3 people").

        Where ``strict``, any word that the vocabulary does not know does so.
        """
        token = self.token(end)
        if token is None or token.kind == "split":
            return False
        if token.kind == "sign":
            return token.text in "%€$£°" or (token.text in "-/+=@" and self.glued(end))
        if token.kind == "figure":
            return False
        behind = self.token(end + 1)
        if token.text in self.words.counted or (behind and f"{token.text} {behind.text}" in self.words.counted):
            return True
        return not self.words.knows(token.text) and (strict or self.written(end)[:1].isupper())
