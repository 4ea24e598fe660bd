"""The methods over HTTP: what is taken, what is refused, and in which words."""

import io
from typing import Any

import aiohttp
import pytest
from telegram import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, ReplyKeyboardMarkup
from telegram.error import BadRequest, Forbidden
from telegram.ext import ExtBot

from sandbox.telegram import Person, Telegram
from tests.sandbox.conftest import TOKEN, Api

ROWS = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1:0"}]]}


@pytest.mark.parametrize(
    ("method", "fields", "why"),
    [
        ("sendMessage", {"text": "x"}, "chat_id is empty"),
        ("sendMessage", {"chat_id": 1, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": "x", "text": "x"}, 'field "chat_id" must be an integer'),
        ("sendMessage", {"chat_id": "me"}, "message text is empty"),
        ("sendMessage", {"chat_id": "me", "text": " \u200b\n"}, "message text is empty"),
        ("sendMessage", {"chat_id": "me", "text": "\ud800"}, "strings must be encoded in UTF-8"),
        ("sendMessage", {"chat_id": "me", "text": ["x"]}, 'field "text" must be of type String'),
        ("sendMessage", {"chat_id": "me", "text": "x", "colour": "red"}, 'unknown field "colour"'),
        ("sendMessage", {"chat_id": "me", "text": "x", "parse_mode": "MarkdownV2"}, "unsupported parse_mode"),
        ("sendMessage", {"chat_id": "me", "text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": "me", "text": "x", "reply_markup": {"rows": []}}, "object expected"),
        ("sendMessage", {"chat_id": "me", "text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ("sendMessage", {"chat_id": "me", "text": "x", "reply_parameters": {"message_id": 99}}, "to be replied not"),
        ("sendMessage", {"chat_id": "me", "text": "x", "reply_parameters": {"a": 1}}, 'unknown field "a"'),
        ("sendMessage", {"chat_id": "me", "text": "x", "entities": [{"type": "bold"}]}, "can't parse MessageEntity"),
        ("sendDocument", {"chat_id": "me"}, "there is no document in the request"),
        ("sendDocument", {"chat_id": "me", "document": "F1"}, "wrong file identifier"),
        ("sendLocation", {"chat_id": "me", "latitude": 91, "longitude": 0}, "wrong latitude"),
        ("sendLocation", {"chat_id": "me", "latitude": "x", "longitude": 0}, "must be a number"),
        ("sendChatAction", {"chat_id": "me", "action": "dancing"}, "wrong parameter action"),
        ("editMessageText", {"chat_id": "me", "message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"chat_id": "me", "message_id": 1, "text": "x"}, "message can't be edited"),
        ("deleteMessage", {"chat_id": "me", "message_id": 99}, "message to delete not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired"),
        ("getFile", {"file_id": "F1"}, "invalid file_id"),
        ("setMyCommands", {}, 'parameter "commands" is required'),
        ("setMyCommands", {"commands": [{"command": "Book", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "book", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "book"}]}, "can't parse BotCommand"),
        ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "can't parse BotCommandScope"),
        ("setMyCommands", {"commands": [], "language_code": "italiano"}, "invalid language code"),
        ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ("setMyDescription", {"description": "x" * 513}, "too long"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "too long"),
        ("setMyName", {"name": "x" * 65}, "too long"),
        ("setChatMenuButton", {"menu_button": {"type": "moon"}}, "can't parse menu button"),
        ("setWebhook", {"url": "http://example.com/x"}, "bad webhook: An HTTPS URL must be provided"),
        ("setWebhook", {"url": "https://example.com/x", "secret_token": "a b"}, "unallowed characters"),
        ("setWebhook", {"url": "https://example.com/x", "max_connections": 101}, "max_connections"),
    ],
)
async def test_what_is_refused(api: Api, anna: Person, method: str, fields: dict[str, Any], why: str) -> None:
    if fields.get("chat_id") == "me":
        fields = fields | {"chat_id": anna.id}
    before = dict(anna.chat.messages)
    answer = await api(method, **fields)
    assert answer["error_code"] == 400
    assert answer["description"].startswith("Bad Request: ")
    assert why in answer["description"]
    assert anna.chat.messages == before


@pytest.mark.parametrize(
    ("button", "why"),
    [
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "callback_data": "a", "url": "https://x.it"}, "Text buttons are unallowed"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "ż" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": " ", "callback_data": "a"}, "text must be non-empty"),
        ({"text": "x", "callback_data": "a", "size": 3}, 'unknown field "size"'),
        ({"text": "x", "url": "javascript:alert(1)"}, "Wrong HTTP URL"),
        ("x", "InlineKeyboardButton must be an Object"),
    ],
)
async def test_inline_buttons_refused(api: Api, anna: Person, button: Any, why: str) -> None:
    answer = await api("sendMessage", chat_id=anna.id, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert (answer["error_code"], why in answer["description"]) == (400, True)


async def test_limits_are_met_exactly(api: Api, anna: Person) -> None:
    button = {"text": "x", "callback_data": "ż" * 32}
    rows = {"inline_keyboard": [[button] * 10] * 10}
    sent = await api("sendMessage", chat_id=anna.id, text=f"<b>{'😀' * 2048}</b>", parse_mode="HTML", reply_markup=rows)
    assert sent["ok"]
    rows["inline_keyboard"].append([button])
    refused = await api("sendMessage", chat_id=anna.id, text="x", reply_markup=rows)
    assert refused["description"] == "Bad Request: reply markup is too long"


async def test_unknown_token_and_unknown_method(api: Api) -> None:
    assert await api("getMe", token="99:nobody") == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert await api("sendDreams") == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_any_token_makes_a_bot_on_demand() -> None:
    telegram = Telegram(any_token=True)
    async with telegram.serve() as url, ExtBot("42:new", base_url=f"{url}/bot") as bot:
        assert bot.bot.id == 42
        assert bot.username == "sandbox_42_bot"
    assert list(telegram.bots) == ["42:new"]


async def test_fields_come_by_address_form_and_json(url: str, api: Api, anna: Person) -> None:
    base = f"{url}/bot{TOKEN}/sendmessage"
    fields = {"chat_id": str(anna.id), "text": "ciao"}
    async with aiohttp.ClientSession() as session:
        for options in ({"params": fields}, {"data": fields}, {"json": fields}):
            async with session.post(base, **options) as response:  # type: ignore[arg-type]
                assert (await response.json())["result"]["text"] == "ciao"
        async with session.get(base, params=fields | {"x": "1"}) as response:
            assert (await response.json())["description"] == 'Bad Request: unknown field "x"'
        async with session.post(base, data="[]", headers={"Content-Type": "application/json"}) as response:
            assert (await response.json())["description"] == "Bad Request: can't parse JSON object"
        async with session.post(
            base, data={"chat_id": str(anna.id), "text": "x", "extra": io.BytesIO(b"file")}
        ) as response:
            assert (await response.json())["description"] == 'Bad Request: unknown file "extra"'
    assert [message.text for message in anna.messages[1:]] == ["ciao"] * 3


async def test_a_message_comes_back_as_telegram_returns_it(bot: ExtBot[None], anna: Person) -> None:
    rows = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="1:0")]])
    sent = await bot.send_message(
        anna.id, " <b>Ciao</b> &lt;Anna&gt; ", parse_mode="HTML", reply_markup=rows, reply_to_message_id=1
    )
    assert sent.text == "Ciao <Anna>"
    assert sent.text_html == "<b>Ciao</b> &lt;Anna&gt;"
    assert sent.reply_markup == rows
    assert sent.reply_to_message is not None
    assert sent.reply_to_message.text == "/start"
    assert sent.chat.id == anna.id
    assert sent.from_user is not None
    assert sent.from_user.username == "dent_bot"


async def test_editing(bot: ExtBot[None], anna: Person) -> None:
    sent = await bot.send_message(
        anna.id,
        "Day?",
        reply_markup=InlineKeyboardMarkup.from_button(InlineKeyboardButton("Monday", callback_data="a")),
    )
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_text("Day?", anna.id, sent.message_id, reply_markup=sent.reply_markup)
    edited = await bot.edit_message_text("<i>Monday</i>", anna.id, sent.message_id, parse_mode="HTML")
    assert not isinstance(edited, bool)
    assert edited.edit_date is not None
    assert anna.last.labels == []
    with pytest.raises(BadRequest, match=r"(?i)message is not modified"):
        await bot.edit_message_reply_markup(anna.id, sent.message_id)
    with pytest.raises(BadRequest, match=r"(?i)inline keyboard expected"):
        await bot.edit_message_text(
            "x",
            anna.id,
            sent.message_id,
            reply_markup=ReplyKeyboardMarkup([["x"]]),  # type: ignore[arg-type]
        )
    assert [(event.kind, event.message and event.message.text) for event in anna.unread()] == [
        ("sent", "Day?"),
        ("edited", "Monday"),
    ]


async def test_messages_that_cannot_be_edited(bot: ExtBot[None], anna: Person) -> None:
    asked = await bot.send_message(anna.id, "Phone?", reply_markup=ReplyKeyboardMarkup([["Back"]]))
    with pytest.raises(BadRequest, match=r"(?i)message can't be edited"):
        await bot.edit_message_text("x", anna.id, asked.message_id)
    place = await bot.send_location(anna.id, 45.5, 9.2)
    with pytest.raises(BadRequest, match=r"(?i)there is no text in the message to edit"):
        await bot.edit_message_text("x", anna.id, place.message_id)


async def test_deleting_within_48_hours(telegram: Telegram, bot: ExtBot[None], anna: Person) -> None:
    first, second = [await bot.send_message(anna.id, text) for text in ("one", "two")]
    assert await bot.delete_message(anna.id, first.message_id)
    assert [message.text for message in anna.messages] == ["/start", "two"]
    now = telegram.clock()
    telegram.clock = lambda: now + 48 * 3600 + 1
    with pytest.raises(BadRequest, match=r"(?i)message can't be deleted"):
        await bot.delete_message(anna.id, second.message_id)


async def test_files_travel(bot: ExtBot[None], anna: Person) -> None:
    sent = await bot.send_document(anna.id, document=b"BEGIN:VCALENDAR", filename="żółw.ics", caption="<b>x</b>")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("żółw.ics", "text/calendar")
    assert sent.caption == "<b>x</b>"
    assert anna.last.file is not None
    assert anna.last.file.data == b"BEGIN:VCALENDAR"
    again = await bot.send_document(anna.id, document=sent.document.file_id)
    assert again.document == sent.document
    anna.send_photo(caption="Tooth")
    (update,) = await bot.get_updates()
    assert update.message is not None
    file = await update.message.photo[-1].get_file()
    assert bytes(await file.download_as_bytearray()).startswith(b"\x89PNG")
    photo = await bot.send_photo(anna.id, photo=bytes(await file.download_as_bytearray()))
    assert (photo.photo[0].width, photo.photo[0].height) == (160, 120)
    assert (await bot.send_voice(anna.id, voice=b"OggS", duration=2)).voice is not None
    with pytest.raises(BadRequest, match=r"(?i)IMAGE_PROCESS_FAILED"):
        await bot.send_photo(anna.id, photo=b"no picture")
    with pytest.raises(BadRequest, match=r"(?i)file must be non-empty"):
        await bot.send_document(anna.id, document=b"", filename="empty.txt")
    with pytest.raises(BadRequest, match=r"(?i)message caption is too long"):
        await bot.send_document(anna.id, document=b"x", caption="x" * 1025)


async def test_a_file_over_20_megabytes_cannot_be_fetched(bot: ExtBot[None], anna: Person) -> None:
    anna.send_document("film.mp4", b"short", size=20 * 1024 * 1024 + 1)
    (update,) = await bot.get_updates()
    assert update.message is not None
    assert update.message.document is not None
    with pytest.raises(BadRequest, match=r"(?i)file is too big"):
        await update.message.document.get_file()


async def test_a_missing_file_is_404(url: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{url}/file/bot{TOKEN}/documents/x") as response:
        assert response.status == 404


async def test_commands_by_scope_and_language(bot: ExtBot[None], api: Api, anna: Person) -> None:
    await bot.set_my_commands([BotCommand("book", "Book")])
    assert anna.commands == [{"command": "book", "description": "Book"}]
    await bot.set_my_commands([BotCommand("book", "Rezerwacja")], language_code="pl")
    assert anna.commands == [{"command": "book", "description": "Rezerwacja"}]
    scope = {"type": "chat", "chat_id": anna.id}
    await api("setMyCommands", commands=[{"command": "vip", "description": "x"}], scope=scope)
    assert [command["command"] for command in anna.commands] == ["vip"]
    await api("deleteMyCommands", scope=scope)
    assert (await bot.get_my_commands(language_code="pl"))[0].description == "Rezerwacja"
    assert await bot.get_my_commands(language_code="it") == ()


async def test_texts_by_language(bot: ExtBot[None], anna: Person) -> None:
    await bot.set_my_description("We answer")
    await bot.set_my_description("Rispondiamo", language_code="it")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_name()).name == "Dentist"
    await bot.set_my_name("Studio")
    assert (await bot.get_my_description("it")).description == "Rispondiamo"
    assert (await bot.get_my_description("pl")).description == "We answer"
    assert (await bot.get_my_short_description()).short_description == "Short"
    assert (await bot.get_my_name()).name == "Studio"
    await bot.set_chat_menu_button(anna.id)
    assert (await bot.get_chat_menu_button(anna.id)).type == "default"


async def test_a_press_is_answered_once_and_in_time(
    telegram: Telegram, bot: ExtBot[None], api: Api, anna: Person
) -> None:
    await api("sendMessage", chat_id=anna.id, text="Ok?", reply_markup=ROWS)
    press = anna.press(anna.last, "Yes")
    assert press.answered is None
    long = await api("answerCallbackQuery", callback_query_id=press.query.id, text="x" * 201)
    assert long["description"] == "Bad Request: MESSAGE_TOO_LONG"
    (update,) = await bot.get_updates()
    assert update.callback_query is not None
    assert update.callback_query.data == "1:0"
    await update.callback_query.answer("Done", show_alert=True)
    answer = await press.answer()
    assert (answer.text, answer.alert) == ("Done", True)
    with pytest.raises(BadRequest, match=r"(?i)query is too old"):
        await update.callback_query.answer()
    late = anna.press(anna.last, 0)
    now = telegram.clock()
    telegram.clock = lambda: now + 61
    assert (await api("answerCallbackQuery", callback_query_id=late.query.id))["error_code"] == 400


async def test_who_may_be_written_to(telegram: Telegram, bot: ExtBot[None], anna: Person) -> None:
    stranger = telegram.person(TOKEN, "Piotr")
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        await bot.send_message(stranger.id, "x")
    group = telegram.group(TOKEN, "Family")
    group.write(stranger, "hello")
    with pytest.raises(Forbidden, match=r"(?i)can't initiate conversation"):
        await bot.send_message(stranger.id, "x")
    assert (await bot.send_message(group.chat.id, "x")).chat.title == "Family"
    with pytest.raises(BadRequest, match=r"(?i)phone number can be requested in private chats only"):
        await bot.send_message(
            group.chat.id, "x", reply_markup=ReplyKeyboardMarkup([[KeyboardButton("x", request_contact=True)]])
        )
    group.remove_bot(anna)
    with pytest.raises(Forbidden, match=r"(?i)bot was kicked from the supergroup chat"):
        await bot.send_message(group.chat.id, "x")
    anna.block()
    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        await bot.send_message(anna.id, "x")
    with pytest.raises(Forbidden, match=r"(?i)bot was blocked by the user"):
        await bot.send_chat_action(anna.id, "typing")
    anna.unblock()
    await bot.send_chat_action(anna.id, "typing")
    assert anna.unread()[-1].action == "typing"
