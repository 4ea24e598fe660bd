"""The words of locales/<language>/wishes.toml: loaded, checked, and phrases found in a text."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bot.reading.folding import Word, bag, fold_all, folded
from bot.reading.remembering import remembered

LOCALES = Path(__file__).resolve().parents[2] / "locales"

INTENTS = bag(
    "book move cancel list message order_status order_place order_change order_cancel human change_language hours "
    "price yes no thanks greet bye help repeat stop leave back urgent settings privacy"
)
"""Everything that can be wished for."""
NONE = "none"
"""What talk is called that wishes for nothing of ours."""
KINDS = bag(
    "visit service seat order ordered parcel goods amount bookv come see free movev instead change add remove wrong "
    "cancel cant nolonger give sick tell message callme talk person staff bot lang tongue speak arrive status ready "
    "collect where when howmuch open hours hello goodbye place buy mine day time family again remind please want "
    "elsewhere"
)
"""The kinds of words that stand for one another; those that mean an act end in v where a noun has the name."""

_WORDS = ("human", "back", "leave", "yes", "no", "thanks")
_SPEECH = ("negations", "links", "fillers", "objections", "neither", "wants")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Folded words to be met in this order; ``whole`` ones count only if they are all that is written.

    A word that ends in * stands for every word that begins so.
    """

    words: tuple[str, ...]
    means: str
    whole: bool = False

    @property
    def letters(self) -> int:
        """How much of a text the phrase explains."""
        return sum(len(word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase met in a text, from word ``first`` up to, not including, word ``last``."""

    phrase: Phrase
    first: int
    last: int


class Phrases:
    """A set of phrases, kept by their first word so that a text is read in one pass."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[Phrase]] = {}
        for phrase in sorted(phrases, key=lambda one: (-len(one.words), -one.letters)):
            self._by_word.setdefault(phrase.words[0], []).append(phrase)
        # Of the beginnings of a word only those are looked up that are as long as some phrase's.
        self._stems = sorted({len(word) - 1 for word in self._by_word if word.endswith("*")}, reverse=True)

    @property
    def starts(self) -> frozenset[str]:
        """The first words of all phrases, as they are written."""
        return frozenset(self._by_word)

    def at(self, words: Sequence[Word], index: int) -> list[Match]:
        """The phrases that begin at this word, the longest first among those of the same first word."""
        return [
            Match(phrase, index, last)
            for begun in self.begun(words[index].text)
            for phrase in begun
            if (last := index + len(phrase.words)) <= len(words)
            and all(map(_same, phrase.words[1:], words[index + 1 : last]))
        ]

    def found(self, words: Sequence[Word]) -> list[Match]:
        """Every phrase met anywhere."""
        begun, at = self.begun, self.at  # most words begin none
        return [match for index, word in enumerate(words) if begun(word.text) for match in at(words, index)]

    def covered(self, words: Sequence[Word]) -> set[int]:
        """The indexes of all words that some phrase covers."""
        return {index for match in self.found(words) for index in range(match.first, match.last)}

    def begun(self, word: str) -> list[list[Phrase]]:
        """The phrases that this word may begin, by first words: the whole word's, then its stems."""
        known = self._by_word
        begun = [known[word]] if word in known else []
        for length in self._stems:
            if length <= len(word) and (found := known.get(word[:length] + "*")):
                begun.append(found)
        return begun


@dataclass(frozen=True)
class Speech:
    """How one language wishes: what is read word for word, and the small words around wishes."""

    wishes: Phrases
    negations: Phrases
    links: Phrases  # may stand between a negation and the noun it denies: "is not an ..."
    fillers: Phrases  # change nothing: "please", "I would like to"
    objections: Phrases  # after a yes they take it back: "but"
    neither: Phrases  # a yes in one language and a no in another
    wants: Phrases  # what is denied when a wish is: "don't want to ..."


def _same(pattern: str, word: Word) -> bool:
    return word.text.startswith(pattern[:-1]) if pattern.endswith("*") else word.text == pattern


def phrase(written: str, means: str = "") -> Phrase:
    """A phrase as the files write it: "=" before it for whole texts only, * after a word for every ending."""
    whole = written.startswith("=")
    words = []
    for word in folded(written.lstrip("=").replace("*", "\ue000")).text.split():
        parts = [part.text for part in folded(word.replace("\ue000", " ")).words]
        if parts and word.endswith("\ue000"):
            parts[-1] += "*"
        words += parts
    if not words:
        raise ValueError(f"a phrase without words: {written!r}")
    return Phrase(tuple(words), means, whole)


def source(language: str) -> bytes:
    """The file of one language, as it is on disk."""
    return (LOCALES / language / "wishes.toml").read_bytes()


def written(language: str) -> Mapping[str, Any]:
    """The file of one language without its phrases, which are only learned from; to make something of, not to keep.

    Raises ``ValueError`` where a table lacks an entry or has an unknown one.
    """

    def tables() -> dict[str, Any]:
        return {table: content for table, content in _file(language).items() if table != "phrases"}

    return remembered(f"tables-{language}", [source(language)], tables)


@cache
def _file(language: str) -> Mapping[str, Any]:
    path = LOCALES / language / "wishes.toml"
    content = tomllib.loads(source(language).decode())
    wanted = {"words": set(_WORDS), "speech": {*_SPEECH, "joins"}, "phrases": INTENTS | {NONE}}
    for table, names in wanted.items():
        if unknown := set(content[table]) ^ names:
            raise ValueError(f"{path}: [{table}] unknown or missing: {', '.join(sorted(unknown))}")
    if unknown := set(content["kinds"]) - KINDS:
        raise ValueError(f"{path}: [kinds] unknown: {', '.join(sorted(unknown))}")
    return content


@cache
def speech(language: str) -> Speech:
    """The words of one language that are read word for word. Raises ``ValueError`` as ``written`` does."""
    content = written(language)
    wishes = Phrases(phrase(one, intent) for intent, many in content["words"].items() for one in many)
    small = {kind: Phrases(phrase(one) for one in content["speech"][kind]) for kind in _SPEECH}
    return Speech(wishes, **small)


def phrases(language: str) -> Mapping[str, str]:
    """The phrases of one language by their intents, a line each."""
    found: Mapping[str, str] = _file(language)["phrases"]
    return found


def forget() -> None:
    """Lets go of the phrases, once they are learned: they are read again where one is shown."""
    _file.cache_clear()
    sayings.cache_clear()


@cache
def as_written(language: str) -> Mapping[str, str]:
    """The phrases with their capitals and accents, by what they are when folded."""
    return {fold_all(line): line for lines in phrases(language).values() for line in lines.split("\n")}


@cache
def sayings(language: str) -> tuple[tuple[str, str], ...]:
    """Every phrase that the reader learns from, folded, and its intent (or ``NONE``)."""
    said = [(line, intent) for intent, lines in phrases(language).items() for line in fold_all(lines).split("\n")]
    known, words = {line for line, _ in said}, written(language)["words"]
    word_for_word = ((fold_all(line.lstrip("=")), intent) for intent, many in words.items() for line in many)
    said += [(line, intent) for line, intent in word_for_word if line not in known and "*" not in line]
    return tuple(one for one in said if one[0])
