"""Italian."""

from __future__ import annotations

from typing import Final

from bot.i18n.speech import Speech, When, counted


class Italian(Speech):
    """Italian: hours take an article, which is elided before 1:00; the first of a month is an ordinal."""

    locale = "it"
    weekdays = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
    months = (
        *("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno"),
        *("luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"),
    )
    headers = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
    both = " e "
    either = " o "
    truth = ("no", "sì")

    def plain(self, when: When) -> str:
        return self.named(when) + (f", ore {when.clock}" if when.clock else "")

    def named(self, when: When) -> str:
        return f"{self.weekday(when)} {self.dated(when)}"

    def dated(self, when: When) -> str:
        return f"{_number(when)} {self.months[when.day.month - 1]}{when.year}"

    def short(self, when: When) -> str:
        year = f"/{when.day.year}" if when.other_year else ""
        day = f"{self.headers[when.day.weekday()]} {when.day.day}/{when.day.month}{year}"
        return f"{day}, {when.clock}" if when.clock else day

    def at(self, when: When) -> str:
        return f"all'{when.clock}" if when.hour == 1 else f"alle {when.clock}"

    def till(self, when: When) -> str:
        return "fino a mezzanotte" if when.midnight else f"fino {self.at(when)}"

    def on(self, when: When) -> str:
        return self._timed(self.named(when), when)

    def near(self, when: When) -> str:
        return self._timed(_NEAR.get(when.ahead) or self.named(when), when)

    def soon(self, when: When) -> str:
        within = when.ahead is not None and 2 <= when.ahead <= 6
        return self._timed(self.weekday(when), when) if within else self.near(when)

    def by(self, when: When) -> str:
        if when.ahead != 0:
            return f"entro {self.on(when)}"
        if not when.clock:
            return "entro oggi"
        return f"entro l'{when.clock}" if when.hour == 1 else f"entro le {when.clock}"

    def until(self, when: When) -> str:
        if when.ahead == 0:
            return f"fino a {self.near(when)}"
        day = f"{self.weekday(when)} {_number(when)}" if when.this_month else self.named(when)
        return f"fino a {self._timed(day, when)}"

    def starting(self, when: When) -> str:
        return f"da {self.near(when) if when.ahead == 0 else self.on(when)}"

    def since(self, when: When) -> str:
        return f"dall'{self.dated(when)}" if when.day.day in (8, 11) else f"dal {self.dated(when)}"

    def span(self, days: int, hours: int, minutes: int) -> str:
        day = "giorno" if days == 1 else "giorni"
        said = counted((days, day), (hours, "ora" if hours == 1 else "ore"), (minutes, "min"))
        return self.both.join(filter(None, (", ".join(said[:-1]), said[-1])))

    def ahead(self, days: int, hours: int, minutes: int) -> str:
        return f"tra {self.span(days, hours, minutes)}"

    def _timed(self, day: str, when: When) -> str:
        return f"{day} {self.at(when)}" if when.clock else day


_NEAR: Final[dict[int | None, str]] = {0: "oggi", 1: "domani"}


def _number(when: When) -> str:
    return "1º" if when.day.day == 1 else str(when.day.day)
