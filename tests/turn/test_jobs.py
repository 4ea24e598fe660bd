"""Jobs: of each lane only the head is claimed, by index, whatever else is in the table; and what is for later."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from bot.update import InConversation, OfClient
from storage import jobs, road
from storage.database import Database
from storage.jobs import Claimed
from tests.door import NOON
from tests.turn.lanes import LEASE, claim, do, rows, send

MINUTE = timedelta(minutes=1)


# --- lanes


async def test_only_the_head_of_each_lane_is_claimed(database: Database) -> None:
    await send(database, "a", "a", "b", "a", "c", "b")
    first = await claim(database)
    assert [(one.id, one.lane) for one in first] == [(1, "a"), (3, "b"), (5, "c")]
    assert await claim(database) == []
    await do(database, jobs.done, first[0], NOON)
    assert [one.id for one in await claim(database)] == [2]


async def test_no_more_are_claimed_than_asked_for_the_earliest_first(database: Database) -> None:
    await send(database, "late", now=NOON + MINUTE)
    await send(database, *map(str, range(8)))
    assert [one.id for one in await claim(database, NOON + MINUTE, 5)] == [2, 3, 4, 5, 6]
    assert [one.id for one in await claim(database, NOON + MINUTE, 5)] == [1, 7, 8, 9]


async def test_what_is_not_due_is_not_claimed(database: Database) -> None:
    await send(database, "a", now=NOON + MINUTE)
    assert await claim(database) == []
    assert await do(database, jobs.next_due, NOON) == NOON + MINUTE
    assert [one.id for one in await claim(database, NOON + MINUTE)] == [1]
    assert await do(database, jobs.next_due, NOON) is None


async def test_a_retry_keeps_its_place_in_its_lane(database: Database) -> None:
    await send(database, "a", "a", "b")
    first, other = await claim(database)
    await do(database, jobs.retry, first, NOON + MINUTE, "no network")
    await do(database, jobs.done, other, NOON)
    assert await claim(database) == []
    [again] = await claim(database, NOON + MINUTE)
    assert (again.id, again.attempts) == (1, 2)
    await do(database, jobs.done, again, NOON)
    assert [one.id for one in await claim(database, NOON + MINUTE)] == [2]


async def test_what_failed_for_good_lets_the_next_one_go(database: Database) -> None:
    await send(database, "a", "a")
    [first] = await claim(database)
    await do(database, jobs.failed, first, NOON, "never")
    assert [one.id for one in await claim(database)] == [2]
    assert await rows(database, "id, state, reason") == [(1, "failed", "never"), (2, "busy", None)]


async def test_the_rest_of_a_long_text_goes_before_what_came_after(database: Database) -> None:
    await send(database, "a", "a")
    [first] = await claim(database)
    await do(database, jobs.continue_with, first, {"text": "rest"})
    [again] = await claim(database)
    assert (again.id, again.payload, again.attempts) == (1, {"text": "rest"}, 1)


async def test_what_was_put_back_untried_counts_as_no_try(database: Database) -> None:
    await send(database, "a")
    [first] = await claim(database)
    await do(database, jobs.put_back, first, NOON + MINUTE)
    assert await claim(database) == []
    assert [one.attempts for one in await claim(database, NOON + MINUTE)] == [1]


async def test_one_job_of_a_lane_is_in_flight_at_most(database: Database) -> None:
    await send(database, "a", "a")
    with pytest.raises(IntegrityError):
        await do(database, lambda write: write.execute(text("update job set state = 'busy'")).close())
    assert await rows(database) == [(1, "due"), (2, "due")]


async def test_many_claim_at_once_and_each_job_is_had_once(database: Database) -> None:
    await send(database, *(f"lane {number % 20}" for number in range(60)))
    done: list[int] = []
    while True:
        claims = await asyncio.gather(*(claim(database, most=7) for _ in range(6)))
        had = [one for claimed in claims for one in claimed]
        lanes = [one.lane for one in had]
        assert len(lanes) == len(set(lanes))
        if not had:
            break
        for one in had:
            await do(database, jobs.done, one, NOON)
        done += [one.id for one in had]
    assert sorted(done) == list(range(1, 61))
    for lane in range(20):
        own = [id for id in done if (id - 1) % 20 == lane]
        assert own == sorted(own)


async def test_a_lease_that_has_ended_is_given_back(database: Database) -> None:
    await send(database, "a", "b")
    [one] = await claim(database, NOON, 1)
    await claim(database, NOON + MINUTE)
    assert await do(database, jobs.free, NOON + LEASE) == 0
    assert await do(database, jobs.free, NOON + LEASE + timedelta(seconds=1)) == 1
    assert await rows(database, "id, state, lease_until is null") == [(1, "due", 1), (2, "busy", 0)]
    [again] = await claim(database)
    assert (again.id, again.attempts) == (one.id, 2)


async def test_whoever_comes_too_late_marks_nothing(database: Database) -> None:
    await send(database, "a")
    [first] = await claim(database)
    await do(database, jobs.free, NOON + LEASE + MINUTE)
    for fn, args in ((jobs.failed, (NOON, "late")), (jobs.retry, (NOON, "late")), (jobs.continue_with, ({},))):
        await do(database, fn, first, *args)
    assert await rows(database, "id, state, reason") == [(1, "due", None)]


# --- for later


async def test_what_is_for_later_has_no_lane_and_waits_for_nobody(database: Database) -> None:
    await send(database, "a", "a")

    def work(write: Connection) -> None:
        jobs.later(write, "one", NOON, InConversation(5), client_id=1, data={"x": 1})
        jobs.later(write, "two", NOON, OfClient(7), client_id=7, subject="appointment:12")
        jobs.later(write, "three", NOON, None, client_id=7)
        jobs.later(write, "four", NOON + MINUTE, None, client_id=7)

    await database.transact(work)
    claimed = await claim(database)
    assert [(one.id, one.kind, one.lane) for one in claimed] == [
        (1, "send", "a"), (3, "act", None), (4, "act", None), (5, "act", None),
    ]  # fmt: skip
    assert [one.payload for one in claimed[1:]] == [
        {"name": "one", "data": {"x": 1}, "target": {"conversation": 5}},
        {"name": "two", "data": {}, "target": {"client": 7}},
        {"name": "three", "data": {}, "target": None},
    ]
    assert [(one.conversation_id, one.client_id) for one in claimed[1:]] == [(5, 1), (None, 7), (None, 7)]


async def test_what_was_called_off_does_not_come(database: Database) -> None:
    def work(write: Connection) -> None:
        for subject in ("appointment:1", "appointment:1", "appointment:12", None):
            jobs.later(write, "remind", NOON, None, client_id=1, subject=subject)

    await database.transact(work)
    assert await do(database, jobs.call_off, "appointment:1", NOON) == 2
    assert await do(database, jobs.call_off, "appointment:1", NOON) == 0
    assert [one.id for one in await claim(database)] == [3, 4]
    assert await do(database, jobs.call_off, "appointment:12", NOON) == 0  # it is in hand


# --- what becomes of messages


async def message(database: Database, state: str = "waiting", by: str = "bot") -> int:
    insert = text(
        'insert into message (client_id, conversation_id, "by", audience, text, pressed, state, epoch, at)'
        " values (1, 1, :by, 'customer', '', '', :state, 0, 0) returning id"
    )
    return await do(database, lambda write: write.execute(insert, {"by": by, "state": state}).scalar_one())  # type: ignore[no-any-return]


async def job_of(database: Database, message_id: int, kind: str) -> Claimed:
    def work(write: Connection) -> None:
        road.send(write, f"{kind}", kind, {"message": message_id}, NOON, conversation_id=1, message_id=message_id)

    await database.transact(work)
    return (await claim(database))[-1]


@pytest.mark.parametrize(
    ("kind", "state", "marked"),
    [
        ("send", "waiting", ("sent", "n7")),
        ("file", "waiting", ("sent", "n7")),  # nothing but a file
        ("file", "sent", ("sent", None)),  # its words have the network's id
        ("edit", "sent", ("sent", "n7")),
    ],
)
async def test_a_message_is_marked_sent(database: Database, kind: str, state: str, marked: tuple[str, str]) -> None:
    id = await message(database, state)
    await do(database, jobs.done, await job_of(database, id, kind), NOON, "n7")
    read = text("select state, external_id from message")
    assert await database.read(lambda connection: tuple(connection.execute(read).one())) == marked
    if kind == "edit":
        await do(database, lambda write: road.send(write, "b", kind, {}, NOON, message_id=id))
        [edit] = await claim(database)
        assert edit.payload == {"external": "n7"}


@pytest.mark.parametrize(
    ("kind", "state", "marked"),
    [
        ("send", "waiting", ("failed", "never")),
        ("file", "waiting", ("failed", "never")),
        ("file", "sent", ("sent", None)),
        ("edit", "sent", ("sent", None)),
    ],
)
async def test_a_message_is_marked_failed(database: Database, kind: str, state: str, marked: tuple[str, str]) -> None:
    id = await message(database, state)
    await do(database, jobs.failed, await job_of(database, id, kind), NOON, "never")
    read = text("select state, reason from message")
    assert await database.read(lambda connection: tuple(connection.execute(read).one())) == marked


async def test_a_later_edit_makes_an_earlier_one_needless(database: Database) -> None:
    id, other = await message(database, "sent"), await message(database, "sent")
    for about in (id, other, id):
        await do(database, lambda write, about=about: road.send(write, "a", "edit", {}, NOON, message_id=about))
    [first] = await claim(database)
    assert first.superseded
    await do(database, jobs.done, first, NOON)
    [second] = await claim(database)
    assert not second.superseded
