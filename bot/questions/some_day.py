"""A question for any day between two, free or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.dialog import Option, Options, Reader, Turn
from bot.i18n import _
from bot.questions.days import is_bare
from bot.reading import Ear, Reading
from bot.reading.dates import read_day
from bot.update import Json
from bot.values import Form, Invalid


class SomeDay(Reader[date]):
    """Takes a day from ``first`` to ``last``; the buttons are ``steps`` days after the first, and the last."""

    telling = True

    def __init__(self, first: date, last: date, steps: Sequence[int]) -> None:
        self.first = first
        self.last = last
        self.steps = steps

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_day(text, ear)

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        return None if is_bare(text) else read_day(text, ear)

    def check(self, value: Json) -> date:
        day = date.fromisoformat(str(value))
        if not self.first <= day <= self.last:
            raise Invalid(_("Please choose a day {first:from} {last:until}."), first=self.first, last=self.last)
        return day

    def options(self, page: str) -> Options:
        days = {self.first + timedelta(days=step) for step in self.steps}
        return [[Option(Form(day, "day"), day.isoformat())] for day in sorted({*days, self.last}) if day <= self.last]


def some_day(turn: Turn, first: date, last: date, steps: Sequence[int] = (0, 1, 7)) -> SomeDay:
    """A reader of any day that is not past, from ``first`` to ``last``."""
    return SomeDay(max(first, turn.client.local(turn.now).date()), last, steps)
