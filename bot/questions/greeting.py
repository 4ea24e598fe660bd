"""How a customer is greeted: the client's name, the time of day, and whether it is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.dialog import Turn
from bot.i18n import _
from bot.questions.menu import offers
from bot.rules.hours import closes_at, is_open, opens_at
from bot.values import ClientText, Message, Msgid

Part = tuple[Message, Mapping[str, Any]]

ASSISTANT = _("I'm the automatic assistant; you can ask for a person at any time.")
"""What everybody is told at the first contact."""


def hello(turn: Turn) -> list[Part]:
    """The greeting itself; at the first contact it says who answers. The client's own words follow."""
    client, first = turn.client, turn.heard_before is None
    said = salutation(client.local(turn.now).hour)
    if first:
        parts: list[Part] = [(_("{hello} {assistant}"), {"hello": said, "assistant": ASSISTANT, "client": client.name})]
    else:
        parts = [(said, {"client": client.name})]
    return [*parts, *own_words(turn, client.text("greeting"))]


def salutation(hour: int) -> Msgid:
    """Good morning, afternoon or evening, by the hour on the client's clock."""
    if 4 <= hour < 12:
        return _("{client}, good morning.")
    return _("{client}, good afternoon.") if 12 <= hour < 18 else _("{client}, good evening.")


def opening(turn: Turn) -> list[Part]:
    """Open until when, or closed until when; nothing for a client that gave no hours."""
    client, now = turn.client, turn.now
    if not client.hours:
        return []
    if is_open(client, now):
        return [open_now(turn)]
    books = offers(client, "book")
    opens = opens_at(client, now)
    if opens is None:
        closed = (
            _("We're closed now. You can still book or leave a message.")
            if books
            else _("We're closed now. You can still leave a message.")
        )
        parts: list[Part] = [(closed, {})]
    elif books:
        said = _("We're closed now and open again {opens:soon}. You can still book or leave a message.")
        parts = [(said, {"opens": opens})]
    else:
        parts = [(_("We're closed now and open again {opens:soon}. You can still leave a message."), {"opens": opens})]
    return [*parts, *own_words(turn, client.text("closed"))]


def open_now(turn: Turn) -> Part:
    """Until when it is open: a closing that is no longer today's, midnight aside, is said with its day."""
    client, now = turn.client, turn.now
    closes = closes_at(client, now)
    if closes is None:
        return (_("We're open now."), {})
    today, local, opens = client.local(now).date(), client.local(closes), opens_at(client, now)
    if opens is not None and client.local(opens).date() == today:
        return (_("We're open {closes:till} today and again {opens:at}."), {"closes": closes, "opens": opens})
    days = (local.date() - today).days
    if days == 0 or (days == 1 and local.hour == local.minute == 0):
        return (_("We're open {closes:till} today."), {"closes": closes})
    return (_("We're open {closes:until}."), {"closes": closes})


def own_words(turn: Turn, text: ClientText) -> list[Part]:
    """The client's own words; where it has none in the reader's language, those of its first, marked as such."""
    if not text:
        return []
    if text.has(turn.language):
        return [(_("{text}"), {"text": text})]
    return [(_("({language}) {text}"), {"language": IN[text.texts[0][0]], "text": text})]


IN = {"it": _("in Italian"), "en": _("in English"), "pl": _("in Polish")}
