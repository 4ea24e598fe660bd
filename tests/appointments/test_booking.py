"""Holding and booking: one winner, the lowest seat, one's own hold, and what lapses."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.office import appointments
from bot.office.appointments import hold
from bot.rules import slots
from bot.values import Appointment, Booking, Invalid
from tests.appointments.conftest import Salon


async def test_eight_takers_of_one_slot_leave_one_winner(salon: Salon) -> None:
    takers = [await salon.customer(number) for number in range(1, 9)]
    slot = salon.slot("cut", 24, 15)
    results = await asyncio.gather(*(salon.book(who, slot) for who in takers), return_exceptions=True)
    won = [result for result in results if isinstance(result, Appointment)]
    lost = [result for result in results if isinstance(result, Invalid)]
    assert len(won) == 1 and len(lost) == 7
    assert {str(result.hint) for result in lost} == {slots.TAKEN}


async def test_eight_takers_of_three_seats_leave_three(salon: Salon) -> None:
    takers = [await salon.customer(number) for number in range(1, 9)]
    slot = salon.slot("course", 24, 15)
    results = await asyncio.gather(*(salon.hold(who, slot) for who in takers), return_exceptions=True)
    assert sum(isinstance(result, dict) for result in results) == 3
    assert sum(isinstance(result, Invalid) for result in results) == 5
    rows = await salon.database.read(lambda rows: rows.execute(text("select seat from appointment")).scalars().all())
    assert sorted(rows) == [0, 1, 2]


async def test_the_lowest_free_seat_is_taken(salon: Salon) -> None:
    first, second, third = [await salon.customer(number) for number in (1, 2, 3)]
    slot = salon.slot("course", 24, 15)
    one = await salon.book(first, slot)
    await salon.book(second, slot)
    await salon.do(lambda write: appointments.cancel(write, first, one))
    await salon.book(third, slot)
    rows = await salon.database.read(
        lambda rows: rows.execute(text("select seat from appointment where status = 'booked' order by id")).all()
    )
    assert [row[0] for row in rows] == [1, 0]


async def test_a_daily_cap_counts_over_all_who_give_the_service(salon: Salon) -> None:
    takers = [await salon.customer(number) for number in range(1, 5)]
    places = [salon.slot("wig", 24, hour, resource=key) for hour in (10, 15) for key in ("anna", "bruno")]
    results = await asyncio.gather(
        *(salon.book(who, slot) for who, slot in zip(takers, places, strict=True)), return_exceptions=True
    )
    assert sum(isinstance(result, Appointment) for result in results) == 2
    assert {str(result.hint) for result in results if isinstance(result, Invalid)} == {slots.FULL}


async def test_a_hold_is_free_to_its_own_dialog_and_to_nobody_else(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    slot = salon.slot("cut", 24, 15)
    await salon.hold(anna, slot)
    assert await salon.free(anna, slot)
    assert not await salon.free(marco, slot)
    with pytest.raises(Invalid):
        await salon.hold(marco, slot)


async def test_a_new_hold_of_the_same_talk_takes_the_place_of_the_old_one(salon: Salon) -> None:
    anna = await salon.customer(1)
    await salon.hold(anna, salon.slot("cut", 24, 15))
    await salon.hold(anna, salon.slot("cut", 24, 15, 15))
    count = await salon.database.read(lambda rows: rows.execute(text("select count(*) from appointment")).scalar_one())
    assert count == 1


async def test_undoing_a_hold_frees_it_and_leaves_what_was_booked(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    slot = salon.slot("cut", 24, 15)
    kept = await salon.hold(anna, slot)
    assert hold.undo is not None
    undo = hold.undo
    await salon.do(lambda write: undo(write, anna, kept))
    assert await salon.free(marco, slot) and await salon.jobs("hold_lapsed") == []
    kept = await salon.hold(anna, slot)
    await salon.book(anna, slot, kept)
    await salon.do(lambda write: undo(write, anna, kept))
    assert not await salon.free(marco, slot)


async def test_a_hold_becomes_the_appointment(salon: Salon) -> None:
    anna = await salon.customer(1)
    slot = salon.slot("cut", 25, 15)
    kept = await salon.hold(anna, slot)
    booked = await salon.book(anna, slot, kept)
    assert booked.id == kept["appointment"] and booked.status is Booking.BOOKED
    assert (booked.name, booked.sequence, booked.starts_at) == ("Anna Rossi", 0, slot.starts_at)
    assert len(booked.code) == 8 and await salon.jobs("hold_lapsed") == []
    reminded = [job["at"] for job in await salon.jobs("remind")]
    assert reminded == [slot.starts_at - timedelta(hours=24), slot.starts_at - timedelta(hours=2)]
    assert [job["at"] for job in await salon.jobs("visited")] == [slot.ends_at]


async def test_a_hold_lapses_by_the_clock_alone(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    slot = salon.slot("cut", 24, 15)
    kept = await salon.hold(anna, slot)
    (lapse,) = await salon.jobs("hold_lapsed")
    assert lapse["at"] == anna.now + timedelta(minutes=10)
    late = salon.at(marco, minutes=10)
    assert await salon.free(late, slot)
    taken = await salon.book(late, slot)  # the row of the lapsed hold is in nobody's way
    assert taken.status is Booking.BOOKED
    with pytest.raises(Invalid) as caught:
        await salon.book(salon.at(anna, minutes=11), slot, kept)
    assert caught.value.hint == slots.TAKEN


async def test_a_lapsed_hold_that_nobody_took_still_books(salon: Salon) -> None:
    anna = await salon.customer(1)
    slot = salon.slot("cut", 24, 15)
    kept = await salon.hold(anna, slot)
    booked = await salon.book(salon.at(anna, hours=2), slot, kept)
    assert booked.status is Booking.BOOKED


async def test_nobody_books_out_of_anothers_hold(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    slot = salon.slot("cut", 24, 15)
    kept = await salon.hold(anna, slot)
    with pytest.raises(Invalid):
        await salon.book(marco, slot, kept)


async def test_appointments_are_found_only_by_their_own_customer(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    booked = await salon.book(anna, salon.slot("cut", 24, 15))
    read = salon.database.read
    client = salon.client
    assert await read(lambda rows: appointments.by_id(rows, client, anna.customer.id, booked.id)) == booked
    assert await read(lambda rows: appointments.by_id(rows, client, marco.customer.id, booked.id)) is None
    other = replace(client, id=client.id + 1)
    assert await read(lambda rows: appointments.by_id(rows, other, anna.customer.id, booked.id)) is None
    assert await read(lambda rows: appointments.of_customer(rows, client, anna.customer.id, anna.now)) == [booked]
    begun = booked.starts_at
    assert await read(lambda rows: appointments.of_customer(rows, client, anna.customer.id, begun)) == []
