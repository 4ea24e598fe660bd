"""A client's own words: services, people and goods by name, and phrases whose meaning somebody corrected."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from bot.reading.folding import fold
from bot.reading.kinds import Words
from bot.values import Client

_NAME = 6  # words of a longer name that are looked for
_LONG = 5  # letters of a word that stands for the whole name
_ENDING = 2  # letters that may change at the end of such a word


@dataclass(frozen=True, eq=False)
class Own:
    """Names and the kind that they are of (service, staff, goods); phrases by language, each with its intent."""

    names: tuple[tuple[str, str], ...] = ()
    phrases: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)

    @cached_property
    def groups(self) -> dict[str, list[tuple[Words, Words]]]:
        """Names of several words with their kinds, by the first word, the longest first."""
        groups: dict[str, list[tuple[Words, Words]]] = {}
        for words, kind in sorted(self._folded, key=lambda one: -len(one[0])):
            if len(words) > 1:
                groups.setdefault(words[0], []).append((words, (kind,)))
        return groups

    @cached_property
    def _stems(self) -> dict[str, Words]:
        stems: dict[str, Words] = {}
        for words, kind in self._folded:
            for word in words:
                if len(words) == 1 or len(word) >= _LONG:
                    stems[_stem(word)] = (kind,)
        return stems

    @cached_property
    def _folded(self) -> list[tuple[Words, str]]:
        found = ((tuple(re.findall(r"[^\W_]+", fold(name)))[:_NAME], "@" + kind) for name, kind in self.names)
        return [(words, kind) for words, kind in found if words]

    def of(self, word: str) -> Words:
        """The kind of a name, or of a longer word of one, however it ends; nothing where the word is none."""
        if not self.names:
            return ()
        return next((self._stems[key] for key in (word, _stem(word), word[: -_ENDING * 2]) if key in self._stems), ())


NOTHING_OWN = Own()
_made: dict[int, tuple[Client, Own]] = {}


def own_words(client: Client) -> Own:
    """The words of a client, made ready once for each of its versions."""
    made = _made.get(client.id)
    if made is None or (made[0] is not client and made[0] != client):
        made = _made[client.id] = client, Own(tuple(_names(client)), client.phrases)
    return made[1]


def _names(client: Client) -> Iterable[tuple[str, str]]:
    for item in client.catalogue:
        yield from ((name, "goods") for _, name in item.name.texts)
    for contact in client.contacts:
        yield from ((name, "staff") for name in (contact.name, *(role for _, role in contact.role.texts)))
    yield from ((resource.name, "staff") for resource in client.resources if resource.kind == "staff")
    for service in client.services:
        yield from ((name, "service") for name in (*(name for _, name in service.name.texts), *service.synonyms))


def _stem(word: str) -> str:
    return word[:-_ENDING] if len(word) >= _LONG else word
