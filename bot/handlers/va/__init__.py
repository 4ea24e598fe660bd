"""What the desk can do, one ability a file."""

from bot.handlers.va import close, decide, give_code, hand_back, load_client, orders, relay, reply, verify

__all__ = ["close", "decide", "give_code", "hand_back", "load_client", "orders", "relay", "reply", "verify"]
