"""The methods that change what was sent, and the answer to a press."""

from typing import Any

from sandbox.telegram.bots import Bot
from sandbox.telegram.chats import Answer, Chat, Event, Message
from sandbox.telegram.errors import bad_request
from sandbox.telegram.fields import Fields
from sandbox.telegram.keyboards import check_markup
from sandbox.telegram.methods.content import read_text
from sandbox.telegram.methods.registry import method
from sandbox.telegram.text import units

DELETABLE_SECONDS = 48 * 3600
MAX_ANSWER = 200
_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_OLD_QUERY = "query is too old and response timeout expired or query ID is invalid"
_MESSAGE = ("chat_id", "message_id", "reply_markup")


@method("editMessageText", *_MESSAGE, "text", "parse_mode", "entities", "link_preview_options")
async def edit_message_text(bot: Bot, fields: Fields) -> object:
    """New words for a text; inline buttons that are not given again go away."""
    content = read_text(fields)
    chat, message = _own(bot, fields)
    if "text" not in message.json:
        raise bad_request("there is no text in the message to edit")
    return _edit(bot, chat, message, fields, {"entities": None} | content)


@method("editMessageReplyMarkup", *_MESSAGE)
async def edit_message_reply_markup(bot: Bot, fields: Fields) -> object:
    """Other inline buttons for a message, or none."""
    chat, message = _own(bot, fields)
    return _edit(bot, chat, message, fields, {})


@method("deleteMessage", "chat_id", "message_id")
async def delete_message(bot: Bot, fields: Fields) -> object:
    """Take a message away, within 48 hours of its sending."""
    chat = bot.chat(fields)
    message = chat.messages.get(fields.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    if bot.now() - message.json["date"] > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted")
    chat.delete(message)
    return True


@method("answerCallbackQuery", "callback_query_id", "text", "show_alert", "url", "cache_time")
async def answer_callback_query(bot: Bot, fields: Fields) -> object:
    """Answer a press, once and in time: silently, with a toast, or with an alert."""
    query = bot.queries.get(fields.text("callback_query_id") or "")
    if query is None or query.answer or bot.clock() > query.expires:
        raise bad_request(_OLD_QUERY)
    text = fields.text("text") or ""
    if units(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answer = Answer(text, fields.flag("show_alert"), fields.text("url") or "")
    query.chat.record(Event("answered", "bot", answer=query.answer))
    return True


def _own(bot: Bot, fields: Fields) -> tuple[Chat, Message]:
    """The message to edit: one of the bot's own, and not one that brought a reply keyboard."""
    chat = bot.chat(fields)
    message = chat.messages.get(fields.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if message.by != "bot" or (message.markup and not message.inline):
        raise bad_request("message can't be edited")
    return chat, message


def _edit(bot: Bot, chat: Chat, message: Message, fields: Fields, content: dict[str, Any]) -> dict[str, Any]:
    markup = check_markup(fields.structure("reply_markup", dict), private=chat.private, inline_only=True)
    chat.check_writable()
    new = content | {"reply_markup": markup}
    if all(message.json.get(name) == value for name, value in new.items()):
        raise bad_request(_SAME)
    return chat.change(message, markup, **new, edit_date=bot.now()).json
