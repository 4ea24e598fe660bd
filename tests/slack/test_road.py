"""What a member does reaches the house, and what the house shows reaches the members."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import update

from bot.channels.slack.members import Members
from bot.secrets import vault
from sandbox.slack import Member
from sandbox.slack.delivery import signed
from storage.database import open_database
from tests.slack.abilities import HEARD
from tests.slack.house import SECRET, TOKEN, House, T, add_client, seen

FORM = "opened: A task / What: book me a train / Kind: / Due: / Files:"
POSTED = "posted #desk: *Train* / *By* Anna Rossi / requested [Take] [Refuse] [More]"


async def delegate(house: House, anna: Member, title: str = "Train") -> None:
    """A task of Anna's, with its post."""
    anna.command("/va", "desk", "book me a train")
    await house.settle()
    anna.submit(title=title, kind="Alpha")
    await house.settle()


async def test_slack_tells_who_is_only_a_guest(house: House, anna: Member, bruno: Member) -> None:
    bruno.user.guest = True
    async with house.built():
        members = Members(AsyncWebClient(TOKEN, base_url=house.settings.slack_api))
        await members.learn([anna.id, bruno.id])
        assert (members.guest(anna.id), members.guest(bruno.id), members.guest("U0NOBODY")) == (False, True, False)


async def test_a_command_opens_a_form_whose_task_is_posted(house: House, anna: Member, bruno: Member) -> None:
    async with house.built():
        anna.command("/va", "desk", "book me a train")
        await house.settle()
        assert seen(anna) == [FORM]
        anna.submit(title="bad", kind="Alpha")
        await house.settle()
        assert seen(anna)[1:] == ["errors: Not this"]
        anna.submit(title="never")
        await house.settle()
        assert seen(anna) == ["errors: Not today."]
        anna.submit(title="Train", due="2026-11-24", files=[anna.file("a.pdf", b"%PDF")])
        await house.settle()
        assert seen(anna) == ["closed", POSTED]
        assert seen(bruno) == [POSTED]
        name, _text, given = HEARD[-1]
        assert name == "delegated"
        assert given["private"] == {"n": 1}
        assert given["values"]["due"] == "2026-11-24"
        assert given["values"]["files"][0]["name"] == "a.pdf"
        assert await house.app.slack.fetch("shop", given["values"]["files"][0]["remote"]) == b"%PDF"


async def test_a_choice_changes_the_form_and_leaving_it_is_heard(house: House, anna: Member) -> None:
    async with house.built():
        anna.shortcut("delegate")
        await house.settle()
        anna.fill(kind="Beta")
        await house.settle()
        assert seen(anna)[1:] == ["updated: A task / What: chose b / Kind: / Due: / Files:"]
        anna.cancel()
        await house.settle()
        assert HEARD[-1][0] == "closed"


async def test_a_press_edits_the_post_and_writes_in_its_thread(house: House, anna: Member, bruno: Member) -> None:
    async with house.built():
        await delegate(house, anna)
        seen(bruno)
        bruno.press("Refuse")
        await house.settle()
        assert seen(bruno) == ["ephemeral #desk: You may not."]
        assert "ephemeral" not in " ".join(seen(anna))
        bruno.press("Take")
        await house.settle()
        assert seen(bruno) == ["edited #desk: *Taken* / Bruno", "posted #desk in thread: Taken by Bruno."]


async def test_talk_in_a_thread_in_a_mention_and_directly(house: House, anna: Member) -> None:
    async with house.built():
        await delegate(house, anna)
        seen(anna)
        [post] = [one for one in anna.channel("desk").messages if one.user != anna.id]
        mine = anna.write("see &lt;this&gt;", "desk", post, files=(anna.file("b.pdf", b"two"),))
        await house.settle()
        assert seen(anna) == ["posted #desk in thread: task:1: see <this>", "posted #desk in thread: (b.pdf)"]
        anna.edit(mine, "see that", "desk")
        anna.delete(mine, "desk")
        anna.write(f"<@{house.space.bot.id}> hello <@{anna.id}>", "desk")
        anna.write("only a word among us", "desk")
        anna.write("psst", "")
        await house.settle()
        assert seen(anna) == ["ephemeral #desk: *Yes?* [Take]", "posted direct: You said: psst"]
        assert [(name, text) for name, text, _given in HEARD[-5:]] == [
            ("edited", "see that"), ("message_deleted", ""), ("text", "hello @Anna Rossi"),
            ("text", "only a word among us"), ("text", "psst"),
        ]  # fmt: skip


async def test_shortcuts_reactions_and_home(house: House, anna: Member, bruno: Member) -> None:
    async with house.built():
        said = bruno.write("call the <https://x.example|bank>", "desk")
        anna.message_shortcut("delegate", said, "desk")
        anna.react(said, "desk", "bell")
        anna.react(said, "desk", "eyes")
        anna.look_home()
        await house.settle()
        first, second = [one for one in HEARD if one[0] != "text"]
        assert first[:2] == ("message_shortcut", "call the bank (https://x.example)")
        assert second[:2] == ("reaction", first[1])
        assert first[2]["link"] == second[2]["link"] != ""
        assert first[2]["by"] == second[2]["by"] == "Bruno"
        home = anna.home
        assert home is not None
        assert len(home.view["blocks"]) == 100
        assert "home: " in " ".join(seen(anna))


async def test_a_member_who_left_is_told_of(house: House, anna: Member) -> None:
    async with house.built():
        anna.leave()
        await house.settle()
        assert [("member_left", "", {"user": anna.id})] == HEARD


async def test_two_workspaces_know_nothing_of_each_other(house: House, anna: Member) -> None:
    space = house.slack.workspace("cafe", "xoxb-2-cafe", "of-the-cafe")
    desk = space.add_channel("bar")
    carla = house.slack.member(space, "Carla", "it-IT")
    seal = vault(house.settings.database_url, house.settings.keys).seal
    async with house.built() as app:
        token, secret = seal("xoxb-2-cafe"), seal("of-the-cafe")
        await app.database.transact(lambda write: add_client(write, "cafe", "#bar", token, secret))
        await app.slack.refresh()
        await house.slack.post_to(space, f"{app.url}/slack/cafe")
        await delegate(house, anna)
        carla.command("/va", "bar", "a cake")
        await house.settle()
        carla.submit(title="Cake", kind="Beta")
        await house.settle()
        assert [one.lines[0] for one in desk.messages] == ["*Cake*"]
        assert [one.lines[0] for one in anna.channel("desk").messages] == ["*Train*"]
        await house.slack.post_to(space, f"{app.url}/slack/shop")  # signed with the other's secret
        carla.write(f"<@{space.bot.id}> hello", "bar")
        await house.settle()
        assert "event: status 401" in house.slack.postmen["xoxb-2-cafe"].failures
        assert "hello" not in [text for _name, text, _given in HEARD]


@pytest.mark.parametrize(
    ("secret", "age", "status"), [(SECRET, 0, 200), ("another", 0, 401), (SECRET, 400, 401), ("", 0, 401)]
)
async def test_who_posts_must_sign(house: House, secret: str, age: int, status: int) -> None:
    import time

    async with house.built() as app, aiohttp.ClientSession() as session:
        body = b'{"type": "url_verification", "challenge": "c", "token": "t"}'
        headers = {"Content-Type": "application/json"}
        if secret:
            headers |= signed(secret, body, time.time() - age)
        async with session.post(f"{app.url}/slack/shop", data=body, headers=headers) as answer:
            assert answer.status == status
            if status == 200:
                assert (await answer.json())["challenge"] == "c"
        async with session.post(f"{app.url}/slack/nobody", data=body, headers=headers) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("secret", ["", "none", "None"])
async def test_an_account_without_a_signing_secret_takes_no_posts(house: House, secret: str) -> None:
    database = open_database(house.settings.database_url)
    settings = {"channel": "#desk"}
    await database.transact(lambda write: write.execute(update(T["account"]).values(settings=settings)).close())
    await database.close()
    async with house.built() as app, aiohttp.ClientSession() as session:
        body = b'{"type": "url_verification", "challenge": "c", "token": "t"}'
        headers = {"Content-Type": "application/json", **signed(secret, body)}
        async with session.post(f"{app.url}/slack/shop", data=body, headers=headers) as answer:
            assert answer.status == 401
