"""The fields of a form about a client: what the client file keeps, as boxes to fill in, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.i18n import _
from bot.office.client_file import amounts
from bot.office.client_file.amounts import DAYS, say_span
from bot.office.client_file.place import Setting
from bot.update import Json
from bot.values import DAY, LANGUAGES, Msgid

Filled = dict[str, str]
"""What stands in the boxes of a form, by their names; a box that is ticked says yes."""

UNITS: Final = {"m": 1, "h": 60, "d": DAY}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing to fill in: where it stands in the file, what it is called, of which kind, and what it must be.

    ``hint`` stands below it, and is what is said where it can't be taken. ``choices`` are those of a choice.
    """

    name: str
    title: Msgid
    kind: str = "line"
    hint: Msgid | None = None
    choices: Mapping[str, Msgid] | None = None
    needed: bool = False

    def fill(self, value: Json, setting: Setting) -> Filled:
        """The boxes, as the file's value fills them."""
        return KINDS[self.kind][0](self.name, value, setting)

    def read(self, filled: Filled, setting: Setting) -> Json:
        """The value that a file would have for these boxes; None where it would say nothing."""
        return KINDS[self.kind][1](self.name, filled, setting)


# --- the kinds --------------------------------------------------------------------------------------------------------


def fill_line(name: str, value: Json, setting: Setting) -> Filled:
    return {name: "" if value is None else str(value)}


def read_line(name: str, filled: Filled, setting: Setting) -> Json:
    return filled.get(name, "").strip().replace("\r\n", "\n") or None


def read_number(name: str, filled: Filled, setting: Setting) -> Json:
    said = filled.get(name, "").strip()
    return (int(said) if said.isdecimal() else said) if said else None


def fill_words(name: str, value: Json, setting: Setting) -> Filled:
    return {f"{name}.{language}": words for language, words in (value or {}).items()}


def read_words(name: str, filled: Filled, setting: Setting) -> Json:
    said = {one: read_line(f"{name}.{one}", filled, setting) for one in setting.languages}
    return {language: words for language, words in said.items() if words} or None


def fill_lists(name: str, value: Json, setting: Setting) -> Filled:
    return {f"{name}.{language}": ", ".join(words) for language, words in (value or {}).items()}


def read_lists(name: str, filled: Filled, setting: Setting) -> Json:
    said = read_words(name, filled, setting) or {}
    return {language: listed(words) for language, words in said.items()} or None


def listed(said: str) -> list[str]:
    """What stands between commas or on lines, each once."""
    return list(dict.fromkeys(one.strip() for one in re.split(r"[,;\n]", said) if one.strip()))


def fill_money(name: str, value: Json, setting: Setting) -> Filled:
    return {name: "" if value is None else amounts.write_money(value, setting)}


def read_money(name: str, filled: Filled, setting: Setting) -> Json:
    return filled.get(name, "").strip().replace(",", ".") or None


def fill_duration(name: str, value: Json, setting: Setting) -> Filled:
    if value is None:
        return {name: "", f"{name}.unit": "m"}
    unit = next(unit for unit in ("d", "h", "m") if value % UNITS[unit] == 0 and (value or unit == "m"))
    return {name: str(value // UNITS[unit]), f"{name}.unit": unit}


def read_duration(name: str, filled: Filled, setting: Setting) -> Json:
    said, unit = filled.get(name, "").strip(), filled.get(f"{name}.unit", "m")
    return f"{said}{unit if unit in UNITS else ''}" if said else None


def read_days(name: str, filled: Filled, setting: Setting) -> Json:
    said = filled.get(name, "").strip()
    return f"{said}d" if said else None


def fill_durations(name: str, value: Json, setting: Setting) -> Filled:
    return {name: ", ".join(amounts.say_duration(one) for one in value or ())}


def read_durations(name: str, filled: Filled, setting: Setting) -> Json:
    return [one.replace(" ", "").lower() for one in listed(filled.get(name, ""))]


def fill_flag(name: str, value: Json, setting: Setting) -> Filled:
    return {name: "yes"} if value else {}


def read_flag(name: str, filled: Filled, setting: Setting) -> Json:
    return filled.get(name) == "yes"


def fill_several(name: str, value: Json, setting: Setting) -> Filled:
    return {f"{name}.{one}": "yes" for one in value or ()}


def read_several(name: str, filled: Filled, setting: Setting) -> Json:
    before = f"{name}."
    return [box.removeprefix(before) for box, said in filled.items() if box.startswith(before) and said == "yes"]


def fill_languages(name: str, value: Json, setting: Setting) -> Filled:
    return {**fill_several(name, value, setting), f"{name}_first": (value or ("",))[0]}


def read_languages(name: str, filled: Filled, setting: Setting) -> Json:
    spoken, first = read_several(name, filled, setting), filled.get(f"{name}_first", "")
    rest = [one for one in (*setting.languages, *LANGUAGES) if one in spoken and one != first]
    return list(dict.fromkeys([first, *rest] if first in LANGUAGES else rest))


def fill_week(name: str, value: Json, setting: Setting) -> Filled:
    return {f"{name}.{day}": ", ".join(say_span(*one) for one in stretches) for day, stretches in (value or {}).items()}


def read_week(name: str, filled: Filled, setting: Setting) -> Json:
    said = {day: [span(one) for one in listed(filled.get(f"{name}.{day}", ""))] for day in DAYS}
    return {day: stretches for day, stretches in said.items() if stretches}


CLOCK: Final = re.compile(r"(\d{1,2})(?:[.:h](\d{2}))?")


def span(said: str) -> str:
    """Two times of day as a file has them: "9-13.30" is 9:00-13:30."""
    return CLOCK.sub(lambda found: f"{found[1]}:{found[2] or '00'}", said.replace(" ", ""))


def fill_span(name: str, value: Json, setting: Setting) -> Filled:
    return {name: "" if value is None or list(value) == [0, DAY] else say_span(*value)}


def read_span(name: str, filled: Filled, setting: Setting) -> Json:
    said = filled.get(name, "").strip()
    return span(said) if said else None


Fill = Callable[[str, Json, Setting], Filled]
Read = Callable[[str, Filled, Setting], Json]
KINDS: Final[dict[str, tuple[Fill, Read]]] = {
    "line": (fill_line, read_line),
    "day": (fill_line, read_line),
    "tel": (fill_line, read_line),
    "email": (fill_line, read_line),
    "colour": (fill_line, read_line),
    "choice": (fill_line, read_line),
    "number": (fill_line, read_number),
    "days": (fill_line, read_days),
    "words": (fill_words, read_words),
    "lines": (fill_words, read_words),
    "lists": (fill_lists, read_lists),
    "money": (fill_money, read_money),
    "duration": (fill_duration, read_duration),
    "durations": (fill_durations, read_durations),
    "flag": (fill_flag, read_flag),
    "several": (fill_several, read_several),
    "languages": (fill_languages, read_languages),
    "week": (fill_week, read_week),
    "span": (fill_span, read_span),
}


def filled_of(fields: tuple[Field, ...], value: Mapping[str, Any], setting: Setting) -> Filled:
    """All the boxes of a form, as a value fills them."""
    return {box: said for one in fields for box, said in one.fill(value.get(one.name), setting).items()}


def read_all(fields: tuple[Field, ...], filled: Filled, setting: Setting) -> dict[str, Json]:
    """What a file would say of these boxes, without what it would leave out."""
    found = {one.name: one.read(filled, setting) for one in fields}
    return {name: value for name, value in found.items() if value is not None}


DURATION: Final = _("A length of time: a whole number of minutes, hours or days.")
WEEK: Final = _("Times such as 9:00-13:00, 15:00-19:00, without overlap. An empty day is closed.")


def has_words(filled: Filled, name: str) -> bool:
    """Whether a field of words has any."""
    return any(said.strip() for box, said in filled.items() if box.startswith(f"{name}."))


def lacks(filled: Filled, fields: tuple[Field, ...], language: str) -> bool:
    """Whether a form has words in other languages that it lacks in this one."""
    spoken = [one.name for one in fields if one.kind in {"words", "lines", "lists"} and has_words(filled, one.name)]
    return any(not filled.get(f"{name}.{language}", "").strip() for name in spoken)
