"""What the page shows of bots and chats, as JSON."""

from typing import Any
from urllib.parse import quote

from sandbox.telegram import Bot, Event, Message, Person


def bot_view(bot: Bot) -> dict[str, Any]:
    """A bot in the list."""
    return {"username": bot.username, "name": bot.text_for("name", "") or bot.user["first_name"], "colour": bot.colour}


def chat_view(person: Person) -> dict[str, Any]:
    """A chat without its messages: who, whether it is open, the keyboard and the commands on the screen."""
    user, language = person.user, person.user.get("language_code", "")[:2]
    keyboard = person.chat.keyboard or {}
    return {
        "bot": person.bot.username,
        "person": person.id,
        "name": " ".join(filter(None, (user["first_name"], user.get("last_name")))),
        "language": language,
        "state": person.chat.state,
        "keyboard": [[button.__dict__ for button in row] for row in person.keyboard],
        "placeholder": keyboard.get("input_field_placeholder", ""),
        "commands": person.commands,
        "about": person.bot.text_for("description", language),
    }


def event_view(bot: Bot, event: Event) -> dict[str, Any]:
    """One thing that happened."""
    message = message_view(bot, event.message) if event.message else None
    return {"kind": event.kind, "by": event.by, "message": message, "action": event.action}


def message_view(bot: Bot, message: Message) -> dict[str, Any]:
    """A message as a bubble shows it; what it carries stands under the Bot API's name for it."""
    json = message.json
    view: dict[str, Any] = {
        "id": message.id,
        "by": message.by,
        "date": json["date"],
        "text": message.text,
        "entities": message.entities,
        "edited": message.edited,
        "buttons": [[button.__dict__ for button in row] for row in message.buttons] if message.inline else [],
    }
    for name in ("document", "voice", "location", "contact", "sticker"):
        if name in json:
            view[name] = json[name]
    if "photo" in json:
        view["photo"] = json["photo"][-1]
    if "reply_to_message" in json:
        view["reply"] = json["reply_to_message"].get("text", "…")
    if message.file:
        view["file"] = f"/play/{bot.username}/files/{quote(message.file.id)}"
    return view
