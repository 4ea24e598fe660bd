"""A chat between a bot and its people: the messages as they stand, and all that happened in order."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from sandbox.telegram.bell import Bell
from sandbox.telegram.errors import ApiError, bad_request, forbidden
from sandbox.telegram.files import File
from sandbox.telegram.keyboards import Button, buttons

Author = Literal["bot", "person"]


@dataclass(frozen=True)
class Message:
    """A message at one moment; an edit makes a new value under the same id. `json` is what the Bot API tells of it."""

    id: int
    by: Author
    json: dict[str, Any]
    markup: dict[str, Any] | None = None
    file: File | None = None

    @property
    def text(self) -> str:
        """Its text, or its caption, or nothing."""
        return str(self.json.get("text", self.json.get("caption", "")))

    @property
    def entities(self) -> list[dict[str, Any]]:
        """The entities of its text or caption, offsets in UTF-16 units."""
        return list(self.json.get("entities", self.json.get("caption_entities", [])))

    @property
    def inline(self) -> bool:
        """Whether its buttons hang on the message itself (and not on the person's keyboard)."""
        return "inline_keyboard" in (self.markup or {})

    @property
    def buttons(self) -> list[list[Button]]:
        """Its rows of buttons, inline or of the reply keyboard it brought."""
        return buttons(self.markup)

    @property
    def labels(self) -> list[list[str]]:
        """The words on its buttons, row by row."""
        return [[button.text for button in row] for row in self.buttons]

    @property
    def edited(self) -> bool:
        """Whether it was ever edited."""
        return "edit_date" in self.json


@dataclass(frozen=True)
class Answer:
    """What a press was answered with; no text means the button merely stopped turning."""

    text: str = ""
    alert: bool = False
    url: str = ""


@dataclass(frozen=True)
class Event:
    """One thing that happened in a chat, in the order it happened; an action is a sign such as "typing"."""

    kind: Literal["sent", "edited", "deleted", "answered", "action"]
    by: Author
    message: Message | None = None
    answer: Answer | None = None
    action: str = ""


@dataclass
class Chat:
    """One chat. `state` says whether the bot may write: new (nobody wrote yet), open, blocked, left, kicked."""

    id: int
    json: dict[str, Any]
    bell: Bell
    state: Literal["new", "open", "blocked", "left", "kicked"] = "new"
    known: bool = False
    messages: dict[int, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    keyboard: dict[str, Any] | None = None

    @property
    def private(self) -> bool:
        """Whether this is a chat with one person."""
        return bool(self.json["type"] == "private")

    def check_writable(self) -> None:
        """ApiError as the Bot API gives it where the bot may not write."""
        if self.state == "new" and self.known:
            raise forbidden("bot can't initiate conversation with a user")
        if self.state == "new":
            raise bad_request("chat not found")
        if self.state != "open":
            raise self._closed()

    def _closed(self) -> ApiError:
        if self.private:
            return forbidden("bot was blocked by the user")
        kind = self.json["type"]
        return forbidden(
            f"bot was kicked from the {kind} chat"
            if self.state == "kicked"
            else f"bot is not a member of the {kind} chat"
        )

    def record(self, event: Event) -> None:
        """Add what happened and wake those who wait for it."""
        self.events.append(event)
        self.bell.ring()

    def post(self, message: Message) -> None:
        """A new message; a reply keyboard it brings takes the place of the one before."""
        self.messages[message.id] = message
        if "keyboard" in (message.markup or {}):
            self.keyboard = message.markup
        elif "remove_keyboard" in (message.markup or {}):
            self.keyboard = None
        self.record(Event("sent", message.by, message))

    def change(self, old: Message, markup: dict[str, Any] | None, **json: Any) -> Message:
        """Edit a message: fields given as None go away."""
        kept = {name: value for name, value in (old.json | json).items() if value is not None}
        new = replace(old, json=kept, markup=markup)
        self.messages[old.id] = new
        self.record(Event("edited", old.by, new))
        return new

    def delete(self, message: Message) -> None:
        """Take a message away."""
        del self.messages[message.id]
        self.record(Event("deleted", "bot", message))
