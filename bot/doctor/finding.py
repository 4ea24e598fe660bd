"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How bad it is."""

    ERROR = "error"  # something does not work
    WARNING = "warning"  # it works, but not as anybody would want
    NOTE = "note"  # good to know


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and what to do about it; ``client`` is a slug, empty for the installation itself."""

    level: Level
    client: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.level}: {f'{self.client}: ' if self.client else ''}{self.what} {self.do}"
