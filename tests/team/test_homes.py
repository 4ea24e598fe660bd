"""Home pages are shown anew a moment after something on them has changed, whoever changed it."""

from __future__ import annotations

from datetime import timedelta

from bot.office.homes import SOON
from bot.update import Face, Kind, OfClient
from tests.team.conftest import Team, rows


async def looked(team: Team, user: str, **fields: str) -> None:
    """A member opens her home page."""
    await team.update(Kind.ACT, user, name="home", data={}, **fields)


async def shown(team: Team, user: str, after: timedelta = SOON) -> str:
    """What her page says anew once some time has passed; empty where it is not shown again."""
    team.posts.pop(f"home:{user}", None)
    team.desk.now += after
    await team.settle()
    return str(team.posts.get(f"home:{user}", ""))


async def sent(team: Team) -> int:
    """How often home pages were sent."""
    return [kind for (kind,) in await rows(team, "job", "kind")].count("home")


async def test_a_page_shows_what_others_do_once_a_moment_has_passed(team: Team) -> None:
    await team.submit("delegated", {"kind": "other", "title": "Towels"})
    assert await shown(team, "U0ANNA") == ""  # she has never looked
    await looked(team, "U0ANNA")
    await looked(team, "U0MARCO", language="it")
    [(number,)] = await rows(team, "task", "number")
    await team.va("task_ask", ticket=number, text="Which colour?", options="White\nGrey")
    assert await shown(team, "U0ANNA", timedelta()) == ""
    assert "# Waiting for you | Task 1001: Towels | Question: Which colour?" in await shown(team, "U0ANNA")
    assert "# In attesa di Lei" in team.posts["home:U0MARCO"]
    await team.press("task_option:1.1", "U0MARCO")
    assert "# My tasks | Task 1001: Towels" in await shown(team, "U0ANNA")
    await team.va("task_done", ticket=number, text="Grey ones come on Friday")
    page = await shown(team, "U0ANNA")
    assert "# Waiting for you | Task 1001: Towels | Grey ones come on Friday | Finished | [Accept]" in page


async def test_much_that_changes_is_shown_once_and_nothing_where_nothing_reads_otherwise(team: Team) -> None:
    await looked(team, "U0ANNA")
    for number in range(20):
        await team.submit("delegated", {"kind": "other", "title": f"Thing {number}"})
    assert (await rows(team, "job", "subject")).count(("homes:1",)) == 1
    assert "Page 1 of 2" in await shown(team, "U0ANNA")
    assert await sent(team) == 2
    await team.press("home_page:1", **{"in": "home"})
    [(number,)] = [(number,) for number, title in await rows(team, "task", "number", "title") if title == "Thing 0"]
    await team.va("task_accept", ticket=number)
    assert "Page 2 of 2" in await shown(team, "U0ANNA")  # she stays where she is
    before = await sent(team)
    await team.desk.act(Face.CLOCK, "homes", OfClient(1), id="again")
    assert await sent(team) == before
    await team.update(Kind.ACT, "U0ANNA", name="member_left", data={"user": "U0ANNA"})
    await team.va("task_done", ticket=number, text="")
    assert await shown(team, "U0ANNA") == ""


async def test_messages_are_shown_too(team: Team) -> None:
    await looked(team, "U0ANNA")
    for words in ("/message", "Anyone", "The tap drips", "Anna"):
        await team.desk.write(words)
    await team.desk.press("Answer here, in the chat")
    await team.desk.press("Yes, pass it on")
    assert "# Messages nobody has taken on" in await shown(team, "U0ANNA")
    [(ticket,)] = await rows(team, "ticket", "id")
    await team.press(f"slip_called:{ticket}", "U0MARCO")
    page = await shown(team, "U0ANNA")
    assert page
    assert "Messages nobody has taken on" not in page


async def test_a_page_of_today_is_one_of_tomorrow_at_midnight(team: Team) -> None:
    await looked(team, "U0ANNA")
    assert team.posts["home:U0ANNA"].startswith("At the desk today: Eva, ")
    await team.desk.change("update coverage set weekday = 4")
    await team.desk.change("update client set version = version + 5")
    assert (await shown(team, "U0ANNA", timedelta(hours=14))).startswith("Nobody is at the desk today.")
    assert await shown(team, "U0ANNA", timedelta(days=1)) == ""
