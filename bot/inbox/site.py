"""The inbox as one application under ``/inbox``: what it is made of, and how its pages are rendered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import aiohttp_jinja2
from aiohttp import web
from yarl import URL

from bot.doctor import Ask, Finding, examine_one
from bot.inbox.acting import Acting
from bot.inbox.agenda import Agenda
from bot.inbox.alerts import Alerts
from bot.inbox.booking import BookingPage
from bot.inbox.calls import Calls
from bot.inbox.client_home import ClientHome
from bot.inbox.client_page import ClientPage
from bot.inbox.client_words import ClientWords
from bot.inbox.closing import Closing
from bot.inbox.cover import CoverPage
from bot.inbox.feed import Feed
from bot.inbox.files import Files
from bot.inbox.guard import guard
from bot.inbox.her import HER, new_secret
from bot.inbox.live import Live
from bot.inbox.login import Login
from bot.inbox.looked import Looked
from bot.inbox.me import Me
from bot.inbox.new_client import NewClient
from bot.inbox.office import Office
from bot.inbox.overview import Overview
from bot.inbox.pages import context_of, environment, equip
from bot.inbox.presence import Presence
from bot.inbox.queue import Queue
from bot.inbox.rehearsal import RehearsalPage
from bot.inbox.store import Store
from bot.inbox.tasks import Tasks
from bot.inbox.ticket import TicketPage
from bot.inbox.work import WorkPage
from bot.secrets import Vault
from bot.turn import Door
from bot.values import Client
from storage import client_rows
from storage.database import Database

STATIC: Final = Path(__file__).parent / "static"
Fetch = Callable[[str, str], Awaitable[bytes]]
"""Fetches a file of a network's: our account there, and the network's reference."""


class Inbox:
    """The pages of the desk, over the one door.

    ``fetch`` brings the bytes of a customer's file, ``vault`` keeps secrets, ``ask`` tries a token on its network, and
    ``clock`` gives aware UTC. ``files`` is the folder of what the desk sends. ``demo``, the page where customers are
    played, offers a login without a password, and shows both side by side.
    """

    def __init__(
        self,
        database: Database,
        door: Door,
        clock: Callable[[], datetime],
        fetch: Fetch,
        vault: Vault,
        ask: Ask,
        *,
        files: Path,
        public_url: str | None = None,
        demo: str = "",
    ) -> None:
        self.database = database
        self.door = door
        self.clock = clock
        self.fetch = fetch
        self.vault = vault
        self.ask = ask
        self.store = Store(files)
        self.files = Files(self)
        self.public_url = public_url
        self.demo = demo
        self.frames = "'self'" if demo else "'none'"
        self.live = Live(self)
        self.presence = Presence(self)
        self.login = Login(self)
        self.app = self._application()

    @property
    def is_public(self) -> bool:
        """Whether browsers reach it by TLS."""
        return bool(self.public_url and self.public_url.startswith("https://"))

    def _application(self) -> web.Application:
        app = web.Application(middlewares=[guard(self)])
        aiohttp_jinja2.setup(app, **environment())
        equip(aiohttp_jinja2.get_env(app))
        app.router.add_static("/static", STATIC)
        for part in (self.login, WorkPage, Queue, TicketPage, Acting, self.files, Me, Office, self.live):
            app.add_routes((part(self) if isinstance(part, type) else part).routes())
        agenda = (Agenda(self), BookingPage(self), Closing(self), Feed(self))
        for office in (*agenda, Calls(self), Tasks(self), Alerts(self), Overview(self)):
            app.add_routes(office.routes())
        for page in (
            ClientHome(self),
            ClientWords(self),
            RehearsalPage(self),
            ClientPage(self),
            NewClient(self),
            CoverPage(self),
            Looked(self),
        ):
            app.add_routes(page.routes())
        app.cleanup_ctx.append(self.live.running)
        app.cleanup_ctx.append(self.files.running)
        app.on_shutdown.append(self.live.close)
        return app

    async def examine(self, client: Client) -> list[Finding]:
        """What the doctor finds about a client."""
        own = await self.database.read(lambda rows: client_rows.accounts_of(rows, client.id))
        served = [account for account in own if account.active]
        return await examine_one(client, served, self.vault, self.clock(), self.ask)

    def mount(self, site: web.Application) -> None:
        """Serves the inbox under ``/inbox`` of a site."""
        site.add_subapp("/inbox", self.app)

    def login_url(self, wanted: URL) -> str:
        """The login page, which leads on to what was wanted."""
        return f"/inbox/login?next={quote(str(wanted), safe='')}"

    def page(
        self,
        template: str,
        request: web.Request,
        values: Mapping[str, Any],
        *,
        language: str = "",
        status: int = 200,
    ) -> web.Response:
        """A page in the language of its reader."""
        found = request.get(HER)
        member = found.member if found is not None else None
        context = context_of(
            language or (member.language if member is not None else "en"),
            member.timezone if member is not None else "",
            self.clock(),
            {"her": found, "token": new_secret()[:24], "demo": self.demo, "path": request.path, **values},
        )
        return aiohttp_jinja2.render_template(template, request, context, status=status)
