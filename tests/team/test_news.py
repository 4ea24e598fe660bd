"""What the team hears: messages, one person after the other until somebody takes them on; and what it answers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from bot.update import Face, Kind
from tests.door import T
from tests.team.conftest import Team, rows, whispered


async def left_message(team: Team) -> None:
    """A customer leaves a message, to be answered in the chat."""
    for words in ("/message", "Marco Bianchi", "The tap drips", "Anna"):
        await team.desk.write(words)
    await team.desk.press("Answer here, in the chat")
    await team.desk.press("Yes, pass it on")
    await team.settle()


async def call(team: Team, **data: object) -> None:
    """The desk takes a message by telephone."""
    wanted = {"name": "Carla Neri", "phone": "+390212345678", "about": "The tap drips", "end": "slip"}
    await team.va("log_call", **{**wanted, **data})


async def test_a_message_goes_from_one_to_the_next_until_somebody_takes_it_on(team: Team) -> None:
    await call(team, contact="marco", call_back="after five")
    ticket = (await rows(team, "slip", "ticket_id"))[0][0]
    assert team.posts[f"slip:{ticket}:0"].startswith(
        "Message 1001 | For: Marco Bianchi | From: Carla Neri | Reply to: +39 02 1234 5678 | When to call: after five"
    )
    assert f"slip:{ticket}:1" not in team.posts
    team.desk.now += timedelta(minutes=16)
    await team.settle()
    assert "Marco Bianchi has not taken it on yet." in team.posts[f"slip:{ticket}:1"]
    await team.press(f"slip_called:{ticket}")
    for step in (0, 1):
        assert team.posts[f"slip:{ticket}:{step}"].endswith("«The tap drips»")
        assert "Dealt with by Anna Rossi." in team.posts[f"slip:{ticket}:{step}"]
    await team.press(f"slip_called:{ticket}", "U0MARCO")
    assert team.reply is not None
    assert team.reply.error == "Anna Rossi has taken this on already."


async def test_a_message_given_to_the_assistant_is_hers(team: Team) -> None:
    await call(team)
    ticket = (await rows(team, "slip", "ticket_id"))[0][0]
    await team.press(f"slip_give:{ticket}", "U0MARCO")
    assert "The assistant does it: given by Marco Bianchi." in team.posts[f"slip:{ticket}:0"]
    assert ("open", "message") in await rows(team, "ticket", "state", "kind")
    await team.press(f"slip_reply:{ticket}")
    assert team.reply is not None
    assert team.reply.error == "Marco Bianchi has taken this on already."


async def test_at_night_only_what_is_urgent_is_heard(team: Team) -> None:
    team.desk.now += timedelta(hours=9)  # nine in the evening
    await call(team)
    assert not [key for key in team.posts if key.startswith("slip:")]
    team.desk.now += timedelta(hours=10, minutes=30)
    await team.settle()
    assert [key for key in team.posts if key.startswith("slip:")]


async def test_who_is_busy_is_passed_over_meanwhile(team: Team) -> None:
    await team.desk.change("update contact set rights = '[]' where key = 'marco'")
    await team.desk.change(
        "insert into resource (client_id, key, name, kind, seats, position, active) "
        "values (1, 'marco', 'Marco', 'staff', 1, 0, 1)"
    )
    await team.desk.change("update client set version = version + 3")
    await team.command("busy", "until 15:00", "U0MARCO")
    assert team.reply is not None
    assert team.reply.ephemeral is not None
    [[apply, _leave]] = team.reply.ephemeral["buttons"]
    await team.press(f"close_apply:{apply['argument']}", "U0MARCO")
    await call(team, contact="marco")
    assert await team.desk.query("select address from post where key like 'slip:%'") == [("",)]
    team.desk.now += timedelta(hours=4)
    await team.settle()
    assert await team.desk.query("select address from post where key like 'slip:%' order by key") == [
        ("",),
        ("U0MARCO",),
    ]
    await team.press(f"close_undo:{apply['argument']}", "U0MARCO")
    assert await rows(team, "closure", "id") == []


async def test_who_left_is_passed_over(team: Team) -> None:
    def leave(write: Connection) -> None:
        row = {"client_id": 1, "user": "U0MARCO", "muted": [], "seen_at": team.desk.now, "left_at": team.desk.now}
        write.execute(insert(T["member"]).values(name="", language="", **row))

    await team.desk.database.transact(leave)
    await call(team, contact="marco")
    ticket = (await rows(team, "slip", "ticket_id"))[0][0]
    assert "has not taken it on" not in team.posts[f"slip:{ticket}:0"]
    place = await team.desk.query(f"select address from post where key = 'slip:{ticket}:0'")
    assert place == [("",)]


async def test_who_can_not_be_written_to_gives_way_to_the_next(team: Team) -> None:
    rule = '{"hears": [{"what": ["message"], "to": ["marco", "anna"], "within": 5}]}'
    await team.desk.change(f"update client set rules = '{rule}', version = version + 7")
    await call(team)
    ticket = (await rows(team, "slip", "ticket_id"))[0][0]
    for _twice in range(2):
        gone = {"member": "U0MARCO", "key": f"slip:{ticket}:0"}
        await team.update(Kind.ACT, name="gone", face=Face.NETWORK, data=gone)
    assert await team.desk.query("select address from post order by key") == [("U0MARCO",), ("U0ANNA",)]
    assert team.posts[f"slip:{ticket}:1"].startswith("Message 1001")


@pytest.mark.parametrize("shows", ["everything", "reference"])
async def test_an_answer_names_the_customer_and_goes_to_her_alone(team: Team, shows: str) -> None:
    if shows == "reference":
        await team.desk.change("""update client set rules = '{"slack_shows": "reference"}', version = version + 7""")
    await left_message(team)
    ticket = (await rows(team, "slip", "ticket_id"))[0][0]
    post = team.posts[f"slip:{ticket}:0"]
    assert ("The tap drips" in post, "[Read it]" in post) == ((True, False) if shows == "everything" else (False, True))
    await team.press(f"slip_reply:{ticket}")
    assert team.reply is not None
    said = [one for part in team.reply.modal["parts"] if part["is"] == "block" for one in part["lines"]]
    assert said == ["This goes to the customer: Anna.", "Language: English", "On: Telegram"]
    await team.desk.hear()
    await team.submit("slip_replied", {"words": "I'll come at six"}, id=str(ticket))
    assert await team.desk.hear() == ["Anna Rossi, Shop: I'll come at six"]
    assert await rows(team, "conversation", "holder") == [("desk",)]
    assert (await rows(team, "message", "by"))[-1] == ("team",)


async def test_what_cannot_wait_is_heard_at_night_until_somebody_sees_to_it(team: Team) -> None:
    team.desk.now += timedelta(hours=11)
    await team.desk.write("fire in the kitchen")
    await team.settle()
    [key] = [key for key in team.posts if key.startswith("urgent:")]
    assert team.posts[key].startswith("Urgent: conversation 1001 | From: Anna")
    ticket = key.split(":")[1]
    await team.press(f"urgent_seen:{ticket}", "U0MARCO")
    assert "Marco Bianchi sees to it." in team.posts[key]
    place = {"place": "C1", "thread": f"ts-{key}", "mention": False, "direct": False}
    await team.update(Kind.TEXT, text="The brigade is coming", message="9.1", data=place)
    assert (await rows(team, "message", "by", "audience", "text"))[-1] == ("team", "team", "The brigade is coming")
    await team.update(Kind.TEXT, text="/va today", message="9.2", data=place)  # Slack takes no commands in threads
    assert whispered(team).startswith("Commands can't be given in a thread. In the channel they can:")
    assert (await rows(team, "message", "text"))[-1] == ("The brigade is coming",)
    await team.press(f"urgent_seen:{ticket}")
    assert team.reply is not None
    assert team.reply.error == "Marco Bianchi has taken this on already."


async def test_an_urgent_message_is_heard_at_any_hour_by_whom_the_rule_names(team: Team) -> None:
    rule = '{"hears": [{"what": ["message"], "urgency": "urgent", "to": ["anna", "marco"], "within": 5}]}'
    await team.desk.change(f"update client set rules = '{rule}', version = version + 7")
    team.desk.now += timedelta(hours=11)
    await call(team, contact="marco", urgent="yes")
    ticket = (await rows(team, "slip", "ticket_id"))[0][0]
    assert team.posts[f"slip:{ticket}:0"].startswith("Urgent message 1001 | For: Marco Bianchi")
    assert await team.desk.query("select address from post") == [("U0ANNA",)]
    team.desk.now += timedelta(minutes=6)
    await team.settle()
    assert await team.desk.query("select address from post order by key") == [("U0ANNA",), ("U0MARCO",)]


async def test_a_post_changes_where_it_stands_whoever_would_hear_of_it_now(team: Team) -> None:
    await left_message(team)
    [(number,)] = await rows(team, "ticket", "number")
    await team.va("new_order", ticket=number, note="A birthday cake")
    [(order,)] = await rows(team, "orders", "number")
    [key] = [key for key in team.posts if key.startswith("order:")]
    assert key.endswith(":channel")
    assert "Status: accepted" in team.posts[key]
    rule = '{"hears": [{"what": ["order"], "to": ["marco"], "within": 5}]}'
    await team.desk.change(f"update client set rules = '{rule}', version = version + 7")
    await team.command("order", f"{order} ready")
    assert "Status: ready" in team.posts[key]
    assert [key for key in team.posts if key.startswith("order:")] == [key]
