"""The kinds of words: what stands for one another, so that a text says the same in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.reading.folding import fold_all

Words = tuple[str, ...]
_LONGEST = 5  # words that stand for one
_SHORTEST = 3  # letters of a stem


class Kinds:
    """Finds the kinds of words, as the tables of one language list them; a word ending in * stands for its stem.

    Raises ``ValueError`` where a table lists a whole phrase.
    """

    def __init__(self, tables: Mapping[str, str]) -> None:
        self._words: dict[str, Words] = {}
        self._stems: dict[str, Words] = {}
        self.groups: dict[str, list[tuple[Words, Words]]] = {}
        for kind, listed in tables.items():
            for one in re.split(r"[,\n]+", fold_all(listed)):
                self._enter(one.strip(), "@" + kind)
        for groups in self.groups.values():
            groups.sort(key=lambda group: -len(group[0]))
        self._starts = {stem[:_SHORTEST] for stem in self._stems}
        self.pairs = frozenset(words[:2] for groups in self.groups.values() for words, _ in groups)

    def _enter(self, listed: str, kind: str) -> None:
        words = tuple(re.findall(r"[^\W_]+", listed))
        if len(words) > _LONGEST:
            raise ValueError(f"no kind of words, but a phrase: {listed!r}")
        if len(words) > 1:
            self.groups.setdefault(words[0], []).append((words, (kind,)))
        elif words:
            table = self._stems if listed.endswith("*") else self._words
            table[words[0]] = (*table.get(words[0], ()), kind)

    def of(self, word: str) -> Words:
        """The kinds of one word; nothing where it is of none."""
        if word in self._words:
            return self._words[word]
        if word[:_SHORTEST] not in self._starts:
            return ()
        return next((self._stems[word[:n]] for n in range(len(word), _SHORTEST - 1, -1) if word[:n] in self._stems), ())

    @property
    def listed(self) -> Iterator[str]:
        """Every word listed by itself."""
        return iter(self._words)


def group(words: Sequence[str], index: int, groups: Sequence[tuple[Words, Words]]) -> tuple[int, Words]:
    """How many words from here on are one of the groups (the longest first), and its kinds; 0 where they are none."""
    second = words[index + 1] if index + 1 < len(words) else ""
    for listed, kinds in groups:
        if listed[1] == second and tuple(words[index : index + len(listed)]) == listed:
            return len(listed), kinds
    return 0, ()
