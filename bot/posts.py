"""What the client's team is shown, in no network's own terms: posts, modals and the home page of the app.

A ``Text`` is a message of ours, a ``Line`` (a message with its values), the client's own words, or a plain string:
that one is shown letter by letter, whatever it holds. The channel clips everything to what its network takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.update import Json
from bot.values import ClientText, Message

FROM_HOME: Final = "from_home"
"""Stands in the ``private`` of a modal that was opened on a home page, which changes with what it does."""


@dataclass(frozen=True, slots=True)
class Line:
    """A message with its values. Made by ``line``."""

    message: Message
    values: Mapping[str, Any]


def line(message: Message, **values: Any) -> Line:
    """A message with its values."""
    return Line(message, values)


@dataclass(frozen=True, slots=True)
class About:
    """A text about a customer among others: where a post of ours says it, it goes when she is erased."""

    text: Text
    customer_id: int


def about(text: Text, customer_id: int | None) -> Text:
    """A text about a customer, if it is about a known one."""
    return About(text, customer_id) if customer_id is not None else text


Text = Message | Line | ClientText | About | str


@dataclass(frozen=True, slots=True)
class Press:
    """A button: it starts the team's act ``act``, which finds ``argument`` in ``given["argument"]``.

    ``style`` is primary or danger; ``sure`` is asked before it counts; with ``url`` it opens a page instead.
    """

    label: Text
    act: str
    argument: str = ""
    style: str = ""
    sure: Text = ""
    url: str = ""


Rows = tuple[tuple[Press, ...], ...]
"""Rows of buttons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A message: its title, lines, fields (a label and a value each), somebody's own words, small print, buttons."""

    title: Text = ""
    lines: tuple[Text, ...] = ()
    fields: tuple[tuple[Text, Text], ...] = ()
    quote: Text = ""
    small: Text = ""
    buttons: Rows = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that stands over what follows it, in a modal or on the home page."""

    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Lines in a modal or on the home page, with the buttons under them and small print."""

    lines: tuple[Text, ...] = ()
    small: Text = ""
    buttons: Rows = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A field of a modal. ``form`` says what it takes and what comes back under its ``name``, None where left empty.

    text, long: a string. choice: a key of ``options``. choices: a list of keys. day: "2026-11-24". time: "15:00".
    moment: seconds since 1970. member: a member's id. number: a string of digits. files: a list of files, each with
    ``name``, ``mime``, ``size`` and ``remote``. ``value`` is what it begins with, in the same shape. With ``acts`` a
    change of it is at once a press of that act, whose data hold all ``values``.
    """

    name: str
    label: Text
    form: str = "text"
    value: Json = None
    options: tuple[tuple[str, Text], ...] = ()
    needed: bool = True
    hint: Text = ""
    most: int = 0  # letters, or files; 0 leaves it to the network
    acts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Modal:
    """A form, or with no ``submit`` only something to read; its submission is the team's act ``act``.

    ``private`` comes back with it and with every press in it. With ``hears_close`` leaving it is the act "closed".
    """

    act: str
    title: Text
    parts: tuple[Input | Heading | Block, ...] = ()
    submit: Text = ""
    close: Text = ""
    private: Mapping[str, Json] = field(default_factory=dict)
    hears_close: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """The app's home page of one member."""

    parts: tuple[Heading | Block, ...]
