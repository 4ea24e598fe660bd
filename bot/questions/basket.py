"""What is ordered from the catalogue: an item, how many, another one, until that is all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.dialog import Option, Options, Reader, Turn
from bot.i18n import _, plain, show
from bot.office.orders import Line
from bot.reading import Ear, Reading, folded
from bot.reading.choices import read_choice, read_yes_no
from bot.update import Json
from bot.values import Invalid, Item

MOST_LINES: Final = 20
MOST: Final = 999
"""The largest quantity."""
SURE: Final = 0.9
"""The confidence of a reading from which a whole name was said."""
SHOWN: Final = 10
"""Items on one page of the keyboard."""
ALL: Final = ["", 0]
"""The stored answer that nothing else is wanted."""
THAT_IS_ALL: Final = _("That's all")
ENOUGH: Final = (
    *("that's it", "nothing else", "that will be all", "that's everything", "no more"),
    *("basta così", "nient'altro", "a posto così", "solo questo", "tutto qui", "basta"),
    *("to tyle", "nic więcej", "wystarczy", "już nic", "tylko to"),
)
"""What else says so."""

NUMBERS: Final = {
    word: number
    for number, words in enumerate(
        (
            "",
            "one un uno una a an jeden jedna jedno jedną",
            "two due dwa dwie couple paio para",
            "three tre trzy",
            "four quattro cztery",
            "five cinque pięć piec",
            "six sei sześć szesc",
            "seven sette siedem",
            "eight otto osiem",
            "nine nove dziewięć dziewiec",
            "ten dieci dziesięć dziesiec",
            "eleven undici jedenaście jedenascie",
            "twelve dodici dwanaście dwanascie",
        )
    )
    for word in words.split()
}
COUNT: Final = rf"(?P<count>[0-9]{{1,4}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
TIMES: Final = r"(?: ?(?:x|×|szt\.?|sztuki?|pcs?|pz\.?|pezzi|pieces?)(?: of| di)?)?"
BEFORE: Final = re.compile(rf"(?<!\w){COUNT}{TIMES} ?$")
AFTER: Final = re.compile(r"^ ?(?:x|×|:) ?(?P<count>[0-9]{1,4})(?!\w)")
ALONE: Final = re.compile(rf"{COUNT}{TIMES}")
AHEAD: Final = re.compile(
    rf"(?:(?:and|plus|e|ed|oraz|i|the|il|lo|la|gli|le|del|dei|delle|some|also|anche|jeszcze|{COUNT}{TIMES})\b ?)*",
    re.IGNORECASE,
)
"""What may stand before the name of an item."""
PARTS: Final = re.compile(r"[,;\n+]| (?:and|plus|e|ed|oraz|i) ")


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that was asked for, and how many where that was said with it."""

    item: Item
    quantity: int | None


class Wish(Reader[Wanted | None]):
    """Takes an item of the catalogue, with its quantity if that is said; after the first, also that this is all."""

    echoes = False  # the question that follows says the whole basket

    def __init__(self, turn: Turn, *, first: bool) -> None:
        self.turn = turn
        self.first = first
        self.items = turn.client.catalogue

    def read(self, text: str, ear: Ear) -> Reading | None:
        names = [(item.key, called(item)) for item in self.items]
        listing = [(key, [one for one in said if PARTS.search(one)]) for key, said in names]
        found = read_choice(text, ear, listing)  # "Lock and chain" is one thing
        if found is not None and found.confidence >= SURE:
            return with_quantity(text, found, found.span)
        for start, end in parts(text):
            begins = ahead.end() if (ahead := AHEAD.match(text, start, end)) else start
            found = read_choice(text[begins:end], ear, names)
            if found is not None:
                span = found.span[0] + begins, found.span[1] + begins
                return with_quantity(text[:end], replace(found, span=span), (start, end))
        return None if self.first else self.read_all(text, ear)

    def spot(self, text: str, ear: Ear) -> Reading | None:
        return self.read(text, ear) if not folded(text).bare.isdigit() else None

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        """Something more, where that was all: how many of the others there are is said to their quantities."""
        found = self.spot(text, ear) if value == ALL else None
        return found if found is not None and found.value != ALL else None

    def read_all(self, text: str, ear: Ear) -> Reading | None:
        """That nothing else is wanted."""
        turn = self.turn
        words = plain(THAT_IS_ALL, {}, turn.language, turn.client.zone, turn.now)
        said = read_choice(text, ear, [(True, [words, *ENOUGH])])
        no = read_yes_no(text, ear)
        if (said is not None and not text.strip().isdigit()) or (no is not None and no.value is False):
            return Reading(ALL, (0, len(text)))
        return None

    def check(self, value: Json) -> Wanted | None:
        key, quantity = value
        if value == ALL and not self.first:
            return None
        item = self.turn.client.item(key)
        if item is None:
            raise Invalid(_("That can't be ordered any more."))
        return Wanted(item, quantity)

    def options(self, page: str) -> Options:
        start = int(page) if page.isdigit() else 0
        rows = [[Option(self.label(item), [item.key, None])] for item in self.items[start : start + SHOWN]]
        turning = []
        if start:
            turning.append(Option("‹", page=str(max(0, start - SHOWN))))
        if start + SHOWN < len(self.items):
            turning.append(Option("›", page=str(start + SHOWN)))
        if turning:
            rows.append(turning)
        if not self.first:
            rows.append([Option(THAT_IS_ALL, ALL)])
        return rows

    def label(self, item: Item) -> str:
        """An item and its price."""
        turn, name = self.turn, item.name.read(self.turn.language)
        if item.price is None:
            return name
        return f"{name} · {show(turn.client.money(item.price), turn.language, turn.client.zone)}"

    def show(self, value: Any) -> Any:
        return value.item.name if value is not None else THAT_IS_ALL


class Quantity(Reader[int]):
    """Takes how many of an item; none takes it off the order again. It is read back with its price."""

    def __init__(self, turn: Turn, item: Item) -> None:
        self.turn = turn
        self.item = item

    def read(self, text: str, ear: Ear) -> Reading | None:
        found = ALONE.fullmatch(folded(text).bare)
        return Reading(counted(found["count"]), (0, len(text))) if found else None

    def spot(self, text: str, ear: Ear) -> Reading | None:
        return None  # a number is read with the name of its item

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        """A number alone, or one that is said with the item."""
        whole = self.read(text, ear)
        if whole is not None:
            return whole
        found = read_choice(text, ear, [(self.item.key, called(self.item))], by_position=False)
        if found is None or found.confidence < SURE:
            return None
        named = with_quantity(text, found, found.span)
        return replace(named, value=named.value[1]) if named.value[1] is not None else None

    def check(self, value: Json) -> int:
        if type(value) is not int or not 0 <= value <= MOST:
            raise Invalid(_("Please give a number up to {most}."), most=MOST)
        return value

    def options(self, page: str) -> Options:
        numbers = [Option(str(number), number) for number in range(1, 7)]
        return [numbers[:3], numbers[3:], [Option(_("None, take it off"), 0)]]

    def show(self, value: Any) -> Any:
        turn, price = self.turn, Line(self.item, value).price
        if price is None:
            return value
        return plain(ITS_PRICE, {"n": value, "price": turn.client.money(price)}, turn.language, turn.client.zone)


ITS_PRICE: Final = _("{n} · {price}")


async def basket(turn: Turn) -> tuple[list[Line], list[str]]:
    """The lines that the customer wants, and the names of the answers that are to be read back."""
    lines: list[Line] = []
    names: list[str] = []
    for number in range(1, MOST_LINES + 1):
        so_far = [f"{line.quantity} × {line.item.name.read(turn.language)}" for line in lines]
        question = _("{lines}. Anything else?") if lines else _("What would you like to order?")
        wanted = await turn.ask(f"item{number}", question, Wish(turn, first=not lines), lines=so_far)
        if wanted is None:
            break
        item, name = wanted.item, f"quantity{number}"
        quantity = await turn.ask(
            name,
            _("{item}: how many?"),
            Quantity(turn, item),
            label=item.name,
            known=wanted.quantity,
            item=item.name,
        )
        if quantity:
            lines.append(Line(item, quantity))
            names.append(name)
    return lines, names


# --- reading ----------------------------------------------------------------------------------------------------------


def called(item: Item) -> list[str]:
    """What an item may be called; in English also when there are several."""
    return [
        name for language, said in item.name.texts for name in ((said, f"{said}s") if language == "en" else (said,))
    ]


def parts(text: str) -> Iterator[tuple[int, int]]:
    """Where the things stand that a text lists."""
    places = [0, *(end for match in PARTS.finditer(text) for end in match.span()), len(text)]
    return zip(places[::2], places[1::2], strict=True)


def with_quantity(text: str, found: Reading, span: tuple[int, int]) -> Reading:
    """The item that was found, with the number right before or after it; ``span`` is all that speaks of it."""
    start, end = found.span
    before = BEFORE.search(folded(text[:start]).text + " ")
    after = AFTER.match(folded(text[end:]).text)
    count = before or after
    quantity = counted(count["count"]) if count else None
    if before and start == span[0]:
        span = (folded(text[:start]).span(before.start(), before.end() - 1)[0], span[1])
    if after and end == span[1]:
        span = (span[0], len(text))
    values = [[key, quantity] for key in (found.value, *found.alternatives)]
    return Reading(values[0], span, tuple(values[1:]), found.confidence)


def counted(said: str) -> int:
    """The number that digits or a word say."""
    return int(said) if said.isdigit() else NUMBERS[said]
