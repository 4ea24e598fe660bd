"""Groups and channels with a bot in them."""

from typing import Any

from sandbox.telegram.acts import Acts, Update
from sandbox.telegram.bots import Bot
from sandbox.telegram.chats import Chat, Message
from sandbox.telegram.text import formatted


class Group:
    """A group, supergroup or channel; its updates are queued unless `queued` is off."""

    def __init__(self, bot: Bot, chat_id: int, title: str, kind: str, *, queued: bool = True) -> None:
        self.bot = bot
        self.queued = queued
        card = {"id": chat_id, "title": title, "type": kind}
        self.chat = bot.chats.setdefault(chat_id, Chat(chat_id, card, bot.bell))
        self.chat.state = "open"

    @property
    def unsent(self) -> "Group":
        """The same group, whose updates are returned but not queued."""
        return Group(self.bot, self.chat.id, self.chat.json["title"], self.chat.json["type"], queued=False)

    def write(self, person: Acts, text: str) -> Update:
        """Somebody writes in the group."""
        person.chat.known = True
        return self._say("message", {"from": person.user}, text)

    def post(self, text: str) -> Update:
        """A post in the channel, which has no author."""
        return self._say("channel_post", {"sender_chat": self.chat.json}, text)

    def add_bot(self, person: Acts) -> Update:
        """Somebody adds the bot."""
        self.chat.state = "open"
        return self._member(person, "left", "member")

    def remove_bot(self, person: Acts) -> Update:
        """Somebody removes the bot."""
        self.chat.state = "kicked"
        return self._member(person, "member", "left")

    def _member(self, person: Acts, old: str, new: str) -> Update:
        change = {
            "chat": self.chat.json,
            "from": person.user,
            "date": self.bot.now(),
            "old_chat_member": {"user": self.bot.user, "status": old},
            "new_chat_member": {"user": self.bot.user, "status": new},
        }
        return self._update("my_chat_member", change)

    def _say(self, kind: str, author: dict[str, Any], text: str) -> Update:
        message_id = self.bot.next_message_id()
        entities = formatted(text, [], tidy=False).entities
        json = {"message_id": message_id, "chat": self.chat.json, "date": self.bot.now(), "text": text} | author
        if entities:
            json["entities"] = entities
        self.chat.post(Message(message_id, "person", json))
        return self._update(kind, json)

    def _update(self, kind: str, content: dict[str, Any]) -> Update:
        update = {"update_id": self.bot.updates.number(), kind: content}
        if self.queued:
            self.bot.updates.put(update)
        return update
