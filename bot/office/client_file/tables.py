"""The tables of a client file: forms made of forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import pairwise
from typing import Any, Final

from bot.office.client_file.amounts import DAYS, interval, read_weekdays
from bot.office.client_file.forms import Form, slug, text, told
from bot.office.client_file.place import Place, Setting
from bot.update import Json

NEEDED: Final = object()
"""The default of what a file must say."""

Schema = Mapping[str, tuple[Form, Any]]


def read(form: Form, value: Any, at: Place) -> Json:
    """The value at a place; what is wrong with it is kept there, and None stands for it."""
    try:
        return form.read(value, at)
    except ValueError as wrong:
        at.fault(str(wrong))
        return None


def table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"must be a table, not {told(value)}")
    return value


@dataclass(frozen=True)
class Fields(Form):
    """A table with known keys, each with its form and its default (NEEDED: the file must say it)."""

    schema: Schema
    hints: Mapping[str, str] = field(default_factory=dict)  # what to say of a key that others may expect here

    def read(self, value: Any, at: Place) -> Json:
        said = table(value)
        for key in said.keys() - self.schema.keys():
            (at / key).fault(self.stranger(key))
        known: dict[str, Json] = {}
        for key, (form, default) in self.schema.items():
            if key in said:
                known[key] = read(form, said[key], at / key)
            elif default is NEEDED:
                (at / key).fault("is missing")
            else:
                known[key] = default
        return known

    def stranger(self, key: str) -> str:
        """What is said of a key that has no place here."""
        close = get_close_matches(key, self.schema, 1)
        return self.hints.get(key) or (
            f"is not known here; did you mean '{close[0]}'?" if close else f"is not known here; {self.offer()}"
        )

    def offer(self) -> str:
        return f"what is known: {', '.join(self.schema)}"

    def write(self, value: Json, setting: Setting) -> str:
        return inline(dict(self.lines(value, setting)))

    def lines(self, value: Json, setting: Setting) -> list[tuple[str, str]]:
        """What differs from the defaults, by key, as TOML."""
        return [
            (key, form.write(value[key], setting))
            for key, (form, default) in self.schema.items()
            if value.get(key) is not None and value[key] != default
        ]

    def complete(self, value: Json) -> Json:
        whole: dict[str, Json] = {}
        for key, (form, default) in self.schema.items():
            said = value.get(key, None if default is NEEDED else default)
            whole[key] = said if said is None else form.complete(said)
        return whole

    def inner(self, key: str) -> Form:
        return self.schema[key][0] if key in self.schema else self


@dataclass(frozen=True)
class Each(Form):
    """A table whose keys the client chooses, each with the same form."""

    form: Form
    keys: Form = slug

    def read(self, value: Any, at: Place) -> Json:
        entries: dict[str, Json] = {}
        for key, said in table(value).items():
            if read(self.keys, key, at / key) is not None:
                entries[key] = read(self.form, said, at / key)
        return entries

    def write(self, value: Json, setting: Setting) -> str:
        return inline({key: self.form.write(said, setting) for key, said in value.items()})

    def complete(self, value: Json) -> Json:
        return {key: self.form.complete(said) for key, said in value.items()}

    def inner(self, key: str) -> Form:
        return self.form


@dataclass(frozen=True)
class Rows(Each):
    """A list of tables, kept by the ``label`` that tells one from another."""

    label: Callable[[Any], str] = field(default=str, kw_only=True)

    def read(self, value: Any, at: Place) -> Json:
        if not isinstance(value, list):
            raise ValueError(f"must be written as [[{at.path[-1]}]]")
        entries: dict[str, Json] = {}
        for place, said in enumerate(value):
            before = len(at.faults)
            row = read(self.form, said, at / place)
            if len(at.faults) > before:
                continue
            if (name := self.label(row)) in entries:
                (at / place).fault(f"stands here twice ({name})")
            entries[name] = row
        return entries


@dataclass(frozen=True)
class Words(Form):
    """Words by language, or one text that is the same in all of them."""

    form: Form

    def read(self, value: Any, at: Place) -> Json:
        spoken = at.setting.languages
        if isinstance(value, str):
            return dict.fromkeys(spoken, self.form.read(value, at))
        said = table(value)
        for language in said.keys() - set(spoken):
            (at / language).fault(f"is not one of the client's languages ({', '.join(spoken)})")
        if not said:
            raise ValueError("must be said in at least one language")
        return {language: read(self.form, said[language], at / language) for language in spoken if language in said}

    def write(self, value: Json, setting: Setting) -> str:
        if value.keys() == set(setting.languages) and len({repr(said) for said in value.values()}) == 1:
            only = next(iter(value.values()))
            if isinstance(only, str):
                return self.form.write(only, setting)
        return inline(dict(self.lines(value, setting)))

    def lines(self, value: Json, setting: Setting) -> list[tuple[str, str]]:
        """A language a line."""
        return [(language, self.form.write(said, setting)) for language, said in value.items()]

    def inner(self, key: str) -> Form:
        return self.form


@dataclass(frozen=True)
class Several(Form):
    """A list of values of one form, each at most once."""

    form: Form
    most: int = 50

    def read(self, value: Any, at: Place) -> Json:
        if not isinstance(value, list):
            raise ValueError(f"must be a list, not {told(value)}")
        said = [read(self.form, one, at) for one in value]
        if None in said:
            return None
        if len(said) > self.most or any(one in said[:place] for place, one in enumerate(said)):
            raise ValueError(f"must have at most {self.most} entries, each once")
        return said

    def write(self, value: Json, setting: Setting) -> str:
        return f"[{', '.join(self.form.write(one, setting) for one in value)}]"


class Week(Form):
    """Intervals by weekday: ``mon-fri = ["9:00-13:00", "15:00-19:00"]``; a day left out is closed."""

    def read(self, value: Any, at: Place) -> Json:
        by_day: dict[str, Json] = {}
        for said, intervals in table(value).items():
            days = self.days(said, at / said)
            listed = [] if intervals == "closed" else [intervals] if isinstance(intervals, str) else intervals
            stretches = read(Several(interval), listed, at / said)
            if stretches is None:
                continue
            stretches.sort()
            if any(later[0] < earlier[1] for earlier, later in pairwise(stretches)):
                (at / said).fault("has intervals that overlap")
            for day in days:
                if day in by_day:
                    (at / said).fault(f"says {day} again: give each day once")
                by_day[day] = stretches
        return {day: by_day[day] for day in DAYS if by_day.get(day)}

    def days(self, said: str, at: Place) -> list[str]:
        try:
            return [DAYS[day] for day in read_weekdays(said)]
        except ValueError as wrong:
            at.fault(str(wrong))
            return []

    def write(self, value: Json, setting: Setting) -> str:
        return inline(dict(self.lines(value, setting)))

    def lines(self, value: Json, setting: Setting) -> list[tuple[str, str]]:
        """The week with equal days that follow each other on one line."""
        runs: list[list[str]] = []
        for day in DAYS:
            if day in value:
                last = runs[-1] if runs else None
                if last and value[last[-1]] == value[day] and DAYS.index(day) == DAYS.index(last[-1]) + 1:
                    last.append(day)
                else:
                    runs.append([day])
        written = Several(interval).write
        return [(run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}", written(value[run[0]], setting)) for run in runs]

    def inner(self, key: str) -> Form:
        return Several(interval)


def inline(pairs: Mapping[str, str]) -> str:
    """A table on one line."""
    return f"{{ {', '.join(f'{key} = {said}' for key, said in pairs.items())} }}" if pairs else "{}"


def words(limit: int, lines: bool = False) -> Words:
    """Words by language of at most ``limit`` letters."""
    return Words(text(limit, lines))
