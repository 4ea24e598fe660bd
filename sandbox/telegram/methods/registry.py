"""How a method is declared: its name and every field it has."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sandbox.telegram.bots import Bot
from sandbox.telegram.fields import Fields

Run = Callable[[Bot, Fields], Awaitable[object]]


@dataclass(frozen=True)
class Method:
    """One method of the Bot API."""

    name: str
    fields: frozenset[str]
    run: Run


@dataclass(frozen=True)
class Described:
    """A result that comes with a description, as that of setWebhook does."""

    result: object
    description: str


METHODS: dict[str, Method] = {}


def method(name: str, *fields: str) -> Callable[[Run], Run]:
    """Enter a function as a method; its name is found in any case, its fields are the only ones taken."""

    def enter(run: Run) -> Run:
        METHODS[name.lower()] = Method(name, frozenset(fields), run)
        return run

    return enter
