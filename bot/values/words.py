"""Words in somebody's language, amounts, and the two answers to what can't be done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

LANGUAGES: Final = ("it", "en", "pl")


class Msgid(str):
    """An English message of ours, to be read in the reader's language. Made by ``_`` (bot.i18n)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Plural:
    """A message whose form depends on the value called ``n``. Made by ``_n`` (bot.i18n)."""

    singular: str
    plural: str


Message = Msgid | Plural


@dataclass(frozen=True, slots=True)
class ClientText:
    """Words of the client's own, in the languages it gave them in, its first language first."""

    texts: tuple[tuple[str, str], ...]

    def read(self, language: str) -> str:
        """The words in ``language``, else in the client's first language that has them, else nothing."""
        for spoken, text in self.texts:
            if spoken == language:
                return text
        return self.texts[0][1] if self.texts else ""

    def has(self, language: str) -> bool:
        """Whether the client gave these words in ``language``."""
        return any(spoken == language for spoken, _ in self.texts)

    def __bool__(self) -> bool:
        return bool(self.texts)


NOT_SAID: Final = ClientText(())
"""What a client has no words for."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, grosze) of an ISO 4217 currency."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Form:
    """A value to be shown in one of its forms ("short", "time"; see bot.i18n), where no message says which."""

    value: Any
    form: str


class Invalid(Exception):
    """An answer that can't be taken: the question is put again with this hint."""

    def __init__(self, hint: Message, **values: Any) -> None:
        super().__init__(str(hint))
        self.hint = hint
        self.values = values


class Refusal(Exception):
    """What was wished can't be done: the reason is said, the dialog ends, and what it kept is undone.

    ``offers`` are buttons under the reason: a label and the ability it starts, with its argument behind a colon.
    """

    def __init__(self, hint: Message, *, offers: tuple[tuple[Msgid, str], ...] = (), **values: Any) -> None:
        super().__init__(str(hint))
        self.hint = hint
        self.offers = offers
        self.values = values
