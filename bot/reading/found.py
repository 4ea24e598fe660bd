"""What the parts of the date grammar find, and the words around a date that show whether it is one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.reading.folding import Folded, bag
from bot.values import Invalid, Message, Msgid

NO_SUCH_DAY = Msgid("There is no such day. Please write it like 24/11.")
PASSED = Msgid("That day has passed. Please choose one from today on.")

# Before a day: part of its phrase, so that nothing is left of it.
INTRODUCERS = bag(
    "il lo l di del per entro nel questo questa giorno al on for the this of by w we na dnia ten te ta do"
)
# Before digits: they are a number of something, or of a house, and no day.
_LABELS = bag(
    "n nr num numero numer number ordine ordini order orders zamowienie zamowienia zamowieniu zam codice code kod "
    "fattura faktura faktury invoice pratica scala interno int civico tel telefono phone telefon"
)
_STREETS = bag(
    "via viale piazza piazzale corso largo vicolo strada ul ulica ulicy ulice al aleja alei plac placu pl os osiedle "
    "osiedlu rondo rondzie street st road"
)
_NEGATIONS = bag("non not nie")


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the folded text that names a day; ``hint`` instead of a day if there is no such day or it passed.

    ``loose`` days follow from today (a weekday, "tomorrow"), so a date beside them says more.
    """

    start: int
    end: int
    day: date | None
    others: tuple[date, ...] = ()
    confidence: float = 1.0
    hint: Message | None = None
    loose: bool = False


def introduced(line: Folded, start: int) -> int:
    """Where the phrase begins whose words ("on the", "per il", "we") lead to ``start``."""
    first = start
    for _ in range(3):
        word = line.before(first)
        if word is None or word.text not in INTRODUCERS or word.end == first:
            break
        first = word.start
    return first


def is_label(line: Folded, start: int) -> bool:
    """Whether what stands before ``start`` makes it a number, an address, or something denied."""
    if line.text[max(0, start - 2) : start].strip().endswith(("#", "°")):
        return True
    word = line.before(start)
    return word is not None and word.text in _LABELS | _STREETS | _NEGATIONS


def dated(year: int, month: int, day: int, today: date) -> date:
    """The day of an explicit year. Raises ``Invalid`` if there is none, or it is before today."""
    try:
        found = date(year, month, day)
    except ValueError:
        raise Invalid(NO_SUCH_DAY) from None
    if found < today:
        raise Invalid(PASSED)
    return found


def coming(month: int, day: int, today: date) -> date:
    """The next such day of the year, today included. Raises ``Invalid`` if no year has it."""
    for year in range(today.year, today.year + 9):
        if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] and date(year, month, day) >= today:
            return date(year, month, day)
    raise Invalid(NO_SUCH_DAY)


def day_of_month(day: int, today: date) -> date | None:
    """The next day with this number, today included; months without it are passed over."""
    for months in range(13):
        years, month = divmod(today.month - 1 + months, 12)
        year = today.year + years
        if 1 <= day <= monthrange(year, month + 1)[1] and date(year, month + 1, day) >= today:
            return date(year, month + 1, day)
    return None


def full_year(written: str) -> int:
    """The year that two or four digits stand for."""
    return 2000 + int(written) if len(written) == 2 else int(written)


def settle(found: Iterator[Found]) -> list[Found]:
    """What was found in the order of the text, the longer of two that overlap."""
    settled: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not settled or one.start >= settled[-1].end:
            settled.append(one)
    return settled
