"""Canned replies as a ticket offers them: in the customer's language, filled in, with a gloss in the reader's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.i18n import show
from bot.inbox.card import Card
from bot.inbox.her import Her
from bot.office.words import VARIABLE, canned
from bot.values import Client
from storage.queue import Listed


@dataclass(frozen=True, slots=True)
class Canned:
    """A canned reply: its words for this customer, and what they mean to who sends them."""

    name: str
    text: str
    gloss: str
    missing: bool  # it has no words in the customer's language


def offered(one: Listed, client: Client, card: Card, who: Her, now: datetime) -> list[Canned]:
    """The client's canned replies for a ticket's customer: no other client's are to be had here."""
    language = one.language or client.languages[0]
    values = known(one, client, card, who, language, now)
    return [
        Canned(
            name,
            VARIABLE.sub(lambda found: values.get(found[1]) or found[0], text.read(language)),
            text.read(who.member.language) if who.member.language != language else "",
            not text.has(language),
        )
        for name, text in canned(client)
    ]


def known(one: Listed, client: Client, card: Card, who: Her, language: str, now: datetime) -> Mapping[str, str]:
    """What can be filled in."""
    visit = card.visits[0] if card.visits else None
    return {
        "customer": one.name or "",
        "client": client.name,
        "me": who.member.name,
        "appointment": show(visit.appointment, language, client.zone, "", now) if visit is not None else "",
        "service": visit.service.name.read(language) if visit is not None and visit.service is not None else "",
        "order": card.orders[0].order.number if card.orders else "",
        "address": client.address,
        "phone": client.phone,
    }
