"""The grammar's engine: rules that make longer things of shorter ones, tried on every stretch of a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from bot.reading.moments.lexemes import lexemes
from bot.reading.moments.line import Item, Line
from bot.reading.moments.values import Unsure
from bot.reading.moments.vocabulary import DOUBT

_BRIDGES: Final = frozenset(',.()"')
"""Signs that may stand between the pieces of one phrase."""
_FARTHEST: Final = 4
"""Tokens that may stand between the pieces of one phrase."""

Made = Any
Rule = tuple[tuple[tuple[str, ...], ...], str, Callable[..., Made], str, bool]
_RULES: dict[str, list[Rule]] = {}


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
    ahead: dict[int, set[str]] = {}  # the kinds that may follow what ends here
    for start in range(count - 1, -1, -1):
        waiting = list(lexemes(line, start))
        for item in waiting:  # grows while it is walked
            if not _add(line, item):
                continue
            rules = _RULES.get(item.kind)
            if rules is None:
                continue
            following = ahead.get(item.end)
            if following is None:
                following = ahead[item.end] = {kind for begin in reach[item.end] for kind in line.items[begin]}
            for slots, makes, make, name, tight in rules:
                if len(slots) > 1 and following.isdisjoint(slots[1]):
                    continue
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
