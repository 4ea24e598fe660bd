"""The registries in which handlers enter themselves: commands, wishes and acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot.dialog import Handler
from bot.update import Face
from bot.values import Msgid


@dataclass(frozen=True, slots=True)
class Ability:
    """Something a face can do: its stored ``name`` (never rename one), its handler, and how it is reached.

    ``notice`` abilities answer a press also while the desk holds the talk.
    """

    name: str
    handler: Handler = field(compare=False)
    title: Msgid | None = None
    command: str = ""
    notice: bool = False


DIALOGS: Final[dict[str, Ability]] = {}
"""What a customer can do, by name: the dialogs that conversations store and the buttons start."""
COMMANDS: Final[dict[str, Ability]] = {}
"""The customer's abilities by command, in the order in which they are published."""
WISHES: Final[dict[str, Handler]] = {}
"""The handlers of the customer's abilities by the intent that starts them."""
ACTS: Final[dict[tuple[Face, str], Ability]] = {}
"""What the other faces can do."""

Decorator = Callable[[Handler], Handler]


def command(name: str, title: Msgid, *, notice: bool = False) -> Decorator:
    """Makes the handler a customer's ability under ``/name``; ``title`` is its line in the menu of commands."""

    def enter(handler: Handler) -> Handler:
        ability = Ability(name, handler, title, name, notice)
        DIALOGS[name] = COMMANDS[name] = ability
        return handler

    return enter


def wish(*intents: str) -> Decorator:
    """Lets words that mean one of these intents start the handler; give it below ``command`` or ``action``."""

    def enter(handler: Handler) -> Handler:
        for intent in intents:
            WISHES[intent] = handler
        return handler

    return enter


def action(name: str, *faces: Face, notice: bool = False, title: Msgid | None = None) -> Decorator:
    """Makes the handler an act of these faces, a customer's where none is given: no command reaches it.

    ``title`` is what a button calls it where it is one of two that may be meant.
    """

    def enter(handler: Handler) -> Handler:
        ability = Ability(name, handler, title, notice=notice)
        for face in faces or (Face.CUSTOMER,):
            if face is Face.CUSTOMER:
                DIALOGS[name] = ability
            else:
                ACTS[face, name] = ability
        return handler

    return enter


def ability_of(handler: Handler) -> Ability:
    """The ability a handler was entered as."""
    return next(ability for ability in DIALOGS.values() if ability.handler is handler)
