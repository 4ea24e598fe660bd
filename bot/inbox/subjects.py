"""What a ticket is about, in its reader's language: the house keeps the subjects that it gives itself in English."""

from __future__ import annotations

import re
from typing import Final

from bot.i18n import _
from bot.values import Msgid

OURS: Final[tuple[tuple[str, Msgid], ...]] = (
    ("Wants to talk to a person", _("Wants to talk to a person")),
    ("Writes to the desk", _("Writes to the desk")),
    ("Urgent: {what}", _("Urgent: {what}")),
    ("Answered by the desk", _("Answered by the desk")),
    ("Answered by {name}", _("Answered by {name}")),
    ("Closed then: {name}", _("Closed then: {name}")),
    ("Busy elsewhere ({whose}): {name}", _("Busy elsewhere ({whose}): {name}")),
    ("The calendar of {name} can't be read: {why}", _("The calendar of {name} can't be read: {why}")),
    ("Relay {number} has no words in {language}", _("Relay {number} has no words in {language}")),
    ("Could not handle a message ({what})", _("Could not handle a message ({what})")),
    ("Could not be done: {what}", _("Could not be done: {what}")),
    ("Message {number} for {whom}: {about}", _("Message {number} for {whom}: {about}")),
    ("Order {number}: {what}", _("Order {number}: {what}")),
    ("approval: {what}", _("To approve: {what}")),
    ("cancel: {what}", _("Wants to cancel: {what}")),
    ("move: {what}", _("Wants to move: {what}")),
)
"""A subject as it is kept, and how it is said."""


def pattern_of(kept: str) -> re.Pattern[str]:
    """Finds the values in a subject."""
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*?)", re.escape(kept)) + r"\Z", re.DOTALL)


PATTERNS: Final = tuple((pattern_of(kept), message) for kept, message in OURS)


def subject_of(kept: str) -> tuple[Msgid | None, dict[str, str]]:
    """The message that a subject is, with its values; None where somebody wrote it."""
    for pattern, message in PATTERNS:
        found = pattern.match(kept)
        if found is not None:
            return message, found.groupdict()
    return None, {}
