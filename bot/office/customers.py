"""What the office knows of a customer, and how she proves who she is."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.office import merging
from bot.reading import findable_person
from bot.values import Client, Customer, Who, effect
from storage import customers, proofs, tries
from storage.numbers import code

LENGTH: Final = 8
"""Characters of a code."""
LASTS: Final = timedelta(hours=24)
TRIES: Final = 5
"""Wrong codes that a customer may write in the time that one lasts, and that a code bears."""


def learn(write: Connection, customer: Customer) -> None:
    """Writes a customer's name, phone and e-mail as they stand in the value; a proven phone stays as it was."""
    customers.learn(write, customer, folded(customer))


def introduce(write: Connection, customer: Customer, name: str, phone: str) -> Customer:
    """Keeps the name and number that a customer gave of herself; a proven number is not replaced by a written one."""
    told = replace(customer, name=name, phone=customer.phone if customer.verified else phone)
    if told != customer:
        learn(write, told)
    return told


def choose(write: Connection, customer: Customer) -> None:
    """Writes what a customer chose for herself, as it stands in the value: language, reminders."""
    customers.choose(write, customer)


def folded(customer: Customer) -> str:
    """How search finds a customer."""
    return findable_person(customer.name, customer.phone, customer.email)


# --- who she is -------------------------------------------------------------------------------------------------------


def verify(write: Connection, customer: Customer, by: str, now: datetime, phone: str = "") -> Customer:
    """Notes what proves who a customer is: her own "contact", a "code" she was given, or the word of a "va".

    ``phone`` (E.164) is what was proven with it, and takes the place of a typed one. Whoever the client knows by that
    phone and has never written (imported orders and appointments) is the same person: all of it is hers now. A typed
    number alone never leads here. Returns the customer as she is known now.
    """
    known = replace(customer, phone=phone or customer.phone, verified_by=by)
    if known.phone:
        for other in customers.unseen(write, known.client_id, known.phone):
            merging.merge(write, known.client_id, other.id, known.id, now)
            known = replace(known, name=known.name or other.name, email=known.email or other.email)
    customers.verify(write, known, folded(known))
    customers.own_orders(write, known)
    return known


def unseen(rows: Connection, client: Client, phone: str) -> list[Customer]:
    """Whom the client knows by this phone (E.164) and who has never written."""
    return customers.unseen(rows, client.id, phone) if phone else []


def give_code(write: Connection, client: Client, customer_id: int, now: datetime) -> tuple[str, datetime]:
    """A code with which a customer shows who she is, and until when it is good; only its digest is kept."""
    given = code(LENGTH)
    proofs.give(write, client.id, customer_id, digest(given), now + LASTS, TRIES)
    return given, now + LASTS


def try_code(write: Connection, who: Who, said: str) -> str:
    """What a code that a customer writes is worth: "right", "wrong", or "enough" where she has tried too often.

    The right one verifies her; what was known of the person it was given to is hers.
    """
    client, customer, now = who.client, who.customer, who.now
    if tries.spent(write, customer.id, "code", now, LASTS) >= TRIES:
        return "enough"
    found = proofs.find(write, client.id, digest(said), now)
    owner = customers.by_id(write, client.id, found.customer_id) if found is not None else None
    if found is None or owner is None or not may_be(write, owner, customer):
        proofs.miss(write, client.id, customer.id, now)
        return "enough" if tries.count(write, customer.id, "code", now, LASTS) >= TRIES else "wrong"
    proofs.use(write, found.id, now)
    verify(write, customer, "code", now, owner.phone)
    return "right"


def may_be(write: Connection, owner: Customer, customer: Customer) -> bool:
    """Whether a code's owner and the customer can be one person: the owner is she, or has never written."""
    unseen = customers.unseen(write, owner.client_id, owner.phone)
    return owner.id == customer.id or any(one.id == owner.id for one in unseen)


redeem = effect("redeem_code", try_code)


def digest(said: str) -> str:
    """What is kept of a code: small letters and gaps do not matter."""
    return hashlib.sha256("".join(said.upper().split()).encode()).hexdigest()


def again(rows: Connection, customer: Customer) -> Customer:
    """The customer as she is known now."""
    return customers.by_id(rows, customer.client_id, customer.id) or customer
