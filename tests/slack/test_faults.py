"""What goes wrong on the network: nothing is lost, nothing happens twice, and whoever can mend it is told."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert, update

from bot.delivery import Pace
from bot.office import posting
from bot.posts import Post
from bot.secrets import vault
from bot.values import Client
from sandbox.slack import Member
from storage.clients import cached, find
from tests.slack.abilities import HEARD
from tests.slack.conftest import HOUR
from tests.slack.house import SECRET, TOKEN, House, T, seen
from tests.slack.test_road import POSTED, delegate


async def post(house: House, key: str, text: str, place: str = "", under: str = "") -> None:
    """The house posts something."""

    def write(rows: Connection) -> None:
        client = cached(rows, *(find(rows, "shop") or (0, 0)))
        posting.put(rows, client, key, Post(title=text), house.now, place=place, under=under)

    await house.app.database.transact(write)


async def tickets(house: House) -> list[str]:
    return [row[0] for row in await house.rows("select subject from ticket order by id")]


async def test_what_comes_twice_happens_once(house: House, anna: Member) -> None:
    house.slack.postmen[TOKEN].copies = 2
    async with house.built():
        await delegate(house, anna)
        anna.press("Take")
        anna.write(f"<@{house.space.bot.id}> hi", "desk")
        await house.settle()
        assert [name for name, _text, _given in HEARD] == ["book", "kind", "delegated", "take:1", "text"]
        posts = [one for one in anna.channel("desk").messages if one.user == house.space.bot.id and not one.only]
        assert len(posts) == 2
        assert [call.method for call in house.slack.calls].count("views.open") == 1


async def test_an_event_that_we_are_slow_to_take_comes_again_and_counts_once(house: House, anna: Member) -> None:
    postman = house.slack.postmen[TOKEN]
    async with house.built():
        postman.patience = 0.02
        held = house.slack.hold("users.info", times=None)
        anna.write(f"<@{house.space.bot.id}> hi", "desk")
        await house.slack.bell.until(lambda: postman.failures)
        held.lift()
        postman.patience = HOUR
        await house.settle()
        assert [text for _name, text, _given in HEARD] == ["hi"]


async def test_an_event_that_found_the_house_shut_comes_again(house: House, anna: Member) -> None:
    postman = house.slack.postmen[TOKEN]
    postman.pause = 0.05
    async with house.built():
        url, postman.url = postman.url, "http://127.0.0.1:9/slack/shop"
        anna.write(f"<@{house.space.bot.id}> hi", "desk")
        await house.slack.bell.until(lambda: postman.failures)
        postman.url = url
        await house.settle()
        assert [text for _name, text, _given in HEARD] == ["hi"]


async def test_a_trigger_that_has_expired_is_said_to_have(house: House, anna: Member) -> None:
    async with house.built():
        held = house.slack.hold("views.open")
        anna.command("/va", "desk", "book me a train")
        await house.slack.drained()
        await house.slack.bell.until(lambda: held.hits)
        house.now += timedelta(seconds=4)
        held.lift()
        await house.settle()
        assert seen(anna) == ["ephemeral #desk: È passato troppo tempo. Per favore, riprovi."]


async def test_too_many_calls_wait_as_long_as_slack_says(house: House, anna: Member) -> None:
    async with house.built():
        house.slack.limit(30, "chat.postMessage")
        await post(house, "a", "one")
        await post(house, "b", "two")
        await house.settle()
        assert seen(anna) == []
        await house.later(seconds=29)
        assert seen(anna) == []
        await house.later(seconds=2)
        assert seen(anna) == ["posted #desk: *one*", "posted #desk: *two*"]


@pytest.mark.parametrize("trouble", ["is_archived", "not_in_channel", "token_revoked", "account_inactive"])
async def test_what_somebody_must_mend_is_an_incident_and_loses_nothing(
    house: House, anna: Member, trouble: str
) -> None:
    async with house.built():
        desk = anna.channel("desk")
        desk.archived, desk.has_app = trouble == "is_archived", trouble != "not_in_channel"
        house.space.revoked = trouble if trouble not in {"is_archived", "not_in_channel"} else ""
        await post(house, "a", "one")
        await post(house, "b", "two")
        await house.settle()
        await house.later(days=3)
        [ticket] = await tickets(house)
        assert trouble in ticket
        assert "To do: " in ticket
        [[noted]] = await house.rows("select trouble from account")
        assert trouble in noted
        desk.archived, desk.has_app, house.space.revoked = False, True, ""
        await house.later(minutes=2)
        await house.later(minutes=2)
        assert seen(anna) == ["posted #desk: *one*", "posted #desk: *two*"]
        assert await house.rows("select trouble from account") == [("",)]
        assert await house.rows("select state, outcome from ticket") == [("done", "mended")]


async def test_a_new_token_sends_what_waited(house: House, anna: Member) -> None:
    async with house.built() as app:
        house.space.revoked = "token_revoked"
        await post(house, "a", "one")
        await house.settle()
        space = house.space
        house.slack.spaces["xoxb-new"] = space
        space.revoked = ""
        del house.slack.spaces[TOKEN]
        cipher = vault(house.settings.database_url, house.settings.keys).seal("xoxb-new").cipher
        await app.database.transact(
            lambda write: write.exec_driver_sql("update account set token = ?", (cipher,)).close()
        )
        await app.slack.refresh()
        await house.later(minutes=2)
        assert seen(anna) == ["posted #desk: *one*"]


async def test_a_network_that_is_down_is_tried_again(house: House, anna: Member) -> None:
    async with house.built():
        down = house.slack.down()
        await post(house, "a", "one")
        anna.command("/va", "desk", "help")  # is answered all the same: the answer is in the acknowledgement
        await house.settle()
        assert seen(anna) == ["ephemeral #desk: Try /va"]
        down.lift()
        await house.later(minutes=1)
        assert seen(anna) == ["posted #desk: *one*"]


@pytest.mark.parametrize("way", ["half", "unsized", "after", "before", "proxy", "page", "broken"])
async def test_an_answer_that_is_none_loses_nothing(house: House, anna: Member, way: str) -> None:
    async with house.built():
        slack, posting = house.slack, "chat.postMessage"
        fault = {
            "half": lambda: slack.drop_after(posting, half=True, times=6),
            "unsized": lambda: slack.drop_after(posting, half=True, sized=False, times=6),
            "after": lambda: slack.drop_after(posting, times=6),
            "before": lambda: slack.drop(times=6),
            "proxy": lambda: slack.behind_a_proxy(times=6),
            "page": lambda: slack.behind_a_proxy(status=200, times=6),
            "broken": lambda: slack.fail("broken", status=502, times=6),
        }[way]()
        await post(house, "a", "one")
        await post(house, "b", "two")
        anna.command("/va", "desk", "help")
        await house.settle()
        while fault.hits < 6:
            await house.later(minutes=1)
        await house.later(minutes=1)
        told, *shown = seen(anna)
        assert told == "ephemeral #desk: Try /va"
        taken = 6 if way in {"half", "unsized", "after"} else 0  # what was taken unheard is posted again
        assert shown == ["posted #desk: *one*"] * (taken + 1) + ["posted #desk: *two*"]


async def test_one_place_that_is_shut_holds_up_no_other(house: House, anna: Member) -> None:
    other = house.space.add_channel("other")
    async with house.built():
        anna.channel("desk").archived = True
        await post(house, "a", "one")
        await post(house, "b", "two", place=other.id)
        await house.settle()
        await post(house, "c", "three", place=other.id)
        await house.later(minutes=3)
        assert seen(anna) == ["posted #other: *two*", "posted #other: *three*"]
        assert await house.rows("select state from ticket") == [("open",)]


async def test_a_call_that_hangs_holds_up_nobody(house: House, anna: Member) -> None:
    async with house.built():
        held = house.slack.hold("chat.postMessage", times=None)
        await post(house, "a", "one")
        waiting = asyncio.create_task(house.settle())
        await house.slack.bell.until(lambda: held.hits)
        # Somebody presses meanwhile, and is answered.
        anna.command("/va", "desk", "help")
        await house.slack.bell.until(lambda: [one for one in house.space.events if one.kind == "ephemeral"])
        held.lift()
        await waiting
        assert "posted #desk: *one*" in seen(anna)


async def test_our_post_that_somebody_took_away_is_posted_anew(house: House, anna: Member, bruno: Member) -> None:
    async with house.built():
        await delegate(house, anna)
        seen(bruno)
        desk = anna.channel("desk")
        desk.messages.clear()
        await post(house, "task:1", "Done")
        await post(house, "reply", "Thanks", under="task:1")
        await house.settle()
        assert seen(bruno) == ["posted #desk: *Done*", "posted #desk in thread: *Thanks*"]


async def test_forty_thousand_letters_go_both_ways(house: House, anna: Member) -> None:
    async with house.built():
        long = "so " * 13_333 + "!"
        anna.write(f"<@{house.space.bot.id}> {long}", "desk")
        await post(house, "a", long)
        await house.settle()
        assert len(HEARD[-1][1]) == len(long)
        [shown] = [one for one in anna.channel("desk").messages if one.user == house.space.bot.id and not one.only]
        assert len("".join(shown.lines)) > 6_000
        assert shown.lines[-1].endswith("…*")


async def test_what_a_customer_wrote_calls_nobody_and_is_shown_letter_by_letter(house: House, anna: Member) -> None:
    async with house.built() as app:
        nasty = f"<!channel> <!here|x> <@{anna.id}> <#C1|y> &lt;!everyone&gt; <https://evil.example|bank> & <b>x</b>"
        styled = "*bold* _slanted_ ~struck~ `code` :bell: > quoted"

        def write(rows: Connection) -> None:
            client = cached(rows, *(find(rows, "shop") or (0, 0)))
            parts: dict[str, Any] = {"lines": (styled,), "fields": ((nasty, styled),), "quote": nasty, "small": styled}
            posting.put(rows, client, "a", Post(title=nasty, **parts), house.now)

        await app.database.transact(write)
        await house.settle()
        [shown] = anna.channel("desk").messages
        assert not shown.pings
        parts = [part for block in shown.blocks if block["type"] == "rich_text" for part in block["elements"]]
        letters = [("".join(one["text"] for one in part["elements"])) for part in parts]
        assert letters == [f"{nasty}\n{styled}", f"{nasty} {styled}", nasty]
        assert {one["type"] for part in parts for one in part["elements"]} == {"text"}
        [context] = [block["elements"] for block in shown.blocks if block["type"] == "context"]
        assert context == [{"type": "plain_text", "text": styled, "emoji": False}]
        assert "<" not in shown.text  # what a notification reads
        [call] = [one for one in house.slack.calls if one.method == "chat.postMessage"]
        assert call.fields["mrkdwn"] is False


async def test_a_form_whose_task_is_gone_and_an_unknown_press_are_harmless(house: House, anna: Member) -> None:
    async with house.built():
        await delegate(house, anna)
        [post_] = [one for one in anna.channel("desk").messages if one.user != anna.id]
        old = list(post_.blocks)
        anna.press("Take")
        await house.settle()
        post_.blocks = old
        anna.press_on(post_, "More", "desk")
        await house.settle()
        assert seen(anna)[-1] == "opened: More / All of it [Push]"
        anna.press("Push")
        await house.settle()
        assert seen(anna) == ["opened: More / All of it [Push]"]
        assert len(house.space.stack(anna.id)) == 2


async def test_a_defect_is_said_to_whoever_acted(house: House, anna: Member) -> None:
    async with house.built():
        anna.command("/va", "desk", "status")
        await house.settle()
        [told] = seen(anna)
        assert told.startswith("ephemeral #desk: Operazione non riuscita.")


async def test_two_members_press_at_once(house: House, anna: Member, bruno: Member) -> None:
    async with house.built():
        await delegate(house, anna)
        anna.press("Take")
        bruno.press("Take")
        await house.settle()
        assert [name for name, _text, _given in HEARD[-2:]] == ["take:1", "take:1"]
        assert POSTED in seen(anna)


async def test_direct_messages_to_somebody_who_left_are_given_up(house: House, anna: Member) -> None:
    async with house.built():
        anna.user.deleted = True
        await post(house, "dm", "psst", place=anna.id)
        await house.settle()
        [[state, reason]] = await house.rows("select state, reason from job")
        assert (state, reason) == ("failed", "nobody: user_disabled")
        assert await house.rows("select user from member where left_at is not null") == [(anna.id,)]


async def test_the_pace_of_a_channel_is_kept(house: House, anna: Member) -> None:
    house.pace = Pace()
    async with house.built():
        for number in range(6):
            await post(house, f"n{number}", str(number))
        await house.settle()
        assert len(seen(anna)) == 3
        await house.later(seconds=3)
        assert len(seen(anna)) == 3


async def test_an_erased_customer_leaves_no_post_behind(house: House, anna: Member) -> None:
    async with house.built() as app:

        def about(write: Connection) -> Client:
            client = cached(write, *(find(write, "shop") or (0, 0)))
            customer = dict.fromkeys(("name", "phone", "email", "language", "verified_by", "folded"), "")
            row = insert(T["customer"]).values(id=7, client_id=client.id, reminders=True, created_at=house.now)
            write.execute(row.values(**customer))
            posting.put(write, client, "slip:1", Post(title="Mrs Rossi called"), house.now, about=7)
            letter = {"name": "rossi.txt", "mime": "text/plain", "content": "Dear Mrs Rossi"}
            posting.say(write, client, "She says thanks", house.now, under="slip:1", files=(letter,))
            return client

        client = await app.database.transact(about)
        await house.settle()
        desk = anna.channel("desk")
        assert len(desk.messages) == 3
        await app.database.transact(lambda write: posting.drop_about(write, client, 7, house.now))
        await house.settle()
        assert desk.messages == []
        assert house.space.files == {}
        assert await house.rows("select payload from job where payload like '%thanks%' or payload like '%Rossi%'") == []
        assert await house.rows("select key from post") == []


async def test_what_can_not_be_shown_is_acknowledged_all_the_same(house: House, anna: Member) -> None:
    async with house.built():
        anna.shortcut("toolarge")
        await house.settle()
        assert house.slack.postmen[TOKEN].failures == []
        anna.command("/va", "desk", "help")
        await house.settle()
        assert seen(anna) == ["ephemeral #desk: Try /va"]


async def test_a_channel_that_was_deleted_gives_way_to_the_one_that_is_named_now(house: House, anna: Member) -> None:
    async with house.built() as app:
        await post(house, "task:1", "Requested")
        await house.settle()
        seen(anna)
        house.space.channels.clear()
        house.space.add_channel("office")
        settings = moved(house)
        await app.database.transact(lambda write: write.execute(update(T["account"]).values(settings=settings)).close())
        await app.slack.refresh()
        await post(house, "task:1", "Done")
        await house.settle()
        assert seen(anna) == ["posted #office: *Done*"]


def moved(house: House) -> dict[str, object]:
    """The account's settings with another channel."""
    secret = vault(house.settings.database_url, house.settings.keys).seal(SECRET).cipher
    return {"channel": "#office", "sealed": {"signing_secret": secret}}
