"""Moving, cancelling, confirming: in time, from all sides at once, and what the clock is told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.office import appointments
from bot.rules import slots
from bot.values import Appointment, Booking, Invalid, Refusal
from tests.appointments.conftest import Salon


async def test_a_move_keeps_who_it_is_and_changes_when(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))
    slot = salon.slot("cut", 26, 14, 30)
    moved = await salon.do(lambda write: appointments.move(write, anna, booked, slot))
    assert moved == await salon.appointment(booked.id)
    assert (moved.uid, moved.code, moved.sequence) == (booked.uid, booked.code, 1)
    assert (moved.starts_at, moved.ends_at, moved.status) == (slot.starts_at, slot.ends_at, Booking.BOOKED)
    assert await salon.free(anna, salon.slot("cut", 25, 15))
    reminders = await salon.jobs("remind")
    assert [job["at"] for job in reminders] == [
        slot.starts_at - timedelta(hours=24),
        slot.starts_at - timedelta(hours=2),
    ]
    assert {job["sequence"] for job in reminders} == {1}
    (freed,) = await salon.jobs("offer_slot")
    assert freed["from"] == booked.starts_at.isoformat()


async def test_an_appointment_may_move_into_its_own_time(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))
    slot = salon.slot("cut", 25, 15, 15)
    moved = await salon.do(lambda write: appointments.move(write, anna, booked, slot))
    assert moved.starts_at == slot.starts_at


async def test_crossing_moves_end_without_a_deadlock(salon: Salon) -> None:
    """Two change places over and over: each move finds the other's time taken, or free, but never an error."""
    anna, marco = await salon.customer(1), await salon.customer(2)
    left, right = salon.slot("colour", 25, 10, resource="anna"), salon.slot("colour", 25, 10, resource="bruno")
    one, two = await salon.book(anna, left), await salon.book(marco, right)
    for hour in (12, 14, 16):
        left, right = salon.slot("colour", 25, hour, resource="bruno"), salon.slot("colour", 25, hour, resource="anna")
        moves = await asyncio.gather(
            salon.do(lambda write: appointments.move(write, anna, one, left)),  # noqa: B023  awaited here
            salon.do(lambda write: appointments.move(write, marco, two, right)),  # noqa: B023
        )
        one, two = moves
    swaps = await asyncio.gather(
        salon.do(lambda write: appointments.move(write, anna, one, right)),
        salon.do(lambda write: appointments.move(write, marco, two, left)),
        return_exceptions=True,
    )
    assert all(isinstance(result, Invalid) for result in swaps)  # each finds the other there


async def test_eight_movers_to_one_slot_leave_one_winner(salon: Salon) -> None:
    movers = [await salon.customer(number) for number in range(1, 9)]
    booked = [await salon.book(who, salon.slot("cut", 25, 9 + number)) for number, who in enumerate(movers)]
    slot = salon.slot("cut", 26, 15)
    results = await asyncio.gather(
        *(
            salon.do(lambda write, who=who, one=one: appointments.move(write, who, one, slot))  # type: ignore[misc]
            for who, one in zip(movers, booked, strict=True)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(result, Appointment) for result in results) == 1
    assert [str(result.hint) for result in results if isinstance(result, Invalid)] == [slots.TAKEN] * 7


async def test_a_cancelled_time_is_free_and_nothing_more_is_to_happen(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    slot = salon.slot("cut", 25, 15)
    booked = await salon.book(anna, slot)
    cancelled = await salon.do(lambda write: appointments.cancel(write, anna, booked))
    assert (cancelled.status, cancelled.sequence) == (Booking.CANCELLED, 1)
    assert await salon.appointment(booked.id) == cancelled
    assert await salon.free(marco, slot)
    assert await salon.jobs("remind") == [] and await salon.jobs("visited") == []
    assert len(await salon.jobs("offer_slot")) == 1


async def test_what_changed_meanwhile_is_not_changed_again(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))
    await salon.do(lambda write: appointments.cancel(write, anna, booked))
    with pytest.raises(Refusal) as caught:
        await salon.do(lambda write: appointments.cancel(write, anna, booked))
    assert caught.value.hint == appointments.CHANGED
    with pytest.raises(Refusal):
        await salon.do(lambda write: appointments.move(write, anna, booked, salon.slot("cut", 26, 15)))
    assert await salon.free(anna, salon.slot("cut", 26, 15))


async def test_cancelling_and_moving_at_once_leaves_one_of_them(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))
    results = await asyncio.gather(
        salon.do(lambda write: appointments.cancel(write, anna, booked)),
        salon.do(lambda write: appointments.move(write, anna, booked, salon.slot("cut", 26, 15))),
        return_exceptions=True,
    )
    assert {type(result) for result in results} == {Appointment, Refusal}


async def test_the_deadline_counts_to_the_minute_and_a_request_has_none(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))
    deadline = booked.starts_at - timedelta(days=1)
    assert appointments.cancel_until(salon.client, booked) == deadline
    assert appointments.in_time(salon.client, booked, deadline)
    assert not appointments.in_time(salon.client, booked, deadline + timedelta(seconds=1))
    asked = await salon.book(anna, salon.slot("perm", 24, 9))
    assert appointments.in_time(salon.client, asked, asked.starts_at - timedelta(minutes=1))


async def test_a_confirmation_is_noted_until_the_next_move(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))
    assert await salon.do(lambda write: appointments.confirm(write, booked, anna.now))

    async def noted() -> bool:
        at = await salon.database.read(
            lambda rows: rows.execute(text("select confirmed_at from appointment")).scalar_one()
        )
        return at is not None

    assert await noted()
    await salon.do(lambda write: appointments.move(write, anna, booked, salon.slot("cut", 26, 15)))
    assert not await noted()


async def test_a_visit_is_over_only_if_it_is_the_one_meant(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked = await salon.book(anna, salon.slot("cut", 25, 15))
    await salon.do(lambda write: appointments.visited(write, salon.client, booked.id, 7, anna.now))
    assert (await salon.appointment(booked.id)).status is Booking.BOOKED
    await salon.do(lambda write: appointments.visited(write, salon.client, booked.id, booked.sequence, anna.now))
    assert (await salon.appointment(booked.id)).status is Booking.DONE
