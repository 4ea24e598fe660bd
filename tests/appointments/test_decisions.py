"""What a person decides: approval, a late wish, another time; and the default where nobody does."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.office import appointments, decisions
from bot.values import Appointment, Booking, Client, Invalid, Refusal, Slot, Who
from tests.appointments.conftest import Salon


async def ticket(salon: Salon) -> int:
    """The newest ticket."""
    return await salon.database.read(lambda rows: int(rows.execute(text("select max(id) from ticket")).scalar_one()))


async def state(salon: Salon, id: int) -> tuple[str, str]:
    row = await salon.database.read(
        lambda rows: rows.execute(text("select state, outcome from ticket where id = :id"), {"id": id}).one()
    )
    return row[0], row[1]


async def decide(salon: Salon, id: int, outcome: str, now: Who, slot: Slot | None = None) -> str:
    return await salon.do(lambda write: decisions.decide(write, salon.client, id, outcome, now.now, slot=slot))


async def default(salon: Salon, client: Client, id: int, now: Who) -> None:
    await salon.do(lambda write: decisions.decide_by_default(write, client, id, now.now, "nobody"))


async def requested(salon: Salon, who: Who) -> Appointment:
    """A perm on Tuesday morning that waits for approval."""
    return await salon.book(who, salon.slot("perm", 24, 10))


async def late(salon: Salon, who: Who) -> tuple[Appointment, Who]:
    """An appointment on Tuesday, and its customer at Monday five o'clock, when it is too late to change it."""
    booked = await salon.book(who, salon.slot("cut", 24, 15))
    return booked, salon.at(who, hours=5)


async def test_a_request_waits_for_a_decision_with_a_deadline(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    assert asked.status is Booking.REQUESTED
    by = await salon.database.read(lambda rows: appointments.decided_by(rows, salon.client, asked))
    assert by == anna.now + timedelta(hours=2)
    (due,) = await salon.jobs("decision_due")
    assert due["at"] == by
    assert await salon.jobs("ticket_due") == []  # the default takes the place of an escalation
    assert await salon.jobs("remind") == []
    assert not await salon.free(await salon.customer(2), salon.slot("perm", 24, 10))


async def test_an_approved_request_is_booked_and_told(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    id = await ticket(salon)
    assert await decide(salon, id, "allow", anna) == "approved"
    booked = await salon.appointment(asked.id)
    assert (booked.status, booked.sequence) == (Booking.BOOKED, 1)
    assert len(await salon.jobs("remind")) == 1  # the one of the day before has passed
    (told,) = await salon.jobs("decided")
    assert (told["ticket"], told["result"], told["by"]) == (id, "approved", "desk")
    assert await state(salon, id) == ("done", "allow by desk")
    assert await salon.jobs("decision_due") == []


async def test_a_refused_request_frees_its_time(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    assert await decide(salon, await ticket(salon), "refuse", anna) == "declined"
    assert (await salon.appointment(asked.id)).status is Booking.CANCELLED
    assert await salon.free(anna, salon.slot("perm", 24, 10))


@pytest.mark.parametrize(
    ("rule", "status", "result"),
    [("refuse", Booking.CANCELLED, "declined"), ("allow", Booking.BOOKED, "approved")],
)
async def test_a_request_that_nobody_decides_ends_by_the_clients_default(
    salon: Salon, rule: str, status: Booking, result: str
) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    await default(salon, replace(salon.client, approval_default=rule), await ticket(salon), salon.at(anna, hours=2))
    assert (await salon.appointment(asked.id)).status is status
    (told,) = await salon.jobs("decided")
    assert (told["result"], told["by"]) == (result, "nobody")


async def test_the_default_does_nothing_where_somebody_decided(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    id = await ticket(salon)
    await decide(salon, id, "allow", anna)
    await default(salon, salon.client, id, salon.at(anna, hours=2))
    assert (await salon.appointment(asked.id)).status is Booking.BOOKED
    assert len(await salon.jobs("decided")) == 1


async def test_nothing_is_decided_twice(salon: Salon) -> None:
    anna = await salon.customer(1)
    await requested(salon, anna)
    id = await ticket(salon)
    await decide(salon, id, "allow", anna)
    with pytest.raises(Refusal):
        await decide(salon, id, "refuse", anna)
    with pytest.raises(Refusal):
        await salon.do(
            lambda write: decisions.decide(write, replace(salon.client, id=salon.client.id + 1), id, "allow", anna.now)
        )


async def test_of_two_who_decide_at_once_one_is_too_late(salon: Salon) -> None:
    anna = await salon.customer(1)
    await requested(salon, anna)
    id = await ticket(salon)
    results = await asyncio.gather(
        decide(salon, id, "allow", anna), decide(salon, id, "refuse", anna), return_exceptions=True
    )
    assert [type(result) for result in results].count(Refusal) == 1
    assert len(await salon.jobs("decided")) == 1


async def test_a_withdrawn_request_closes_its_ticket(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    await salon.do(lambda write: appointments.cancel(write, anna, asked))
    assert (await state(salon, await ticket(salon)))[0] == "done"
    assert await salon.jobs("decision_due") == []


async def test_a_request_that_moves_is_requested_anew(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    first = await ticket(salon)
    moved = await salon.do(lambda write: appointments.move(write, anna, asked, salon.slot("perm", 25, 10)))
    assert moved.status is Booking.REQUESTED
    assert (await state(salon, first))[0] == "done" and (await state(salon, await ticket(salon)))[0] == "open"
    assert len(await salon.jobs("decision_due")) == 1


async def test_a_late_wish_leaves_the_appointment_standing_until_it_is_decided(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked, then = await late(salon, anna)
    by = await salon.do(lambda write: decisions.ask_late(write, then, booked))
    assert by == then.now + timedelta(hours=2)
    again = await salon.do(lambda write: decisions.ask_late(write, then, booked))
    assert again == by and len(await salon.jobs("decision_due")) == 1
    assert (await salon.appointment(booked.id)).status is Booking.BOOKED
    assert await decide(salon, await ticket(salon), "allow", then) == "cancelled"
    assert (await salon.appointment(booked.id)).status is Booking.CANCELLED


@pytest.mark.parametrize(("rule", "status"), [("refuse", Booking.BOOKED), ("allow", Booking.CANCELLED)])
async def test_a_late_wish_that_nobody_decides_ends_by_the_clients_default(
    salon: Salon, rule: str, status: Booking
) -> None:
    anna = await salon.customer(1)
    booked, then = await late(salon, anna)
    await salon.do(lambda write: decisions.ask_late(write, then, booked))
    await default(salon, replace(salon.client, late_default=rule), await ticket(salon), salon.at(then, hours=2))
    assert (await salon.appointment(booked.id)).status is status
    (told,) = await salon.jobs("decided")
    assert told["result"] == ("kept" if rule == "refuse" else "cancelled")


async def test_a_late_move_is_made_when_it_is_allowed(salon: Salon) -> None:
    anna = await salon.customer(1)
    booked, then = await late(salon, anna)
    slot = salon.slot("cut", 26, 9)
    await salon.do(lambda write: decisions.ask_late(write, then, booked, slot))
    assert await decide(salon, await ticket(salon), "allow", then) == "moved"
    moved = await salon.appointment(booked.id)
    assert (moved.starts_at, moved.status) == (slot.starts_at, Booking.BOOKED)


async def test_a_late_move_to_a_time_that_is_gone_leaves_it_as_it_was(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    booked, then = await late(salon, anna)
    slot = salon.slot("cut", 26, 9)
    await salon.do(lambda write: decisions.ask_late(write, then, booked, slot))
    await salon.book(marco, slot)
    assert await decide(salon, await ticket(salon), "allow", then) == "gone"
    assert await salon.appointment(booked.id) == booked


async def test_another_time_proposed_for_a_request_is_taken(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    id, slot = await ticket(salon), salon.slot("perm", 25, 16)
    assert await decide(salon, id, "propose", anna, slot) == "proposed"
    assert await salon.free(anna, salon.slot("perm", 24, 10))
    taken = await salon.do(lambda write: decisions.take(write, anna, id))
    assert (taken.starts_at, taken.status) == (slot.starts_at, Booking.BOOKED)
    assert taken.id == asked.id and await salon.jobs("proposal_lapsed") == []
    with pytest.raises(Refusal):
        await salon.do(lambda write: decisions.turn_down(write, anna, id))


async def test_another_time_proposed_for_a_request_is_turned_down(salon: Salon) -> None:
    anna = await salon.customer(1)
    asked = await requested(salon, anna)
    id = await ticket(salon)
    await decide(salon, id, "propose", anna, salon.slot("perm", 25, 16))
    left = await salon.do(lambda write: decisions.turn_down(write, anna, id))
    assert left.status is Booking.CANCELLED and (await salon.appointment(asked.id)).status is Booking.CANCELLED


async def test_another_time_proposed_for_a_late_wish_is_kept_for_her_alone(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    booked, then = await late(salon, anna)
    await salon.do(lambda write: decisions.ask_late(write, then, booked))
    id, slot = await ticket(salon), salon.slot("cut", 26, 9)
    await decide(salon, id, "propose", then, slot)
    assert (await salon.appointment(booked.id)).status is Booking.BOOKED
    (lapse,) = await salon.jobs("proposal_lapsed")
    assert lapse["at"] == then.now + timedelta(hours=1)
    assert not await salon.free(salon.at(marco, hours=5), slot)
    with pytest.raises(Refusal):
        await salon.do(lambda write: decisions.take(write, marco, id))
    taken = await salon.do(lambda write: decisions.take(write, then, id))
    assert (taken.id, taken.starts_at, taken.status) == (booked.id, slot.starts_at, Booking.BOOKED)
    rows = await salon.database.read(lambda rows: rows.execute(text("select status from appointment")).scalars().all())
    assert rows == ["booked"]


async def test_a_proposal_that_lapses_leaves_the_appointment_and_frees_the_time(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    booked, then = await late(salon, anna)
    await salon.do(lambda write: decisions.ask_late(write, then, booked))
    id, slot = await ticket(salon), salon.slot("cut", 26, 9)
    await decide(salon, id, "propose", then, slot)
    left = await salon.do(lambda write: decisions.turn_down(write, salon.at(then, hours=1), id, "lapsed"))
    assert left.status is Booking.BOOKED
    assert await salon.free(marco, slot)


async def test_only_a_free_time_is_proposed(salon: Salon) -> None:
    anna, marco = await salon.customer(1), await salon.customer(2)
    await requested(salon, anna)
    slot = salon.slot("perm", 25, 16)
    await salon.book(marco, slot)
    first = await ticket(salon) - 1
    with pytest.raises(Invalid):
        await decide(salon, first, "propose", anna, slot)
    assert (await state(salon, first))[0] == "open"
