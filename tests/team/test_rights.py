"""What members may who are not named in the client's file, and what guests of the workspace may."""

from __future__ import annotations

import pytest

from bot.update import Kind
from tests.team.conftest import GUEST, Team, rows

ASK = "You don't have that right. You can ask: Anna Rossi and Marco Bianchi."
NO_GUESTS = "Guests of the workspace can't do this. Its members can."
FOR_THOSE_NAMED = ["slip_called:1", "slip_give:1", "slip_open:1", "slip_reply:1", "tell_form"]
FOR_MEMBERS = ["delegate", "task_off:1", "close_undo:x"]


def refused(team: Team) -> str:
    """Why the last thing was refused; empty where it was not."""
    return team.reply.error if team.reply is not None else ""


async def nobody_named(team: Team) -> None:
    await team.desk.change("update contact set slack = ''")
    await team.desk.change("update client set version = version + 7")


async def call(team: Team) -> None:
    await team.va("log_call", name="Carla Neri", phone="+390212345678", about="The tap drips", end="slip")


@pytest.mark.parametrize("user", ["U0OTHER", GUEST])
async def test_what_customers_said_is_for_those_whom_the_file_names(team: Team, user: str) -> None:
    await call(team)
    for key in FOR_THOSE_NAMED:
        await team.press(key, user)
        assert refused(team) == ASK, key
    await team.command("tell", "We are closed", user)
    assert refused(team) == ASK
    await team.submit("told_desk", {"words_en": "We are closed", "repeat": "once"}, user)
    assert refused(team) == ASK
    await team.command("order", "1042 shipped", user)
    assert refused(team) == ASK
    assert await rows(team, "relay", "id") == []
    assert ("open", "message") in await rows(team, "ticket", "state", "kind")
    assert [key for key in team.posts if "Called back" in team.posts[key]] == ["slip:1:0"]


async def test_where_the_file_names_nobody_every_full_member_may_all(team: Team) -> None:
    await nobody_named(team)
    await call(team)
    await team.command("tell", "We are closed", "U0OTHER")
    assert refused(team) == ""
    await team.command("closed", "24 December", "U0OTHER")
    assert refused(team) == ""
    for key in (*FOR_THOSE_NAMED, *FOR_MEMBERS):
        await team.press(key, GUEST)
        assert refused(team) == NO_GUESTS, key
    await team.press("slip_called:1", "U0OTHER")
    assert refused(team) == ""
    assert ("done", "message") in await rows(team, "ticket", "state", "kind")


async def test_a_guest_delegates_nothing_and_reads_nothing(team: Team) -> None:
    await call(team)
    for key in FOR_MEMBERS:
        await team.press(key, GUEST)
        assert refused(team) == ASK, key
        await team.press(key, "U0OTHER")
        assert refused(team) != ASK, key
    await team.command("today", user=GUEST)
    assert refused(team) == ASK
    talk = {"place": "C1", "thread": "", "direct": False}
    await team.update(Kind.TEXT, GUEST, text="book a train", message="3.1", data={**talk, "mention": True})
    assert refused(team) == ASK
    await team.update(Kind.TEXT, GUEST, text="good morning", message="3.2", data={**talk, "mention": False})
    assert refused(team) == ""
    await team.update(Kind.ACT, GUEST, name="reaction", text="book a train", message="3.3", data=talk)
    assert refused(team) == ASK
    assert await rows(team, "task", "id") == []
    await team.update(Kind.ACT, GUEST, name="home")
    assert team.posts[f"home:{GUEST}"] == ASK
    await team.command("help", user=GUEST)
    assert refused(team) == ""
