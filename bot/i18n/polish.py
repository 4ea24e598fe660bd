"""Polish."""

from __future__ import annotations

from typing import Final

from bot.i18n.speech import Speech, When, counted


class Polish(Speech):
    """Polish: a weekday is declined after each preposition, and a month stands in the genitive after its day."""

    locale = "pl"
    weekdays = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
    on_weekday = ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę")
    of_weekday = ("poniedziałku", "wtorku", "środy", "czwartku", "piątku", "soboty", "niedzieli")
    months = (
        *("styczeń", "luty", "marzec", "kwiecień", "maj", "czerwiec"),
        *("lipiec", "sierpień", "wrzesień", "październik", "listopad", "grudzień"),
    )
    of_month = (
        *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
        *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
    )
    headers = ("pn", "wt", "śr", "cz", "pt", "so", "nd")
    shorts = ("pon.", "wt.", "śr.", "czw.", "pt.", "sob.", "niedz.")
    both = " i "
    either = " lub "
    truth = ("nie", "tak")

    def named(self, when: When) -> str:
        return f"{self.weekday(when)}, {self.dated(when)}"

    def dated(self, when: When) -> str:
        return f"{when.day.day} {self.of_month[when.day.month - 1]}{when.year}"

    def short(self, when: When) -> str:
        year = f".{when.day.year}" if when.other_year else ""
        day = f"{self.shorts[when.day.weekday()]} {when.day.day}.{when.day.month:02}{year}"
        return f"{day}, {when.clock}" if when.clock else day

    def at(self, when: When) -> str:
        return f"o {when.clock}"

    def till(self, when: When) -> str:
        return "do północy" if when.midnight else f"do {when.clock}"

    def on(self, when: When) -> str:
        return self._timed(f"{self.on_weekday[when.day.weekday()]} {self.dated(when)}", when)

    def near(self, when: When) -> str:
        near = _NEAR.get(when.ahead)
        return self._timed(near, when) if near else self.on(when)

    def soon(self, when: When) -> str:
        within = when.ahead is not None and 2 <= when.ahead <= 6
        return self._timed(self.on_weekday[when.day.weekday()], when) if within else self.near(when)

    def by(self, when: When) -> str:
        return f"do {when.clock}" if when.ahead == 0 and when.clock else self.until(when)

    def until(self, when: When) -> str:
        return self._bound("do", when)

    def starting(self, when: When) -> str:
        return self._bound("od", when)

    def since(self, when: When) -> str:
        return f"od {self.dated(when)}"

    def span(self, days: int, hours: int, minutes: int) -> str:
        return self._span(days, hours, minutes, "godzina")

    def ahead(self, days: int, hours: int, minutes: int) -> str:
        return f"za {self._span(days, hours, minutes, 'godzinę')}"

    def _timed(self, day: str, when: When) -> str:
        return f"{day} {self.at(when)}" if when.clock else day

    def _bound(self, word: str, when: When) -> str:
        day = "dziś" if when.ahead == 0 else f"{self.of_weekday[when.day.weekday()]} {self.dated(when)}"
        return f"{word} {day}, {word} {when.clock}" if when.clock else f"{word} {day}"

    def _span(self, days: int, hours: int, minutes: int, hour: str) -> str:
        few = 2 <= hours % 10 <= 4 and not 12 <= hours % 100 <= 14
        unit = hour if hours == 1 else "godziny" if few else "godzin"
        return " ".join(counted((days, "dzień" if days == 1 else "dni"), (hours, unit), (minutes, "min")))


_NEAR: Final[dict[int | None, str]] = {0: "dziś", 1: "jutro"}
