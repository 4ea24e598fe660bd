"""Order within a lane, independence between lanes, and what a stop leaves."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot.delivery import Pace
from bot.delivery.loop import ACTS
from bot.outcome import Failed, Sent, TryAgain
from storage import jobs
from tests.delivery.post import NOON, Post

A, B = "net:bot:1", "net:bot:2"


async def test_a_lane_keeps_its_order(post: Post) -> None:
    for number in range(5):
        await post.send(A, str(number))
    await post.settle()
    assert post.network.texts() == ["0", "1", "2", "3", "4"]
    assert post.network.most == 1


async def test_a_retry_keeps_its_place(post: Post) -> None:
    post.network.plans[A] = [TryAgain("slow")]
    await post.send(A, "first")
    await post.send(A, "second")
    await post.settle()
    assert post.network.texts() == ["first"]
    await post.settle(seconds=2)
    assert post.network.texts() == ["first", "first", "second"]


async def test_a_failure_lets_the_next_one_go(post: Post) -> None:
    post.network.plans[A] = [Failed("no")]
    await post.send(A, "first")
    await post.send(A, "second")
    await post.settle()
    assert await post.states() == ["failed", "done"]


async def test_a_slow_chat_holds_up_no_other(post: Post) -> None:
    post.network.holds[A] = asyncio.Event()
    await post.send(A, "slow")
    for number in range(3):
        await post.send(B, str(number))
    running = asyncio.create_task(post.loop.run())
    await post.network.until(4)
    assert post.network.texts(B) == ["0", "1", "2"]
    post.network.holds[A].set()
    await post.loop.stop()
    await running
    assert await post.states() == ["done"] * 4


async def test_acts_hold_up_no_send_however_many_are_due(post: Post) -> None:
    post.door.hold = asyncio.Event()
    for _ in range(ACTS + 5):
        await post.later("remind", NOON)
    running = asyncio.create_task(post.loop.run())
    await post.door.until(ACTS)
    await post.send(A, "words")
    post.loop.wake()
    await post.network.until(1)
    assert len(post.door.updates) == ACTS
    post.door.hold.set()
    await post.door.until(ACTS + 5)
    await post.loop.stop()
    await running
    assert await post.states() == ["done"] * (ACTS + 6)


async def test_a_dead_bot_takes_no_more_than_its_share(make_post: Callable[..., Post]) -> None:
    post = make_post(pace=Pace(None, None, at_once=2))
    dead = asyncio.Event()
    for chat in range(6):
        post.network.holds[f"net:dead:{chat}"] = dead
        await post.send(f"net:dead:{chat}", "dead")
    for number in range(6):
        await post.send(f"net:alive:{number % 2}", "alive")
    running = asyncio.create_task(post.loop.run())
    await post.network.until(8)
    assert sorted(post.network.texts()) == ["alive"] * 6 + ["dead"] * 2
    dead.set()
    await post.loop.stop()
    await running
    assert sorted(await post.states()) == ["done"] * 8 + ["due"] * 4
    await post.settle(seconds=1)  # a loop that has stopped claims nothing
    assert len(post.network.calls) == 8


async def test_a_stop_waits_for_what_is_in_hand_and_marks_it(post: Post) -> None:
    post.network.holds[A] = asyncio.Event()
    await post.send(A, "first")
    await post.send(A, "second")
    running = asyncio.create_task(post.loop.run())
    await post.network.until(1)
    stopping = asyncio.create_task(post.loop.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    post.network.holds[A].set()
    await stopping
    await running
    assert await post.states() == ["done", "due"]


async def test_a_wake_is_enough(post: Post) -> None:
    running = asyncio.create_task(post.loop.run())
    await asyncio.sleep(0)
    await post.send(A, "woken")
    post.loop.wake()
    await post.network.until(1)
    await post.loop.stop()
    await running


async def test_what_a_dead_process_held_is_sent_again(post: Post) -> None:
    await post.send(A, "held")
    await post.database.transact(lambda write: jobs.claim(write, NOON, NOON + timedelta(minutes=2), 10, 10))
    restarted = post.new_loop()
    await restarted.settle()
    if post.database.dialect == "sqlite":  # one process: at its start nobody else holds anything
        assert post.network.texts() == ["held"]
        return
    assert post.network.texts() == []
    post.now += timedelta(minutes=3)
    await restarted.settle()
    assert post.network.texts() == ["held"]


async def test_a_call_that_takes_long_is_nobody_elses(post: Post) -> None:
    other = post.new_loop()
    await other.settle()  # at its start it frees what a dead process held
    post.network.holds[A] = asyncio.Event()
    await post.send(A, "1")
    running = asyncio.create_task(post.loop.run())
    await post.network.until(1)
    for _ in range(6):
        post.now += timedelta(seconds=10)
        post.loop.wake()
        while (await post.states("lease_until"))[0] <= post.now.timestamp() * 1e6:
            pass
        await other.settle()
    post.network.holds[A].set()
    await post.loop.stop()
    await running
    assert post.network.texts() == ["1"] and await post.states() == ["done"]


async def test_a_long_text_goes_on_before_the_next(post: Post) -> None:
    message = await post.message()
    post.network.plans[A] = [Sent("7", {"text": "rest", "keyboard": []}), Sent("8")]
    await post.send(A, "long", message_id=message)
    await post.send(A, "next")
    await post.settle()
    assert post.network.texts() == ["long", "rest", "next"]
    assert await post.states("state, external_id", "message") == [("sent", "8")]


async def test_a_waiting_edit_makes_an_earlier_one_needless(post: Post) -> None:
    message = await post.message()
    post.network.plans[A] = [Sent("70")]
    await post.send(A, "question", message_id=message)
    for page in ("page 2", "page 3", "page 4"):
        await post.send(A, page, kind="edit", message_id=message, payload={"message": message})
    await post.settle()
    assert post.network.texts() == ["question", "page 4"]
    assert post.network.calls[-1][1]["external"] == "70"
    assert await post.states() == ["done"] * 4
    assert await post.states("state, external_id", "message") == [("sent", "n4")]


async def test_many_jobs_of_many_lanes_all_go_in_order(post: Post) -> None:
    for number in range(300):
        await post.send(f"net:bot:{number % 30}", str(number))
    await post.settle()
    for lane in range(30):
        said = [int(one) for one in post.network.texts(f"net:bot:{lane}")]
        assert said == list(range(lane, 300, 30))


async def test_a_stop_gives_up_in_the_end_what_nobody_answers(post: Post) -> None:
    post.network.holds[A] = asyncio.Event()
    await post.send(A, "first")
    running = asyncio.create_task(post.loop.run())
    await post.network.until(1)
    await post.loop.stop(asyncio.get_running_loop().time())
    await running
    assert await post.states() == ["due"]


async def test_a_clock_that_jumps_an_hour_sends_nothing_twice_and_holds_up_nobody(post: Post) -> None:
    post.network.holds[A] = asyncio.Event()
    await post.send(A, "in flight")
    running = asyncio.create_task(post.loop.run())
    await post.network.until(1)
    for calls, hours in ((2, 1), (3, -2), (4, 1)):
        post.now += timedelta(hours=hours)
        await post.send(f"net:bot:{calls}", "after the jump")
        post.loop.wake()
        await post.network.until(calls)
    post.network.holds[A].set()
    await post.loop.stop()
    await running
    assert post.network.texts(A) == ["in flight"]
    assert await post.states() == ["done"] * 4
