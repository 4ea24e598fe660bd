"""The question for whom a message is."""

from __future__ import annotations

from bot.dialog import Turn
from bot.i18n import _
from bot.questions.choice import Choice, OneOf, one_of
from bot.values import Contact


def who_for(turn: Turn) -> OneOf[Contact | None]:
    """A reader of one of the client's contacts, by name or by role, or of anyone (None)."""
    choices: list[Choice[Contact | None]] = [
        Choice(one.key, one.name, one, called(one)) for one in turn.client.contacts
    ]
    choices.append(Choice("", _("Anyone"), None))
    return one_of(turn, lambda: choices)


def called(contact: Contact) -> tuple[str, ...]:
    """What else a contact may be called: each of its names (titles, as in "Dr.", are none), and its role."""
    names = [word for word in contact.name.split() if not word.endswith(".") and "." not in word]
    return (*names, *(text for _language, text in contact.role.texts))
