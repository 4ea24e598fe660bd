"""The composition root: the only place that builds the house. It reads as a checklist."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, Literal

import aiohttp
from aiohttp import web

import bot.handlers  # noqa: F401  the abilities enter themselves
from bot import i18n, secrets
from bot.background import ended, in_time
from bot.channels.calendars import Calendars
from bot.channels.calendars.fetch import session as calendar_session
from bot.channels.rehearsal import Rehearsal
from bot.channels.slack import Slack, is_ours
from bot.channels.telegram import Telegram
from bot.channels.telegram.asking import trouble_of
from bot.delivery import Delivery, Pace
from bot.doctor import Ask
from bot.inbox import Inbox
from bot.monitoring import Figures, MeasuredDoor, health, metrics
from bot.reading import changes, wishes
from bot.settings import Settings
from bot.turn import Door
from storage import account_state
from storage.clients import Account
from storage.database import Database, open_database

log = logging.getLogger("centralino")

Clock = Callable[[], datetime]
Role = Literal["all", "web", "delivery"]
"""What a process does: take what networks and browsers bring, send and let the clock act, or both."""

LARGEST_BODY: Final = 1024 * 1024
MARKING: Final = 2.0
"""Seconds beyond the grace for what writes down how far it came."""


def utc_now() -> datetime:
    """The clock on the wall, as aware UTC."""
    return datetime.now(UTC)


@dataclass
class App:
    """The house, built. ``start`` puts it to work in the background; ``settle`` is for who drives it step by step."""

    settings: Settings
    clock: Clock
    database: Database
    session: aiohttp.ClientSession
    door: Door
    telegram: Telegram
    slack: Slack
    calendars: Calendars
    delivery: Delivery
    inbox: Inbox
    site: web.Application
    closing: AsyncExitStack
    runner: web.AppRunner | None = None
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where the web server listens, once it was started."""
        assert self.runner is not None
        host, port = self.runner.addresses[0][:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def start(self, role: Role = "all") -> None:
        """Serves, listens and delivers until ``stop``. Raises OSError where the address can't be listened on."""
        if role != "delivery":
            await self.serve()
        if role == "web":
            self.door.wake = both(self.database.hint, self.inbox.live.ring)
        else:
            self._keep(self.delivery.run(), "delivery")
        self._keep(self.telegram.run(listen=role != "delivery"), "telegram")
        self._keep(self.slack.run(listen=role != "delivery"), "slack")
        if role != "web":
            self._keep(self.calendars.run(), "calendars")

    async def serve(self) -> None:
        """The web server alone."""
        patience = self.settings.grace * 0.8  # then what still answers is ended, and the rest of the grace is for that
        self.runner = web.AppRunner(self.site, access_log=None, handle_signals=False, shutdown_timeout=patience)
        await self.runner.setup()
        host, port = self.settings.listen
        await web.TCPSite(self.runner, host, port).start()

    def _keep(self, work: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(ended)
        self.tasks.append(task)

    async def settle(self) -> None:
        """Waits for the replies to presses, and delivers until nothing is due by the clock: without the background."""
        await self.telegram.settle()
        await self.slack.settle()
        await self.calendars.settle()
        await self.delivery.settle()

    async def stop(self) -> None:
        """Takes no more, finishes the turns in hand, then the sends, and closes; what is due stays.

        What has not ended within the grace of the settings is given up, and comes again.
        """
        end = asyncio.get_running_loop().time() + self.settings.grace
        closing = [self.telegram.stop(), self.slack.stop()]
        if self.runner is not None:
            for site in list(self.runner.sites):
                await site.stop()
            closing.append(self.runner.cleanup())
        self.calendars.stop()
        await in_time(end, *closing)
        await in_time(end, self.telegram.settle(), self.slack.settle())  # replies to what came in last
        await self.delivery.stop(end)
        await in_time(end + MARKING, *self.tasks)
        await self.closing.aclose()


def load_words() -> None:
    """Makes ready what is said and what is read, which otherwise happens in the first turns."""
    i18n.load()
    wishes.prepare()
    changes.prepare()


async def build(
    settings: Settings,
    *,
    clock: Clock = utc_now,
    pace: Pace | None = None,
    session: aiohttp.ClientSession | None = None,
    database: Database | None = None,
    alone: bool = False,
    demo: str = "",
) -> App:
    """Builds the house over a database that is migrated; nothing runs yet. ``stop`` it in the end.

    ``pace``: the limits of sending, the networks' own if it is None. ``session`` and ``database``, which is that of the
    settings, are used and left open, where given.
    ``alone`` keeps other processes off a SQLite file; ``demo`` is where customers are played, and lets
    everybody into the inbox. Raises what open_database, bot.secrets.vault and the first read of the accounts raise.
    """
    async with AsyncExitStack() as closing:
        load_words()
        vault = secrets.vault(settings.database_url, settings.keys)
        if database is None:
            database = open_database(settings.database_url, alone=alone)
            closing.push_async_callback(database.close)
        if session is None:
            session = await closing.enter_async_context(shared_session())
        figures = Figures()
        door = MeasuredDoor(database, clock, figures)
        telegram = Telegram(
            database, door, vault, session, clock, api=settings.telegram_api, public_url=settings.public_url
        )
        slack = Slack(
            database,
            door,
            vault,
            session,
            clock,
            api=settings.slack_api,
            public_url=settings.public_url,
            fetch={telegram.name: telegram.fetch},
        )
        private = settings.private_calendars
        http = await closing.enter_async_context(calendar_session(private=private))
        calendars = Calendars(database, door, http, clock, private=private)
        delivery = Delivery(
            database,
            door,
            {one.name: one for one in (telegram, slack, Rehearsal())},
            clock,
            pace=pace,
            told=figures.ended,
        )
        ask, fetch = trying(session, settings), fetching(telegram, slack)
        folder, public = settings.folder, settings.public_url
        inbox = Inbox(database, door, clock, fetch, vault, ask, files=folder, public_url=public, demo=demo)
        door.wake = both(delivery.wake, inbox.live.ring)
        site = web.Application(client_max_size=LARGEST_BODY)
        site.add_routes([*telegram.routes(), *slack.routes(), web.get("/health", health(database))])
        site.add_routes([web.get("/metrics", metrics(figures, database, clock))])
        inbox.mount(site)
        await telegram.refresh()
        await slack.refresh()
        parts = (telegram, slack, calendars, delivery, inbox)
        return App(settings, clock, database, session, door, *parts, site, closing=closing.pop_all())


@asynccontextmanager
async def running(
    settings: Settings,
    *,
    role: Role = "all",
    clock: Clock = utc_now,
    pace: Pace | None = None,
    demo: str = "",
) -> AsyncIterator[App]:
    """The house at work, while the context lasts; on SQLite it keeps other processes off. Raises as ``build`` does."""
    app = await build(settings, clock=clock, pace=pace, alone=True, demo=demo)
    try:
        if app.database.dialect == "sqlite":  # whoever polled before was killed, and its lease would keep us waiting
            await app.database.transact(account_state.free)
        await app.start(role)
        yield app
    finally:
        await app.stop()


@asynccontextmanager
async def asking(settings: Settings) -> AsyncIterator[Ask]:
    """What the doctor asks the networks with."""
    async with shared_session() as session:
        yield trying(session, settings)


def trying(session: aiohttp.ClientSession, settings: Settings) -> Ask:
    """What tries an account's token on its network."""

    async def trouble(account: Account, token: str) -> str | None:
        if account.channel == Slack.name:
            # Here, as the channel does it: Slack's libraries are not for everybody.
            from bot.channels.slack.asking import trouble_of as trouble_in_slack  # noqa: PLC0415

            return await trouble_in_slack(session, settings.slack_api, account, token)
        return await trouble_of(session, settings.telegram_api, account, token)

    return trouble


def fetching(telegram: Telegram, slack: Slack) -> Callable[[str, str], Awaitable[bytes]]:
    """What brings the bytes of an attachment from the network that has it."""

    async def fetch(account: str, remote: str) -> bytes:
        return await (slack if is_ours(remote) else telegram).fetch(account, remote)

    return fetch


def shared_session() -> aiohttp.ClientSession:
    """The one HTTP session of all bots. Delivery limits the calls under way, so the connections are not limited."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar())


def both(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    """Two bells as one."""

    def ring() -> None:
        one()
        other()

    return ring
