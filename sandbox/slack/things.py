"""What a workspace holds: its members, channels, messages, files and views, and what was shown of them."""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import Any

from sandbox.slack.blocks import called, calling, shown
from sandbox.slack.elements import Block


@dataclass
class User:
    """A member of the workspace, or our app's bot."""

    id: str
    name: str
    locale: str = "en-US"
    bot: bool = False
    deleted: bool = False
    guest: bool = False


@dataclass
class Channel:
    """A channel, or a talk between our app and one member (``with_user``)."""

    id: str
    name: str
    with_user: str = ""
    private: bool = False
    archived: bool = False
    has_app: bool = True
    messages: list[Message] = field(default_factory=list)

    @property
    def direct(self) -> bool:
        """Whether it is a talk with one member."""
        return bool(self.with_user)


@dataclass
class File:
    """An uploaded file."""

    id: str
    name: str
    mime: str
    data: bytes
    user: str
    url: str = ""
    shared: bool = False


@dataclass
class Message:
    """A message; ``only`` is the one member who sees it where it is ephemeral."""

    ts: str
    user: str
    text: str
    blocks: list[Block] = field(default_factory=list)
    thread: str = ""
    only: str = ""
    edited: bool = False
    files: list[File] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def lines(self) -> list[str]:
        """What it reads."""
        found = shown(self.blocks)[0] if self.blocks else [html.unescape(self.text)] if self.text else []
        return [*found, *(f"({file.name})" for file in self.files)]

    @property
    def labels(self) -> list[str]:
        """What its buttons read."""
        return shown(self.blocks)[1]

    @property
    def pings(self) -> bool:
        """Whether somebody's Slack would ring at it for being called."""
        return calling(self.text) or called(self.blocks)


@dataclass
class View:
    """A modal on a member's screen, or her home page. ``values`` is what she has filled in."""

    id: str
    hash: str
    user: str
    view: dict[str, Any]
    root: str = ""
    previous: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What stands on top of a modal."""
        return str((self.view.get("title") or {}).get("text", ""))

    @property
    def lines(self) -> list[str]:
        """What it reads."""
        return shown(self.view["blocks"])[0]

    @property
    def labels(self) -> list[str]:
        """What its buttons read."""
        return shown(self.view["blocks"])[1]


@dataclass
class Trigger:
    """What lets a view be opened: for a moment, and once."""

    user: str
    at: float
    used: bool = False


@dataclass
class Event:
    """One thing that was shown: posted, edited, deleted, ephemeral, opened, updated, closed, errors, home, failed."""

    kind: str
    place: str = ""
    message: Message | None = None
    view: View | None = None
    user: str = ""
    text: str = ""
    title: str = ""
    lines: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Keeps what it read at the time: messages and views change."""
        what = self.message or self.view
        if what is not None:
            self.lines, self.labels = what.lines, what.labels
        if self.message is not None:
            self.blocks = self.message.blocks
        if self.view is not None:
            self.title = self.view.title
            if self.kind == "errors":
                self.lines, self.labels = list(self.view.errors.values()), []
