"""Typed values as JSON and back, so that what was said can be read again in another language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, Final

from bot.update import Json
from bot.values import Appointment, ClientText, Form, Money, Msgid, Plural, Slot

TAG: Final = "$"
"""The first character of the one key of an object that stands for a typed value; it names the type."""


def encode(value: Any) -> Json:
    """The value, or the mapping of values, as JSON that ``decode`` turns back.

    Takes str, int, float, bool, None, date, aware datetime, timedelta, Money, Msgid, Plural, ClientText, Form, Slot,
    lists, tuples (they come back as lists) and string-keyed mappings of these. An Appointment comes back as its start,
    which is what is shown of it. Raises TypeError for anything else, ValueError for a naive datetime or a key like
    ``$date``.
    """
    kind = type(value)
    if kind in _PLAIN:
        return value
    if kind in _ENCODERS:
        tag, encoder = _ENCODERS[kind]
        return {TAG + tag: encoder(value)}
    if kind is dict or isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, list | tuple):
        return [encode(item) for item in value]
    if isinstance(value, Appointment):
        return encode(value.starts_at)
    if isinstance(value, str) and not isinstance(value, Enum):
        return str(value)
    raise TypeError(f"{kind.__name__} is no value that can be kept")


def _mapping(values: Mapping[str, Any]) -> Json:
    encoded = {key: value if type(value) in _PLAIN else encode(value) for key, value in values.items()}
    for key in encoded:
        if key.startswith(TAG):
            raise ValueError(f"a key may not begin with {TAG!r}: {sorted(values)}")
    return encoded


def decode(json: Json) -> Any:
    """What ``encode`` was given. Raises KeyError for a tag that it does not know."""
    if isinstance(json, list):
        return [decode(item) for item in json]
    if not isinstance(json, dict):
        return json
    if len(json) == 1:
        [(key, content)] = json.items()
        if key.startswith(TAG):
            return _DECODERS[key[1:]](content)
    return {key: decode(item) for key, item in json.items()}


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("a naive datetime is no moment")
    return moment.astimezone(UTC).isoformat()


def _slot(content: Json) -> Slot:
    starts_at, resource_id, service, minutes = content
    return Slot(datetime.fromisoformat(starts_at), resource_id, service, minutes)


_PLAIN: Final = frozenset((str, int, float, bool, type(None)))
_ENCODERS: Final[Mapping[type, tuple[str, Callable[[Any], Json]]]] = {
    date: ("date", date.isoformat),
    datetime: ("at", _utc),
    timedelta: ("seconds", timedelta.total_seconds),
    Money: ("money", lambda money: [money.minor, money.currency]),
    Msgid: ("msgid", str),
    Plural: ("plural", lambda plural: [plural.singular, plural.plural]),
    ClientText: ("text", lambda text: [list(pair) for pair in text.texts]),
    Form: ("form", lambda form: [encode(form.value), form.form]),
    Slot: ("slot", lambda slot: [_utc(slot.starts_at), slot.resource_id, slot.service, slot.minutes]),
}
_DECODERS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "date": date.fromisoformat,
    "at": datetime.fromisoformat,
    "seconds": lambda seconds: timedelta(seconds=seconds),
    "money": lambda content: Money(*content),
    "msgid": Msgid,
    "plural": lambda content: Plural(*content),
    "text": lambda content: ClientText(tuple((language, text) for language, text in content)),
    "form": lambda content: Form(decode(content[0]), content[1]),
    "slot": _slot,
}
