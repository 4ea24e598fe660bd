"""English, as it is written in Ireland and Britain."""

from __future__ import annotations

from typing import Final

from bot.i18n.speech import Speech, When, counted


class English(Speech):
    """English."""

    locale = "en_GB"
    weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    months = (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    )
    headers = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    both = " and "
    either = " or "
    truth = ("no", "yes")

    def named(self, when: When) -> str:
        return f"{self.weekday(when)} {self.dated(when)}"

    def dated(self, when: When) -> str:
        return f"{when.day.day} {self.months[when.day.month - 1]}{when.year}"

    def short(self, when: When) -> str:
        month = self.months[when.day.month - 1][:3]
        day = f"{self.headers[when.day.weekday()]} {when.day.day} {month}{when.year}"
        return f"{day}, {when.clock}" if when.clock else day

    def at(self, when: When) -> str:
        return f"at {when.clock}"

    def till(self, when: When) -> str:
        return "until midnight" if when.midnight else f"until {when.clock}"

    def on(self, when: When) -> str:
        return f"on {self._timed(self.named(when), when)}"

    def near(self, when: When) -> str:
        near = _NEAR.get(when.ahead)
        return self._timed(near, when) if near else self.on(when)

    def soon(self, when: When) -> str:
        within = when.ahead is not None and 2 <= when.ahead <= 6
        return f"on {self._timed(self.weekday(when), when)}" if within else self.near(when)

    def by(self, when: When) -> str:
        if when.ahead == 0:
            return f"by {when.clock or 'today'}"
        return f"by {when.clock} {self.on(_day(when))}" if when.clock else f"by {self.named(when)}"

    def until(self, when: When) -> str:
        day = f"{self.weekday(when)} {when.day.day}" if when.this_month else self.named(when)
        return f"until {self._today(when) or self._timed(day, when)}"

    def starting(self, when: When) -> str:
        return f"from {self._today(when) or self._timed(self.named(when), when)}"

    def since(self, when: When) -> str:
        return f"since {self.dated(when)}"

    def span(self, days: int, hours: int, minutes: int) -> str:
        day = "day" if days == 1 else "days"
        return " ".join(counted((days, day), (hours, "hour" if hours == 1 else "hours"), (minutes, "min")))

    def ahead(self, days: int, hours: int, minutes: int) -> str:
        return f"in {self.span(days, hours, minutes)}"

    def _timed(self, day: str, when: When) -> str:
        return f"{day} {self.at(when)}" if when.clock else day

    def _today(self, when: When) -> str:
        """ "15:00 today", or nothing on another day."""
        return f"{when.clock} today".lstrip() if when.ahead == 0 else ""


_NEAR: Final[dict[int | None, str]] = {0: "today", 1: "tomorrow"}


def _day(when: When) -> When:
    return When(when.day, today=when.today)
