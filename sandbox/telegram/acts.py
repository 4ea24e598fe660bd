"""What a person does on Telegram; every act makes the update that the Bot API would send for it."""

import itertools
from dataclasses import dataclass
from typing import Any

from sandbox.telegram import samples
from sandbox.telegram.bots import Bot, Query
from sandbox.telegram.chats import Answer, Chat, Message
from sandbox.telegram.files import File, image_size
from sandbox.telegram.keyboards import Button
from sandbox.telegram.text import MAX_TEXT, formatted, units

Update = dict[str, Any]
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Press:
    """A pressed inline button: its update, and the bot's answer when there is one."""

    update: Update
    query: Query
    chat: Chat

    @property
    def answered(self) -> Answer | None:
        """The answer, if it has come."""
        return self.query.answer

    async def answer(self) -> Answer:
        """The answer, awaited."""
        return await self.chat.bell.until(lambda: self.query.answer)


class Acts:
    """One person at one bot. Each act is at once in the chat, and its update in the bot's queue unless `queued` is off.

    All acts return their update (an album: a list of them; a press: a Press). Text goes out as given, control
    characters and all: only its entities are found, as Telegram does.
    """

    def __init__(self, bot: Bot, user: dict[str, Any], *, queued: bool = True) -> None:
        self.bot = bot
        self.user = user
        self.queued = queued
        card = {name: user[name] for name in ("id", "first_name", "last_name", "username") if name in user}
        if user["id"] not in bot.chats:
            bot.chats[user["id"]] = Chat(user["id"], card | {"type": "private"}, bot.bell)
        self.chat = bot.chats[user["id"]]
        if user["id"] not in bot.people:
            bot.people[user["id"]] = user
            bot.bell.ring()

    @property
    def id(self) -> int:
        """The person's Telegram id, which is also that of the private chat."""
        return self.chat.id

    def write(self, text: str, *, reply_to: int | None = None) -> Update:
        """Write a text of 1 to 4096 UTF-16 units."""
        if not 1 <= units(text) <= MAX_TEXT:
            raise ValueError("a text has 1 to 4096 UTF-16 units")
        done = formatted(text, [], tidy=False)
        reply = {"reply_to_message": self.chat.messages[reply_to].json} if reply_to else {}
        return self._say(reply | {"text": text} | ({"entities": done.entities} if done.entities else {}))

    def command(self, name: str, argument: str = "") -> Update:
        """Write "/name", with what stands behind it."""
        return self.write(f"/{name.lstrip('/')} {argument}".rstrip())

    def start(self, payload: str = "") -> Update:
        """Open the chat, by its Start button or a deep link with a payload; ends a block."""
        if self.chat.state == "blocked":
            self.unblock()
        return self.command("start", payload)

    def tap(self, label: str, **shared: Any) -> Update:
        """Tap a button of the reply keyboard, which writes its words or shares what it asks for.

        What is shared can be said as for `share_contact` and `share_location`.
        """
        rows = Message(0, "bot", {}, self.chat.keyboard).buttons
        button = _find([button for row in rows for button in row], label)
        if (self.chat.keyboard or {}).get("one_time_keyboard"):
            self.chat.keyboard = None
        if button.contact:
            return self.share_contact(**shared)
        return self.share_location(**shared) if button.location else self.write(button.text)

    def press(self, message: Message | int, button: int | str) -> Press:
        """Press an inline button of a message, by its words or its place (0 is the first of all rows).

        LookupError if there is no such message or button, or if the button opens an address.
        """
        message_id = message if isinstance(message, int) else message.id
        if message_id not in self.chat.messages:
            raise LookupError(f"no message {message_id}")
        shown = self.chat.messages[message_id]
        found = _find([button for row in shown.buttons for button in row] if shown.inline else [], button)
        if found.data is None:
            raise LookupError(f"button {found.text!r} opens {found.url}")
        return self.press_raw(found.data, message_id)

    def press_raw(self, data: str, message: Message | int) -> Press:
        """Press with any data, as an old screen would; the message may be changed or gone since."""
        message_id = message if isinstance(message, int) else message.id
        shown = self.chat.messages.get(message_id)
        gone = {"message_id": message_id, "chat": self.chat.json, "date": 0}
        query = Query(f"{self.id}{next(_numbers):010}", self.chat, self.bot.clock() + self.bot.query_lifetime)
        self.bot.queries[query.id] = query
        update = self._update(
            "callback_query",
            {
                "id": query.id,
                "from": self.user,
                "message": shown.json if shown else gone,
                "chat_instance": str(self.id * 7919),
                "data": data,
            },
        )
        return Press(update, query, self.chat)

    def share_contact(self, own: bool = True, phone: str = "+393331234567", first_name: str = "Luca") -> Update:
        """Share a contact: one's own, or somebody else's."""
        mine = {"first_name": self.user["first_name"], "user_id": self.id}
        if "last_name" in self.user:
            mine["last_name"] = self.user["last_name"]
        whose = mine if own else {"first_name": first_name, "user_id": self.id + 1_000_000}
        return self._say({"contact": {"phone_number": phone} | whose})

    def share_location(self, latitude: float = 45.4642, longitude: float = 9.19) -> Update:
        """Share a place, in degrees."""
        return self._say({"location": {"latitude": latitude, "longitude": longitude}})

    def send_photo(self, data: bytes = samples.PNG, caption: str = "", **extra: Any) -> Update:
        """Send a picture; `size` claims a larger file than the bytes."""
        file = self.bot.files.add("photos", "photo.png", "image/png", data, extra.pop("size", None))
        width, height = image_size(data) or (1, 1)
        photo = [file.json() | {"width": width, "height": height}]
        return self._say({"photo": photo} | _caption(caption) | extra, file)

    def send_document(
        self, name: str = "file.pdf", data: bytes = samples.PDF, mime: str = "", caption: str = "", **extra: Any
    ) -> Update:
        """Send a file; `size` claims a larger one than the bytes."""
        file = self.bot.files.add("documents", name, mime, data, extra.pop("size", None))
        document = file.json() | {"file_name": name, "mime_type": file.mime}
        return self._say({"document": document} | _caption(caption) | extra, file)

    def send_voice(self, data: bytes = samples.OGG, duration: int = 3, mime: str = "audio/ogg") -> Update:
        """Send a voice message of some seconds."""
        file = self.bot.files.add("voice", "voice.oga", mime, data)
        return self._say({"voice": file.json() | {"duration": duration, "mime_type": mime}}, file)

    def send_sticker(self, emoji: str = "👍") -> Update:
        """Send a sticker."""
        file = self.bot.files.add("stickers", "sticker.webp", "image/webp", samples.WEBP)
        kind = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._say({"sticker": file.json() | kind | {"emoji": emoji}}, file)

    def send_album(self, count: int = 2, caption: str = "") -> list[Update]:
        """Send pictures as one album: one update each, with the same media_group_id."""
        group = str(13_000_000_000 + next(_numbers))
        return [self.send_photo(caption=caption if not n else "", media_group_id=group) for n in range(count)]

    def edit(self, message: Message | int, text: str) -> Update:
        """Edit one's own message: its text, or the caption of what was sent."""
        old = self.chat.messages[message if isinstance(message, int) else message.id]
        if old.by != "person":
            raise LookupError(f"message {old.id} is not the person's own")
        done = formatted(text, [], tidy=False)
        names = ("text", "entities") if "text" in old.json else ("caption", "caption_entities")
        new = self.chat.change(old, None, **{names[0]: text, names[1]: done.entities or None}, edit_date=self.bot.now())
        return self._update("edited_message", new.json)

    def block(self) -> Update:
        """Stop and block the bot."""
        return self._member("blocked", "member", "kicked")

    def unblock(self) -> Update:
        """Let the bot write again."""
        return self._member("open", "kicked", "member")

    def _member(self, state: Any, old: str, new: str) -> Update:
        self.chat.state = state
        self.chat.bell.ring()

        def member(status: str) -> dict[str, Any]:
            until = {"until_date": 0} if status == "kicked" else {}
            return {"user": self.bot.user, "status": status} | until

        change = {"chat": self.chat.json, "from": self.user, "date": self.bot.now()}
        change |= {"old_chat_member": member(old), "new_chat_member": member(new)}
        return self._update("my_chat_member", change)

    def _say(self, content: dict[str, Any], file: File | None = None) -> Update:
        if self.chat.state == "blocked":
            raise RuntimeError("the person has blocked this bot and cannot write to it")
        self.chat.state = "open"
        message_id = self.bot.next_message_id()
        json = {"message_id": message_id, "from": self.user, "chat": self.chat.json, "date": self.bot.now()} | content
        self.chat.post(Message(message_id, "person", json, None, file))
        return self._update("message", json)

    def _update(self, kind: str, content: dict[str, Any]) -> Update:
        update = {"update_id": self.bot.updates.number(), kind: content}
        if self.queued:
            self.bot.updates.put(update)
        return update


def _find(buttons: list[Button], wanted: int | str) -> Button:
    if isinstance(wanted, int) and 0 <= wanted < len(buttons):
        return buttons[wanted]
    for button in buttons:
        if button.text == wanted:
            return button
    raise LookupError(f"no button {wanted!r} among {[button.text for button in buttons]}")


def _caption(caption: str) -> dict[str, Any]:
    if not caption:
        return {}
    entities = formatted(caption, [], tidy=False).entities
    return {"caption": caption} | ({"caption_entities": entities} if entities else {})
