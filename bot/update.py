"""What comes in and what goes out: frozen values that every part of the house speaks in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = Any
"""What json.dumps takes: None, bool, int, float, str, and lists and string-keyed dicts of these."""


class Face(StrEnum):
    """Who acts."""

    CUSTOMER = "customer"
    TEAM = "team"
    VA = "va"
    CLOCK = "clock"  # what falls due
    NETWORK = "network"  # what became of a send
    OPERATOR = "operator"  # the command line


class Kind(StrEnum):
    """What happened."""

    TEXT = "text"  # words were written (text)
    COMMAND = "command"  # name is the command without its slash, text what follows it
    PRESS = "press"  # a button of ours: name is its key, message the network's id of the message it stood on
    CONTACT = "contact"  # a contact was shared: data {"phone", "own"}
    LOCATION = "location"  # data {"latitude", "longitude"}
    FILES = "files"  # attachments, with their caption in text
    OTHER = "other"  # a sticker, a poll: something no dialog can use; name says what
    EDITED = "edited"  # an earlier message (message) now reads text
    REACH = "reach"  # data {"reachable": bool}: the customer blocked us, or let us in again
    OUTSIDE = "outside"  # written where we don't talk: a group, a channel
    FORM = "form"  # a modal was submitted: name is its act, data {"values": {field: value}, "private": what it carried}
    ACT = "act"  # a named act of the desk, the team, the clock, a network or the operator, with its data


@dataclass(frozen=True, slots=True)
class Thread:
    """Where a conversation shows on a channel: the network, our account's name on it, and the address there."""

    channel: str
    account: str
    address: str

    @property
    def lane(self) -> str:
        """The key under which sends to this thread keep their order."""
        return f"{self.channel}:{self.account}:{self.address}"

    @classmethod
    def of_lane(cls, lane: str) -> Thread:
        """The thread that has this lane."""
        channel, account, address = lane.split(":", 2)
        return cls(channel, account, address)


@dataclass(frozen=True, slots=True)
class InConversation:
    """A target: one conversation, by its row's id."""

    id: int


@dataclass(frozen=True, slots=True)
class OfClient:
    """A target: one client, by its row's id."""

    id: int


Target = Thread | InConversation | OfClient | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came or goes: what it is, and where its bytes are.

    ``remote`` is the network's own reference; ``content`` is the text of a file of ours that is to be sent, or
    ``path`` and ``sha256`` say where its bytes are kept.
    """

    kind: str  # photo | voice | document | audio | video
    name: str = ""
    mime: str = "application/octet-stream"
    size: int = 0  # bytes; 0 where the network does not say
    remote: str = ""
    content: str = ""  # text of a small file we made (.ics, .json)
    path: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """What a network tells of the person who acts: shown, never trusted as proof of who it is."""

    id: str = ""
    name: str = ""
    language: str = ""  # as the network says it: "pl", "en-GB"
    guest: bool = False  # of a team's workspace: let in from outside, no full member


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One thing that happened, from any face.

    ``id`` is the one its source repeats on redelivery, so (channel, account, id) names it for ever. ``at`` is when it
    happened (aware UTC). What ``name``, ``text``, ``data`` and ``message`` hold is said at each ``Kind``.
    """

    id: str
    channel: str
    account: str
    face: Face
    kind: Kind
    target: Target
    at: datetime
    writer: Writer = Writer()
    name: str = ""
    text: str = ""
    message: str = ""
    attachments: tuple[Attachment, ...] = ()
    data: Mapping[str, Json] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes this update the same as its redelivery."""
        return self.channel, self.account, self.id


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: what it reads and the key that its press brings back.

    ``asks`` is "contact" or "location" where the press shares that instead of bringing a key; ``url`` opens a page.
    """

    label: str
    key: str = ""
    asks: str = ""
    url: str = ""


Keyboard = tuple[tuple[Button, ...], ...]
"""Rows of buttons."""


@dataclass(frozen=True, slots=True)
class Said:
    """A message a turn wants sent, in no network's own terms.

    ``text`` is marked up with b, i, a and code only and every value in it is escaped. ``parts`` are the lines it was
    rendered from, as [msgid, values], kept so that it can be read in another language.
    """

    text: str
    parts: Json = None
    keyboard: Keyboard = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the network must hear at once, performed right after the commit and never retried."""

    toast: str = ""  # shown over a pressed button
    error: str = ""  # what the desk, the team or the operator did wrong
    data: Mapping[str, Json] = field(default_factory=dict)  # what an operator's or the desk's act brings back
    modal: Json = None  # a modal to show, as bot.office.posting renders it
    how: str = ""  # where it is shown: open | update (in place of the one that acted) | push (above it) | clear (none)
    errors: Mapping[str, str] = field(default_factory=dict)  # what is wrong with a form, by the name of its field
    ephemeral: Json = None  # a post that only who acted sees, as bot.office.posting renders it
