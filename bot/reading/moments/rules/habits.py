"""What is no single moment: "every Monday", "for three days"."""

from __future__ import annotations

from bot.reading.moments.chart import rule
from bot.reading.moments.line import Item, Line


@rule("habit", "weekdays", "on weekdays", "weekdays clock", "weekdays part", "weekdays hours", "every weekday",
      "every ord weekday", "every ord day", "every day", "every unit", "every part", "every dur", "habit clock",
      "habit part", "every n unit", name="again and again")  # fmt: skip
def _habit(line: Line, *parts: Item) -> bool:
    return True


@rule("habit", "since dur", "from dur", "since day", name="for some time past")
def _since_long(line: Line, lead: Item, length: Item) -> bool | None:
    if length.kind == "day":
        passed = length.value.date is not None and length.value.date < line.today
        return True if passed or (lead.value == "since" and length.value.sort == "weekday") else None
    behind = line.token(length.end)
    return None if behind is not None and behind.text in ("from", "on", "da") else True
