"""Our buttons as Telegram's keyboards."""

from __future__ import annotations

import logging

from bot.update import Json
from storage.text import clean

log = logging.getLogger("centralino.telegram")

LONGEST_KEY = 64
"""Bytes that a button's key may have; Telegram refuses the whole message for a longer one."""


def markup(rows: Json, *, clear: bool = False) -> Json:
    """The keyboard of a message as the Bot API takes it, from rows of label, key and what a press shares; or None.

    Where a button shares something, all stand in place of the person's own keyboard: only there can it be shared.
    ``clear`` takes such a keyboard away.
    """
    if asks(rows):
        shown = [[reply_button(label, shares) for label, _key, shares in row] for row in rows]
        return {"keyboard": shown, "resize_keyboard": True, "one_time_keyboard": True}
    inline = [[{"text": clean(label), "callback_data": key} for label, key, _ in row if fits(key)] for row in rows]
    if any(inline):
        return {"inline_keyboard": [row for row in inline if row]}
    return {"remove_keyboard": True} if clear else None


def asks(rows: Json) -> bool:
    """Whether any button shares the contact or the place."""
    return any(shares for row in rows for _label, _key, shares in row)


def reply_button(label: str, shares: str) -> Json:
    """A button that writes its words, or shares what it asks for."""
    button = {"text": clean(label)}
    return {**button, f"request_{shares}": True} if shares in {"contact", "location"} else button


def fits(key: str) -> bool:
    """Whether Telegram takes a key; a button without it is better than no message."""
    if len(key.encode()) <= LONGEST_KEY:
        return True
    log.error("a button is left out, for its key has over %d bytes: %s", LONGEST_KEY, key.partition(":")[0])
    return False
