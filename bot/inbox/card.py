"""The card beside a talk: the client as its caller should hear it, and the customer as this client knows her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox.her import Her
from bot.inbox.settling import Settling, settling
from bot.office import callers, other_times
from bot.office.words import FOR_DESK
from bot.questions.told_news import ENDED
from bot.rules.hours import closes_at, is_covered, is_open, open_stretches, opens_at
from bot.values import Appointment, Client, Money, Msgid, Resource, Service
from storage import appointments, clashes, decisions, merges, orders, queue, relays
from storage.callers import Caller, with_phone
from storage.decisions import Decision
from storage.merges import Merged
from storage.orders import Order
from storage.queue import Listed, Slip
from storage.relays import Relay

MOST: Final = 8
"""Orders and past contacts shown."""
TEXTS: Final = {
    "greeting": _("Greeting"),
    **FOR_DESK,
    "closed": _("While closed"),
    "urgent": _("If it is urgent"),
    "directions": _("How to get there"),
    "privacy": _("Privacy"),
}
SHOWN: Final = frozenset({"greeting", *FOR_DESK})
"""What is read at a glance; the others open."""
VERIFIED: Final = {
    "contact": _("by own contact"),
    "code": _("by a code"),
    "va": _("by the desk"),
}
ASKS: Final = {
    "approval": _("Asks for this appointment"),
    "cancel": _("Asks to call off, though it is late"),
    "move": _("Asks to move, though it is late"),
}
DECIDED: Final = _("This is decided.")
STANDINGS: Final = {
    "requested": _("Requested"),
    "accepted": _("Accepted"),
    "in_progress": _("In progress"),
    "ready": _("Ready"),
    "shipped": _("Shipped"),
    "delivered": _("Delivered"),
    "cancelled": _("Called off"),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """An appointment with the words for it."""

    appointment: Appointment
    service: Service | None
    resource: Resource | None


@dataclass(frozen=True, slots=True)
class Ordered:
    """An order with the words for it."""

    order: Order
    standing: Msgid
    total: Money | None


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the card."""

    hours: Sequence[tuple[datetime, datetime]]
    is_open: bool
    is_covered: bool
    closes: datetime | None
    opens: datetime | None
    covers: Sequence[str]
    texts: Sequence[tuple[Msgid, str, bool]]
    visits: Sequence[Visit]
    orders: Sequence[Ordered]
    relays: Sequence[tuple[Relay, str]]
    others: Sequence[Listed]
    verified: Msgid | None
    decision: Decision | None
    asks: Msgid | None
    wished: Visit | None
    slip: Slip | None
    merged: Sequence[Merged]
    alike: Sequence[Caller]
    ended: tuple[Msgid, str] | None  # how a decision ended, and who brought that about
    settling: Settling | None
    near: Sequence[tuple[datetime, Resource | None]]  # free times, to be proposed instead of what is asked for


def script(client: Client, language: str) -> list[tuple[Msgid, str, bool]]:
    """What the client has to say, and wants said and done: titles and words, and what stands open."""
    found = ((key, title, client.text(key).read(language)) for key, title in TEXTS.items())
    return [(title, words, key in SHOWN) for key, title, words in found if words]


def card(rows: Connection, one: Listed, client: Client, who: Her, now: datetime, same: str = "") -> Card:
    """The card of a ticket; with ``same``, a name or a number, who of the client's customers may be the same person."""
    today = client.local(now).date()
    language = who.member.language
    decision = decisions.by_id(rows, client, one.id) if one.kind == "decision" else None
    asked = appointments.by_id(rows, client, decision.appointment_id) if decision is not None else None
    return Card(
        open_stretches(client, today),
        is_open(client, now),
        is_covered(client, now),
        closes_at(client, now),
        opens_at(client, now),
        sorted({cover.staff for cover in client.coverage if cover.weekday == today.weekday()}),
        script(client, language),
        visits(rows, one, client, now),
        ordered(rows, one, client),
        due_relays(rows, one, client, language, now),
        queue.others(rows, client.id, one.customer_id, one.id, MOST) if one.customer_id else (),
        VERIFIED.get(one.verified_by or ""),
        decision,
        ASKS.get(decision.what) if decision is not None else None,
        visit(asked, client) if asked is not None else None,
        queue.slip(rows, client.id, one.id) if one.kind == "message" else None,
        merges.of_customer(rows, client.id, one.customer_id) if one.customer_id else (),
        alike(rows, one, client, same),
        ended(decision) if decision is not None and not decision.open else None,
        unsettled(rows, one, client, now),
        proposable(rows, one, client, asked, now),
    )


def unsettled(rows: Connection, one: Listed, client: Client, now: datetime) -> Settling | None:
    """The appointment that can't stand, where the ticket is about one."""
    clash = clashes.by_id(rows, client.id, one.id) if "hit" in one.data else None
    return settling(rows, clash, client, now) if clash is not None else None


def ended(decision: Decision) -> tuple[Msgid, str]:
    """How a decision ended, and by whom."""
    did, _by, name = decision.outcome.partition(" by ")
    return ENDED.get("nobody" if name == "nobody" else did, DECIDED), name or decision.by or "–"


def proposable(
    rows: Connection, one: Listed, client: Client, asked: Appointment | None, now: datetime
) -> list[tuple[datetime, Resource | None]]:
    """The free times near what a decision is about."""
    if asked is None or one.state == "done":
        return []
    return [
        (slot.starts_at, client.resource(slot.resource_id)) for slot in other_times.instead(rows, client, asked, now)
    ]


def alike(rows: Connection, one: Listed, client: Client, same: str) -> list[Caller]:
    """Who may be the customer too: whoever is found by a name or a number, else by her own number."""
    if one.customer_id is None:
        return []
    found = callers.find(rows, client, same) if same else known_by(rows, client.id, one.phone)
    return [caller for caller in found if caller.id != one.customer_id]


def known_by(rows: Connection, client_id: int, phone: str | None) -> list[Caller]:
    """Who has this number."""
    return with_phone(rows, client_id, phone) if phone else []


def visit(one: Appointment, client: Client) -> Visit:
    """An appointment with the words for it."""
    return Visit(one, client.service(one.service), client.resource(one.resource_id))


def visits(rows: Connection, one: Listed, client: Client, now: datetime) -> list[Visit]:
    """What the customer has booked."""
    if one.customer_id is None:
        return []
    return [visit(found, client) for found in appointments.upcoming(rows, client, one.customer_id, now)]


def ordered(rows: Connection, one: Listed, client: Client) -> list[Ordered]:
    """The customer's orders."""
    if one.customer_id is None:
        return []
    return [
        Ordered(
            found,
            STANDINGS[found.status.value],
            client.money(found.total) if found.total is not None else None,
        )
        for found in orders.of_customer(rows, client.id, one.customer_id, one.phone or "", MOST)
    ]


def due_relays(rows: Connection, one: Listed, client: Client, language: str, now: datetime) -> list[tuple[Relay, str]]:
    """What the customer is to be told, in the words she would hear, else in those there are."""
    if one.customer_id is None:
        return []
    found = relays.for_customer(rows, client.id, one.customer_id, one.phone or "", now)
    return [(relay, words(relay, one.language or language)) for relay in found]


def words(relay: Relay, language: str) -> str:
    """A relay's words in a language, else in any."""
    return relay.texts.get(language) or next(iter(relay.texts.values()), "")
