"""What a customer can do, one ability a file, in the order in which their commands are published."""
# ruff: noqa: I001  the order is meant

from bot.handlers.customer import welcome
from bot.handlers.customer import book
from bot.handlers.customer import appointments
from bot.handlers.customer import move
from bot.handlers.customer import cancel
from bot.handlers.customer import confirm_visit
from bot.handlers.customer import proposed_time
from bot.handlers.customer import other_time
from bot.handlers.customer import wait
from bot.handlers.customer import leave_message
from bot.handlers.customer import order_status
from bot.handlers.customer import order_watch
from bot.handlers.customer import place_order
from bot.handlers.customer import urgent
from bot.handlers.customer import human
from bot.handlers.customer import code
from bot.handlers.customer import language
from bot.handlers.customer import settings
from bot.handlers.customer import stop
from bot.handlers.customer import privacy
from bot.handlers.customer import help
from bot.handlers.customer import go_on
from bot.handlers.customer import thanks
from bot.handlers.customer import hours
from bot.handlers.customer import price
from bot.handlers.customer import change_order
from bot.handlers.customer import which_wish
from bot.handlers.customer import linked

__all__ = [
    "appointments",
    "book",
    "cancel",
    "change_order",
    "code",
    "confirm_visit",
    "go_on",
    "help",
    "hours",
    "human",
    "language",
    "leave_message",
    "linked",
    "move",
    "order_status",
    "order_watch",
    "other_time",
    "place_order",
    "price",
    "privacy",
    "proposed_time",
    "settings",
    "stop",
    "thanks",
    "urgent",
    "wait",
    "welcome",
    "which_wish",
]
