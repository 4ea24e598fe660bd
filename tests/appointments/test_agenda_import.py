"""An agenda taken in: once, beside our rules, but never on a seat that is taken."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.office import agenda_import
from bot.office.order_file import Line
from bot.values import Refusal
from tests.appointments.conftest import Salon


def line(at: str, name: str, resource: str = "anna", service: str = "cut") -> Line:
    return {"at": at, "service": service, "resource": resource, "name": name, "phone": "+393331234567"}


SUNDAY = "2026-11-29T23:00"


async def test_it_is_taken_once_and_beside_the_rules(salon: Salon) -> None:
    lines = [line(SUNDAY, "Eva"), line("2026-11-29T23:30", "Ugo")]
    assert await salon.do(lambda rows: agenda_import.clashes(rows, salon.client, lines, salon.now)) == []
    assert await salon.do(lambda write: agenda_import.take(write, salon.client, lines, salon.now)) == (2, 0)
    assert await salon.do(lambda write: agenda_import.take(write, salon.client, lines, salon.now)) == (0, 2)
    later = salon.now + timedelta(days=1)
    assert await salon.do(lambda rows: agenda_import.clashes(rows, salon.client, lines, later)) == []


async def test_a_seat_that_is_taken_is_named(salon: Salon) -> None:
    await salon.do(lambda write: agenda_import.take(write, salon.client, [line(SUNDAY, "Eva")], salon.now))
    lines = [line("2026-11-29T23:15", "Ugo"), line("2026-11-28T10:00", "Ida"), line("2026-11-28T10:00", "Leo")]
    faults = await salon.do(lambda rows: agenda_import.clashes(rows, salon.client, lines, salon.now))
    assert faults == ["2026-11-29 23:15, Ugo: Anna is taken then", "2026-11-28 10:00, Leo: Anna is taken then"]
    with pytest.raises(Refusal):
        await salon.do(lambda write: agenda_import.take(write, salon.client, lines, salon.now))
