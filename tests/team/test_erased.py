"""What the workspace shows of a customer goes when she is erased, and what names her among others reads without her."""

from __future__ import annotations

from datetime import timedelta

from bot.office import digests
from bot.update import Kind
from storage import clients
from tests.team.conftest import Team, rows

SHOWN = "select id from updates where channel = 'slack' and reply like '%Verdi%'"


async def messages(team: Team) -> None:
    """Anna, a customer, leaves a message; Carla has called; the desk makes a task of Anna's, and asks about it."""
    await team.desk.change("update client set rules = json_set(rules, '$.morning_brief', 510), version = version + 7")
    for words in ("/message", "Anyone", "The tap drips", "Anna Verdi"):
        await team.desk.write(words)
    await team.desk.press("Answer here, in the chat")
    await team.desk.press("Yes, pass it on")
    await team.va("log_call", name="Carla Neri", phone="+390212345678", about="The bell rings", end="slip")
    await team.va("make_task", ticket=1001, text="Find Anna Verdi a plumber")
    [(number,)] = await rows(team, "task", "number")
    await team.va("task_ask", ticket=number, text="Has Anna Verdi a garden?", options="")
    await team.va("write_team", ticket=number, text="Anna Verdi is in a hurry")


async def erased(team: Team) -> None:
    """Anna has herself erased."""
    await team.desk.write("/privacy")
    await team.desk.press("Erase my data")
    await team.desk.press("Yes, erase my data")
    await team.settle()
    team.desk.now += timedelta(minutes=5)
    await team.settle()


async def test_an_erased_customer_is_named_nowhere_any_more(team: Team) -> None:
    await messages(team)
    await team.update(Kind.ACT, name="home")
    await team.press("slip_open:1")
    assert await team.desk.query(SHOWN) != []
    client = team.client
    await team.desk.database.transact(lambda write: digests.keep(write, clients.load(write, client), team.desk.now))
    team.desk.now += timedelta(hours=20, minutes=31)  # half past eight
    await team.settle()
    [digest, marcos] = sorted(key for key in team.posts if key.startswith("digest:morning:"))
    assert "from Anna Verdi" in team.posts[digest]
    assert "Anna Verdi" in team.posts["home:U0ANNA"]
    assert [key for key in team.posts if key.startswith("task:1/")]
    before = team.posts[digest]
    await erased(team)
    named = [said.partition(" [")[0] for said in before.split(" | ") if "Anna Verdi" in said]
    assert len(named) == 2  # her message, and the task that waits
    for said in named:
        before = before.replace(said, "–")
    assert (team.posts[digest], team.posts[marcos]) == (before, before)
    assert not [key for key, said in team.posts.items() if "Verdi" in said or "tap drips" in said]
    assert not [key for key in team.posts if key.startswith("task:")]
    assert "Carla Neri" in team.posts["home:U0ANNA"]
    found = await team.desk.query("select payload from job where lane like 'slack:%'")
    assert not [row for row in found if "Verdi" in str(row) or "tap drips" in str(row)]
    assert not [
        row for row in await rows(team, "task", "title", "details", "question", "result") if "Verdi" in str(row)
    ]
    assert await team.desk.query(SHOWN) == []
    assert await team.desk.query("select key from post_name where customer_id = 1") == []
