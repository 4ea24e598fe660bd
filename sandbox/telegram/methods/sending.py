"""The methods that send: text, files, a place, a sign of life."""

from typing import Any

from sandbox.telegram.bots import Bot
from sandbox.telegram.chats import Chat, Event, Message
from sandbox.telegram.errors import bad_request
from sandbox.telegram.fields import Fields
from sandbox.telegram.files import File, image_size
from sandbox.telegram.keyboards import check_markup
from sandbox.telegram.methods.content import read_caption, read_text
from sandbox.telegram.methods.registry import method

_COMMON = ("chat_id", "disable_notification", "protect_content", "reply_parameters", "reply_markup")
_CAPTION = ("caption", "caption_entities", "parse_mode")
_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice", "upload_document",
    "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip


@method("sendMessage", *_COMMON, "text", "parse_mode", "entities", "link_preview_options")
async def send_message(bot: Bot, fields: Fields) -> object:
    """A text."""
    return _send(bot, fields, read_text(fields))


@method("sendDocument", *_COMMON, *_CAPTION, "document", "disable_content_type_detection")
async def send_document(bot: Bot, fields: Fields) -> object:
    """A file, with or without a caption."""
    file = _file(bot, fields, "document", "documents")
    document = file.json() | {"file_name": file.name, "mime_type": file.mime}
    return _send(bot, fields, {"document": document} | read_caption(fields), file)


@method("sendPhoto", *_COMMON, *_CAPTION, "photo", "has_spoiler", "show_caption_above_media")
async def send_photo(bot: Bot, fields: Fields) -> object:
    """A picture; what is no PNG, GIF or JPEG is refused."""
    file = _file(bot, fields, "photo", "photos")
    size = image_size(file.data)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    photo = file.json() | {"width": size[0], "height": size[1]}
    return _send(bot, fields, {"photo": [photo]} | read_caption(fields), file)


@method("sendVoice", *_COMMON, *_CAPTION, "voice", "duration")
async def send_voice(bot: Bot, fields: Fields) -> object:
    """A voice message."""
    file = _file(bot, fields, "voice", "voice")
    voice = file.json() | {"duration": fields.integer("duration") or 0, "mime_type": file.mime}
    return _send(bot, fields, {"voice": voice} | read_caption(fields), file)


@method("sendLocation", *_COMMON, "latitude", "longitude", "horizontal_accuracy")
async def send_location(bot: Bot, fields: Fields) -> object:
    """A place on the map."""
    latitude, longitude = fields.number("latitude"), fields.number("longitude")
    if latitude is None or longitude is None or abs(latitude) > 90 or abs(longitude) > 180:
        raise bad_request("wrong latitude or longitude specified")
    location = {"latitude": latitude, "longitude": longitude}
    accuracy = fields.number("horizontal_accuracy")
    return _send(bot, fields, {"location": location | ({"horizontal_accuracy": accuracy} if accuracy else {})})


@method("sendChatAction", "chat_id", "action")
async def send_chat_action(bot: Bot, fields: Fields) -> object:
    """ "typing" and its like, shown for a few seconds."""
    action = fields.text("action") or ""
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = bot.chat(fields)
    chat.check_writable()
    chat.record(Event("action", "bot", action=action))
    return True


def _send(bot: Bot, fields: Fields, content: dict[str, Any], file: File | None = None) -> dict[str, Any]:
    chat = bot.chat(fields)
    markup = check_markup(fields.structure("reply_markup", dict), private=chat.private)
    reply = _reply(chat, fields)
    chat.check_writable()
    message_id = bot.next_message_id()
    json = {"message_id": message_id, "from": bot.user, "chat": chat.json, "date": bot.now()} | reply | content
    if markup and "inline_keyboard" in markup:
        json["reply_markup"] = markup
    if fields.flag("protect_content"):
        json["has_protected_content"] = True
    chat.post(Message(message_id, "bot", json, markup, file))
    return json


def _reply(chat: Chat, fields: Fields) -> dict[str, Any]:
    given = fields.structure("reply_parameters", dict)
    if not given:
        return {}
    if unknown := given.keys() - {"message_id", "allow_sending_without_reply"}:
        raise bad_request(f'unknown field "{min(unknown)}" in reply parameters')
    message = chat.messages.get(given.get("message_id", 0))
    if message is None and not given.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return {"reply_to_message": {k: v for k, v in message.json.items() if k != "reply_to_message"}} if message else {}


def _file(bot: Bot, fields: Fields, name: str, folder: str) -> File:
    if upload := fields.upload(name):
        if not upload.data:
            raise bad_request("file must be non-empty")
        return bot.files.add(folder, upload.name, upload.mime, upload.data)
    named = fields.text(name)
    if not named:
        raise bad_request(f"there is no {name} in the request")
    return bot.files.get(named)
