"""The signs by which a wish is known: the words of a text, their kinds, and how they stand beside one another."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property
from itertools import pairwise
from operator import itemgetter

from bot.reading.choices import one_slip
from bot.reading.denials import PARTING, Denials
from bot.reading.folding import fold_all
from bot.reading.kinds import Kinds, Words, group
from bot.reading.own import NOTHING_OWN, Own
from bot.reading.phrases import phrases, sayings, source, speech, written
from bot.reading.remembering import remembered

MOST = 80
"""Words of a text that are looked at; what stands beyond is not read."""

_TOKEN = re.compile(r"[^\W_]+|[.,;:!?\n]|\{[a-z]+\}|[^\w\s'\"()/-]")
_SMALL = re.compile(r"\b[^\W\d_A-Z]\w*")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # "ciaooo"
_STANDS_FOR = {"{service}": ("@service",), "{contact}": ("@staff",), "{item}": ("@goods",), "{day}": ("@day",)}
_PLACES = {kinds: place for place, kinds in _STANDS_FOR.items()}
_STEM = 5  # letters by which a longer word is known, too
_LEAST = 2  # how often a word must be met in the phrases to be known; one of a very short phrase is known at once
_SHORT = 2
_REMEMBERED = 2_000
Unit = tuple[int, Words, Words]
_START: Words = ("<",)
_UNKNOWN: Words = ("#",)
_MANY = 3
_UNKNOWN_WORDS = tuple(f"unknown {many}" for many in range(_MANY + 1))
_LENGTHS = tuple(f"long {many}" for many in range(9))
_NUMBER: Words = ("0",)
_POLITE: Words = ("@please",)


class _Alone(dict[str, Unit]):
    """What a word is by itself, remembered."""

    def __init__(self, named: Callable[[str], Words]) -> None:
        self._named = named

    def __missing__(self, word: str) -> Unit:
        names = self._named(word)
        unit = 1, names, (*names, *_spelt(word)[names == (word,) :])
        if len(self) >= _REMEMBERED:
            self.clear()  # what is said every day is soon back; names and numbers are many, and not
        self[word] = unit
        return unit


class Signs:
    """Gives the signs of texts in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.denials = Denials(speech(language))
        self._kinds = Kinds(written(language)["kinds"])
        self._known = remembered(f"words-{language}", [source(language)], self._learn)
        self._alone = _Alone(self._named)
        self._forgiving = True

    @cached_property
    def _phrases(self) -> list[tuple[list[str], str]]:
        """The phrases of the language, cut, with their intents."""
        return [(tokens(text), intent) for text, intent in sayings(self.language)]

    def _learn(self) -> dict[str, bool]:
        """The words that are known, and whether the phrases write them small, as they never do names."""
        met = set("\n".join(phrases(self.language).values()).split())
        small = set(fold_all("\n".join(set(_SMALL.findall("\n".join(met))))).split("\n"))
        return {word: word in small for word in _known(words for words, _ in self._phrases)}

    def examples(self) -> Iterator[tuple[list[str], set[str], str]]:
        """The phrases, cut, their signs and their intents; gone through once, to learn from.

        Slips of the pen are not looked for in them: a rare word of ours is most often meant as it is.
        """
        self._forgiving = False
        yield from ((words, self.of(words), intent) for words, intent in self._phrases)
        self._forgiving = True
        del self._phrases
        self._alone.clear()

    @property
    def known(self) -> Iterator[str]:
        """The words that are known whole."""
        return (word for word, small in self._known.items() if small and word.isalpha())

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the language's that wishes are made of."""
        return self._known.get(word, False) or bool(self._kinds.of(word))

    def strange(self, word: str) -> bool:
        """Whether a folded word is none of the language's, nor a slip of the pen for one: a name, most likely."""
        if self.knows(word) or word in self._kinds.groups:
            return False
        return self._named(word) == _UNKNOWN or word in self._known

    def of(self, words: Sequence[str], own: Own = NOTHING_OWN) -> set[str]:
        """The signs of a text, given in ``tokens``. ``own`` are the client's words."""
        denied = self.denials.places(words)
        if not PARTING.isdisjoint(words):
            words = [word for word in words if word not in PARTING]
        plain = not denied and own is NOTHING_OWN and self._kinds.pairs.isdisjoint(pairwise(words))
        units = map(self._alone.__getitem__, words) if plain else self._units(words, denied, own)
        signs: list[str] = []
        last = _START
        for _, names, shown in units:
            signs += shown
            if len(names) == 1 == len(last):
                signs.append(f"{last[0]} {names[0]}")
            else:
                signs += [f"{one} {name}" for one in last for name in names]
            last = names
        signs += [name + " >" for name in last]
        unknown = signs.count(_UNKNOWN[0])
        signs += (_LENGTHS[min(len(words), len(_LENGTHS) - 1)], _UNKNOWN_WORDS[min(unknown, _MANY)])
        return set(signs)

    def unknown(self, words: Iterable[str], own: Own = NOTHING_OWN) -> list[str]:
        """The words that the phrases do not have, or have once."""
        return [word for word in words if self._alone[word][1] is _UNKNOWN and not own.of(word)]

    def _units(self, words: Sequence[str], denied: Collection[int], own: Own) -> Iterator[Unit]:
        """What stands in a text one after another, what is denied marked so."""
        index = 0
        while index < len(words):
            length, names, shown = self._unit(words, index, own)
            if index in denied:
                names, shown = tuple(["!" + name for name in names]), tuple(["!" + one for one in shown])
            yield length, names, shown
            index += length

    def _unit(self, words: Sequence[str], index: int, own: Own) -> Unit:
        """What stands here: how many words are one thing, what it is known as, and that with how it is spelt."""
        word, length = words[index], 0
        names: Words = ()
        if word in own.groups:
            length, names = group(words, index, own.groups[word])
        if not length and word in self._kinds.groups:
            length, names = group(words, index, self._kinds.groups[word])
        if length:
            return length, names, (*names, *(one for word in words[index : index + length] for one in _spelt(word)))
        if kinds := own.of(word):
            names = (*kinds, *(kind for kind in self._kinds.of(word) if kind not in kinds))
            return 1, names, (*names, *_spelt(word))
        return self._alone[word]

    def _named(self, word: str) -> Words:
        if kinds := _STANDS_FOR.get(word) or self._kinds.of(word):
            return kinds
        if word.isdigit() or word in self._known:
            return _NUMBER if word.isdigit() else (word,)
        if (short := _DRAWN_OUT.sub(r"\1", word)) != word:
            return self._named(short)
        if self._forgiving and len(word) >= _STEM - 1 and (meant := self._meant(word)):
            return self._kinds.of(meant) or (meant,)
        return (_stem(word),) if len(word) > _STEM and _stem(word) in self._known else _UNKNOWN

    @cached_property
    def _halves(self) -> dict[int, list[tuple[Callable[[str], str], list[str]]]]:
        """The known words of each length, in the order of their first halves and in that of their last."""
        words: defaultdict[int, list[str]] = defaultdict(list)
        for word in (*self._kinds.listed, *sorted(self._known)):
            if len(word) >= _STEM and word.isalpha():
                words[len(word)].append(word)
        return {length: [(half, sorted(alike, key=half)) for half in _sides(length)] for length, alike in words.items()}

    def _meant(self, word: str) -> str | None:
        """The known word that this is with one slip of the pen: a slip leaves one half of it as it is."""
        for length in (len(word), len(word) + 1, len(word) - 1):
            for half, words in self._halves.get(length, ()):
                mine = half(word)
                first = bisect_left(words, mine, key=half)
                for meant in words[first : bisect_right(words, mine, first, key=half)]:
                    if meant[0] in word[:2] and one_slip(word, meant):
                        return meant
        return None

    def bare(self, words: Sequence[str], own: Own = NOTHING_OWN) -> tuple[str, str]:
        """The words of a text without marks and polite words; and the same with "{service}" for a service."""
        words = alone(words)
        plain, general, index = [], [], 0
        while index < len(words):
            length, names, _ = self._unit(words, index, own)
            if names != _POLITE:
                plain += words[index : index + length]
                general += [_PLACES[names]] if names in _PLACES else words[index : index + length]
            index += length
        return " ".join(plain or words), " ".join(general or words)


def tokens(text: str) -> list[str]:
    """The words and signs of a folded text, with what stands for a kind ("{service}") and what parts clauses."""
    return _TOKEN.findall(text)[:MOST]


def alone(tokens: Sequence[str]) -> list[str]:
    """The words of a text and what stands for a kind, without marks; of marks alone the first ("👍👍")."""
    return [word for word in tokens if word.isalnum() or word in _STANDS_FOR] or list(tokens[:1])


def _known(texts: Iterable[Sequence[str]]) -> list[str]:
    """Which words are known, whole or by how they begin."""
    met = Counter(word for words in texts for word in (words if len(words) > _SHORT else (*words, *words)))
    for word, times in list(met.items()):
        if len(word) > _STEM:
            met[_stem(word)] += times
    return [word for word, times in met.items() if times >= _LEAST]


def _spelt(word: str) -> Words:
    """The word, and how it begins."""
    return ("=" + word, "=" + _stem(word)) if len(word) > _STEM else ("=" + word,)


def _stem(word: str) -> str:
    """How a longer word begins."""
    return word[:_STEM] + "~"


def _sides(length: int) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """What a word begins with and what it ends with, where it has half the letters of one of that length."""
    half = length // 2
    return itemgetter(slice(half)), itemgetter(slice(half - length, None))


@cache
def signs(language: str) -> Signs:
    """The signs of one language; its phrases are gone through once."""
    return Signs(language)
