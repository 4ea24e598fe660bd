"""Which of all readings of a line hold: those that together explain most of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.reading.moments.line import Item, Line
from bot.reading.moments.tokens import Token
from bot.reading.moments.values import Clock
from bot.reading.moments.vocabulary import DOUBT

DAYS: Final = ("day", "days")
TIMES: Final = ("clock", "hours", "part")
WHOLE: Final = ("both", "instant", "stretch")
NONE: Final = ("habit",)
EITHER: Final = "either"
"""Two things in one, of which either is offered."""
_FINAL: Final = (*NONE, *DAYS, *TIMES, *WHOLE, EITHER)
_TIES: Final = frozenset(("or", "and", "to"))


def chosen(line: Line, own: bool) -> list[Item]:
    """The items that together explain most of the line, none overlapping another."""
    count = len(line.tokens)
    best: list[tuple[float, Item | None, int]] = [(0.0, None, count)] * (count + 1)
    for start in range(count - 1, -1, -1):
        best[start] = (best[start + 1][0], None, start + 1)
        for kind in _FINAL:
            for item in line.items[start].get(kind, ()):
                score = _score(line, item, own) + best[item.end][0]
                if score > best[start][0] + 1e-9:
                    best[start] = (score, item, item.end)
    found, place = [], 0
    while place < count:
        _, best_item, following = best[place]
        if best_item is not None:
            found.append(best_item)
        place = following
    return found


def _score(line: Line, item: Item, own: bool) -> float:
    if _is_blocked(line, item) or (not own and not _is_firm(line, item)):
        return -1.0
    sure = min(item.sure, 1.0)
    if sure <= DOUBT:
        return 0.05 if _is_shown(line, item) else -1.0
    length = sum(1 for index in range(item.start, item.end) if line.tokens[index].kind != "sign")
    wrong = item.kind in ("day", "clock") and _fails(item)
    return length * (0.8 + 0.2 * sure) - 0.7 - (0.2 if wrong else 0) - (0.01 if item.kind == "part" else 0)


def _fails(item: Item) -> bool:
    return item.value.minute is None if isinstance(item.value, Clock) else item.value.date is None


def _is_firm(line: Line, item: Item) -> bool:
    """Of a language that is not the writer's only long words count."""
    return any(len(line.tokens[index].text) > 3 or line.tokens[index].text in ("am", "pm") or
               line.tokens[index].kind == "split" for index in range(item.start, item.end)
               if line.tokens[index].kind != "figure")  # fmt: skip


def _is_blocked(line: Line, item: Item) -> bool:
    """Whether what stands around makes it a number, an address, a name or a greeting."""
    before = line.token(item.start - 1)
    first = line.tokens[item.start]
    if before is None or before.kind == "sign":
        if before is not None and before.text == "." and line.glued(item.start - 1):
            before = line.token(item.start - 2)
        elif before is None or before.text != "#":
            return False
    if before is None:
        return False
    if before.text in line.words.copula and item.start > 1:
        before = line.tokens[item.start - 2]
    if before.text in line.words.greeting:
        return True
    numeric = first.kind == "figure" or any(item.kids and kid.kind in ("n", "ord", "tens") for kid in _firsts(item))
    price = item.kind == "clock" and first.kind == "figure" and "." in first.text
    if numeric and (item.kind != "clock" or price) and (before.text == "#" or _is_labelled(line, item.start, before)):
        return True
    alone = item.end - item.start == 1 and line.written(item.start)[:1].isupper()
    return alone and item.kind in DAYS and _is_name(line, item.start)


def _is_labelled(line: Line, start: int, before: Token) -> bool:
    """Whether a word before makes a figure a number of something: "ordine 24/11", "via Garibaldi 7/3"."""
    if before.text in line.words.label:
        return True
    farther = line.token(start - 2)
    named = before.kind == "word" and not line.words.knows(before.text) and line.tokens[start].kind == "figure"
    while named and farther is not None and farther.text == ".":
        start -= 1
        farther = line.token(start - 2)
    return named and farther is not None and farther.text in line.words.label


def _firsts(item: Item) -> Iterator[Item]:
    while item.kids:
        item = item.kids[0]
        yield item


def _is_name(line: Line, index: int) -> bool:
    """Whether the word is somebody's name ("mi chiamo Domenica", "my wife April")."""
    here = line.items[index]
    if "month" not in here and "weekday" not in here:
        return False
    said = tuple(token.text for token in line.tokens[max(0, index - 4) : index])
    return any(said[-len(phrase) :] == phrase for phrase in line.words.names)


def _is_shown(line: Line, item: Item) -> bool:
    """Whether a doubtful word ("sat", "mar") is all that was written, or a time stands beside it."""
    if line.is_whole(item):
        return True
    after = item.end
    while (token := line.token(after)) is not None and (token.text in line.words.glue or token.text in ",."):
        after += 1
    for begin in {item.end, after}:
        here = line.items[begin] if begin < len(line.items) else {}
        if any(one.end > begin and min(one.sure, 1) > DOUBT for kind in TIMES for one in here.get(kind, ())):
            return True
    return item.kind == "day" and (_is_tied(line, item.end, 1) or _is_tied(line, item.start - 1, -1))


def _is_tied(line: Line, index: int, step: int) -> bool:
    """Whether "or", or its like, and another weekday stand on this side: "sat or sun"."""
    tie, other = line.token(index), line.token(index + step)
    if tie is None or other is None or other.kind != "word":
        return False
    ties = tie.text == "-" or any(one.kind in _TIES and not one.rest for one in line.words.entries.get(tie.text, ()))
    return ties and any(one.kind == "weekday" for one in line.words.entries.get(other.text, ()))
