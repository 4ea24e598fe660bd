"""The markers that messages are written with, so that they are found for translation."""

from __future__ import annotations

from bot.values import Msgid, Plural


def _(message: str) -> Msgid:
    """Marks an English message of ours; its literal is what the catalogs are keyed by."""
    return Msgid(message)


def _n(singular: str, plural: str) -> Plural:
    """Marks a message whose form depends on the value called ``n``."""
    return Plural(singular, plural)
