"""Where in a client file something stands, and what was found wrong there."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

Path = tuple[str | int, ...]

NOUNS: Final = {
    "resources": "resource", "services": "service", "contacts": "contact", "catalogue": "item",
    "closures": "closure", "coverage": "coverage", "texts": "text",
    "hears": "hears", "task_kinds": "kind of task", "not_remote": "not remote",
}  # fmt: skip
"""What an entry of a table is called."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reading of a value depends on: the client's languages (the first one first), currency and country."""

    languages: tuple[str, ...]
    currency: str
    country: str = ""


class Fault(NamedTuple):
    """Something that is wrong in a file: its line, the line and the reason in words, and its path."""

    line: int
    text: str
    path: Path


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: its path there, and where to say what is wrong with it."""

    source: str
    lines: Mapping[Path, int]
    setting: Setting
    faults: list[Fault] = field(default_factory=list)
    path: Path = ()

    def __truediv__(self, key: str | int) -> Place:
        return Place(self.source, self.lines, self.setting, self.faults, (*self.path, key))

    def fault(self, reason: str) -> None:
        """Keeps what is wrong here, with its line."""
        text = f"{self.source}, line {self.line}: {said(self.path)} {reason}"
        self.faults.append(Fault(self.line, text, self.path))

    @property
    def line(self) -> int:
        """The line where this stands, or else the nearest table around it."""
        known = (self.lines.get(self.path[:length]) for length in range(len(self.path), 0, -1))
        return next((line for line in known if line is not None), 1)


def said(path: Path) -> str:
    """A path in words: "service 'cut': 'minutes'"."""
    section, *inner = path
    head = f"'{section}'"
    if section in NOUNS and inner:
        key, *inner = inner
        head = f"{NOUNS[str(section)]} " + (str(key + 1) if isinstance(key, int) else f"'{key}'")
    return f"{head}: '{'.'.join(map(str, inner))}'" if inner else head


def statements(text: str) -> dict[Path, int]:
    """The line on which each table and key of a TOML document stands (the document itself is taken as correct)."""
    lines: dict[Path, int] = {}
    table: Path = ()
    counted: Counter[Path] = Counter()
    waiting: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        waiting.append(line)
        try:
            parsed = tomllib.loads("\n".join(waiting))
        except tomllib.TOMLDecodeError:  # a value that goes on over several lines
            continue
        first = number - len(waiting) + 1
        if waiting[0].lstrip().startswith("["):
            table = header(parsed)
            if waiting[0].lstrip().startswith("[["):
                counted[table] += 1
                table = (*table, counted[table] - 1)
            for length in range(1, len(table) + 1):
                lines.setdefault(table[:length], first)
        else:
            for path in paths(parsed):
                lines.setdefault(table + path, first)
        waiting = []
    return lines


def header(parsed: Any) -> Path:
    """The path of a line that names a table, read on its own."""
    path: Path = ()
    while isinstance(parsed, dict) and parsed:
        (key, parsed), *_ = parsed.items()
        path = (*path, key)
    return path


def paths(parsed: Mapping[str, Any]) -> Iterator[Path]:
    """The path of each key in a table, of the tables inside it too."""
    for key, value in parsed.items():
        yield (key,)
        if isinstance(value, dict):
            yield from ((key, *path) for path in paths(value))
