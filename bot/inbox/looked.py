"""The page on which administrators see who looked at what: every view of a customer's data is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox.office import administrator
from storage import clients, looks, staff

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

MOST: Final = 100
"""How many looks a page shows."""
WHATS: Final = {
    "queue": _("Queue"),
    "ticket": _("Ticket"),
    "file": _("File"),
    "search": _("Search"),
    "agenda": _("Agenda"),
    "appointment": _("Appointment"),
    "calls": _("Telephone list"),
    "customer": _("Customer"),
    "brief": _("Brief"),
    "relays": _("Relays"),
    "tasks": _("Tasks"),
    "closing": _("Close a day or an hour"),
    "sent anyway": _("Sent although it was stopped"),
}


class Looked:
    """The list of looks."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """One page."""
        return [web.get("/office/looked", self.page)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The latest looks, or older ones, of one client or member."""
        administrator(request)
        asked = request.query
        slug, name, before = asked.get("client", "")[:80], asked.get("name", "")[:60], asked.get("before", "")
        oldest = int(before) if before.isdecimal() and len(before) < 18 else looks.NEWEST

        def read(rows: Connection) -> tuple[Any, Any, Any]:
            found = looks.latest(rows, MOST, slug=slug, name=name, before=oldest)
            return found, clients.all_clients(rows), staff.everybody(rows)

        found, everyone, members = await self.inbox.database.read(read)
        values = {
            "found": found,
            "everyone": everyone,
            "members": members,
            "slug": slug,
            "name": name,
            "whats": WHATS,
            "more": found[-1].id if len(found) == MOST else 0,
        }
        return self.inbox.page("looked.html", request, values)
