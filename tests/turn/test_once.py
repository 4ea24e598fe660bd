"""Every update counts once, in its place, and holds up nobody else."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot import turn as door
from bot.ability import action, command
from bot.dialog import Turn
from bot.turn import Door
from bot.update import Face, InConversation, Kind, OfClient, Reply, Thread, Update
from storage.database import Busy
from tests.door import NOON, Desk
from tests.turn.toys import M, note

COUNTED = ("updates", "message", "job", "conversation", "thread", "customer", "ticket", "file")


async def counts(desk: Desk) -> list[int]:
    return [(await desk.query(f"select count(*) from {table}"))[0][0] for table in COUNTED]


# --- the same update again


async def test_the_same_update_again_changes_nothing(either: Desk) -> None:
    await either.write("/order")
    await either.write("red")
    before, state = await counts(either), await either.query("select dialogs, awaiting, puts from conversation")
    assert either.last is not None
    for restarted in (False, True):
        if restarted:
            either.restart()
        assert await either.handle(either.last) is None
        assert await either.hear() == []
        assert await counts(either) == before
        assert await either.query("select dialogs, awaiting, puts from conversation") == state


async def test_the_same_press_again_has_the_same_toast(desk: Desk) -> None:
    await desk.write("/order")
    await desk.press("Red")
    await desk.press("Red")
    assert desk.last is not None and desk.reply is not None and desk.reply.toast == "Already taken."
    first = desk.reply
    desk.restart()
    assert await desk.handle(desk.last) == first


async def test_the_same_act_again_has_the_same_data_and_error(desk: Desk) -> None:
    await desk.write("/hours")
    for name in ("reply", "refuse", "fail"):
        first = await desk.act(Face.VA, name, id=f"form {name}", text="Hello")
        assert first is not None and (first.error or first.data == {"sent": True})
        before = await counts(desk)
        desk.restart()
        assert await desk.act(Face.VA, name, id=f"form {name}", text="Hello") == first
        assert await counts(desk) == before


async def test_the_same_id_from_elsewhere_is_another_update(desk: Desk) -> None:
    await desk.write("/hours")
    talk = await desk.talk()
    for face in (Face.VA, Face.TEAM):
        await desk.act(face, "reply", InConversation(talk), id="1", text="Hello")
    assert len(await desk.query("select 1 from updates where id = '1'")) == 3


async def test_updates_come_in_any_order(desk: Desk) -> None:
    late, edit, early = (
        desk.made(Kind.TEXT, text="later", id="9"),
        desk.made(Kind.EDITED, text="now", message="m3", id="5"),
        desk.made(Kind.TEXT, text="then", message="m3", id="3"),
    )
    for update in (late, edit, early):
        await desk.handle(update)
    texts = await desk.query("select text, edited_at from message where \"by\" = 'customer' order by id")
    assert texts == [("later", None), ("then", None)]
    results = await desk.query("select id, result from updates order by id")
    assert results == [("3", "puzzled"), ("5", "unknown"), ("9", "puzzled")]


# --- many at once


async def test_a_flood_of_one_customer_keeps_its_order_and_holds_up_nobody(either: Desk) -> None:
    other, done = either.another("2"), []

    async def one(desk: Desk, words: str) -> None:
        await desk.door.handle(desk.made(Kind.TEXT, text=words))
        done.append(words)

    flood = [asyncio.create_task(one(either, str(number))) for number in range(100)]
    between = asyncio.create_task(one(other, "hello"))
    await asyncio.gather(*flood, between)
    assert [words for words in done if words != "hello"] == [str(number) for number in range(100)]
    assert done.index("hello") < 50
    kept = await either.query(
        "select text from message where \"by\" = 'customer' and text <> 'hello' order by message.id"
    )
    assert kept == [(str(number),) for number in range(100)]
    assert either.door._queues == {} and either.door._waiting == 0


async def test_a_turn_that_takes_long_holds_up_no_other_customer(postgres: Desk) -> None:
    begun, go_on = threading.Event(), threading.Event()

    @command("long", M("Long"))
    async def long(turn: Turn) -> None:
        begun.set()
        go_on.wait(30)  # so that a house that waits fails, and does not hang
        turn.say(M("Done."))

    slow = asyncio.create_task(postgres.door.handle(postgres.made(Kind.COMMAND, name="long")))
    behind = asyncio.create_task(postgres.door.handle(postgres.made(Kind.COMMAND, name="hours")))
    assert await asyncio.to_thread(begun.wait, 30)
    assert await postgres.another("2").write("/hours") == ["We are open."]
    assert not slow.done() and not behind.done()
    go_on.set()
    await asyncio.gather(slow, behind)
    assert await postgres.hear() == ["Done.", "We are open."]


async def test_operators_do_not_wait_for_each_other(postgres: Desk) -> None:
    begun, go_on = threading.Event(), threading.Event()

    @action("long", Face.OPERATOR)
    async def long(turn: Turn) -> None:
        begun.set()
        go_on.wait(30)  # so that a house that waits fails, and does not hang

    @action("short", Face.OPERATOR)
    async def short(turn: Turn) -> None:
        turn.answer(done=True)

    def command(name: str) -> Update:
        return Update(
            id=name, channel="cli", account="", face=Face.OPERATOR, kind=Kind.ACT, target=None, at=NOON, name=name
        )

    slow = asyncio.create_task(postgres.door.handle(command("long")))
    assert await asyncio.to_thread(begun.wait, 30)
    assert await postgres.handle(command("short")) == Reply(data={"done": True})
    assert not slow.done()
    go_on.set()
    await slow


async def test_a_cancelled_caller_leaves_no_queue(desk: Desk) -> None:
    waiting = [asyncio.create_task(desk.door.handle(desk.made(Kind.TEXT, text=str(number)))) for number in range(5)]
    await asyncio.sleep(0)
    for task in waiting[1:]:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    assert desk.door._queues == {} and desk.door._waiting == 0
    assert (await desk.write("/hours"))[-1] == "We are open."


async def test_too_many_are_sent_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "MOST_WAITING", 3)
    tasks = [asyncio.create_task(desk.door.handle(desk.made(Kind.TEXT, text=str(number)))) for number in range(5)]
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [type(None)] * 3 + [Busy] * 2
    assert await desk.query("select count(*) from updates") == [(3,)]
    assert desk.door._waiting == 0


@pytest.mark.parametrize("same", [True, False], ids=["one_update", "eight_updates"])
async def test_eight_first_messages_at_once_are_one_customer(either: Desk, same: bool) -> None:
    updates = [either.made(Kind.TEXT, text="hello", id="1" if same else str(number)) for number in range(8)]
    doors = [Door(either.database, lambda: NOON) for _ in updates]  # as in eight processes
    await asyncio.gather(*(one.handle(update) for one, update in zip(doors, updates, strict=True)))
    assert await either.query("select count(*), max(writer) from thread") == [(1, "Anna")]
    assert await either.query("select count(*) from customer") == [(1,)]
    assert await either.query("select count(*) from conversation") == [(1,)]
    assert await either.query("select count(*) from message where \"by\" = 'customer'") == [(1 if same else 8,)]
    assert await either.query("select count(*) from updates where result = 'puzzled'") == [(1 if same else 8,)]


async def test_one_update_at_eight_doors_is_one_turn(either: Desk) -> None:
    await either.write("/order")
    before = await counts(either)
    update = either.made(Kind.TEXT, text="red", id="9")
    doors = [Door(either.database, lambda: NOON) for _ in range(8)]
    assert await asyncio.gather(*(one.handle(update) for one in doors)) == [None] * 8
    new = [now - then for now, then in zip(await counts(either), before, strict=True)]
    assert dict(zip(COUNTED, new, strict=True)) == dict.fromkeys(COUNTED, 0) | {"updates": 1, "message": 2, "job": 1}


async def test_whoever_writes_after_the_end_of_a_talk_begins_another(desk: Desk) -> None:
    await desk.write("/hours")
    await desk.change("update conversation set ended_at = 1")
    assert await desk.write("/hours") == ["We are open."]
    assert await desk.query("select customer_id, ended_at from conversation order by id") == [(1, 1), (1, None)]
    assert await desk.query("select count(*) from thread") == [(1,)]


async def test_a_lost_race_runs_the_whole_turn_once_more(either: Desk) -> None:
    runs = []

    @command("race", M("Race"))
    async def race(turn: Turn) -> None:
        runs.append(turn.now)
        note(turn.write, f"run {len(runs)}")
        if len(runs) == 1:
            note(turn.write, "run 1")
        turn.say(M("Done."))

    assert await either.write("/race") == ["Done."]
    assert await either.query("select what from numbering") == [("run 2",)]
    assert len(runs) == 2
    assert await either.query("select result from updates") == [("race",)]
    assert await either.query("select count(*) from message where \"by\" = 'customer'") == [(1,)]


async def test_a_race_lost_twice_is_a_defect(desk: Desk) -> None:
    runs = []

    @command("race", M("Race"))
    async def race(turn: Turn) -> None:
        runs.append(1)
        note(turn.write, "taken")
        note(turn.write, "taken")

    assert (await desk.write("/race"))[0].startswith("Sorry, something went wrong on our side.")
    assert len(runs) == 2 and await desk.query("select result from updates") == [("defect",)]


# --- after the commit


async def test_delivery_is_woken_after_the_commit(desk: Desk) -> None:
    seen: list[Any] = []

    async def look() -> None:
        seen.append(await desk.query("select count(*) from job"))

    tasks = []
    desk.door = Door(desk.database, lambda: NOON, lambda: tasks.append(asyncio.create_task(look())))
    await desk.door.handle(desk.made(Kind.COMMAND, name="hours"))
    await asyncio.gather(*tasks)
    assert seen == [[(1,)]]


# --- the audit


async def test_the_row_of_an_update_is_the_audit(either: Desk) -> None:
    await either.write("/hours")
    talk = await either.talk()
    [(client,)] = await either.query("select id from client")
    await either.act(Face.VA, "reply", text="Hello", id="form")
    await either.act(Face.OPERATOR, "refuse", OfClient(client), id="command")
    await either.send(Kind.PRESS, name="1:1", text="x", message="x1", id="press")
    outside = {"place": Thread("telegram", "shop", "-5").lane}
    await either.handle(either.made(Kind.OUTSIDE, target=None, data=outside, id="outside"))
    rows = await either.query(
        "select id, channel, account, face, kind, name, actor, target, conversation_id, client_id, result from updates"
    )
    lane, of_client = "telegram:shop:1", f"OfClient:{client}"
    assert sorted(rows, key=lambda row: str(row[0])) == [
        ("1", "telegram", "shop", "customer", "command", "hours", "w1", lane, talk, client, "hours"),
        ("command", "operator", "", "operator", "act", "refuse", "eva", of_client, None, client, "refuse:refused"),
        ("form", "va", "", "va", "act", "reply", "eva", f"InConversation:{talk}", talk, client, "reply:done"),
        ("outside", "telegram", "shop", "customer", "outside", "", "w1", "telegram:shop:-5", None, client, "told"),
        ("press", "telegram", "shop", "customer", "press", "1:1", "w1", lane, talk, client, "desk holds"),
    ]  # fmt: skip
    micros = int(NOON.timestamp()) * 1_000_000
    assert await either.query("select distinct at from updates") == [(micros,)]


async def test_a_turn_that_fails_leaves_no_row_but_the_apology(desk: Desk) -> None:
    with pytest.raises(IntegrityError):
        await desk.database.transact(
            lambda write: write.execute(text("insert into thread (id, client_id) values (1, 99)")).close()
        )
    await desk.write("/bad")
    assert await desk.query("select what from numbering where what = 'bad'") == []
    assert await desk.query("select kind, name, result from updates") == [("command", "bad", "defect")]
