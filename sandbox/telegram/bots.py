"""A bot as the Bot API knows it: its chats, its updates, its published commands and texts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.bell import Bell
from sandbox.telegram.chats import Answer, Chat
from sandbox.telegram.errors import bad_request
from sandbox.telegram.fields import Fields
from sandbox.telegram.files import Files
from sandbox.telegram.updates import Updates

COLOURS = ("#2f7d6d", "#a5562b", "#7a4a93", "#2f6a9f", "#a33f57", "#5f7030")


@dataclass
class Query:
    """A press that waits for its answer until `expires` (seconds since 1970)."""

    id: str
    chat: Chat
    expires: float
    answer: Answer | None = None


@dataclass
class Bot:
    """One bot. `colour` is how the page shows it; `texts` are keyed by kind (name, description...) and language."""

    token: str
    user: dict[str, Any]
    colour: str
    clock: Callable[[], float]
    bell: Bell
    retry_pause: float
    query_lifetime: float

    def __post_init__(self) -> None:
        self.id: int = self.user["id"]
        self.files = Files(self.id)
        self.updates = Updates(self.bell)
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, dict[str, Any]] = {}
        self.queries: dict[str, Query] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.texts: dict[tuple[str, str], str] = {}
        self.menu_buttons: dict[int | None, dict[str, Any]] = {}
        self._last_message = 0

    @property
    def username(self) -> str:
        """Without the at sign."""
        return str(self.user["username"])

    def now(self) -> int:
        """The time as messages carry it: whole seconds since 1970."""
        return int(self.clock())

    def next_message_id(self) -> int:
        """Message ids rise over all chats of a bot."""
        self._last_message += 1
        return self._last_message

    def chat(self, fields: Fields) -> Chat:
        """The chat that a call names; ApiError 400 if there is none."""
        named = fields.text("chat_id")
        if not named:
            raise bad_request("chat_id is empty")
        if named.startswith("@"):
            found = (chat for chat in self.chats.values() if chat.json.get("username") == named[1:])
            chat = next(found, None)
        else:
            number = fields.integer("chat_id")
            chat = self.chats.get(number) if number is not None else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def commands_for(self, chat_id: int, language: str) -> list[dict[str, str]]:
        """The commands that a person with this language sees in a private chat, by Telegram's order of scopes."""
        for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
            for wanted in (language, ""):
                if found := self.commands.get((scope, wanted)):
                    return found
        return []

    def text_for(self, kind: str, language: str) -> str:
        """The name, description or short description in a language, else the one for all."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")
