"""The question for a time of a day: the free ones to press, or words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.dialog import Option, Options, Reader
from bot.i18n import _, show_time
from bot.questions.openings import Openings
from bot.reading import Ear, Reading, folded
from bot.reading.changes import core
from bot.reading.shifts import is_same_time, read_end, read_shifted_time
from bot.reading.times import read_part, read_time
from bot.update import Json
from bot.values import Form, Invalid, Slot

COLUMNS = 4
PAGE = 24
"""Times on one page of the keyboard."""


class FreeTime(Reader[Slot]):
    """Takes a free time of the day."""

    telling = True
    columns = COLUMNS

    def __init__(self, openings: Openings, day: date, since: datetime | None = None) -> None:
        self.openings = openings
        self.day = day
        self.since = since

    def read(self, text: str, ear: Ear) -> Reading | None:
        return self.near(text, ear, self.since)

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        return self.near(text, ear, datetime.fromisoformat(value["at"]))

    def near(self, text: str, ear: Ear, since: datetime | None) -> Reading | None:
        """The time that is written; "an hour later" counts from ``since``."""
        if since is None and is_same_time(text, ear):
            return None  # as that of another day: it is carried over
        shifted = read_shifted_time(text, ear, since) if since is not None else None
        reading = shifted or read_time(text, ear) or self.bare(text, ear)
        if reading is not None:
            return self.at(reading)
        part, end = read_part(text, ear), read_end(text, ear)
        if part is None and end is None:
            return None
        free = self.free()
        if part is not None:
            first, last = part.value
            free = [slot for slot in free if first <= self.minute(slot) < last]
        if end is not None and free:
            return Reading(plain_slot(free[0 if end.value else -1]), end.span)
        return self.among(free, part) if part is not None else None

    def bare(self, text: str, ear: Ear) -> Reading | None:
        """A number with nothing around it that says more: "3 is good"."""
        said = core(text, ear)
        found = read_time(said, ear) if folded(said).bare.isdigit() else None
        return replace(found, span=(0, len(text))) if found is not None else None

    def at(self, reading: Reading) -> Reading:
        """The free slot at the time that was read."""
        times = [str(reading.value), *map(str, reading.alternatives)]
        found = [slot for time in times for slot in self.free() if self.clock(slot) == time]
        if not found:
            hour, minute = map(int, times[0].split(":"))
            moment = datetime(self.day.year, self.day.month, self.day.day, hour, minute, tzinfo=self.zone)
            raise Invalid(_("Nothing is free {moment:at}."), moment=moment)
        return Reading(plain_slot(found[0]), reading.span)

    def among(self, slots: list[Slot], part: Reading) -> Reading:
        """The slots of a part of the day, to choose from."""
        if not slots:
            raise Invalid(_("Nothing is free at that time of the day."))
        values = [plain_slot(slot) for slot in slots[:12]]
        return Reading(values[0], part.span, tuple(values[1:]))

    def carry(self, value: Json) -> Json:
        """The same hour of the day that is meant now, with the same staff if they are free."""
        at = datetime.fromisoformat(value["at"]).astimezone(self.zone)
        same = [slot for slot in self.free() if self.clock(slot) == f"{at:%H:%M}"]
        return plain_slot(min(same, key=lambda slot: slot.resource_id != value["resource"])) if same else value

    def stands(self, value: Json) -> Slot:
        service = self.openings.service
        return Slot(datetime.fromisoformat(value["at"]), int(value["resource"]), service.key, service.minutes)

    def check(self, value: Json) -> Slot:
        slot = self.stands(value)
        if slot.starts_at.astimezone(self.zone).date() != self.day:
            raise Invalid(_("That time is on another day."))
        self.openings.check(slot)
        return slot

    def options(self, page: str) -> Options:
        slots = self.free()
        start = int(page or 0)
        zone = self.zone
        shown = [Option(show_time(slot.starts_at, zone), plain_slot(slot)) for slot in slots[start : start + PAGE]]
        rows = [shown[place : place + COLUMNS] for place in range(0, len(shown), COLUMNS)]
        turning = []
        if start:
            turning.append(Option(_("‹ Earlier"), page=str(max(0, start - PAGE))))
        if start + PAGE < len(slots):
            turning.append(Option(_("Later ›"), page=str(start + PAGE)))
        return [*rows, turning] if turning else rows

    def short(self, value: Any) -> Any:
        return Form(value, "time")

    def free(self) -> list[Slot]:
        """The free starts of the day."""
        return self.openings.times(self.day)

    @property
    def zone(self) -> ZoneInfo:
        """The client's time zone."""
        return self.openings.turn.client.zone

    def clock(self, slot: Slot) -> str:
        """The start on the client's clock."""
        return f"{slot.starts_at.astimezone(self.zone):%H:%M}"

    def minute(self, slot: Slot) -> int:
        """The start in minutes after local midnight."""
        local = slot.starts_at.astimezone(self.zone)
        return int(local.hour * 60 + local.minute)


def plain_slot(slot: Slot) -> Json:
    """A slot as an answer is stored."""
    return {"at": slot.starts_at.isoformat(), "resource": slot.resource_id}


def free_time(openings: Openings, day: date, since: datetime | None = None) -> FreeTime:
    """A reader of a free time of ``day``; "an hour later" counts from ``since``."""
    return FreeTime(openings, day, since)
