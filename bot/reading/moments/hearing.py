"""From everything a line may say to what it does say: which readings hold, what is denied, corrected, or offered."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import zip_longest

from bot.reading import Ear, folded
from bot.reading.moments import rules
from bot.reading.moments.chart import parse
from bot.reading.moments.choosing import DAYS, NONE, WHOLE, chosen
from bot.reading.moments.line import Item, Line, OpenHours
from bot.reading.moments.rules.halves import within
from bot.reading.moments.spoken import in_turn
from bot.reading.moments.ties import is_denied, is_torn, roles_between
from bot.reading.moments.tokens import tokens
from bot.reading.moments.values import Clock, Hours, Part
from bot.reading.moments.vocabulary import vocabulary
from bot.values import LANGUAGES

__all__ = ["Heard", "hear", "rules"]


@dataclass(frozen=True)
class Heard:
    """One moment that the line speaks of: its day, its time, or both in one; ``line`` is what it was heard in.

    ``torn``: beside it stands a word of time that was not understood, so that it may mean something else.
    """

    line: Line
    day: Item | None = None
    time: Item | None = None
    whole: Item | None = None
    hint: Part | None = None
    torn: bool = False

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
    if not _tells(text):
        return []
    line_text = folded(text)
    own = vocabulary(ear.language).telling if ear.language in LANGUAGES else frozenset()
    for language in ear.languages:
        line = Line(line_text, ear, vocabulary(language), asked, hours)
        if language != ear.language and not _could_be(line, own):
            continue
        parse(line)
        found = list(_joined(line, chosen(line, language == ear.language or ear.language not in LANGUAGES)))
        if found:
            return found
    return []


@lru_cache(maxsize=128)
def _tells(text: str) -> bool:
    """Whether any word or figure speaks of time in any language; many readers look through the same text."""
    line = folded(text)
    return any(
        token.kind in ("figure", "split") or (token.kind == "word" and words.at(token.text)[0])
        for words in map(vocabulary, LANGUAGES)
        for token in tokens(line, words.splits)
    )


def _could_be(line: Line, own: Collection[str]) -> bool:
    """Whether a line has a word of four letters that names a day or a time in this language, or a figure with pm.

    A word of the writer's ``own`` language does not count: it was not understood there.
    """
    for token in line.tokens:
        if token.kind == "split" or token.text in ("am", "pm"):
            return True
        if len(token.text) > 3 and token.text in line.words.telling and token.text not in own:
            return True
    return False


@dataclass
class _Talk:
    """The moments heard so far, as the line is walked through."""

    line: Line
    done: list[Heard] = field(default_factory=list)
    current: Heard | None = None
    offered: bool = False

    def add(self, item: Item, corrects: bool, offers: bool, apart: bool = False) -> None:
        """Takes an item as a piece of the current moment, in the place of an earlier one, or of a new moment."""
        if apart and self.current is not None and item.kind in DAYS and self._day_first():
            self.current = self.whole(self.current)
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
                self.done.append(self.whole(self.current))
            self.offered = offers and heard.whole is None
        self.current = heard

    def whole(self, heard: Heard) -> Heard:
        """As in "Friday at 9 or at 11": what is offered second takes the day of the first, if it has none itself."""
        before = self.done[-1] if self.done else None
        if self.offered and before is not None and heard.day is None and before.day is not None:
            return replace(heard, day=before.day)
        return heard

    def _day_first(self) -> bool:
        """Whether the moment before names its day before its hour, so that a day behind an hour begins another."""
        before = self.done[-1] if self.done else None
        return before is None or before.day is None or before.time is None or before.day.start < before.time.start


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
    items = [item for item in items if item.kind not in NONE or not is_denied(line, item, 0, len(line.tokens) - 1)]
    if any(item.kind in NONE for item in items):
        return
    talk, denied, last = _Talk(line), False, -1
    items = list(in_turn(line, items))
    for index, item in enumerate(items):
        following = items[index + 1].start if index + 1 < len(items) else len(line.tokens)
        before = items[index - 1].end if index else 0
        if is_denied(line, item, before, following):
            denied, last = True, item.end
            continue
        gap = roles_between(line, before, item.start)
        corrects = bool(gap & {"correct", "no"}) or (denied and before == last)
        apart = any(line.tokens[place].kind == "sign" for place in range(before, item.start))
        talk.add(item, corrects and talk.current is not None, "or" in gap, apart)
    found = [*talk.done, *([talk.whole(talk.current)] if talk.current is not None else [])]
    hint = _hint(line)
    for heard, later in zip_longest(found, found[1:]):
        torn = is_torn(line, items, heard.items)
        yield replace(heard, torn=torn, day=_same_day(line, heard, later), time=_shared(line, heard, later), hint=hint)


def _same_day(line: Line, heard: Heard, later: Heard | None) -> Item | None:
    """Its day, or that of what is offered beside it: "9 am or 10 am tomorrow"."""
    if heard.day is not None or heard.time is None or later is None or later.day is None:
        return heard.day
    if later.time is None or later.time.end > later.day.start:
        return None
    return later.day if "or" in roles_between(line, heard.time.end, later.time.start) else None


def _shared(line: Line, heard: Heard, later: Heard | None) -> Item | None:
    """Its time, or that of what is offered beside it: "Tuesday or Thursday morning"."""
    if heard.time is not None or heard.day is None or later is None or later.time is None:
        return heard.time
    between = roles_between(line, heard.items[-1].end, later.items[0].start)
    return later.time if between & {"or", "and"} else None


def _hint(line: Line) -> Part | None:
    for here in line.items:
        for item in here.get("hint", ()):
            return item.value  # type: ignore[no-any-return]
    return None
