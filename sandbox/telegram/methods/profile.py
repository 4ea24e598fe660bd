"""The methods that publish a bot: commands, name, descriptions, menu button."""

import re
from typing import Any

from sandbox.telegram.bots import Bot
from sandbox.telegram.errors import bad_request
from sandbox.telegram.fields import Fields
from sandbox.telegram.methods.registry import method
from sandbox.telegram.text import units

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}
_MENU_BUTTONS = {"default", "commands"}


@method("setMyCommands", "commands", "scope", "language_code")
async def set_my_commands(bot: Bot, fields: Fields) -> object:
    """Publish the commands of one scope and language."""
    commands = fields.structure("commands", list)
    if commands is None or len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH" if commands else 'parameter "commands" is required')
    bot.commands[_scope(fields), _language(fields)] = [_command(command) for command in commands]
    return True


@method("getMyCommands", "scope", "language_code")
async def get_my_commands(bot: Bot, fields: Fields) -> object:
    """The commands of exactly this scope and language."""
    return bot.commands.get((_scope(fields), _language(fields)), [])


@method("deleteMyCommands", "scope", "language_code")
async def delete_my_commands(bot: Bot, fields: Fields) -> object:
    """Withdraw the commands of one scope and language."""
    bot.commands.pop((_scope(fields), _language(fields)), None)
    return True


@method("setChatMenuButton", "chat_id", "menu_button")
async def set_chat_menu_button(bot: Bot, fields: Fields) -> object:
    """The button beside the text field, for one chat or for all."""
    button = fields.structure("menu_button", dict) or {"type": "default"}
    if button.get("type") not in _MENU_BUTTONS or len(button) > 1:
        raise bad_request("can't parse menu button")
    bot.menu_buttons[fields.integer("chat_id")] = button
    return True


@method("getChatMenuButton", "chat_id")
async def get_chat_menu_button(bot: Bot, fields: Fields) -> object:
    """The button beside the text field."""
    default = bot.menu_buttons.get(None, {"type": "commands"})
    return bot.menu_buttons.get(fields.integer("chat_id"), default)


def _publish(kind: str, suffix: str, limit: int) -> None:
    """Enter the setter and the getter of one text that a bot has in each language."""

    @method(f"setMy{suffix}", kind, "language_code")
    async def set_text(bot: Bot, fields: Fields) -> object:
        text = (fields.text(kind) or "").strip()
        if units(text) > limit:
            raise bad_request(f"bot {kind.replace('_', ' ')} is too long")
        bot.texts[kind, _language(fields)] = text
        return True

    @method(f"getMy{suffix}", "language_code")
    async def get_text(bot: Bot, fields: Fields) -> object:
        fallback = bot.user["first_name"] if kind == "name" else ""
        return {kind: bot.text_for(kind, _language(fields)) or fallback}


_publish("name", "Name", 64)
_publish("description", "Description", 512)
_publish("short_description", "ShortDescription", 120)


def _scope(fields: Fields) -> str:
    scope = fields.structure("scope", dict) or {"type": "default"}
    parts = _SCOPES.get(str(scope.get("type")))
    if parts is None or scope.keys() != {"type", *parts}:
        raise bad_request("can't parse BotCommandScope")
    return ":".join([scope["type"], *(str(scope[part]) for part in parts)])


def _language(fields: Fields) -> str:
    code = fields.text("language_code") or ""
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise bad_request("invalid language code specified")
    return code


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict) or command.keys() != {"command", "description"}:
        raise bad_request("can't parse BotCommand")
    name, description = str(command["command"]).lstrip("/"), str(command["description"]).strip()
    if not _COMMAND.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= units(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
