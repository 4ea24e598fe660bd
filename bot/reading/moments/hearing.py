"""From everything a line may say to what it does say: which readings hold, what is denied, corrected, or offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from bot.reading import Ear, folded
from bot.reading.moments import rules
from bot.reading.moments.chart import Item, Line, OpenHours, parse
from bot.reading.moments.rules.clocks import within
from bot.reading.moments.tokens import Token
from bot.reading.moments.values import Clock, Hours, Part
from bot.reading.moments.vocabulary import DOUBT, vocabulary
from bot.values import LANGUAGES

__all__ = ["Heard", "hear", "rules"]

DAYS: Final = ("day", "days")
TIMES: Final = ("clock", "hours", "part")
WHOLE: Final = ("both", "instant", "stretch")
NONE: Final = ("habit",)
_FINAL: Final = (*DAYS, *TIMES, *WHOLE, *NONE)
_FOREIGN: Final = 0.9
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
        found = list(_joined(line, _chosen(line, language == ear.language or ear.language not in LANGUAGES)))
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


# --- which readings hold ----------------------------------------------------------------------------------------------


def _chosen(line: Line, own: bool) -> list[Item]:
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
        _, item, following = best[place]
        if item is not None:
            found.append(item)
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
    return length * (0.8 + 0.2 * sure) - 0.5 - (0.3 if wrong else 0) - (0.01 if item.kind == "part" else 0)


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
    if before.text in ("is", "e", "to", "no", "n") and item.start > 1:
        before = line.tokens[item.start - 2]
    if before.text in line.words.greeting:
        return True
    numeric = first.kind == "figure" or any(item.kids and kid.kind in ("n", "ord", "tens") for kid in _firsts(item))
    price = item.kind == "clock" and first.kind == "figure" and "." in first.text
    if numeric and (item.kind != "clock" or price) and (before.text == "#" or _is_labelled(line, item.start, before)):
        return True
    return item.kind in ("day", "days") and _ends_with(line, item.start, "name")


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


def _ends_with(line: Line, end: int, role: str) -> bool:
    """Whether a phrase of this role ends right before a token."""
    names = line.words.lists.get(role, ())
    for phrase in names:
        start = end - len(phrase)
        if start >= 0 and tuple(token.text for token in line.tokens[start:end]) == phrase:
            return True
    return False


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
    return False


# --- what is said of them ---------------------------------------------------------------------------------------------


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
        place = "day" if item.kind in DAYS else "time"
        held: Item | None = getattr(fresh, place)
        if corrects and held is not None:
            self.current = replace(fresh, **{place: item})
        elif held is None and fresh.whole is None:
            self.current = replace(fresh, **{place: item})
        elif place == "time" and held is not None and (both := _together(held, item)) is not None:
            self.current = replace(fresh, time=both)
        else:
            self.start(Heard(self.line, **{place: item}), corrects, offers)

    def start(self, heard: Heard, corrects: bool, offers: bool) -> None:
        """Begins a new moment; the one before stands beside it, unless this corrects it."""
        if self.current is not None and not corrects:
            if not (heard.day is not None and heard.time is not None and not self.current.items):
                self.done.append(self.current)
            if offers and heard.whole is None:
                heard = self.inherited(heard)
        self.current = heard

    def inherited(self, heard: Heard) -> Heard:
        """ "Friday at 9 or at 11": what is offered second takes the day of the first."""
        before = self.done[-1] if self.done else None
        if before is not None and heard.day is None and before.day is not None:
            return replace(heard, day=before.day)
        return heard


def _together(held: Item, item: Item) -> Item | None:
    """A time and the part of the day that it lies in ("domani mattina alle 9")."""
    one, other = held.value, item.value
    if isinstance(one, Part) and isinstance(other, Part):
        first, last = max(one.first, other.first), min(one.last, other.last)
        return Item("part", held.start, held.end, Part(first, last), held.sure, held.name) if first < last else None
    part = one if isinstance(one, Part) else other if isinstance(other, Part) else None
    said, carrier = (other, item) if isinstance(one, Part) else (one, held)
    if part is None or isinstance(said, Part):
        return None
    if isinstance(said, Clock):
        found: Clock | Hours | None = within(said, part)
    else:
        first = within(said.first, part) if said.first else None
        found = Hours(first, said.last) if first else said
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
    for place, heard in enumerate(found):
        later = found[place + 1] if place + 1 < len(found) else None
        if heard.time is None and later is not None and later.time is not None and heard.day is not None:
            between = _roles(line, heard.items[-1].end, later.items[0].start)
            if "or" in between or "and" in between:
                heard = replace(heard, time=later.time)
        yield replace(heard, hint=hint)


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
