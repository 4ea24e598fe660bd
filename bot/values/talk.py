"""A customer, her conversation, and what an effect does in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from bot.update import Json, Thread
from bot.values.client import (
    Client,
)


@dataclass(frozen=True, slots=True)
class Customer:
    """A person who writes to one client. ``verified_by`` is contact, code or va; empty while nothing proves it."""

    id: int
    client_id: int
    name: str = ""
    phone: str = ""  # E.164
    email: str = ""
    language: str = ""  # chosen by the customer; empty while only guessed
    verified_by: str = ""
    reminders: bool = True
    blocked: bool = False  # by the desk: she hears nothing from the bot

    @property
    def verified(self) -> bool:
        """Whether something better than a typed number says who this is."""
        return bool(self.verified_by)


class Holder(StrEnum):
    """Who has the conversation."""

    BOT = "bot"
    DESK = "desk"


class Conversation(NamedTuple):
    """The row that all faces of one customer's talk share.

    ``dialogs`` is the stack of dialogs under way, the one that asks last; ``awaiting`` the question last put and the
    keys of its keyboard; ``epoch`` the number of takeovers; ``puts`` the number of questions put (tokens count on it).
    """

    id: int
    client_id: int
    customer_id: int
    thread: Thread
    language: str
    holder: Holder = Holder.BOT
    epoch: int = 0
    reachable: bool = True
    dialogs: tuple[Json, ...] = ()
    awaiting: Json = None
    puts: int = 0
    puzzled: int = 0  # how often in a row the bot did not understand
    last_in_at: datetime | None = None
    handed_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """On whose behalf an effect is done, and when (aware UTC)."""

    client: Client
    customer: Customer
    conversation: Conversation
    now: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """A named change that a dialog may keep before it ends.

    ``do(write, who, *args)`` returns JSON; ``undo(write, who, result)``, where there is one, takes it back. Until
    ``guards(result)``, where there is that, the answers it rests on need no check: it keeps free what they chose.
    """

    name: str
    do: Callable[..., Json]
    undo: Callable[[Any, Who, Json], None] | None = None
    guards: Callable[[Json], datetime] | None = None


EFFECTS: dict[str, Effect] = {}
"""Every effect by name, so that what was kept before a restart can still be undone."""


def effect(
    name: str,
    do: Callable[..., Json],
    undo: Callable[[Any, Who, Json], None] | None = None,
    guards: Callable[[Json], datetime] | None = None,
) -> Effect:
    """Enters an effect under ``name``, which is stored with what it kept: never rename one."""
    EFFECTS[name] = Effect(name, do, undo, guards)
    return EFFECTS[name]
