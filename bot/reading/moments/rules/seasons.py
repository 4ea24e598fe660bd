"""Seasons and decades."""

from __future__ import annotations

from datetime import date

from bot.reading.moments.calendar import of_century
from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line
from bot.reading.moments.rules.weekdays import UNSURE
from bot.reading.moments.values import Days, Unsure

_AHEAD = ("next", "after_next")


@rule("period", "decade", "the|on decade", name="decade")
def _decade(line: Line, *parts: Item) -> Days:
    """As in "The eighties", "gli anni ottanta": of the century in which they are over, or begun."""
    year = of_century(parts[-1].value, line.today)
    return Days(date(year, 1, 1), date(year + 10, 1, 1), "decade")


@rule("period", "the n|year decade_s", "on n|year decade_s", "n|year decade_s", name="decade", tight=True)
def _decade_in_digits(line: Line, *parts: Item) -> Days | None:
    number, sign = parts[-2], parts[-1]
    value = number.value if number.kind == "year" else number.value.value
    if value % 10 or value < 20 or not line.glued(sign.start) or (number.kind == "n" and not number.value.width):
        return None
    year = value if number.kind == "year" else of_century(value, line.today)
    return Days(date(year, 1, 1), date(year + 10, 1, 1), "decade")


@rule("days", "season year", "season of year", "on season year", "on season of year", name="season")
def _season_of(line: Line, *parts: Item) -> Days:
    season, year = next(part.value for part in parts if part.kind == "season"), parts[-1].value
    (m1, d1), (m2, d2) = (map(int, side.split("-")) for side in season.split("/"))
    return Days(date(year, m1, d1), date(year + (m2 < m1), m2, d2), "season")


@rule("days", "on season", "this season", "next season", "after_next season", "season", name="season")
def _season(line: Line, *parts: Item) -> Days | Unsure | None:
    lead, season = parts[0], parts[-1]
    loose = lead is season and not line.is_whole(season)
    if lead is season and ((loose and line.words.language != "pl") or line.tokens[season.start].text == "lata"):
        return None
    (m1, d1), (m2, d2) = (map(int, side.split("-")) for side in season.value.split("/"))
    year = line.today.year - (m2 < m1 and (line.today.month, line.today.day) < (m2, d2) and lead.kind not in _AHEAD)
    first = date(year, m1, d1)
    last = date(year + (m2 < m1), m2, d2)
    if last <= line.today or (lead.kind in _AHEAD and first <= line.today):
        first, last = first.replace(year=first.year + 1), last.replace(year=last.year + 1)
    if lead.kind == "on" and lead.value in ("the", "il", "la"):
        return None
    return Unsure(Days(first, last, "season"), UNSURE) if loose else Days(first, last, "season")
