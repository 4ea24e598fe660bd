"""The grammar's engine: rules that make longer things of shorter ones, tried on every stretch of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final, NamedTuple, Protocol

from bot.reading import Ear, Folded
from bot.reading.moments.figures import figure
from bot.reading.moments.tokens import Token, tokens
from bot.reading.moments.values import Unsure
from bot.reading.moments.vocabulary import DOUBT, Vocabulary

_BRIDGES: Final = frozenset(',.()"')
"""Signs that may stand between the pieces of one phrase."""
_FARTHEST: Final = 4
"""Tokens that may stand between the pieces of one phrase."""


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
        if token.text in self.words.counted:
            return True
        return not self.words.knows(token.text) and (strict or self.written(end)[:1].isupper())


Made = Any
Rule = tuple[tuple[tuple[str, ...], ...], str, Callable[..., Made], str, bool]
_RULES: dict[str, list[Rule]] = {}


class _Step(NamedTuple):
    rule: Rule
    rest: tuple[tuple[str, ...], ...]


def rule(
    makes: str, *patterns: str, name: str = "", tight: bool = False
) -> Callable[[Callable[..., Made]], Callable[..., Made]]:
    """Enters a rule: wherever the kinds of a pattern follow each other, its function makes a thing of kind ``makes``.

    A pattern is kinds parted by spaces, ``a|b`` being either. Small words may stand between, unless ``tight``. The
    function gets the line and the items, and gives a value, an ``Unsure`` value, or None where the rule does not apply.
    """

    def enter(make: Callable[..., Made]) -> Callable[..., Made]:
        for pattern in patterns:
            slots = tuple(tuple(slot.split("|")) for slot in pattern.split())
            one: Rule = (slots, makes, make, name, tight)
            for kind in slots[0]:
                _RULES.setdefault(kind, []).append(one)
        return make

    return enter


def parse(line: Line) -> None:
    """Fills ``line.items``: for each token, everything that begins there, by kind."""
    count = len(line.tokens)
    reach = [_reach(line, index) for index in range(count)] + [(count,)]
    line.items = [{} for _ in range(count + 1)]
    for start in range(count - 1, -1, -1):
        waiting = list(lexemes(line, start))
        for item in waiting:  # grows while it is walked
            if not _add(line, item):
                continue
            for one in _RULES.get(item.kind, ()):
                slots, makes, make, name, tight = one
                for kids in _fitting(line, slots, (item,), reach, tight):
                    made = make(line, *kids)
                    if made is not None:
                        waiting.append(_made(makes, made, name, kids))


def _made(makes: str, made: Made, name: str, kids: tuple[Item, ...]) -> Item:
    sure = 1.0
    if isinstance(made, Unsure):
        made, sure = made.value, made.sure
    solid = [kid.sure for kid in kids if kid.sure > DOUBT]
    for one in solid:
        sure *= one
    if not solid or (len(kids) == 1 and kids[0].sure <= DOUBT):
        sure *= DOUBT
    return Item(makes, kids[0].start, kids[-1].end, made, sure, name, kids)


def _reach(line: Line, index: int) -> tuple[int, ...]:
    """From where a thing may begin that follows one that ends here: right here, or behind small words."""
    found = [index]
    for ahead in range(index, min(index + _FARTHEST, len(line.tokens))):
        token = line.tokens[ahead]
        bridge = token.text in _BRIDGES if token.kind == "sign" else token.text in line.words.glue
        if not bridge:
            break
        found.append(ahead + 1)
    return tuple(found)


def _fitting(
    line: Line, slots: tuple[tuple[str, ...], ...], kids: tuple[Item, ...], reach: list[tuple[int, ...]], tight: bool
) -> Iterator[tuple[Item, ...]]:
    if len(kids) == len(slots):
        yield kids
        return
    end = kids[-1].end
    for begin in reach[end][: 1 + _is_point(line, end)] if tight else reach[end]:
        here = line.items[begin]
        if here:
            for kind in slots[len(kids)]:
                for item in here.get(kind, ()):
                    yield from _fitting(line, slots, (*kids, item), reach, tight)


def _is_point(line: Line, index: int) -> bool:
    """Whether a shortening point stands here ("godz. 15", "24. listopada")."""
    token = line.token(index)
    return token is not None and token.text == "." and line.glued(index)


def _add(line: Line, item: Item) -> bool:
    """Keeps an item, unless the same is known better."""
    same = line.items[item.start].setdefault(item.kind, [])
    for index, other in enumerate(same):
        if other.end == item.end and other.value == item.value:
            if other.sure >= item.sure:
                return False
            same[index] = item
            return True
    same.append(item)
    return True


def lexemes(line: Line, index: int) -> Iterator[Item]:
    """What a token says by itself, and the phrases of the vocabulary that begin with it."""
    token = line.tokens[index]
    if token.kind == "figure":
        yield from (Item(kind, index, index + 1, value, sure, name) for kind, value, sure, name in figure(line, index))
    elif token.kind == "split":
        yield Item("day_word", index, index + 1, token.day, name="counted from today")
    elif token.kind == "sign":
        if token.text == "-":
            yield Item("to", index, index + 1, "-")
            yield Item("dash", index, index + 1, "-")
        elif token.text == "°":
            yield Item("nth", index, index + 1, "o")
        elif token.text == "@":
            yield Item("at", index, index + 1, "@")
    else:
        yield from _words(line, index, token)


def _words(line: Line, index: int, token: Token) -> Iterator[Item]:
    entries, sure = line.words.at(token.text)
    for entry in entries:
        end = _end(line, index + 1, entry.rest) if entry.rest else index + 1
        if not end:
            continue
        if entry.strict and line.written(index).casefold() != entry.strict:
            continue
        yield Item(entry.kind, index, end, entry.value, entry.sure * sure)


def _end(line: Line, index: int, rest: tuple[str, ...]) -> int:
    """Where a phrase ends whose further words begin here, a hyphen between them or not; 0 if they do not stand here."""
    for word in rest:
        if index < len(line.tokens) and line.tokens[index].text == "-":
            index += 1
        if index >= len(line.tokens) or line.tokens[index].text != word:
            return 0
        index += 1
    return index
