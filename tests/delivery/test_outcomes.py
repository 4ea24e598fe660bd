"""What becomes of each outcome: retried, given up, shown as failed, told to the house."""

import logging
from datetime import timedelta

import pytest

from bot.background import jittered
from bot.delivery.retry import GIVE_UP, LONGEST, MOST_TRIES, pause
from bot.outcome import Blocked, Failed, TryAgain
from bot.update import Face, InConversation, Kind
from storage.database import Unavailable
from tests.delivery.post import Post

A, B = "net:bot:1", "net:bot:2"


def test_pauses_grow_to_ten_minutes_and_add_up_to_a_day() -> None:
    assert [pause(tries).total_seconds() for tries in (1, 2, 3, 4)] == [1, 2, 4, 8]
    assert pause(11) == pause(500) == LONGEST
    waited = sum(map(pause, range(1, MOST_TRIES + 1)), timedelta())
    assert GIVE_UP <= waited <= GIVE_UP + LONGEST
    assert timedelta(seconds=6) <= jittered(timedelta(seconds=8)) <= timedelta(seconds=10)


async def test_a_network_that_is_down_is_tried_for_a_day_and_then_given_up(post: Post) -> None:
    message = await post.message()
    post.network.plans[A] = [TryAgain("down")] * 500
    await post.send(A, "text", message_id=message)
    while await post.states() == ["due"]:
        await post.settle(minutes=13)
    assert len(post.network.calls) == MOST_TRIES
    assert await post.states("state, reason", "message") == [("failed", "given up: down")]


async def test_a_refusal_is_shown_as_failed_and_never_tried_again(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    message = await post.message()
    post.network.plans[A] = [Failed("can't parse\0")]
    await post.send(A, "a customer's words", message_id=message)
    await post.settle()
    await post.settle(hours=30)
    assert len(post.network.calls) == 1
    assert await post.states("state, reason", "message") == [("failed", "can't parse")]
    assert "can't parse" in caplog.text
    assert "a customer's words" not in caplog.text


async def test_a_block_is_told_to_the_house_once(post: Post) -> None:
    post.network.plans[A] = [Blocked("shut")]
    await post.send(A, "text", conversation_id=5, client_id=1)
    await post.settle()
    (update,) = post.door.updates
    assert (update.id, update.channel, update.account) == ("1:blocked", "net", "bot")
    assert (update.face, update.kind, update.target) == (Face.NETWORK, Kind.REACH, InConversation(5))
    assert update.data == {"reachable": False}
    assert await post.states("state, reason") == [("failed", "blocked: shut")]


async def test_a_block_without_a_conversation_only_fails(post: Post) -> None:
    post.network.plans[A] = [Blocked("left the group")]
    await post.send(A, "text")
    await post.settle()
    assert post.door.updates == []
    assert await post.states() == ["failed"]


async def test_a_defect_of_a_channel_is_given_up_after_five_tries(post: Post) -> None:
    post.network.plans[A] = [ValueError("bug")] * 9
    await post.send(A, "text")
    await post.send(B, "other")
    for _ in range(9):
        await post.settle(minutes=1)
    assert len(post.network.texts(A)) == 5
    assert await post.states("state, reason") == [("failed", "defect: ValueError"), ("done", None)]


async def test_an_unknown_channel_waits(post: Post) -> None:
    await post.send("elsewhere:bot:1", "text")
    await post.settle()
    assert await post.states() == ["due"]


async def test_an_act_comes_when_it_is_due_as_an_update_of_the_clock(post: Post) -> None:
    await post.later("remind", post.now + timedelta(hours=1))
    await post.settle(minutes=59)
    assert post.door.updates == []
    await post.settle(minutes=1)
    (update,) = post.door.updates
    assert (update.id, update.channel, update.face, update.kind) == ("1", "clock", Face.CLOCK, Kind.ACT)
    assert (update.name, update.target, update.data) == ("remind", InConversation(5), {"n": 1})
    assert await post.states() == ["done"]


async def test_an_act_that_fails_is_tried_again_and_becomes_a_ticket_in_the_end(post: Post) -> None:
    post.door.defects = 9
    await post.later("remind", post.now)
    for _ in range(9):
        await post.settle(minutes=1)
    assert len(post.door.updates) == 5
    assert {update.id for update in post.door.updates} == {"1"}
    assert post.door.tickets == [(1, "remind")]
    assert await post.states() == ["failed"]


async def test_an_act_that_recovers_leaves_no_ticket(post: Post) -> None:
    post.door.defects = 2
    await post.later("remind", post.now)
    for _ in range(3):
        await post.settle(minutes=1)
    assert (len(post.door.updates), post.door.tickets) == (3, [])
    assert await post.states() == ["done"]


async def test_what_ended_while_the_database_was_away_is_marked_later(
    post: Post, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await post.send(A, "text")
    caplog.set_level(logging.ERROR)
    real, away = post.database.transact, 1

    async def transact(fn):  # type: ignore[no-untyped-def]
        nonlocal away
        if post.network.calls and away:
            away -= 1
            raise Unavailable("away")
        return await real(fn)

    monkeypatch.setattr(post.database, "transact", transact)
    with pytest.raises(Unavailable):
        await post.settle()
    await post.settle()
    assert post.network.texts() == ["text"]
    assert await post.states() == ["done"]
