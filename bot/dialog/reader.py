"""Readers: what a question takes as its answer, and the buttons it offers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from bot.reading import Ear, Reading
from bot.update import Json, Update

T_co = TypeVar("T_co", covariant=True)


class Option(NamedTuple):
    """A button under a question.

    ``label`` is any typed value. A press answers with ``value``, or turns to ``page``, or does nothing where ``dead``;
    ``asks`` shares "contact" instead; ``act`` starts the ability of that name; ``move`` is the engine's own: back,
    leave, change, change:NAME, want:NAME, yes:DIGEST. ``means`` says what yes or no in words does: with an ``act``
    whose button is still the last word, True or False presses it.
    """

    label: Any
    value: Json = None
    page: str | None = None
    dead: bool = False
    asks: str = ""
    act: str = ""
    move: str = ""
    means: bool | None = None

    @property
    def key(self) -> Json:
        """What a press of it means, as the conversation keeps it."""
        if self.move:
            return ["move", self.move]
        if self.page is not None:
            return ["page", self.page]
        return ["dead"] if self.dead or self.asks or self.act else ["value", self.value]


Options = Sequence[Sequence[Option]]
"""Rows of options."""


class Reader(Generic[T_co]):
    """Reads an answer once, and checks what was read each time the dialog runs, unless a kept effect guards it.

    A base class and not a Protocol, through which mypy would infer Any.
    """

    columns: int = 1
    """Buttons in a row where words may mean several things."""
    leftovers: bool = True
    """Whether it may read what an earlier question left of a text, and leave the rest to later ones."""
    echoes: bool = True
    """Whether what it took before its question was put is said back before the next one."""
    greedy: bool = False
    """Whether it takes nearly any words: those that change an earlier answer must then say so."""
    anything: bool = False
    """Whether any words at all are an answer, also those that wish for something."""
    telling: bool = False
    """Whether words that it reads are seldom about anything else: a day, a time, a number to call."""

    def read(self, text: str, ear: Ear) -> Reading | None:
        """What the text says, as JSON; None where it says nothing of this kind; raises Invalid with a hint."""
        return None

    def take(self, update: Update) -> Reading | None:
        """What something other than text says: a contact, files."""
        return None

    def spot(self, text: str, ear: Ear) -> Reading | None:
        """What words that were not meant for its question say in passing; None unless they clearly speak of it."""
        return self.read(text, ear) if self.leftovers else None

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        """What words at a later question make of its answer, which was ``value``; None unless they speak of it."""
        return self.spot(text, ear)

    def carry(self, value: Json) -> Json:
        """The answer that stands for ``value`` where an earlier one has changed: the same hour of another day."""
        return value

    def check(self, value: Json) -> T_co:
        """The value that the JSON stands for, while it is valid; raises Invalid with the reason: taken, past."""
        raise NotImplementedError

    def stands(self, value: Json) -> T_co:
        """The value that the JSON stands for, where it was checked before and nothing can have changed it."""
        return self.check(value)

    def options(self, page: str) -> Options:
        """The buttons, on the page of that name; the first is called ""."""
        return ()

    def show(self, value: Any) -> Any:
        """The checked value as it is shown."""
        return value

    def short(self, value: Any) -> Any:
        """The checked value on a button, under its question."""
        return self.show(value)
