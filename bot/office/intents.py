"""What a customer may wish for, as the desk reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.i18n import _
from bot.values import Msgid

WISHED: Final[Mapping[str, Msgid]] = {
    "book": _("Book an appointment"),
    "move": _("Move an appointment"),
    "cancel": _("Cancel an appointment"),
    "list": _("My appointments"),
    "message": _("Leave a message"),
    "order_status": _("Order status"),
    "order_place": _("Place an order"),
    "order_change": _("Change an order"),
    "order_cancel": _("Cancel an order"),
    "human": _("Talk to a person"),
    "hours": _("Opening hours and address"),
    "price": _("Prices"),
    "change_language": _("Language"),
    "help": _("Help"),
    "stop": _("No more reminders"),
    "thanks": _("Thanks"),
    "greet": _("A greeting"),
    "bye": _("A goodbye"),
    "none": _("None of these"),
}
"""The intents that somebody of the desk may say that words mean, in the order in which they are offered."""
OTHERS: Final[Mapping[str, Msgid]] = {
    "urgent": _("It's urgent"),
    "settings": _("Settings"),
    "privacy": _("Privacy"),
    "repeat": _("Menu"),
}
"""What else may be read."""
READ_AS: Final = _("Read as: {wish} ({sure} % sure)")
DOUBTED: Final = _("Read as: {wish} or {other} ({sure} % sure)")
NOT_READ: Final = _("Not understood")


def wish_name(intent: str) -> Msgid:
    """What an intent is called."""
    return WISHED.get(intent) or OTHERS.get(intent) or NOT_READ
