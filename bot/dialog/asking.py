"""What a handler can await: an answer, an effect that is kept, a yes."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from bot.dialog.reader import Reader
from bot.update import Json
from bot.values import ClientText, Effect, Message, Msgid

T = TypeVar("T")
NOTHING: Any = object()
"""Says that there is no value, where None could be one."""


@dataclass(slots=True)
class Ask(Generic[T]):
    """A question; awaiting it gives the answer. Made by ``Turn.ask`` and ``Turn.optional``."""

    name: str
    question: Message
    reader: Reader[T]
    label: Msgid | ClientText | None = None
    known: Json = NOTHING
    button: Msgid | None = None  # of an optional question, under the confirmation
    begins: str = ""  # the answer with which a change of this one begins, where it isn't this one
    values: Mapping[str, Any] = field(default_factory=dict)

    def __await__(self) -> Generator[Any, Any, T]:
        answer: T = yield self
        return answer


@dataclass(slots=True)
class Keep:
    """An effect that is done before the dialog ends; awaiting it gives its JSON result. Made by ``Turn.keep``."""

    effect: Effect
    args: tuple[Any, ...]

    def __await__(self) -> Generator[Any, Any, Json]:
        result: Json = yield self
        return result


@dataclass(slots=True)
class Confirm:
    """The reading back; awaiting it returns only on yes. Made by ``Turn.confirm``."""

    head: Message
    question: Message
    names: tuple[str, ...]
    also: tuple[str, ...]
    yes: Msgid
    values: Mapping[str, Any] = field(default_factory=dict)

    def __await__(self) -> Generator[Any, Any, None]:
        yield self
