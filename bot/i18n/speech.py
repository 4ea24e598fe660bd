"""How a language speaks of days, times and spans: what each of our languages must be able to say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from datetime import date
from typing import ClassVar, NamedTuple


class When(NamedTuple):
    """A day, or a moment of it on the local clock, and which day it is today as far as that is known."""

    day: date
    clock: str = ""  # "9:00"; empty for a day alone
    hour: int = 0
    today: date | None = None

    @property
    def ahead(self) -> int | None:
        """Days from today."""
        return (self.day - self.today).days if self.today is not None else None

    @property
    def this_month(self) -> bool:
        """Whether the day is known to lie in the month it is now."""
        return self.today is not None and self.today.replace(day=1) == self.day.replace(day=1)

    @property
    def other_year(self) -> bool:
        """Whether the year must be said."""
        return self.today is not None and self.today.year != self.day.year

    @property
    def year(self) -> str:
        """The year to add after the month, where it isn't plain."""
        return f" {self.day.year}" if self.other_year else ""

    @property
    def midnight(self) -> bool:
        """Whether the day begins at this moment."""
        return self.clock == "0:00"


class Speech(ABC):
    """One language. Every form carries its own preposition; forms of a moment leave the time away for a day alone."""

    locale: ClassVar[str]  # as babel knows it
    weekdays: ClassVar[tuple[str, ...]]
    months: ClassVar[tuple[str, ...]]  # as they stand alone
    headers: ClassVar[tuple[str, ...]]  # weekdays over a calendar
    both: ClassVar[str]  # between the last two of a list
    either: ClassVar[str]  # the same where one is to be chosen
    truth: ClassVar[tuple[str, str]]  # no, yes

    def __init__(self) -> None:
        self.forms: Mapping[str, Callable[[When], str]] = {
            "": self.plain,
            "day": self.named,
            "date": self.dated,
            "short": self.short,
            "weekday": self.weekday,
            "month": self.month,
            "time": self.time,
            "at": self.at,
            "till": self.till,
            "on": self.on,
            "near": self.near,
            "soon": self.soon,
            "by": self.by,
            "until": self.until,
            "from": self.starting,
            "since": self.since,
        }

    def plain(self, when: When) -> str:
        """On a label line: "Tuesday 24 November, 15:00"."""
        return self.named(when) + (f", {when.clock}" if when.clock else "")

    def time(self, when: When) -> str:
        """The time alone: "9:00"."""
        return when.clock

    def weekday(self, when: When) -> str:
        """The weekday alone."""
        return self.weekdays[when.day.weekday()]

    def month(self, when: When) -> str:
        """The title of a calendar page: "November 2026"."""
        return f"{self.months[when.day.month - 1]} {when.day.year}"

    @abstractmethod
    def named(self, when: When) -> str:
        """The day alone: "Tuesday 24 November"."""

    @abstractmethod
    def dated(self, when: When) -> str:
        """The day without its weekday: "24 November"."""

    @abstractmethod
    def short(self, when: When) -> str:
        """On a button: "Tue 24 Nov, 15:00"."""

    @abstractmethod
    def at(self, when: When) -> str:
        """The time in a sentence: "at 15:00"."""

    @abstractmethod
    def till(self, when: When) -> str:
        """The time that something ends, in a sentence: "until 19:00", "until midnight"."""

    @abstractmethod
    def on(self, when: When) -> str:
        """When something is, in a sentence: "on Tuesday 24 November at 15:00"."""

    @abstractmethod
    def near(self, when: When) -> str:
        """As ``on``, but "today at 15:00" and "tomorrow at 15:00"."""

    @abstractmethod
    def soon(self, when: When) -> str:
        """As ``near``, but within six days the weekday is enough: "on Monday at 9:00"."""

    @abstractmethod
    def by(self, when: When) -> str:
        """A promise: "by 15:20" today, "by 15:00 on Monday 23 November"."""

    @abstractmethod
    def until(self, when: When) -> str:
        """A deadline: "until 15:00 today", "until Monday 23 at 15:00"; the month is said where it is another."""

    @abstractmethod
    def starting(self, when: When) -> str:
        """A beginning: "from Tuesday 24 November at 15:00"."""

    @abstractmethod
    def since(self, when: When) -> str:
        """The day something began: "since 23 November"."""

    @abstractmethod
    def span(self, days: int, hours: int, minutes: int) -> str:
        """A duration: "1 hour 30 min"."""

    @abstractmethod
    def ahead(self, days: int, hours: int, minutes: int) -> str:
        """How far away something is: "in 1 hour 30 min"."""


def counted(*units: tuple[int, str]) -> list[str]:
    """The units that aren't zero, each after its number; the last one if all are."""
    said = [f"{number} {unit}" for number, unit in units if number]
    return said or [f"0 {units[-1][1]}"]
