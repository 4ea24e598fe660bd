"""Changes of mind: words at a later question that give an earlier answer anew, or call it wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.dialog.asking import Ask
from bot.dialog.reader import Reader
from bot.reading import Ear, Reading, folded, rest
from bot.reading.changes import lead, only_around, read_wrong
from bot.update import Json
from bot.values import Invalid

Given = tuple[Ask[Any], Json]
"""A question that was answered, and its answer as it is stored."""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The earliest answer that is given anew; ``text`` is what gives it, and ``names`` all that it gives.

    An empty ``text`` only calls it wrong: it is to be asked again. Without a ``name`` all stands as it was said before,
    and ``text`` is what was said to it.
    """

    name: str
    text: str = ""
    names: tuple[str, ...] = ()


def amendment(
    given: Sequence[Given], text: str, ear: Ear, here: Reader[Any] | None, *, loose: bool = False, strict: bool = False
) -> Amendment | None:
    """What a text changes of the answers given, where it is no answer to ``here``, the question that waits.

    The text must come to no more than that, most of all where it is ``strict``: it may wish for something else. Unless
    it is ``loose``: then nothing else knew what to make of it.
    """
    led = lead(text, ear)
    if not led.marked and here is not None and not here.greedy:
        answers, left = answered(here, led.text, ear)
        if answers and only_around(left, ear):
            return None
    given = [one for one in given if type(one[0].reader) is not type(here)]  # two days: what waits is meant
    found, left = changed(given, led.text, ear, marked=led.marked)
    if not found:
        return repeated(given, text, led.text, left, ear, here)
    answers = False
    if here is not None and not here.greedy:
        answers, left = answered(here, left, ear)
    telling = all(ask.reader.telling for ask in found)
    meant = only_around(left, ear)
    if here is not None and here.greedy:
        meant = meant and (led.marked or (telling and is_no_name(led.text)))
    elif answers and not strict:
        meant = meant or led.marked or telling
    return Amendment(found[0].name, led.text, tuple(ask.name for ask in found)) if meant or loose else None


def repeated(
    given: Sequence[Given], text: str, core: str, left: str, ear: Ear, here: Reader[Any] | None
) -> Amendment | None:
    """What is called wrong, or said once more as it stands."""
    wrong = read_wrong(text, ear, [ask.name for ask, _value in given])
    if wrong is not None:
        return Amendment(wrong)
    waits = here is not None and (here.greedy or answered(here, left, ear)[0])
    says_again = left != core and only_around(left, ear) and not waits
    return Amendment("", left) if says_again else None


def changed(given: Sequence[Given], text: str, ear: Ear, *, marked: bool) -> tuple[list[Ask[Any]], str]:
    """The questions whose answers the text gives otherwise than they stand, and what it says besides."""
    found = []
    for ask, value in given:
        reading = amends(ask, value, text, ear, marked)
        if reading is None or rivals(given, ask, reading, text, ear, marked):
            continue
        text = rest(text, reading)
        meanings = (reading.value,) if marked else (reading.value, *reading.alternatives)
        if value not in meanings:
            found.append(ask)
    return found, text


def amends(ask: Ask[Any], value: Json, text: str, ear: Ear, marked: bool) -> Reading | None:
    """What the text makes of one answer; what it says wrongly counts. A bare name changes one only if marked."""
    if not text:
        return None
    try:
        return ask.reader.amend(text, ear, value) if marked or not ask.reader.greedy else ask.reader.spot(text, ear)
    except Invalid:
        return Reading(None, (0, len(text)))


def rivals(given: Sequence[Given], ask: Ask[Any], reading: Reading, text: str, ear: Ear, marked: bool) -> bool:
    """Whether another answer of the same kind may be meant as well: two quantities, two days."""
    others = ((other, value) for other, value in given if other is not ask and type(other.reader) is type(ask.reader))
    return any((one := amends(other, value, text, ear, marked)) and one.span == reading.span for other, value in others)


def answered(here: Reader[Any], text: str, ear: Ear) -> tuple[bool, str]:
    """Whether the text answers the question that waits, and what it says besides."""
    try:
        reading = here.read(text, ear) if text else None
    except Invalid:
        return True, ""
    return reading is not None, rest(text, reading) if reading is not None else text


def is_no_name(text: str) -> bool:
    """Whether words that name a day or an hour can't be somebody's name: "Domenica" may be, "domenica alle 4" not."""
    words = folded(text).words
    return len(words) > 1 or text[:1].islower()
