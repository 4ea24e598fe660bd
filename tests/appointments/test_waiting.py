"""The waiting list: who is first, for how long, and who is next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.office import appointments, waiting
from bot.update import Json
from bot.values import Booking, Refusal, Who
from storage import waiting as kept
from storage.waiting import Place
from tests.appointments.conftest import Salon

MONDAY, TUESDAY, FRIDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 27)


async def join(salon: Salon, who: Who, service: str = "cut", first: date = TUESDAY, last: date = FRIDAY) -> int:
    return await salon.do(lambda write: waiting.join(write, who, salon.service(service), first, last))


async def place(salon: Salon, id: int) -> Place:
    found = await salon.database.read(lambda rows: kept.by_id(rows, salon.client, id))
    assert found is not None
    return found


async def free_up(salon: Salon, now: datetime, service: str = "cut", hour: int = 15) -> None:
    """Somebody books a time on Wednesday and cancels it."""
    who = replace(await salon.customer(99), now=now)
    booked = await salon.book(who, salon.slot(service, 25, hour))
    await salon.do(lambda write: appointments.cancel(write, who, booked))


async def offer(salon: Salon, now: datetime) -> Place | None:
    """Offers what was freed last, as the clock would."""
    freed: Json = (await salon.jobs("offer_slot"))[-1]
    return await salon.do(lambda write: waiting.offer_next(write, salon.client, freed, now))


async def test_the_first_in_line_is_offered_what_became_free(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    first, second = await join(salon, anna), await join(salon, marco)
    await free_up(salon, anna.now)
    offered = await offer(salon, anna.now)
    assert offered is not None and offered.id == first
    (notice,), (lapse,) = await salon.jobs("offer"), await salon.jobs("offer_lapsed")
    assert notice["at"] == anna.now and lapse["at"] == anna.now + timedelta(hours=1)
    slot = salon.slot("cut", 25, 15)
    assert await salon.free(anna, slot) and not await salon.free(marco, slot)
    assert (await place(salon, first)).state == "offered" and (await place(salon, second)).state == "waiting"


async def test_an_offer_taken_is_an_appointment(salon: Salon) -> None:
    anna = await salon.customer(1)
    id = await join(salon, anna)
    await free_up(salon, anna.now)
    await offer(salon, anna.now)
    at = await place(salon, id)
    booked = await salon.do(lambda write: waiting.take(write, anna, at))
    assert (booked.starts_at, booked.status, booked.name) == (
        salon.slot("cut", 25, 15).starts_at,
        Booking.BOOKED,
        "Anna Rossi",
    )
    assert (await place(salon, id)).state == "taken" and await salon.jobs("offer_lapsed") == []
    with pytest.raises(Refusal):
        await salon.do(lambda write: waiting.take(write, anna, at))


async def test_what_is_declined_goes_to_the_next_and_not_back(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    first, second = await join(salon, anna), await join(salon, marco)
    await free_up(salon, anna.now)
    await offer(salon, anna.now)
    at = await place(salon, first)
    await salon.do(lambda write: waiting.decline(write, anna, at))
    assert (await place(salon, first)).state == "waiting"
    offered = await offer(salon, anna.now)
    assert offered is not None and offered.id == second
    at = await place(salon, second)
    await salon.do(lambda write: waiting.decline(write, marco, at))
    assert await offer(salon, anna.now) is None
    await free_up(salon, anna.now, hour=16)  # the next free time begins at the head of the line again
    offered = await offer(salon, anna.now)
    assert offered is not None and offered.id == first


async def test_an_offer_that_nobody_answers_goes_to_the_next(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    first, second = await join(salon, anna), await join(salon, marco)
    await free_up(salon, anna.now)
    await offer(salon, anna.now)
    later = anna.now + timedelta(hours=1)
    at = await place(salon, first)
    with pytest.raises(Refusal):
        await salon.do(lambda write: waiting.take(write, replace(anna, now=later), at))
    assert await salon.do(lambda write: waiting.lapse(write, salon.client, at, later))
    assert (await place(salon, first)).state == "over"
    offered = await offer(salon, later)
    assert offered is not None and offered.id == second


async def test_who_booked_such_a_time_otherwise_has_not_let_the_offer_lapse(salon: Salon) -> None:
    anna = await salon.customer(1)
    id = await join(salon, anna)
    await free_up(salon, anna.now)
    await offer(salon, anna.now)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))  # the very time: her own hold makes way
    assert booked.status is Booking.BOOKED
    at = await place(salon, id)
    assert not await salon.do(lambda write: waiting.lapse(write, salon.client, at, anna.now + timedelta(hours=1)))
    assert (await place(salon, id)).state == "taken"


async def test_an_offer_is_found_by_its_hold_while_it_is_open(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    id = await join(salon, anna)
    await free_up(salon, anna.now)
    await offer(salon, anna.now)
    at = await place(salon, id)
    hold, read = at.appointment_id, salon.database.read
    assert hold is not None
    assert await read(lambda rows: waiting.of_offer(rows, salon.client, anna.customer.id, hold)) == at
    assert await read(lambda rows: waiting.of_offer(rows, salon.client, marco.customer.id, hold)) is None
    await salon.do(lambda write: waiting.decline(write, anna, at))
    assert await read(lambda rows: waiting.of_offer(rows, salon.client, anna.customer.id, hold)) is None


async def test_an_offer_does_not_lapse_overnight(salon: Salon) -> None:
    anna = await salon.customer(1)
    await join(salon, anna)
    evening = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)  # half past eight in the evening: quiet begins at nine
    await free_up(salon, evening)
    await offer(salon, evening)
    (lapse,) = await salon.jobs("offer_lapsed")
    assert lapse["at"] == datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # half past eight in the morning
    assert (await salon.jobs("offer"))[0]["at"] == evening


async def test_at_night_an_offer_is_told_in_the_morning(salon: Salon) -> None:
    anna = await salon.customer(1)
    await join(salon, anna)
    night = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    await free_up(salon, night)
    await offer(salon, night)
    assert (await salon.jobs("offer"))[0]["at"] == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert (await salon.jobs("offer_lapsed"))[0]["at"] == datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


async def test_only_whom_it_suits_is_offered_it(salon: Salon) -> None:
    other_day, other_service, longer, right = [await salon.customer(number) for number in (1, 2, 3, 4)]
    await join(salon, other_day, first=date(2026, 11, 26))
    await join(salon, other_service, "course")
    await join(salon, longer, "colour")  # takes an hour, and only half an hour is free
    id = await join(salon, right)
    await salon.book(await salon.customer(50), salon.slot("cut", 25, 14, 30))
    await salon.book(await salon.customer(51), salon.slot("cut", 25, 15, 30))
    await free_up(salon, right.now)
    offered = await offer(salon, right.now)
    assert offered is not None and offered.id == id


async def test_a_shorter_wish_is_offered_the_start_of_a_longer_time(salon: Salon) -> None:
    anna = await salon.customer(1)
    id = await join(salon, anna)
    await free_up(salon, anna.now, "colour")
    offered = await offer(salon, anna.now)
    assert offered is not None and offered.id == id
    assert not await salon.free(await salon.customer(2), salon.slot("cut", 25, 15))


async def test_who_stands_in_line_already_keeps_the_place_with_new_days(salon: Salon) -> None:
    anna = await salon.customer(1)
    id = await join(salon, anna)
    assert await join(salon, anna, last=date(2026, 12, 4)) == id
    assert (await place(salon, id)).last == date(2026, 12, 4)


async def test_leaving_passes_what_was_offered_on(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    first, second = await join(salon, anna), await join(salon, marco)
    await free_up(salon, anna.now)
    await offer(salon, anna.now)
    at = await place(salon, first)
    await salon.do(lambda write: waiting.leave(write, anna, at))
    assert (await place(salon, first)).state == "over"
    offered = await offer(salon, anna.now)
    assert offered is not None and offered.id == second


async def test_a_place_is_found_only_by_its_own_customer(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    id = await join(salon, anna)
    read = salon.database.read
    assert await read(lambda rows: waiting.by_id(rows, salon.client, marco.customer.id, id)) is None
    found = await read(lambda rows: waiting.by_id(rows, salon.client, anna.customer.id, id))
    assert found is not None and found.service == "cut"
