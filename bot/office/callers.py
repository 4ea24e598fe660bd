"""Callers: customers whom the desk knows by a name and a number, with a chat or without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.reading import findable_person
from bot.reading.finding import wanted
from bot.values import Client, Refusal
from storage import callers, found
from storage.callers import Caller

MOST: Final = 8
"""Callers shown for what was typed."""
FEWEST: Final = 3
"""Letters or digits before anybody is looked for."""


@dataclass(frozen=True, slots=True)
class Given:
    """Whom an act is for: somebody known by row id, or who gave a name and a number (E.164)."""

    id: int | None = None
    name: str = ""
    phone: str = ""
    language: str = ""


def find(rows: Connection, client: Client, said: str) -> list[Caller]:
    """Who may be meant by a part of a name or of a number, however it is written."""
    words = wanted(said)
    if max((len(word) for one in words for word in one), default=0) < FEWEST:
        return []
    return callers.find(rows, client.id, words, MOST)


def meant(rows: Connection, client: Client, said: str) -> list[Caller]:
    """The same, or whose the code of an appointment, or the number of an order, is."""
    ids = sorted(found.owners(rows, [client.id], said.upper().replace(" ", "").lstrip("#")))
    known = [one for id in ids if (one := callers.by_id(rows, client.id, id)) is not None]
    return known or find(rows, client, said)


def the_caller(write: Connection, client: Client, given: Given, now: datetime) -> Caller:
    """The customer that is meant; who is not known yet is from now on.

    A number leads to who has proven it, or who was never anything but a number; what somebody only typed in a chat
    proves nothing, so that is another person. Raises Refusal where nobody can be meant.
    """
    if given.id is not None:
        known = callers.by_id(write, client.id, given.id)
        if known is None:
            raise Refusal(_("This customer is not known any more."))
        return known
    if not given.name:
        raise Refusal(_("Who is it? A name is needed."))
    for one in callers.with_phone(write, client.id, given.phone) if given.phone else []:
        if one.verified_by or (one.talk is None and not one.writer):
            return one
    values = {
        "client_id": client.id,
        "name": given.name,
        "phone": given.phone,
        "email": "",
        "language": given.language,
        "verified_by": "",
        "folded": findable_person(given.name, given.phone),
    }
    id = callers.add(write, values, now)
    return Caller(id, given.name, given.phone, given.language, "", "", None)
