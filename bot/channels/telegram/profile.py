"""How a bot presents itself: its commands and descriptions, in every language, published when they have changed."""

from __future__ import annotations

import hashlib
import json
from typing import Final

from telegram import Bot

from bot.ability import COMMANDS
from bot.i18n import _, plain
from bot.update import Json
from bot.values import LANGUAGES, Client, Msgid

UNLISTED: Final = {"start"}
"""Commands that no menu needs: the network has a button for them."""
DESCRIPTION: Final = _(
    "{client}\n\nYour messages are answered by an automatic assistant: appointments, orders, messages."
    " You can ask for a person at any time."
)
SHORT: Final = _("An automatic assistant answers here. You can ask for a person at any time.")
LONGEST: Final = 512
LONGEST_COMMAND: Final = 256


def profile(client: Client) -> Json:
    """What is published: for the reader of no language of ours, then for each of them."""
    return {code: in_language(client, code or client.languages[0]) for code in ("", *LANGUAGES)}


def in_language(client: Client, language: str) -> Json:
    """What is published to who reads this language; a language that the client doesn't speak is its first one."""
    spoken = language if language in client.languages else client.languages[0]

    def words(message: Msgid) -> str:
        return plain(message, {"client": client.name}, spoken, client.zone)

    listed = {name: one.title for name, one in COMMANDS.items() if name not in UNLISTED and one.title is not None}
    return {
        "commands": [[name, words(title)[:LONGEST_COMMAND]] for name, title in listed.items()],
        "description": words(DESCRIPTION)[:LONGEST],
        "short": words(SHORT),
    }


def digest(wanted: Json) -> str:
    """What changes when the profile does."""
    return hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()


async def publish(bot: Bot, wanted: Json) -> None:
    """Publishes a profile. Raises TelegramError."""
    for code, said in wanted.items():
        await bot.set_my_commands(said["commands"], language_code=code or None)
        await bot.set_my_description(said["description"], language_code=code or None)
        await bot.set_my_short_description(said["short"], language_code=code or None)
