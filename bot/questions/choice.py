"""A question with a list of things to choose from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final, Generic, NamedTuple, TypeVar

from bot.dialog import Option, Options, Reader, Turn
from bot.i18n import _, show
from bot.reading import Ear, Reading
from bot.reading.choices import read_choice
from bot.update import Json
from bot.values import ClientText, Invalid, Msgid

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
YES: Final = _("Yes")
NO: Final = _("No")
GONE: Final = _("That can't be chosen any more.")


class Choice(NamedTuple, Generic[T]):
    """One thing to choose: its stored ``key``, its label (a typed value), what it stands for, other words for it."""

    key: Json
    label: Any
    value: T
    words: tuple[str, ...] = ()


class OneOf(Reader[T_co]):
    """Takes one of the choices, by button or by words in any of our languages."""

    def __init__(self, turn: Turn, choices: Callable[[], Sequence[Choice[T_co]]], columns: int = 1) -> None:
        self.turn = turn
        self.columns = columns
        self._choices = choices

    @cached_property
    def choices(self) -> Sequence[Choice[T_co]]:
        """All there is to choose from, looked up when it is first needed."""
        return self._choices()

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_choice(text, ear, self.named())

    def spot(self, text: str, ear: Ear) -> Reading | None:
        if not self.leftovers:
            return None
        return read_choice(text, ear, self.named(), by_position=False)

    def check(self, value: Json) -> T_co:
        for one in self.choices:
            if one.key == value:
                return one.value
        raise Invalid(GONE)

    def options(self, page: str) -> Options:
        buttons = [Option(one.label, one.key) for one in self.choices]
        return [buttons[start : start + self.columns] for start in range(0, len(buttons), self.columns)]

    def show(self, value: Any) -> Any:
        return next((one.label for one in self.choices if one.value == value), value)

    def named(self) -> list[tuple[Json, list[str]]]:
        """The key of each choice, and what it may be called."""
        return [(one.key, [*self.labels(one), *one.words]) for one in self.choices]

    def labels(self, one: Choice[Any]) -> list[str]:
        """What the button of a choice reads: the client's own words, in each of its languages."""
        turn, label = self.turn, one.label
        if isinstance(label, ClientText):
            return [text for _language, text in label.texts]
        return [show(label, turn.language, turn.client.zone, "", turn.now)]


def one_of(turn: Turn, choices: Callable[[], Sequence[Choice[T]]], columns: int = 1) -> OneOf[T]:
    """A reader of one of the choices, which are looked up only when they are needed."""
    return OneOf(turn, choices, columns)


def yes_or_no(turn: Turn, yes: Msgid = YES, no: Msgid = NO) -> OneOf[bool]:
    """A reader of yes or no; what another question left of a text is no answer to it."""
    reader = OneOf(turn, lambda: [Choice(True, yes, True), Choice(False, no, False)], columns=2)
    reader.leftovers = False
    return reader
