"""Corrections of what was said before: "actually", "anzi", "wrong number"; words: locales/<language>/changes.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.reading import Ear, Folded, Reading, Word, folded
from bot.reading.phrases import LOCALES, Phrases, phrase
from bot.values import LANGUAGES

__all__ = ["Lead", "core", "lead", "only_around", "read_for_whom", "read_wrong"]


@dataclass(frozen=True, slots=True)
class Lead:
    """What a text comes to: ``marked`` if it begins or ends as a correction does, and ``text`` without that."""

    marked: bool
    text: str


@dataclass(frozen=True)
class Changes:
    """How one language corrects itself."""

    marks: Phrases
    no: Phrases
    around: Phrases
    wrong: Phrases
    answers: Mapping[str, Phrases]  # what each answer is called
    ahead: Phrases  # "for my"
    kin: Phrases


def lead(text: str, ear: Ear) -> Lead:
    """The text without the words that only lead to what is corrected, and whether there are any of these."""
    line = folded(text)
    for language in ear.languages:
        known, words = changes(language), line.words
        first = _after_marks(words, known)
        last = len(words)
        while last > first and (start := _before(known.marks, words, last)) < last:
            last = start
        if (first, last) != (0, len(words)):
            start, end = line.span(words[first].start, words[last - 1].end) if first < last else (0, 0)
            return Lead(True, text[start:end])
    return Lead(False, text)


def core(text: str, ear: Ear) -> str:
    """The text without the words at its ends that change nothing: "3 is good" comes to "3"."""
    line = folded(text)
    words = line.words
    for language in ear.languages:
        idle = _idle(words, changes(language))
        kept = [index for index in range(len(words)) if index not in idle]
        if kept and len(kept) < len(words):
            start, end = line.span(words[kept[0]].start, words[kept[-1]].end)
            return text[start:end]
    return text


def only_around(text: str, ear: Ear) -> bool:
    """Whether there is nothing in the text but words that change nothing about a correction."""
    words = folded(text).words
    known = [one for one in map(changes, ear.languages) if _begins_idle(words, one)]
    return any(len(_idle(words, one)) == len(words) for one in known)


def read_wrong(text: str, ear: Ear, names: Collection[str]) -> str | None:
    """The last of these answers that the text calls wrong and asks to give again; None where it says more."""
    words = folded(text).words
    for language in ear.languages:
        known = changes(language)
        wrong = known.wrong.covered(words)
        if not wrong:
            continue
        idle = _idle(words, known)
        for name in reversed([*names]):
            called = known.answers.get(name.rstrip("0123456789"))
            at = called.covered(words) if called is not None else set()
            if at and wrong - at and len(at | wrong | idle) == len(words):
                return name
    return None


def read_for_whom(text: str, ear: Ear) -> Reading | None:
    """For whom something is wished, without "for my", with the name that follows: "daughter Emma"; None if none is."""
    line = folded(text)
    for language in ear.languages:
        known = changes(language)
        for match in sorted(known.ahead.found(line.words), key=lambda one: -one.last):
            last = max((one.last for one in known.kin.at(line.words, match.last)), default=0)
            if not last:
                continue
            if last < len(line.words) and _is_capital(line, line.words[last]):
                last += 1
            (start, _), (begin, end) = (line.span(word.start, line.words[last - 1].end)
                                        for word in (line.words[match.first], line.words[match.last]))  # fmt: skip
            return Reading(text[begin:end], (start, end))
    return None


def _is_capital(line: Folded, word: Word) -> bool:
    """Whether a word that follows is written as a name is, right behind and not as a new sentence."""
    begin = line.span(word.start, word.end)[0]
    return line.source[begin].isupper() and line.source[begin - 1] == " " and line.source[begin - 2].isalpha()


def _begins_idle(words: tuple[Word, ...], known: Changes) -> bool:
    """Whether the first word may be one that changes nothing: of most texts it is not."""
    return not words or any(idle.begun(words[0].text) for idle in (known.around, known.marks, known.no))


def _idle(words: tuple[Word, ...], known: Changes) -> set[int]:
    return known.around.covered(words) | known.marks.covered(words) | known.no.covered(words)


def _after_marks(words: tuple[Word, ...], known: Changes) -> int:
    """Behind the words with which a correction begins; a no is one of them where a pause or another one follows."""
    first = 0
    while first < len(words):
        end = max((match.last for match in known.marks.at(words, first)), default=first)
        denies = max((match.last for match in known.no.at(words, first)), default=first)
        if denies > end and denies < len(words):
            paused = words[denies].clause != words[first].clause or any(known.marks.at(words, denies))
            end = denies if paused else end
        if end == first:
            break
        first = end
    return first


def _before(phrases: Phrases, words: tuple[Word, ...], last: int) -> int:
    """Where the longest phrase that ends before this place begins; the same place where none does."""
    starts = (
        match.first
        for start in range(max(0, last - 4), last)
        for match in phrases.at(words, start)
        if match.last == last
    )
    return min(starts, default=last)


@cache
def content(language: str) -> Mapping[str, Any]:
    """The file of one language."""
    return tomllib.loads((LOCALES / language / "changes.toml").read_text(encoding="utf-8"))


@cache
def changes(language: str) -> Changes:
    """The words of one language."""
    table = content(language)
    answers = {name: phrases(words) for name, words in table["answers"].items()}
    marks, no, around, wrong = (phrases(table[kind]) for kind in ("marks", "no", "around", "wrong"))
    ahead, kin = (phrases(table["people"][part]) for part in ("ahead", "kin"))
    return Changes(marks, no, around, wrong, answers, ahead, kin)


def phrases(words: str) -> Phrases:
    """A list of phrases, parted by commas."""
    return Phrases(phrase(one.strip()) for one in words.split(",") if one.strip())


def prepare() -> None:
    """Loads the words of every language, which otherwise happens at the first text."""
    for language in LANGUAGES:
        changes(language)
