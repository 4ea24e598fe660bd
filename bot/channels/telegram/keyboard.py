"""Our buttons as Telegram's keyboards."""

from __future__ import annotations

import logging

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.update import Json
from storage.text import clean

log = logging.getLogger("centralino.telegram")

LONGEST_KEY = 64
"""Bytes that a button's key may have; Telegram refuses the whole message for a longer one."""

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def markup(rows: Json, *, clear: bool = False) -> Markup | None:
    """The keyboard of a message, from rows of label, key and what a press shares.

    Where a button shares something, all stand in place of the person's own keyboard: only there can it be shared.
    ``clear`` takes such a keyboard away.
    """
    if asks(rows):
        shown = [[reply_button(label, shares) for label, _key, shares in row] for row in rows]
        return ReplyKeyboardMarkup(shown, resize_keyboard=True, one_time_keyboard=True)
    inline = [
        [InlineKeyboardButton(clean(label), callback_data=key) for label, key, _ in row if fits(key)] for row in rows
    ]
    if any(inline):
        return InlineKeyboardMarkup([row for row in inline if row])
    return ReplyKeyboardRemove() if clear else None


def asks(rows: Json) -> bool:
    """Whether any button shares the contact or the place."""
    return any(shares for row in rows for _label, _key, shares in row)


def reply_button(label: str, shares: str) -> KeyboardButton:
    """A button that writes its words, or shares what it asks for."""
    return KeyboardButton(clean(label), request_contact=shares == "contact", request_location=shares == "location")


def fits(key: str) -> bool:
    """Whether Telegram takes a key; a button without it is better than no message."""
    if len(key.encode()) <= LONGEST_KEY:
        return True
    log.error("a button is left out, for its key has over %d bytes: %s", LONGEST_KEY, key.partition(":")[0])
    return False
