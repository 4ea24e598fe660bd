"""The pace of sending, by a clock that is moved by hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.delivery import Pace, Rate
from bot.delivery.pacing import TIDY, Bucket, Pacer
from bot.outcome import TryAgain
from bot.update import Thread
from tests.delivery.post import NOON, Post


@pytest.fixture
def migrated_url(migrated_sqlite: str) -> str:
    """The pace is kept in memory: one database is enough."""
    return migrated_sqlite


ONE, TWO = Thread("net", "bot", "1"), Thread("net", "bot", "2")
OTHER = Thread("net", "other", "1")
CHATS = Pace(Rate(1, 3), None)
BOTS = Pace(None, Rate(30, 30))


def after(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def test_a_bucket_gives_its_burst_and_then_keeps_its_rate() -> None:
    bucket = Bucket(Rate(1, 3))
    assert [(bucket.take(NOON) - NOON).total_seconds() for _ in range(6)] == [0, 0, 0, 1, 2, 3]


def test_a_bucket_fills_again_in_a_rest() -> None:
    bucket = Bucket(Rate(1, 3))
    for _ in range(4):
        bucket.take(NOON)
    rested = NOON + after(20)
    assert [(bucket.take(rested) - rested).total_seconds() for _ in range(4)] == [0, 0, 0, 1]


async def test_a_chat_gets_three_at_once_and_then_one_a_second(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=CHATS)
    for number in range(6):
        await post.send("net:bot:1", str(number))
    await post.settle()
    assert post.network.texts() == ["0", "1", "2"]
    for expected in (["3"], ["4"], ["5"], []):
        post.network.calls.clear()
        await post.settle(seconds=1)
        assert post.network.texts() == expected


async def test_a_fast_chat_slows_no_other(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=Pace())
    for number in range(9):
        await post.send("net:bot:1", str(number))
    await post.send("net:bot:2", "other")
    await post.settle()
    assert post.network.texts("net:bot:2") == ["other"]


async def test_a_bot_sends_thirty_a_second_and_another_is_not_held_up(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=BOTS)
    for chat in range(50):
        await post.send(f"net:bot:{chat}", "text")
    for chat in range(5):
        await post.send(f"net:other:{chat}", "other")
    await post.settle()
    assert sorted(post.network.texts()) == ["other"] * 5 + ["text"] * 30
    await post.settle(seconds=0.5)
    assert post.network.texts().count("text") == 45
    await post.settle(seconds=0.5)
    assert post.network.texts().count("text") == 50


async def test_waiting_for_the_pace_is_no_try(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=CHATS)
    for number in range(4):
        await post.send("net:bot:1", str(number))
    await post.settle()
    assert await post.states("state, attempts") == [("done", 1)] * 3 + [("due", 0)]
    assert await post.due_in() == [1]


async def test_a_chat_is_left_alone_as_long_as_the_network_asks(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=Pace())
    post.network.plans["net:bot:1"] = [TryAgain("too many requests", 7)]
    await post.send("net:bot:1", "first")
    await post.send("net:bot:2", "other")
    await post.settle()
    assert await post.due_in() == [7]
    await post.send("net:bot:2", "more")
    await post.settle(seconds=6)
    assert post.network.texts() == ["first", "other", "more"]
    await post.settle(seconds=1)
    assert post.network.texts("net:bot:1") == ["first", "first"]


async def test_a_bot_is_left_alone_once_a_second_chat_hears_so(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=Pace())
    post.network.plans["net:bot:1"] = [TryAgain("too many requests", 7)]
    post.network.plans["net:bot:2"] = [TryAgain("too many requests", 9)]
    for chat in (1, 2):
        await post.send(f"net:bot:{chat}", "text")
    await post.settle()
    await post.send("net:bot:3", "third")
    await post.send("net:other:3", "elsewhere")
    await post.settle(seconds=1)
    assert post.network.texts() == ["text", "text", "elsewhere"]
    await post.settle(seconds=8)
    assert post.network.texts("net:bot:3") == ["third"]


async def test_a_flood_is_never_given_up(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=Pace())
    post.network.plans["net:bot:1"] = [TryAgain("too many requests", 1)] * 200
    await post.send("net:bot:1", "text")
    for _ in range(201):
        await post.settle(seconds=1)
    assert await post.states() == ["done"]


def test_a_bot_with_its_hands_full_waits_at_the_end_of_its_line() -> None:
    pacer = Pacer(Pace(None, Rate(30, 30), at_once=1))
    assert pacer.admit(1, ONE, NOON) is None
    waiting = pacer.admit(2, TWO, NOON)
    assert waiting == NOON + after(1)
    assert pacer.admit(3, OTHER, NOON) is None
    pacer.left(ONE)
    assert pacer.admit(2, TWO, NOON + after(1)) is None


def test_a_grant_is_kept_for_the_job_that_got_it() -> None:
    pacer = Pacer(CHATS)
    moments = [pacer.admit(job, ONE, NOON) for job in range(6)]
    assert moments == [None, None, None, *(NOON + after(wait) for wait in (1, 2, 3))]
    assert pacer.admit(5, ONE, NOON + after(3)) is None
    assert pacer.admit(3, ONE, NOON + after(3)) is None


def test_the_past_is_forgotten() -> None:
    pacer = Pacer(Pace())
    for job in range(TIDY - 1):
        pacer.admit(job, Thread("net", str(job), "1"), NOON)
        pacer.left(Thread("net", str(job), "1"))
    pacer.pause(ONE, NOON + after(5), NOON)
    pacer.admit(TIDY, TWO, NOON + timedelta(hours=2))
    assert len(pacer._buckets) == 2
    assert not pacer._pauses
    assert not pacer._granted
