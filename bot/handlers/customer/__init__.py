"""What a customer can do, one ability a file, in the order in which their commands are published."""
# ruff: noqa: I001  the order is meant

from bot.handlers.customer import welcome
from bot.handlers.customer import book
from bot.handlers.customer import order_status
from bot.handlers.customer import order_watch
from bot.handlers.customer import place_order
from bot.handlers.customer import human
from bot.handlers.customer import language
from bot.handlers.customer import help

__all__ = ["book", "help", "human", "language", "order_status", "order_watch", "place_order", "welcome"]
