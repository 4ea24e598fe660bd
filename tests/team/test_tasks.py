"""A task from the form to its stars: what the team does, what the desk does, and what the post says meanwhile."""

from __future__ import annotations

from datetime import timedelta

from tests.team.conftest import Team, rows

MONDAY = 1795510800 + 7 * 86400


async def delegated(team: Team, **values: object) -> int:
    filled = {"kind": "other", "title": "Order new towels", "details": "", "priority": "normal", "every": "once"}
    await team.submit("delegated", {**filled, **values})
    return int((await rows(team, "task", "number"))[-1][0])


async def test_a_task_is_delegated_done_and_taken(team: Team) -> None:
    number = await delegated(team, details="White, twenty of them")
    assert team.reply is None
    assert team.posts["task:1"].startswith(f"Task {number}: Order new towels | State: Requested | Kind: Something else")
    await team.va("task_accept", ticket=number)
    assert "State: Taken on" in team.posts["task:1"]
    assert "Who does it: Eva" in team.posts["task:1"]
    await team.va("task_start", ticket=number)
    assert await rows(team, "task", "state") == [("in_progress",)]
    team.desk.now += timedelta(minutes=25)
    await team.va("task_done", ticket=number, text="Twenty ordered, 180 euro")
    assert "State: Finished" in team.posts["task:1"]
    assert team.posts["task:1"].endswith("[Accept] [Open again] [★] [★★] [★★★] [★★★★] [★★★★★] [With a word]")
    assert await rows(team, "ticket", "state", "outcome") == [("done", "done by Eva")]
    [(started, ended)] = await rows(team, "work", "started_at", "ended_at")
    assert ended - started == timedelta(minutes=25)
    await team.press("task_rate:1", "U0MARCO")
    assert team.reply is not None
    assert team.reply.modal["act"] == "task_rated"
    await team.submit("task_rated", {"words": " ", "rating": "4"}, "U0MARCO", id="1")
    assert team.reply.errors == {"words": "Please write a few words."}
    await team.submit("task_rated", {"words": "Just right", "rating": "4"}, "U0MARCO", id="1")
    assert "Rating: ★★★★" in team.posts["task:1"]
    assert team.heard()[-1].endswith("Accepted by Marco Bianchi. Thank you. | «Just right»")
    assert (await rows(team, "task", "rating")) == [(4,)]
    await team.press("task_accept:1.1")
    assert team.reply is not None
    assert team.reply.error == "Marco Bianchi has answered this already."
    await team.submit("task_reopened", {"words": "Two are missing"}, id="1")
    assert await rows(team, "ticket", "state") == [("open",)]
    assert "State: Taken on" in team.posts["task:1"]
    assert team.heard()[-1].endswith("Opened again by Anna Rossi. | «Two are missing»")


async def test_an_estimate_is_approved_by_who_may(team: Team) -> None:
    number = await delegated(team)
    await team.va("task_propose", ticket=number, minutes="90")
    assert "It would take about 1 hour 30 min. Shall it be done?" in team.posts["task:1"]
    await team.press("task_approve:1", "U0MARCO")
    assert team.reply is not None
    assert team.reply.error == "Whether it shall be done is decided by: Anna Rossi. You don't have that right."
    await team.press("task_approve:1")
    await team.press("task_decline:1")
    assert team.reply is not None
    assert team.reply.error == "Anna Rossi has answered this already."
    assert await rows(team, "task", "state", "estimate") == [("accepted", 90)]


async def test_a_question_is_answered_by_a_button_once(team: Team) -> None:
    number = await delegated(team)
    await team.va("task_ask", ticket=number, text="Which colour?", options="White\nGrey")
    assert team.posts["task:1"].endswith("[White] [Grey] [Answer in words] [Call it off]")
    await team.press("task_option:1.1", "U0MARCO")
    assert "State: Requested" in team.posts["task:1"]
    assert team.heard()[-1].endswith("Marco Bianchi answers: | «Grey»")
    await team.press("task_option:1.0")
    assert team.reply is not None
    assert team.reply.error == "Marco Bianchi has answered this already."


async def test_the_form_says_what_is_wrong_over_each_field(team: Team) -> None:
    reply = await team.submit(
        "delegated",
        {
            "kind": "travel",
            "title": " ",
            "due": 1,
            "every": "week",
            "field_from": "Rome",
            "field_to": None,
            "field_leaves": 2,
        },
    )
    assert reply is not None
    assert reply.errors == {
        "title": "Say in a few words what is to be done.",
        "due": "This time has passed.",
        "field_to": "This is needed.",
        "field_leaves": "This time has passed.",
    }
    assert await rows(team, "task", "id") == []


async def test_a_recurring_task_comes_at_its_hour_and_ends(team: Team) -> None:
    first = int((team.desk.now + timedelta(days=2)).timestamp())
    await team.submit("delegated", {"kind": "other", "title": "Water", "due": first, "every": "week"})
    assert await rows(team, "task", "id") == []
    for weeks in (1, 2):
        team.desk.now += timedelta(days=7)
        await team.settle()
        assert len(await rows(team, "task", "id")) == weeks
    assert team.posts["task:2"].endswith("[Details] [Call it off] [Repeat no more]")
    await team.press("recurring_off:2", "U0MARCO")
    assert team.heard()[-1] == "task:2 It comes no more, says Marco Bianchi."
    await team.press("recurring_off:2")
    assert team.reply is not None
    assert team.reply.error == "This comes no more already."
    team.desk.now += timedelta(days=7)
    await team.settle()
    assert len(await rows(team, "task", "id")) == 2


async def test_a_form_that_was_open_while_the_task_closed_is_refused(team: Team) -> None:
    number = await delegated(team)
    await team.va("task_propose", ticket=number, minutes="10")
    await team.press("task_change:1")
    assert team.reply is not None
    assert team.reply.modal["act"] == "task_changed"
    await team.va("task_done", ticket=number, text="")
    await team.submit("task_changed", {"words": "Later"}, id="1")
    assert team.reply.error == "This task is not open any more."
