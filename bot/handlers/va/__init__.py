"""What the desk can do, one ability a file."""

from bot.handlers.va import load_client, orders

__all__ = ["load_client", "orders"]
