"""What a member of a client's team writes: commands, how an order stands, kinds of task; words: locales/*/team.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from bot.reading import fold, folded
from bot.reading.folding import bag
from bot.reading.phrases import LOCALES, Phrases, phrase
from bot.values import LANGUAGES

__all__ = ["is_hello", "means_everybody", "named", "read_command", "read_kind", "standings"]

COMMANDS: Final = bag("tell busy closed today order status help")
"""What can be said behind the command that is ours, besides what is to be done."""
_TABLES: Final = bag("commands standings kinds words")


def read_command(word: str) -> str | None:
    """Which command a word is, in any language we read; punctuation behind it does not count."""
    return _commands().get(folded(word).bare)


@cache
def standings() -> Mapping[str, str]:
    """How orders stand, by all that it is called, folded."""
    said = (written(language)["standings"] for language in LANGUAGES)
    return {fold(one): status for table in said for status, many in table.items() for one in many}


def read_kind(text: str, languages: Iterable[str], own: Phrases | None = None) -> str | None:
    """The kind of task that the words first name, the longest name where several begin there; None where they don't.

    What the client itself calls its kinds, ``own``, goes before our words, and one language before the next.
    """
    words = folded(text).words
    for known in (own, *map(_kinds, languages)):
        found = known.found(words) if known is not None else ()
        if found:
            return min(found, key=lambda one: (one.first, -one.last)).phrase.means
    return None


def named(kinds: Iterable[tuple[str, Sequence[str]]]) -> Phrases:
    """Kinds of task by what each is called, for ``read_kind``; what has no letters is left out."""
    return Phrases(phrase(one, kind) for kind, many in kinds for one in many if any(map(str.isalnum, one)))


def means_everybody(text: str) -> bool:
    """Whether the words mean everybody, or the whole business."""
    words = folded(text).words
    return any(_words(language)["everybody"].found(words) for language in LANGUAGES)


def is_hello(text: str) -> bool:
    """Whether a text only greets, or asks for help."""
    words = folded(text.removeprefix("/")).words
    if len(words) == 1 and read_command(words[0].text) == "help":
        return True
    met = set().union(*(_words(language)["hello"].covered(words) for language in LANGUAGES))
    return bool(words) and len(met) == len(words)


# --- the words --------------------------------------------------------------------------------------------------------


@cache
def written(language: str) -> Mapping[str, Any]:
    """The file of one language. Raises ``ValueError`` where it lacks a table or a command, or has one too many."""
    path = LOCALES / language / "team.toml"
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    unknown = {*(set(content) ^ _TABLES), *(set(content.get("commands", ())) ^ COMMANDS)}
    if unknown:
        raise ValueError(f"{path}: unknown or missing: {', '.join(sorted(unknown))}")
    return content


@cache
def _commands() -> Mapping[str, str]:
    tables = (written(language)["commands"] for language in LANGUAGES)
    return {fold(word): name for table in tables for name, many in table.items() for word in many}


@cache
def _kinds(language: str) -> Phrases:
    return named(written(language)["kinds"].items())


@cache
def _words(language: str) -> Mapping[str, Phrases]:
    table = written(language)["words"]
    return {name: Phrases(phrase(one) for one in many) for name, many in table.items()}
