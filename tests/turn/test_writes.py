"""What a run writes and changes is kept only if it finishes; the values it sees are frozen."""

from __future__ import annotations

import dataclasses
import gc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.ability import action, command
from bot.dialog import Turn
from bot.office import customers
from bot.update import Attachment, Face, Kind, Reply, Thread, Update
from bot.values import Holder, Invalid, Refusal, effect
from storage.clients import step
from storage.models import Numbering
from tests.door import NOON, Desk
from tests.turn import toys
from tests.turn.toys import KEPT, M, Number, note


async def notes(desk: Desk) -> list[str]:
    return [what for (what,) in await desk.query("select what from numbering where what <> 'ticket' order by what")]


# --- rows


async def test_what_a_run_that_asks_has_written_is_taken_back(either: Desk) -> None:
    @command("both", M("Both"))
    async def both(turn: Turn) -> None:
        note(turn.write, "by connection")
        turn.session.add(Numbering(client_id=turn.client.id, what="by session", last=1))
        turn.session.flush()
        await turn.ask("number", M("How many?"), Number())
        note(turn.write, "at the end")

    assert await either.write("/both") == ["How many?"]
    assert await notes(either) == []
    await either.write("what")
    assert await notes(either) == []
    await either.write("4")
    assert await notes(either) == ["at the end", "by connection", "by session"]


async def test_a_session_is_flushed_and_kept_with_the_run_that_finishes(either: Desk) -> None:
    @command("rich", M("Rich"))
    async def rich(turn: Turn) -> None:
        row = Numbering(client_id=turn.client.id, what="rich", last=1)
        turn.session.add(row)
        found = turn.session.get(Numbering, (turn.client.id, "rich"))
        assert turn.session is turn.session and (found is None or found is row)
        turn.session.flush()
        assert turn.rows.execute(text("select last from numbering where what = 'rich'")).scalar_one() == 1
        row.last = 2
        turn.say(M("Done."))

    assert await either.write("/rich") == ["Done."]
    assert await either.query("select last from numbering where what = 'rich'") == [(2,)]


async def test_each_run_has_a_session_of_its_own(desk: Desk) -> None:
    seen: list[Any] = []

    def do(write: Any, who: Any) -> int:
        return 1

    again = effect("toy_again", do)

    @command("twice", M("Twice"))
    async def twice(turn: Turn) -> None:
        seen.append(turn.session)
        turn.session.add(Numbering(client_id=turn.client.id, what=f"run {len(seen)}", last=1))
        await turn.keep(again)
        turn.say(M("Done."))

    await desk.write("/twice")
    await desk.write("/twice")
    assert len(seen) == len({id(session) for session in seen}) == 4
    assert await notes(desk) == ["run 2", "run 4"]
    assert all(not session.identity_map and session.get_transaction() is None for session in seen)


@pytest.mark.parametrize("wrong", [Refusal(M("No.")), ZeroDivisionError()], ids=["refusal", "defect"])
async def test_a_session_of_a_run_that_ends_badly_is_taken_back_and_closed(either: Desk, wrong: Exception) -> None:
    @command("badly", M("Badly"))
    async def badly(turn: Turn) -> None:
        turn.session.add(Numbering(client_id=turn.client.id, what="badly", last=1))
        turn.session.flush()
        raise wrong

    for _ in range(2):
        assert len(await either.write("/badly")) == 1
    gc.collect()  # a connection that was left open would warn now
    assert await notes(either) == []
    assert await either.write("/hours") == ["We are open."]


async def test_the_undoing_of_a_failed_answer_lasts_though_the_run_wrote_before(either: Desk) -> None:
    most = [100]

    class Few(Number):
        def check(self, value: Any) -> int:
            if value > most[0]:
                raise Invalid(M("{number} is too many."), number=value)
            return int(value)

    @command("wrote", M("Wrote"))
    async def wrote(turn: Turn) -> None:
        note(turn.write, "wrote")
        number = await turn.ask("number", M("How many?"), Few())
        await turn.keep(toys.keep, number)
        await turn.ask("other", M("How many others?"), Number())

    await either.write("/wrote")
    await either.write("9")
    assert KEPT == [("do", 9)] and await notes(either) == ["kept 9"]
    most[0] = 5
    assert await either.write("1") == ["9 is too many. How many?"]
    assert KEPT == [("do", 9), ("undo", 9)] and await notes(either) == []


async def test_an_effect_may_be_kept_more_than_once_in_a_dialog(either: Desk) -> None:
    @command("two", M("Two"))
    async def two(turn: Turn) -> None:
        first = await turn.ask("first", M("First?"), Number())
        a = await turn.keep(toys.keep, first)
        second = await turn.ask("second", M("Second?"), Number())
        b = await turn.keep(toys.keep, second)
        await turn.ask("third", M("Third?"), Number())
        turn.say(M("{a} and {b}."), a=a, b=b)

    for words in ("/two", "1", "2"):
        await either.write(words)
    assert KEPT == [("do", 1), ("do", 2)] and await notes(either) == ["kept 1", "kept 2"]
    await either.write("back")
    assert await notes(either) == ["kept 1"]
    await either.write("5")
    assert await either.write("6") == ["1 and 5."]
    assert KEPT == [("do", 1), ("do", 2), ("undo", 2), ("do", 5)]


# --- values


async def test_a_run_that_is_taken_back_restores_the_customer_and_the_talk(either: Desk) -> None:
    seen: list[Any] = []

    @command("changes", M("Changes"))
    async def changes(turn: Turn) -> None:
        seen.append((turn.customer.name, turn.language, turn.conversation.epoch))
        turn.customer = replace(turn.customer, name="Maria")
        turn.change(language="it", epoch=7)
        customers.learn(turn.write, turn.customer)
        await turn.ask("number", M("How many?"), Number())
        turn.say(M("Done."))

    assert await either.write("/changes") == ["How many?"]
    assert await either.query("select conversation.language, epoch, name from conversation, customer") == [
        ("en", 0, "")
    ]
    await either.write("4")
    assert seen == [("", "en", 0)] * 2
    assert await either.query("select conversation.language, epoch, name from conversation, customer") == [
        ("it", 7, "Maria")
    ]


async def test_a_refused_run_restores_them_too(desk: Desk) -> None:
    @command("refuses", M("Refuses"))
    async def refuses(turn: Turn) -> None:
        turn.change(language="it", holder=Holder.DESK)
        turn.customer = replace(turn.customer, name="Maria")
        turn.say(M("This is not said."))
        turn.answer(M("Nor is this."))
        turn.begin("hours")
        raise Refusal(M("No."))

    assert await desk.write("/refuses") == ["No."] and desk.reply is None
    assert await desk.query("select language, holder from conversation") == [("en", "bot")]


async def test_what_a_digression_changed_is_seen_below_it(desk: Desk) -> None:
    @command("tongue", M("Tongue"))
    async def tongue(turn: Turn) -> None:
        turn.change(language="it")

    @command("which", M("Which"))
    async def which(turn: Turn) -> None:
        await turn.ask("number", M("In {language}?"), Number(), language=turn.language)

    assert await desk.write("/which") == ["In en?"]
    assert await desk.write("/tongue") == ["In it?"]


def test_the_values_are_frozen() -> None:
    update = Update(
        id="1", channel="", account="", face=Face.VA, kind=Kind.ACT, target=None, at=datetime(2026, 1, 1, tzinfo=UTC)
    )
    for value in (update, update.writer, Thread("a", "b", "c"), Reply(), Attachment("photo")):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, dataclasses.fields(value)[0].name, "changed")


async def test_the_values_of_a_turn_are_frozen(desk: Desk) -> None:
    refused: list[str] = []

    @command("frozen", M("Frozen"))
    async def frozen(turn: Turn) -> None:
        whole = turn.client, turn.customer, turn.conversation, turn.who, turn.update
        for value, name in zip(whole, ("id", "id", "id", "now", "id"), strict=True):
            try:
                setattr(value, name, 1)
            except AttributeError:
                refused.append(type(value).__name__)
        turn.say(M("Done."))

    assert await desk.write("/frozen") == ["Done."]
    assert refused == ["Client", "Customer", "Conversation", "Who", "Update"]


async def test_a_client_is_one_value_per_version(either: Desk) -> None:
    seen: list[Any] = []

    @command("look", M("Look"))
    async def look(turn: Turn) -> None:
        seen.append(turn.client)

    await either.write("/look")
    await either.write("/look")
    assert seen[0] is seen[1] and seen[0].name == "Shop"
    await either.change("update client set name = 'Unseen'")
    await either.write("/look")
    assert seen[2] is seen[0]
    await either.change(f"update client set name = 'Bottega', version = {step()}")
    await either.write("/look")
    assert seen[3].name == "Bottega" and seen[0].name == "Shop"


async def test_the_clock_of_a_turn_is_the_doors(desk: Desk) -> None:
    seen: list[datetime] = []

    @command("when", M("When"))
    async def when(turn: Turn) -> None:
        seen.append(turn.now)

    await desk.write("/when")
    desk.now += timedelta(hours=1)
    await desk.write("/when")
    assert seen == [NOON, NOON + timedelta(hours=1)]


async def test_an_act_without_a_talk_has_none(desk: Desk) -> None:
    missing: list[str] = []

    @action("alone", Face.OPERATOR)
    async def alone(turn: Turn) -> None:
        for name in ("client", "customer", "conversation", "language"):
            try:
                getattr(turn, name)
            except LookupError:
                missing.append(name)
        turn.answer(talks=turn.talks)

    update = Update(
        id="1", channel="cli", account="", face=Face.OPERATOR, kind=Kind.ACT, target=None, at=NOON, name="alone"
    )
    assert await desk.handle(update) == Reply(data={"talks": False})
    assert missing == ["client", "customer", "conversation", "language"]
