"""What the doctor finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC
from enum import StrEnum
from typing import Any, Final

from bot.i18n import plain, weekday_headers
from bot.office.client_file.amounts import say_span
from bot.values import Message, Msgid, Plural


class Level(StrEnum):
    """How bad it is."""

    ERROR = "error"  # something does not work
    WARNING = "warning"  # it works, but not as anybody would want
    NOTE = "note"  # good to know


OURS: Final = "en"
"""The language of the command line."""


@dataclass(frozen=True)
class Week:
    """Stretches of weekdays (0 is Monday), in minutes after midnight, as a value of a finding."""

    stretches: tuple[tuple[int, int, int], ...]

    def said(self, language: str) -> str:
        """The stretches in words."""
        days = weekday_headers(language)
        return ", ".join(f"{days[weekday]} {say_span(start, end)}" for weekday, start, end in self.stretches)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is wrong, and what to do about it; ``client`` is a slug, empty for the installation itself.

    ``what`` and ``do`` are messages, filled in from ``values``, or plain English where only an operator reads them.
    ``part`` is the table of the client file where it is mended.
    """

    level: Level
    client: str
    what: Message | str
    do: Message | str
    values: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""

    def said(self, language: str = OURS) -> str:
        """What is wrong, in words."""
        return self._filled(self.what, language)

    def advice(self, language: str = OURS) -> str:
        """What to do about it, in words."""
        return self._filled(self.do, language)

    def _filled(self, message: Message | str, language: str) -> str:
        if not isinstance(message, Msgid | Plural):
            return message
        values = {name: one.said(language) if isinstance(one, Week) else one for name, one in self.values.items()}
        return plain(message, values, language, UTC)

    def __str__(self) -> str:
        place = f" ([{self.part}])" if self.part else ""
        return f"{self.level}: {f'{self.client}: ' if self.client else ''}{self.said()} {self.advice()}{place}"
