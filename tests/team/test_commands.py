"""What a member does with a command, in a thread, to us alone, and on the home page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.update import Face, Kind, OfClient
from tests.team.conftest import Team, filled, hired, rows, whispered


def refused(team: Team) -> str:
    """Why it was not done."""
    assert team.reply is not None
    return team.reply.error


async def test_words_after_the_command_are_delegated_and_one_that_is_none_gets_help(team: Team) -> None:
    await team.command("book", "me a train to Warsaw on Monday")
    assert team.reply is not None
    assert team.reply.modal["act"] == "delegated"
    assert filled(team)["title"] == "Book me a train to Warsaw on Monday"
    await team.command("", "")
    assert filled(team)["title"] == ""
    for name in ("frobnicate", "tday", "help", "aiuto", "pomoc"):
        await team.command(name)
        assert whispered(team).startswith("The front desk of Shop | /va and what is to be done: delegates it")


async def test_another_kind_shows_its_own_fields(team: Team) -> None:
    values = {"kind": "meeting", "title": "Plan the year", "details": "", "priority": "normal", "every": "once"}
    await team.press("task_kind", values=values, view="V1", **{"in": "modal"})
    assert team.reply is not None
    assert team.reply.how == "update"
    names = [part["name"] for part in team.reply.modal["parts"] if part["is"] == "input"]
    assert names[:6] == ["kind", "title", "field_with", "field_when", "field_minutes", "field_where"]


async def test_a_thread_of_ours_reaches_the_desk_and_never_a_customer(team: Team) -> None:
    await team.submit("delegated", {"kind": "other", "title": "Towels"})
    place = {"place": "C1", "thread": "ts-task:1", "mention": False, "direct": False}
    await team.update(Kind.TEXT, text="Grey ones <!channel>", message="9.1", data=place)
    assert await rows(team, "message", "by", "audience", "text") == [("team", "team", "Grey ones <!channel>")]
    await team.update(Kind.EDITED, text="White ones", message="9.1", data=place)
    assert await rows(team, "message", "text") == [("White ones",)]
    await team.update(Kind.ACT, name="message_deleted", message="9.1", data=place)
    assert await rows(team, "message", "text") == [("(deleted)",)]
    await team.update(Kind.TEXT, text="Elsewhere", message="9.2", data={**place, "thread": "7.7"})
    assert len(await rows(team, "message", "id")) == 1


async def test_a_reply_in_the_thread_answers_the_question(team: Team) -> None:
    await team.submit("delegated", {"kind": "other", "title": "Towels"})
    [(number,)] = await rows(team, "task", "number")
    await team.va("task_ask", ticket=number, text="Which colour?", options="")
    place = {"place": "C1", "thread": "ts-task:1", "mention": False, "direct": False}
    await team.update(Kind.TEXT, text="Grey", message="9.1", data=place)
    assert await rows(team, "task", "state") == [("requested",)]


async def test_what_is_said_to_us_alone_is_a_task(team: Team) -> None:
    place = {"place": "D1", "thread": "", "mention": False, "direct": True}
    await team.update(Kind.TEXT, text="Find a plumber\nfor Tuesday", message="3.1", data=place)
    assert whispered(team) == "The assistant has it: task 1001. Its details can be added there."
    assert await rows(team, "task", "title", "details") == [("Find a plumber", "for Tuesday")]
    await team.update(
        Kind.ACT, name="reaction", text="Call the bank", message="3.2", data={**place, "link": "https://x"}
    )
    assert (await rows(team, "task", "title", "link"))[-1] == ("Call the bank", "https://x")
    await team.update(Kind.TEXT, text="hello", message="3.3", data=place)
    assert "delegates it" in whispered(team)


async def test_busy_and_closed_are_shown_first_and_hold_at_once(team: Team) -> None:
    await hired(team)
    await team.command("closed", "24 December", "U0NOBODY")
    assert refused(team) == "The business is closed by: Anna Rossi and Marco Bianchi. You don't have that right."
    await team.command("closed", "some day", "U0ANNA")
    assert refused(team) == "Say when, like: /va closed 24 December"
    await team.command("order")
    assert refused(team) == "Say which order and how it stands, like: /va order 1042 shipped"
    await team.command("closed", "24 December")
    assert whispered(team) == (
        "Shop: closed on Thursday 24 December | No appointment falls into it. [Apply it] [Leave it]"
    )
    press = team.reply.ephemeral["buttons"][0][0]  # type: ignore[union-attr]
    await team.press(f"{press['act']}:{press['argument']}")
    assert whispered(team) == "It holds, and ends by itself."
    assert await rows(team, "closure", "first", "opens_minute", "closes_minute", "resource_id") == [
        (datetime(2026, 12, 24, tzinfo=UTC).date(), 0, 1440, None)
    ]
    await team.command("busy", "until 15:00")
    assert whispered(team).startswith("Anna: not available from 12:00 today until 15:00")
    undo = next(key for key in team.posts if key.startswith("closure:"))
    await team.press(f"close_undo:{undo.removeprefix('closure:')}")
    assert await rows(team, "closure", "id") == []


async def test_what_is_to_be_told_is_told_and_who_wanted_it_hears(team: Team) -> None:
    await team.submit("told_desk", {"phone": "12", "words_en": "", "until": 5})
    assert team.reply is not None
    assert team.reply.errors == {
        "words_en": "Write the words in at least one language.",
        "phone": "Nobody is found by this.",
        "until": "This time has passed.",
    }
    until = int((team.desk.now + timedelta(hours=3)).timestamp())
    await team.submit("told_desk", {"phone": "", "words_en": "We moved", "repeat": "once", "until": until})
    assert whispered(team) == "Noted for everybody. The assistant translates what is missing."
    assert [kind for (kind,) in await rows(team, "ticket", "kind")] == ["task", "task"]
    said = await team.desk.write("/start")
    assert any("We moved" in one for one in said)
    await team.settle()
    assert [team.posts[key] for key in team.posts if key.startswith("relay:")] == ["Told to Anna. | «We moved»"]
    await team.submit(
        "told_desk", {"phone": "+39021234567", "words_en": "Call us", "words_it": "x", "words_pl": "y", "until": until}
    )
    team.desk.now += timedelta(hours=4)
    await team.settle()
    assert team.heard() == ["U0ANNA  Nobody was told this in time. It is not told any more. | «Call us»"]


async def test_who_is_to_be_told_is_found_by_name_and_chosen_where_there_are_several(team: Team) -> None:
    for number, name in enumerate(("Carla Neri", "Carla Verdi"), 1):
        await team.va("log_call", name=name, phone=f"+39021234567{number}", about="The tap drips", end="slip")
    wanted = {"phone": "carla", "words_en": "x", "words_it": "y", "words_pl": "z", "repeat": "once"}
    await team.submit("told_desk", wanted)
    assert team.reply is not None
    assert team.reply.modal is not None
    [who] = [part for part in team.reply.modal["parts"] if part.get("name") == "who"]
    assert [label for _key, label in who["options"]] == [
        "Carla Neri · +39 02 1234 5671", "Carla Verdi · +39 02 1234 5672"
    ]  # fmt: skip
    await team.submit("told_desk", {**wanted, "who": who["options"][1][0]})
    assert whispered(team) == "Noted for: Carla Verdi. You will hear when it was told."
    await team.submit("told_desk", {**wanted, "phone": "Neri"})
    assert whispered(team) == "Noted for: Carla Neri. You will hear when it was told."
    assert len(await rows(team, "relay", "id")) == 2


async def test_busy_is_understood_in_english_too_whatever_the_language(team: Team) -> None:
    await hired(team)
    await team.update(Kind.COMMAND, name="busy", text="until 15:00", language="it", data={"place": "C1"})
    assert whispered(team).startswith("Anna: non disponibile da oggi alle 12:00 fino alle 15:00")


async def test_the_home_page_keeps_within_a_hundred_blocks(team: Team) -> None:
    for number in range(40):
        await team.submit("delegated", {"kind": "other", "title": f"Thing {number}"})
    await team.update(Kind.ACT, name="home", data={})
    shown = team.posts["home:U0ANNA"]
    assert shown.startswith("At the desk today: Eva, ")
    assert shown.endswith("Page 1 of 3 | [More]")
    await team.press("home_page:2", **{"in": "home"})
    assert team.posts["home:U0ANNA"].endswith("Page 3 of 3 | [Earlier]")
    await team.press("task_edit:3", **{"in": "home"})
    assert team.reply is not None
    assert team.reply.modal is not None
    asked = team.reply.modal
    filled = {"kind": "other", "title": "Thing renamed"}
    await team.submit(asked["act"], filled, **asked["private"])
    assert "Thing renamed" in team.posts["home:U0ANNA"]
    await team.press("task_off:2", **{"in": "home"})
    assert "Task 1002:" not in team.posts["home:U0ANNA"]


async def test_a_digest_says_what_there_is_and_can_be_had_no_more(team: Team) -> None:
    await team.submit("delegated", {"kind": "other", "title": "Towels"})
    await team.desk.act(Face.CLOCK, "digest", OfClient(1), id="d1", kind="morning")
    await team.settle()
    assert [key.rpartition(":")[2] for key in team.posts if key.startswith("digest:")] == ["U0ANNA", "U0MARCO"]
    await team.press("mute:morning")
    team.posts.clear()
    team.desk.now = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    await team.settle()
    assert [key.rpartition(":")[2] for key in team.posts if key.startswith("digest:")] == ["U0MARCO"]
    await team.submit("digests_chosen", {"wanted": ["morning", "evening"]})
    assert await rows(team, "member", "muted") == [([],)] * len(await rows(team, "member", "id"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1042 shipped", "Order 1042: shipped."),
        ("1042 in lavorazione da Marco", "Order 1042: in progress."),
        ("1042", "Say which order and how it stands, like: /va order 1042 shipped"),
        ("9 shipped", "There is no order 9."),
    ],
)
async def test_an_order_is_set(team: Team, text: str, says: str) -> None:
    line: dict[str, Any] = {"number": "1042", "name": "A", "phone": "", "status": "accepted"}
    await team.desk.act(Face.OPERATOR, "import_orders", OfClient(1), orders=[line])
    await team.command("order", text)
    assert (refused(team) or whispered(team)) == says


async def test_today_and_status(team: Team) -> None:
    await team.command("today")
    assert whispered(team) == "Today, Monday 23 November | No appointments today."
    await team.command("status")
    assert whispered(team) == "Shop | Open until 19:00. | At the desk: Eva. | 0 things are open at the desk."


async def test_who_left_is_said_once(team: Team) -> None:
    await team.update(Kind.ACT, "U0MARCO", name="member_left", data={"user": "U0MARCO"})
    assert team.heard() == ["Marco Bianchi has left the workspace: what was for them goes to this channel."]


async def test_where_only_references_show_the_words_are_opened_by_who_may(team: Team) -> None:
    await team.desk.change("""update client set rules = '{"slack_shows": "reference"}', version = version + 7""")
    await team.submit("delegated", {"kind": "other", "title": "Secret towels"})
    assert team.posts["task:1"] == (
        "Task 1001 | State: Requested | Kind: Something else | Asked by: Anna Rossi [Read it]"
    )
    [(number,)] = await rows(team, "task", "number")
    await team.va("write_team", ticket=number, text="They are grey")
    assert team.heard() == ["task:1 Eva has written. [Read it]"]
    await team.press("ticket_open:1")
    assert team.reply is not None
    assert "They are grey" in str(team.reply.modal)
    await team.press("task_open:1", "U0NOBODY")
    assert refused(team) == "You don't have that right. You can ask: Anna Rossi and Marco Bianchi."
    await team.press("task_open:1", "U0MARCO")
    assert "Secret towels" in str(team.reply.modal)


async def test_forty_thousand_letters_are_a_task_too(team: Team) -> None:
    place = {"place": "D1", "thread": "", "mention": False, "direct": True}
    await team.update(Kind.TEXT, text="x" * 40_000, message="3.1", data=place)
    [(title, details)] = await rows(team, "task", "title", "details")
    assert (len(title), len(details)) == (150, 40_000)


async def test_erasing_a_customer_takes_our_posts_about_her_away(team: Team) -> None:
    for words in ("/message", "Anyone", "The tap drips", "Anna"):
        await team.desk.write(words)
    await team.desk.press("Answer here, in the chat")
    await team.desk.press("Yes, pass it on")
    await team.settle()
    assert any(key.startswith("slip:") for key in team.posts)
    await team.desk.write("/privacy")
    await team.desk.press("Erase my data")
    await team.desk.press("Yes, erase my data")
    await team.settle()
    assert not any(key.startswith("slip:") for key in team.posts)
