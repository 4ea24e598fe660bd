"""What the words around and between moments say of them: denied, corrected, offered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.reading.moments.line import Item, Line
from bot.reading.moments.vocabulary import DOUBT

_OF_TIME: Final = frozenset(("month", "season", "edge", "ord", "hour", "unit", "rest", "weekday", "half", "quarter"))
"""Kinds of words that change what is beside them."""
_LEADS: Final = frozenset(("to", "dash", "at", "about"))
"""Kinds of words behind which a number says more of when."""
_NEAR: Final = 4
"""Tokens between "I can't" and the day that it denies."""


def is_denied(line: Line, item: Item, before: int, following: int) -> bool:
    """Whether "not", "I can't" or "no" is said of it."""
    start = item.start
    while start > before and line.tokens[start - 1].text in line.words.glue:
        start -= 1
    for end in {start, item.start}:
        if _role_ends(line, end, "not", before):
            return True
    for end in range(item.start, max(before, item.start - _NEAR), -1):
        if line.tokens[end - 1].kind == "sign" and line.tokens[end - 1].text not in "'-":
            break
        if _role_ends(line, end, "cannot", before):
            return True
    for begin in range(item.end, min(item.end + 3, following)):
        here = line.items[begin]
        said = {role for role in ("cannot", "no") for one in here.get(role, ()) if one.end <= following}
        at_once = begin == item.end or any(one.end > begin + 1 for one in here.get("no", ()))
        if "cannot" in said or ("no" in said and at_once and len(line.tokens) > following):
            return True
        if line.tokens[begin].kind != "word" or len(line.tokens[begin].text) > 5:
            break
    return False


def _role_ends(line: Line, end: int, role: str, after: int) -> bool:
    return any(
        one.end == end for start in range(max(after, end - _NEAR), end) for one in line.items[start].get(role, ())
    )


def roles_between(line: Line, start: int, end: int) -> set[str]:
    """Which of the words that tie two moments together stand between them."""
    found = set()
    for index in range(start, end):
        for role in ("or", "correct", "no", "and"):
            if any(one.end <= end for one in line.items[index].get(role, ())):
                found.add(role)
    return found


def is_torn(line: Line, items: Sequence[Item], pieces: Sequence[Item]) -> bool:
    """Whether a word of time that nothing was made of stands right beside: "the second half of May", "9 to ..."."""
    if not pieces:
        return False
    taken = {index for item in items for index in range(item.start, item.end)}
    before, behind = pieces[0].start - 1, max(piece.end for piece in pieces)
    while before >= 0 and line.tokens[before].text in line.words.glue and before not in taken:
        before -= 1
    return _is_left(line, before, taken) or _is_left(line, behind, taken) or _goes_on(line, behind, taken)


def _is_left(line: Line, index: int, taken: set[int]) -> bool:
    token = line.token(index)
    if token is None or index in taken or token.kind != "word" or line.words.at(token.text)[1] < 1:
        return False
    if any(
        one.end == index + 1
        for start in range(max(0, index - 2), index + 1)
        for one in line.items[start].get("dur", ())
    ):
        return False
    return any(one.kind in _OF_TIME and not one.rest and one.sure > DOUBT for one in line.words.at(token.text)[0])


def _goes_on(line: Line, index: int, taken: set[int]) -> bool:
    """Whether "to", "at", or their like, and a number follow."""
    for tie in line.items[index].values() if index < len(line.items) else ():
        for one in tie:
            number = line.token(one.end)
            if one.kind not in _LEADS or number is None or {one.start, one.end} & taken:
                continue
            if number.kind == "figure" and not line.is_counted(one.end + 1, strict=True):
                return True
            hours = line.items[one.end].get("hour", ()) if one.kind != "to" else ()
            if hours and not line.is_counted(hours[0].end, strict=True):
                return True
    return False
