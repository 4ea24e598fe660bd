"""A message and its values become text: marked up for the networks, or plain for buttons and toasts."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any, Final

from bot.i18n.show import show
from bot.i18n.template import Place, template
from bot.values import ClientText, Message, Msgid, Plural


def render(
    message: Message | str, values: Mapping[str, Any], language: str, zone: tzinfo, now: datetime | None = None
) -> str:
    """The message as HTML (b, i, code, a): the markup is the message's own, every value is escaped.

    ``now`` lets dates say "today" and leave out the year. A plain string is looked up as a message too (one that came
    back from the database). A message among the values is filled in from the same values. Raises KeyError, naming the
    message, for a missing value.
    """
    return _fill(message, values, language, zone, now, True)


def plain(
    message: Message | str, values: Mapping[str, Any], language: str, zone: tzinfo, now: datetime | None = None
) -> str:
    """The message as ``render`` reads it, without markup and with nothing escaped: for buttons and toasts."""
    return _fill(message, values, language, zone, now, False)


def _fill(
    message: Message | str,
    values: Mapping[str, Any],
    language: str,
    zone: tzinfo,
    now: datetime | None,
    marked_up: bool,
) -> str:
    cut = template(message, language, marked_up)
    pattern = cut.patterns[cut.form(_value(message, values, "n")) if len(cut.patterns) > 1 else 0]
    if not pattern.places:
        return pattern.after
    said: list[str] = []
    for place in pattern.places:
        value = _value(message, values, place.name)
        kind = type(value)
        if kind is Msgid or kind is Plural:
            others = {name: other for name, other in values.items() if name != place.name}
            text = _fill(value, others, language, zone, now, marked_up and not place.quoted)
            text = html.escape(text) if place.quoted else text
        else:
            text = value if kind is str else _shown(value, place, language, zone, now)
            if marked_up:
                text = html.escape(text, quote=place.quoted)
        said += (place.before, text)
    said.append(pattern.after)
    return "".join(said)


def _value(message: Message | str, values: Mapping[str, Any], name: str) -> Any:
    try:
        return values[name]
    except KeyError:
        raise KeyError(f"no value {name!r} for the message {message!r}") from None


_AS_GIVEN: Final = (str, ClientText, list, tuple)
"""What opens a sentence as it is; what is ours, such as a day, gets a capital."""


def _shown(value: Any, place: Place, language: str, zone: tzinfo, now: datetime | None) -> str:
    text = show(value, language, zone, place.form, now)
    if place.opens and not isinstance(value, _AS_GIVEN):
        return text[:1].upper() + text[1:]
    return text
