"""A person at a bot: acts, and what they see on their screen."""

from typing import Any

from sandbox.telegram.acts import Acts
from sandbox.telegram.bots import Bot
from sandbox.telegram.chats import Event, Message
from sandbox.telegram.keyboards import Button, buttons


class Person(Acts):
    """Somebody to play: what they do is queued for the bot, what the bot does is read here."""

    def __init__(self, bot: Bot, user: dict[str, Any]) -> None:
        super().__init__(bot, user)
        self._read = 0

    @property
    def unsent(self) -> Acts:
        """The same person's acts, whose updates are returned but not queued: post them yourself, twice or shuffled."""
        return Acts(self.bot, self.user, queued=False)

    @property
    def messages(self) -> list[Message]:
        """The chat as it stands, oldest first."""
        return list(self.chat.messages.values())

    @property
    def last(self) -> Message:
        """The bot's newest message; LookupError if it has not written yet."""
        for message in reversed(self.messages):
            if message.by == "bot":
                return message
        raise LookupError("the bot has not written yet")

    @property
    def keyboard(self) -> list[list[Button]]:
        """The reply keyboard on the screen, row by row."""
        return buttons(self.chat.keyboard)

    @property
    def commands(self) -> list[dict[str, str]]:
        """The commands menu in this person's language."""
        return self.bot.commands_for(self.id, self.user.get("language_code", "")[:2])

    def unread(self) -> list[Event]:
        """What the bot did here since this was last called (or awaited by `hears`), in order; may be empty."""
        events, self._read = self.chat.events[self._read :], len(self.chat.events)
        return [event for event in events if event.by == "bot"]

    async def hears(self) -> Event:
        """The next thing that the bot does here, awaited."""
        while True:
            await self.chat.bell.until(lambda: len(self.chat.events) > self._read)
            event = self.chat.events[self._read]
            self._read += 1
            if event.by == "bot":
                return event
