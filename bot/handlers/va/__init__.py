"""What the desk can do, one ability a file."""

from bot.handlers.va import decide, hand_back, load_client, orders, reply

__all__ = ["decide", "hand_back", "load_client", "orders", "reply"]
