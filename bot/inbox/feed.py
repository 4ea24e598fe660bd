"""A client's agenda for its own calendar, opened by a key that the desk makes and takes back."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web
from icalendar import Calendar, Event
from sqlalchemy import Connection

from bot.inbox.acting import Form, field
from bot.inbox.agenda import rail
from bot.inbox.booking import perform
from bot.inbox.her import Her, her
from bot.office.invitation import PRODUCT, STATUS
from bot.office.requests import service_name
from bot.values import Client
from storage import agenda, clients
from storage.agenda import Visit

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

BACK: Final = timedelta(days=31)
"""How far back a calendar is told what was."""


class Feed:
    """The agenda as a calendar program reads it."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The calendar, and its key."""
        return [
            web.get("/clients/{client}/agenda.ics", self.calendar),
            web.post("/clients/{client}/agenda-key", self.key),
        ]

    async def calendar(self, request: web.Request) -> web.StreamResponse:
        """The calendar, for who has its key; nothing else says whether there is such a client."""
        slug, digest = request.match_info["client"], digest_of(request.query.get("key", ""))
        now = self.inbox.clock()

        def read(rows: Connection) -> bytes | None:
            found = clients.find(rows, slug)
            if found is None or not agenda.opens(rows, found[0], digest):
                return None
            return calendar(clients.cached(rows, *found), agenda.since(rows, found[0], now - BACK), now)

        content = await self.inbox.database.read(read)
        if content is None:
            raise web.HTTPNotFound
        return web.Response(body=content, content_type="text/calendar", charset="utf-8")

    async def key(self, request: web.Request) -> web.StreamResponse:
        """Makes a new key and shows its address, this once; or takes the key back."""
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"])
        made = "" if field(form, "revoke") else new_key(who, form)
        data = {"digest": digest_of(made) if made else ""}
        reply = await perform(self.inbox, who, client, "agenda_key", form, data)
        now = self.inbox.clock()
        railed = await self.inbox.database.read(lambda rows: rail(rows, who, now))
        base = self.inbox.public_url or f"{request.scheme}://{request.host}"
        address = f"{base.rstrip('/')}/inbox/clients/{client.slug}/agenda.ics?key={made}" if made else ""
        values = {**railed, "client": client, "address": address, "problem": reply.error}
        return self.inbox.page("agenda_key.html", request, values, status=409 if reply.error else 200)


def digest_of(key: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(key.encode()).hexdigest()


def new_key(who: Her, form: Form) -> str:
    """A key that her browser's cookie and this form make: a second click makes the same, and nothing stored does."""
    return hmac.new(who.csrf.encode(), b"agenda:" + field(form, "token").encode(), "sha256").hexdigest()


def calendar(client: Client, visits: Sequence[Visit], now: datetime) -> bytes:
    """The agenda as a file of RFC 5545, in the client's own language."""
    shown = Calendar()
    shown.add("version", "2.0")
    shown.add("prodid", PRODUCT)
    shown.add("method", "PUBLISH")
    shown.add("x-wr-calname", client.name)
    for one in visits:
        shown.add_component(event(client, one, now))
    content: bytes = shown.to_ical()
    return content


def event(client: Client, visit: Visit, now: datetime) -> Event:
    """One appointment, as the client's people want to read it: who comes, for what, with whom."""
    booked = visit.appointment
    made = Event()
    made.add("uid", booked.uid)
    made.add("sequence", booked.sequence)
    made.add("dtstamp", now)
    made.add("dtstart", booked.starts_at)
    made.add("dtend", booked.ends_at)
    made.add("status", STATUS.get(booked.status, "CONFIRMED"))
    resource = client.resource(booked.resource_id)
    parts = [visit.who, service_name(client, booked).read(client.languages[0]), resource.name if resource else ""]
    made.add("summary", " · ".join(part for part in parts if part))
    lines = [visit.phone, booked.for_whom, booked.note, booked.code]
    made.add("description", "\n".join(line for line in lines if line))
    return made
