"""What people do becomes updates that a bot can read; what a bot does can be read back."""

import asyncio
from datetime import timedelta

import pytest
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import ChatMemberStatus
from telegram.ext import ExtBot

from sandbox.telegram import Answer, Person, Telegram
from tests.sandbox.conftest import TOKEN


async def test_every_act_is_an_update_that_the_client_library_reads(bot: ExtBot[None], anna: Person) -> None:
    anna.start("svc_3")
    anna.write("ciao", reply_to=1)
    anna.command("book")
    anna.share_contact(phone="+48601100200")
    anna.share_contact(own=False)
    anna.share_location(50.06, 19.94)
    anna.send_photo(caption="see @dent_bot")
    anna.send_voice(duration=7)
    anna.send_document("list.pdf", caption="x")
    anna.send_sticker("🦷")
    anna.send_album(2, "two")
    messages = [update.message for update in await bot.get_updates()]
    start, reply, command, own, other, place, photo, voice, document, sticker, one, two = [m for m in messages if m]
    assert start.text == "/start svc_3"
    assert start.entities[0].type == "bot_command"
    assert reply.reply_to_message is not None
    assert command.text == "/book"
    assert own.contact is not None
    assert (own.contact.user_id, own.contact.phone_number, own.contact.last_name) == (anna.id, "+48601100200", "Nowak")
    assert other.contact is not None
    assert other.contact.user_id != anna.id
    assert place.location is not None
    assert place.location.latitude == 50.06
    assert (photo.caption, photo.caption_entities[0].type) == ("see @dent_bot", "mention")
    assert voice.voice is not None
    assert voice.voice.duration == timedelta(seconds=7)
    assert document.document is not None
    assert document.document.mime_type == "application/pdf"
    assert sticker.sticker is not None
    assert sticker.sticker.emoji == "🦷"
    assert one.media_group_id == two.media_group_id
    assert (one.caption, two.caption) == ("two", None)
    assert start.from_user is not None
    assert start.from_user.language_code == "pl"


async def test_editing_ones_own_words(bot: ExtBot[None], anna: Person) -> None:
    said = anna.write("tomorow")["message"]["message_id"]
    photo = anna.send_photo(caption="a")["message"]["message_id"]
    anna.edit(said, "tomorrow")
    anna.edit(photo, "b")
    edits = [update.edited_message for update in await bot.get_updates() if update.edited_message]
    assert [(edit.text, edit.caption) for edit in edits] == [("tomorrow", None), (None, "b")]
    assert anna.chat.messages[said].edited
    theirs = await bot.send_message(anna.id, "mine")
    with pytest.raises(LookupError):
        anna.edit(theirs.message_id, "x")


async def test_blocking_and_coming_back(bot: ExtBot[None], anna: Person) -> None:
    anna.block()
    with pytest.raises(RuntimeError):
        anna.write("x")
    anna.start("again")
    blocked, unblocked, started = await bot.get_updates()
    assert blocked.my_chat_member is not None
    assert blocked.my_chat_member.new_chat_member.status == ChatMemberStatus.BANNED
    assert unblocked.my_chat_member is not None
    assert unblocked.my_chat_member.new_chat_member.status == ChatMemberStatus.MEMBER
    assert started.message is not None
    assert started.message.text == "/start again"


@pytest.mark.parametrize("text", ["", "😀" * 2049])
def test_a_text_has_limits(anna: Person, text: str) -> None:
    with pytest.raises(ValueError, match="4096"):
        anna.write(text)


def test_text_is_sent_as_given(anna: Person) -> None:
    naughty = " a\0\u202e\x1b{x} %s <b>\r\n "
    assert anna.write(naughty)["message"]["text"] == naughty


async def test_pressing(bot: ExtBot[None], anna: Person) -> None:
    rows = [[InlineKeyboardButton("A", callback_data="a")], [InlineKeyboardButton("Site", url="https://x.it")]]
    sent = await bot.send_message(anna.id, "Choose", reply_markup=InlineKeyboardMarkup(rows))
    by_label, by_place = anna.press(sent.message_id, "A"), anna.press(anna.last, 0)
    assert by_label.update["callback_query"]["data"] == by_place.update["callback_query"]["data"] == "a"
    for bad in ("B", 5, "Site"):
        with pytest.raises(LookupError):
            anna.press(sent.message_id, bad)
    with pytest.raises(LookupError):
        anna.press(99, "A")
    anna.press_raw("old:1", 99)
    queries = [update.callback_query for update in await bot.get_updates()]
    assert [query and query.data for query in queries] == ["a", "a", "old:1"]
    assert queries[2] is not None
    assert queries[2].message is not None
    assert not queries[2].message.is_accessible
    for query in queries[:2]:
        assert query is not None
        await query.answer("" if query is queries[0] else "Twice")
    assert [by_label.answered, await by_place.answer()] == [Answer(), Answer("Twice")]


async def test_the_reply_keyboard(bot: ExtBot[None], anna: Person) -> None:
    rows = [[KeyboardButton("My phone", request_contact=True)], ["Here", KeyboardButton("Map", request_location=True)]]
    await bot.send_message(anna.id, "Phone?", reply_markup=ReplyKeyboardMarkup(rows))  # type: ignore[arg-type]
    assert [[button.text for button in row] for row in anna.keyboard] == [["My phone"], ["Here", "Map"]]
    assert "contact" in anna.tap("My phone")["message"]
    assert "location" in anna.tap("Map")["message"]
    assert anna.tap("Here")["message"]["text"] == "Here"
    await bot.send_message(anna.id, "Thanks", reply_markup=ReplyKeyboardRemove())
    assert anna.keyboard == []
    once = ReplyKeyboardMarkup([["Yes"]], one_time_keyboard=True)
    await bot.send_message(anna.id, "Sure?", reply_markup=once)
    anna.tap("Yes")
    assert anna.keyboard == []
    with pytest.raises(LookupError):
        anna.tap("Yes")


async def test_unsent_updates_are_only_built(bot: ExtBot[None], anna: Person) -> None:
    built = anna.unsent.write("later")
    queued = anna.write("now")
    assert queued["update_id"] == built["update_id"] + 1
    assert [update["message"]["text"] for update in anna.bot.updates.pending] == ["now"]
    anna.bot.updates.put(built)
    assert [update.message and update.message.text for update in await bot.get_updates()] == ["now", "later"]


async def test_the_next_thing_can_be_awaited(bot: ExtBot[None], anna: Person) -> None:
    hearing = asyncio.create_task(anna.hears())
    anna.write("hello")
    await bot.send_message(anna.id, "one")
    event = await hearing
    assert (event.kind, event.message and event.message.text) == ("sent", "one")
    assert anna.unread() == []


async def test_the_next_call_can_be_awaited(telegram: Telegram, bot: ExtBot[None], anna: Person) -> None:
    before = telegram.calls[-1].number
    waiting = asyncio.create_task(telegram.call("sendMessage", anna.chat, after=before))
    await bot.send_chat_action(anna.id, "typing")
    await bot.send_message(anna.id, "x")
    call = await waiting
    assert call.ok
    assert call.fields == {"chat_id": str(anna.id), "text": "x"}
    assert call.result["text"] == "x"


async def test_the_same_person_at_two_bots(telegram: Telegram, anna: Person) -> None:
    telegram.add_bot("12:bike", "bike_bot", "Bikes")
    there = telegram.person("12:bike", same_as=anna)
    there.start()
    assert there.id == anna.id
    assert there.chat is not anna.chat
    assert [update["message"]["text"] for update in there.bot.updates.pending] == ["/start"]
    assert anna.bot.updates.pending == []


async def test_groups_and_channels(telegram: Telegram, bot: ExtBot[None], anna: Person) -> None:
    group = telegram.group(TOKEN, "Family")
    channel = telegram.group(TOKEN, "News", "channel")
    group.add_bot(anna)
    group.write(anna, "hello /book@dent_bot")
    channel.post("news")
    joined, said, posted = await bot.get_updates()
    assert joined.my_chat_member is not None
    assert said.message is not None
    assert said.message.chat.id == group.chat.id < 0
    assert said.message.entities[0].type == "bot_command"
    assert posted.channel_post is not None
    assert posted.channel_post.from_user is None
    assert group.unsent.write(anna, "x")["message"]["text"] == "x"
    assert len(await bot.get_updates()) == 3
