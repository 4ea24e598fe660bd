"""What the words around and between moments say of them: denied, corrected, offered."""

from __future__ import annotations

from typing import Final

from bot.reading.moments.line import Item, Line

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
        if "cannot" in said or ("no" in said and begin == item.end and len(line.tokens) > following):
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
