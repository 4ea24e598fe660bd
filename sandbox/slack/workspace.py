"""A workspace: its members, channels, messages, views and files, and our app in it."""

from __future__ import annotations

import hashlib
import itertools
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

from sandbox.slack.errors import SlackError
from sandbox.slack.things import Channel, Event, File, Message, Trigger, User, View
from sandbox.telegram.bell import Bell

TRIGGER_SECONDS = 3.0


class Workspace:
    """A workspace with our app installed under ``token``. ``clock`` gives seconds since 1970."""

    def __init__(
        self,
        name: str,
        token: str,
        signing_secret: str,
        app_token: str,
        clock: Callable[[], float],
        bell: Bell,
        number: int,
    ) -> None:
        self.name = name
        self.token = token
        self.signing_secret = signing_secret
        self.app_token = app_token
        self.clock = clock
        self.bell = bell
        self.team = f"T{number:09d}"
        self.app_id = f"A{number:09d}"
        self._ids = itertools.count(1)
        self._stamps = itertools.count(1)
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, View] = {}
        self.stacks: dict[str, list[str]] = {}
        self.homes: dict[str, View] = {}
        self.files: dict[str, File] = {}
        self.triggers: dict[str, Trigger] = {}
        self.events: list[Event] = []
        self.outbox: deque[Any] = deque()
        self.revoked = ""
        self.url = ""
        self.bot = self.add_user(name.title(), bot=True)

    # --- who and where

    def new_id(self, letter: str) -> str:
        """A fresh id, as Slack writes them."""
        return f"{letter}{next(self._ids):08d}{self.team[-2:]}"

    def add_user(self, name: str, locale: str = "en-US", *, bot: bool = False, id: str = "") -> User:
        """Somebody new."""
        user = User(id or self.new_id("U"), name, locale, bot)
        self.users[user.id] = user
        self.bell.ring()
        return user

    def add_channel(self, name: str, *, private: bool = False) -> Channel:
        """A channel with our app in it."""
        channel = Channel(self.new_id("C"), name, private=private)
        self.channels[channel.id] = channel
        self.bell.ring()
        return channel

    def direct(self, user: str) -> Channel:
        """The talk of our app with a member."""
        for channel in self.channels.values():
            if channel.with_user == user:
                return channel
        channel = Channel(self.new_id("D"), "", with_user=user)
        self.channels[channel.id] = channel
        return channel

    def channel(self, named: str) -> Channel:
        """The channel by its id, its name, or the id of the member it is with. Raises SlackError."""
        if named in self.channels:
            return self.channels[named]
        if named in self.users:
            if self.users[named].deleted:
                raise SlackError("user_disabled")
            return self.direct(named)
        for channel in self.channels.values():
            if channel.name and channel.name == named.lstrip("#"):
                return channel
        raise SlackError("channel_not_found")

    def writable(self, named: str) -> Channel:
        """The same, where our app may write. Raises SlackError."""
        channel = self.channel(named)
        if channel.archived:
            raise SlackError("is_archived")
        if not channel.has_app:
            raise SlackError("channel_not_found" if channel.private else "not_in_channel")
        return channel

    # --- messages

    def stamp(self) -> str:
        """The next message's id: a moment that is nobody else's."""
        return f"{int(self.clock())}.{next(self._stamps):06d}"

    def post(self, channel: Channel, message: Message) -> Message:
        """Adds a message."""
        channel.messages.append(message)
        self.show(Event("ephemeral" if message.only else "posted", channel.id, message, user=message.only))
        return message

    def message(self, channel: Channel, ts: str) -> Message:
        """A message by its id. Raises SlackError message_not_found."""
        for message in reversed(channel.messages):
            if message.ts == ts and not message.only:
                return message
        raise SlackError("message_not_found")

    def show(self, event: Event) -> None:
        """Notes what was shown."""
        self.events.append(event)
        self.bell.ring()

    # --- views

    def trigger(self, user: str) -> str:
        """A fresh trigger of a member's."""
        name = f"{next(self._ids)}.{self.team}.{hashlib.sha256(user.encode()).hexdigest()[:8]}"
        self.triggers[name] = Trigger(user, self.clock())
        return name

    def redeem(self, name: str) -> str:
        """The member whose trigger this is, once and soon. Raises SlackError."""
        trigger = self.triggers.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self.clock() - trigger.at > TRIGGER_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def stack(self, user: str) -> list[View]:
        """The modals on a member's screen, the one on top last."""
        return [self.views[id] for id in self.stacks.get(user, [])]

    def open(self, user: str, view: dict[str, Any], *, push: bool = False) -> View:
        """Shows a modal, alone or above the one that is there. Raises SlackError push_limit_reached."""
        under = self.stacks.get(user, []) if push else []
        if len(under) >= 3:
            raise SlackError("push_limit_reached")
        id = self.new_id("V")
        made = View(id, self.new_hash(), user, view, under[0] if under else id, under[-1] if under else "")
        self.views[id] = made
        self.stacks[user] = [*under, id]
        self.show(Event("opened", view=made, user=user))
        return made

    def replace(self, known: View, view: dict[str, Any]) -> View:
        """Shows another view in place of one; what is filled in stays where the field does."""
        names = {block.get("block_id") for block in view["blocks"]}
        known.view, known.hash, known.errors = view, self.new_hash(), {}
        known.values = {name: value for name, value in known.values.items() if name in names}
        self.show(Event("updated", view=known, user=known.user))
        return known

    def shut(self, view: View, *, whole: bool = False) -> None:
        """Takes a modal off the screen, or all of them."""
        stack = self.stacks.get(view.user, [])
        self.stacks[view.user] = [] if whole or view.id not in stack else stack[: stack.index(view.id)]
        self.show(Event("closed", view=view, user=view.user))

    def publish(self, user: str, view: dict[str, Any]) -> View:
        """Shows a member another home page."""
        known = self.homes.get(user)
        made = View(known.id if known else self.new_id("V"), self.new_hash(), user, view)
        self.homes[user] = self.views[made.id] = made
        self.show(Event("home", view=made, user=user))
        return made

    def new_hash(self) -> str:
        """The mark of a version of a view."""
        return f"{int(self.clock())}.{next(self._ids)}"

    def in_thread(self, channel: Channel, ts: str) -> Iterator[Message]:
        """The replies in a thread."""
        return (message for message in channel.messages if message.thread == ts)
