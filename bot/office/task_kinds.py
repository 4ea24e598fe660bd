"""The kinds of task that can be delegated, what each asks for, and what can't be done from afar."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from bot.i18n import _
from bot.reading import fold
from bot.reading.team import named, read_kind
from bot.update import Json
from bot.values import Client, ClientText, Message, Msgid, NotRemote, TaskField, TaskKind

NAMES: Final[Mapping[str, Msgid]] = {
    "agenda": _("Agenda"),
    "meeting": _("Meeting"),
    "travel": _("Travel"),
    "errand": _("Errand"),
    "document": _("Document"),
    "email": _("E-mail"),
    "reminder": _("Payment reminder"),
    "bill": _("Bill to pay"),
    "order": _("Order"),
    "research": _("Research"),
    "translation": _("Translation"),
    "web": _("Web and social"),
    "bookkeeping": _("Bookkeeping"),
    "other": _("Something else"),
}
"""The kinds that the house knows, as they read."""
OTHER: Final = "other"
MOST: Final = 100_000
"""No number that a task asks for is greater."""
FIELDS: Final[Mapping[str, tuple[TaskField, ...]]] = {
    "travel": (
        TaskField("from", _("From where?"), needed=True),
        TaskField("to", _("To where?"), needed=True),
        TaskField("leaves", _("There on"), "moment", needed=True),
        TaskField("returns", _("Back on"), "moment"),
        TaskField("people", _("How many travel?"), "number"),
        TaskField("budget", _("Budget")),
    ),
    "meeting": (
        TaskField("with", _("With whom?"), needed=True),
        TaskField("when", _("When?"), "moment", needed=True),
        TaskField("minutes", _("How many minutes?"), "number"),
        TaskField("where", _("Where, or on which line?")),
    ),
}
"""What the house's own kinds ask for."""
PAST: Final = _("This time has passed.")
BACKWARDS: Final = _("This is before the way there.")
NO_NUMBER: Final = _("Please write a whole number.")
MISSING: Final = _("This is needed.")


def kinds(client: Client) -> tuple[TaskKind, ...]:
    """What the client delegates: its own catalogue, else all that the house knows."""
    return client.task_kinds or tuple(TaskKind(key) for key in NAMES)


def known(client: Client, key: str) -> str:
    """The key, where the client delegates this; else that of anything else."""
    listed = [kind.key for kind in kinds(client)]
    return key if key in listed else OTHER if OTHER in listed or not listed else listed[-1]


def heard(client: Client, said: str, languages: Sequence[str]) -> str:
    """The kind that the words are of, as the client or the house calls it; else, or where it is not delegated, another.

    The ``languages`` are listened for one after the other.
    """
    own = (
        (
            kind.key,
            [*(name for _language, name in kind.name.texts), *(one for many in kind.words.values() for one in many)],
        )
        for kind in client.task_kinds
    )
    return known(client, read_kind(said, languages, named(own)) or OTHER)


def name_of(client: Client, key: str) -> ClientText | Msgid | str:
    """How a kind of task reads: in the client's words, or ours."""
    own = next((kind.name for kind in client.task_kinds if kind.key == key), None)
    return own or NAMES.get(key) or key


def fields_of(client: Client, key: str) -> tuple[TaskField, ...]:
    """What a kind of task asks for."""
    own = next((kind.fields for kind in client.task_kinds if kind.key == key), ())
    return own or FIELDS.get(key, ())


def check(client: Client, key: str, given: Mapping[str, Json], now: datetime) -> dict[str, Message]:
    """What is wrong with the fields of a kind of task, by their keys."""
    faults = ((field.key, fault(client, field, given.get(field.key), now)) for field in fields_of(client, key))
    wrong = {name: found for name, found in faults if found is not None}
    there, back = given.get("leaves"), given.get("returns")
    if there and back and "returns" not in wrong and int(back) <= int(there):
        wrong["returns"] = BACKWARDS
    return wrong


def fault(client: Client, field: TaskField, value: Json, now: datetime) -> Message | None:
    """What is wrong with one of them."""
    if value in (None, ""):
        return MISSING if field.needed else None
    if field.form == "number":
        return None if str(value).isdecimal() and 0 < int(value) < MOST else NO_NUMBER
    past = (field.form == "moment" and int(value) <= now.timestamp()) or (
        field.form == "day" and date.fromisoformat(str(value)) < client.local(now).date()
    )
    return PAST if past else None


def not_remote(client: Client, *said: str) -> NotRemote | None:
    """What of the words can't be done from afar, as the client's file has it."""
    text = f" {bare(' '.join(said))} "
    for one in client.not_remote:
        phrases = [bare(word) for words in one.words.values() for word in words]
        if any(phrase and f" {phrase} " in text for phrase in phrases):
            return one
    return None


def bare(said: str) -> str:
    """The words alone, folded."""
    return " ".join(re.findall(r"\w+", fold(said)))
