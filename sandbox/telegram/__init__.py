"""A Telegram Bot API on loopback, as strict as the real one, and people to play on it."""

from sandbox.telegram.acts import Acts, Press
from sandbox.telegram.bots import Bot
from sandbox.telegram.chats import Answer, Chat, Event, Message
from sandbox.telegram.errors import ApiError
from sandbox.telegram.faults import Fault
from sandbox.telegram.groups import Group
from sandbox.telegram.keyboards import Button
from sandbox.telegram.person import Person
from sandbox.telegram.server import Call, Telegram

__all__ = [
    "Acts",
    "Answer",
    "ApiError",
    "Bot",
    "Button",
    "Call",
    "Chat",
    "Event",
    "Fault",
    "Group",
    "Message",
    "Person",
    "Press",
    "Telegram",
]
