"""A client's agenda for its own calendar, opened by a key that the desk makes and takes back."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.inbox.acting import Form, field
from bot.inbox.agenda import rail
from bot.inbox.booking import perform
from bot.inbox.her import Her, her
from bot.office.calendars import calendar, event
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

        def read(rows: Connection) -> str | None:
            found = clients.find(rows, slug)
            if found is None or not agenda.opens(rows, found[0], digest):
                return None
            return content_of(clients.cached(rows, *found), agenda.since(rows, found[0], now - BACK), now)

        content = await self.inbox.database.read(read)
        if content is None:
            raise web.HTTPNotFound
        return web.Response(text=content, content_type="text/calendar", charset="utf-8")

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


def content_of(client: Client, visits: Sequence[Visit], now: datetime) -> str:
    """The agenda as a file, in the client's own language."""
    return calendar("PUBLISH", [event(one.appointment, now, *words_of(client, one)) for one in visits], client.name)


def words_of(client: Client, visit: Visit) -> tuple[str, str]:
    """One appointment, as the client's people want to read it: who comes, for what, with whom; and what else is known.

    Its summary and its description.
    """
    booked = visit.appointment
    resource = client.resource(booked.resource_id)
    parts = [visit.who, service_name(client, booked).read(client.languages[0]), resource.name if resource else ""]
    lines = [visit.phone, booked.for_whom, booked.note, booked.code]
    return " · ".join(part for part in parts if part), "\n".join(line for line in lines if line)
