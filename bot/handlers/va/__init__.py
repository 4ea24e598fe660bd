"""What the desk can do, one ability a file."""

from bot.handlers.va import (
    assign,
    close,
    decide,
    give_code,
    hand_back,
    load_client,
    note,
    orders,
    relay,
    reopen,
    reply,
    resend,
    snooze,
    staff,
    tell_relay,
    verify,
)

__all__ = [
    "assign",
    "close",
    "decide",
    "give_code",
    "hand_back",
    "load_client",
    "note",
    "orders",
    "relay",
    "reopen",
    "reply",
    "resend",
    "snooze",
    "staff",
    "tell_relay",
    "verify",
]
