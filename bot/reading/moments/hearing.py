"""From everything a line may say to what it does say: which readings hold, what is denied, corrected, or offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final

from bot.reading import Ear, folded
from bot.reading.moments import rules
from bot.reading.moments.chart import parse
from bot.reading.moments.choosing import DAYS, NONE, WHOLE, chosen
from bot.reading.moments.line import Item, Line, OpenHours
from bot.reading.moments.rules.halves import within
from bot.reading.moments.values import Clock, Hours, Part
from bot.reading.moments.vocabulary import vocabulary
from bot.values import LANGUAGES

__all__ = ["Heard", "hear", "rules"]

_NEAR: Final = 4
"""Tokens between "I can't" and the day that it denies."""


@dataclass(frozen=True)
class Heard:
    """One moment that the line speaks of: its day, its time, or both in one; ``line`` is what it was heard in."""

    line: Line
    day: Item | None = None
    time: Item | None = None
    whole: Item | None = None
    hint: Part | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """What it was made of, in the order of the text."""
        found = [item for item in (self.day, self.time, self.whole) if item is not None]
        return tuple(sorted(found, key=lambda item: item.start))

    @property
    def sure(self) -> float:
        """How sure we are of its pieces together."""
        sure = 1.0
        for item in self.items:
            sure *= min(item.sure, 1.0)
        return sure


def hear(text: str, ear: Ear, asked: str = "", hours: OpenHours | None = None) -> list[Heard]:
    """The moments that a text speaks of, in its order: in the writer's language, else in another of ours."""
    line_text = folded(text)
    for language in ear.languages:
        line = Line(line_text, ear, vocabulary(language), asked, hours)
        if language != ear.language and not _could_be(line):
            continue
        parse(line)
        found = list(_joined(line, chosen(line, language == ear.language or ear.language not in LANGUAGES)))
        if found:
            return found
    return []


def _could_be(line: Line) -> bool:
    """Whether a line has a word of four letters that names a day or a time in this language, or a figure with pm."""
    for token in line.tokens:
        if token.kind == "split" or token.text in ("am", "pm"):
            return True
        if len(token.text) > 3 and token.text in line.words.telling:
            return True
    return False


@dataclass
class _Talk:
    """The moments heard so far, as the line is walked through."""

    line: Line
    done: list[Heard] = field(default_factory=list)
    current: Heard | None = None
    offered: bool = False

    def add(self, item: Item, corrects: bool, offers: bool) -> None:
        """Takes an item as a piece of the current moment, in the place of an earlier one, or of a new moment."""
        fresh = self.current or Heard(self.line)
        if item.kind in WHOLE:
            self.start(Heard(self.line, whole=item) if item.kind != "both" else
                       Heard(self.line, day=item.value[0], time=item.value[1]), corrects, offers)  # fmt: skip
            return
        held = fresh.day if item.kind in DAYS else fresh.time
        both = _together(held, item) if held is not None and held is fresh.time else None
        if (held is None and fresh.whole is None) or (held is not None and corrects):
            self.current = _with(fresh, item)
        elif both is not None:
            self.current = replace(fresh, time=both)
        else:
            self.start(_with(Heard(self.line), item), corrects, offers)

    def start(self, heard: Heard, corrects: bool, offers: bool) -> None:
        """Begins a new moment; the one before stands beside it, unless this corrects it."""
        if self.current is not None and not corrects:
            if not (heard.day is not None and heard.time is not None and not self.current.items):
                self.done.append(self.current)
            if offers and heard.whole is None:
                heard = self.inherited(heard)
        self.current = heard

    def inherited(self, heard: Heard) -> Heard:
        """As in "Friday at 9 or at 11": what is offered second takes the day of the first."""
        before = self.done[-1] if self.done else None
        if before is not None and heard.day is None and before.day is not None:
            return replace(heard, day=before.day)
        return heard


def _with(heard: Heard, item: Item) -> Heard:
    return replace(heard, day=item) if item.kind in DAYS else replace(heard, time=item)


def _together(held: Item, item: Item) -> Item | None:
    """A time and the part of the day that it lies in ("domani mattina alle 9")."""
    one, other = held.value, item.value
    if isinstance(one, Part) and isinstance(other, Part):
        first, last = max(one.first, other.first), min(one.last, other.last)
        return Item("part", held.start, held.end, Part(first, last), held.sure, held.name) if first < last else None
    part, said, carrier = (one, other, item) if isinstance(one, Part) else (other, one, held)
    if not isinstance(part, Part):
        return None
    if isinstance(said, Clock):
        found: Clock | Hours | None = within(said, part)
    else:
        begin = within(said.first, part) if said.first else None
        found = Hours(begin, said.last) if begin else said
    if found is None:
        return None
    return Item(carrier.kind, carrier.start, carrier.end, found, carrier.sure, carrier.name, (held, item))


def _joined(line: Line, items: list[Item]) -> Iterator[Heard]:
    """The moments that the items make, without what is denied or corrected."""
    if any(item.kind in NONE for item in items):
        return
    talk, denied, last = _Talk(line), False, -1
    for index, item in enumerate(items):
        following = items[index + 1].start if index + 1 < len(items) else len(line.tokens)
        before = items[index - 1].end if index else 0
        if _is_denied(line, item, before, following):
            denied, last = True, item.end
            continue
        gap = _roles(line, before, item.start)
        corrects = bool(gap & {"correct", "no"}) or (denied and before == last)
        talk.add(item, corrects and talk.current is not None, "or" in gap)
    found = [*talk.done, *([talk.current] if talk.current is not None else [])]
    hint = _hint(line)
    for heard, later in zip_longest(found, found[1:]):
        yield replace(heard, time=_shared(line, heard, later), hint=hint)


def _shared(line: Line, heard: Heard, later: Heard | None) -> Item | None:
    """Its time, or that of what is offered beside it: "Tuesday or Thursday morning"."""
    if heard.time is not None or heard.day is None or later is None or later.time is None:
        return heard.time
    between = _roles(line, heard.items[-1].end, later.items[0].start)
    return later.time if between & {"or", "and"} else None


def _is_denied(line: Line, item: Item, before: int, following: int) -> bool:
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


def _roles(line: Line, start: int, end: int) -> set[str]:
    """Which of the words that tie two moments together stand between them."""
    found = set()
    for index in range(start, end):
        for role in ("or", "correct", "no", "and"):
            if any(one.end <= end for one in line.items[index].get(role, ())):
                found.add(role)
    return found


def _hint(line: Line) -> Part | None:
    for here in line.items:
        for item in here.get("hint", ()):
            return item.value  # type: ignore[no-any-return]
    return None
