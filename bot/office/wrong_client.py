"""The wrong-client guard: what in a reply belongs to another client, or to another customer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import phonenumbers
from sqlalchemy import Connection

from bot.reading import fold, folded
from bot.values import Client, Customer
from storage import clients, customers


class Found(NamedTuple):
    """Words of a reply that belong elsewhere: the words, and whose they are (a client's name, empty of a customer)."""

    words: str
    whose: str


def wrong(rows: Connection, client: Client, customer: Customer, text: str) -> Found | None:
    """The first thing in a reply of this client's to this customer that is another's; None where there is nothing.

    Only what was declared counts: a client's full name, its people's full names, its phones, addresses and links, and
    the whole phone number of another customer. A word that is this client's own too never does.
    """
    everybody = clients.all_clients(rows)
    accounts = {one.client_id: one.username for one in clients.accounts(rows) if one.username}
    own = {fold(words) for words in declared(client, accounts.get(client.id, ""))} | own_texts(client)
    numbers = list(phones(text, {one.country for one in everybody}))
    for other in everybody:
        if other.id == client.id:
            continue
        for words in declared(other, accounts.get(other.id, "")):
            if fold(words) not in own and holds(text, words):
                return Found(words, other.name)
        theirs = set(its_phones(other)) - set(its_phones(client))
        for written, number in numbers:
            if number in theirs:
                return Found(written, other.name)
    return of_a_customer(rows, client, customer, numbers)


def of_a_customer(
    rows: Connection, client: Client, customer: Customer, numbers: Iterable[tuple[str, str]]
) -> Found | None:
    """The number of another customer, of this client or of any other."""
    ours = {customer.phone, *its_phones(client)}
    strange = {number: written for written, number in numbers if number not in ours}
    for number in customers.known_numbers(rows, list(strange)) if strange else ():
        return Found(strange[number], "")
    return None


def declared(client: Client, username: str) -> Iterator[str]:
    """What stands for a client and for no other: names, addresses and links."""
    yield client.name
    yield from (contact.name for contact in client.contacts if " " in contact.name)
    if len(client.address) > 5:
        yield client.address
        yield client.address.partition(",")[0]
    yield from (email for email in (client.email, *(contact.email for contact in client.contacts)) if email)
    if "@" in client.email:
        yield client.email.partition("@")[2]
    if username:
        yield f"t.me/{username}"
        yield f"@{username}"


def own_texts(client: Client) -> set[str]:
    """Names of this client's own: its services and people may be called as another client is."""
    return {fold(resource.name) for resource in client.resources} | {
        fold(words) for service in client.services for _language, words in service.name.texts
    }


def holds(text: str, words: str) -> bool:
    """Whether a text has these words: one word alone must stand there as it is written, several however."""
    if re.fullmatch(r"\w+", words):
        return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None
    if re.fullmatch(r"\S+", words):  # an address of the web
        return re.search(rf"(?<![\w.]){re.escape(fold(words))}(?![\w])", fold(text)) is not None
    wanted = " ".join(word.text for word in folded(words).words)
    return len(wanted) > 5 and f" {wanted} " in f" {' '.join(word.text for word in folded(text).words)} "


def its_phones(client: Client) -> Iterator[str]:
    """The numbers of a client and of its people, as E.164."""
    for written in (client.phone, client.urgent_phone, *(contact.phone for contact in client.contacts)):
        yield from (number for _written, number in phones(written, {client.country}))


def phones(text: str, countries: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The phone numbers in a text, as they are written and as E.164, dialled in any of these countries."""
    if sum(map(str.isdigit, text)) < 6:
        return
    for country in countries:
        for match in phonenumbers.PhoneNumberMatcher(text, country or None):
            yield match.raw_string, phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
