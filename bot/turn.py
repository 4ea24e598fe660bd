"""The one door: every update from any face is handled here, in one transaction, exactly once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot import routing
from bot.dialog import Turn
from bot.i18n import _, choose_language
from bot.office.tickets import open_ticket
from bot.update import Face, Kind, OfClient, Reply, Thread, Update
from bot.values import Client
from bot.words import outside, write_out
from storage import clients, road
from storage.database import Busy, Database, LockTimeout, Unavailable

log = logging.getLogger("centralino.turn")

MOST_WAITING: Final = 10_000
"""Updates that may wait here before more are sent back to their network."""
MOST_TIMEOUTS: Final = 5
"""Lock timeouts after which an update counts as a defect: it would hold up its network for ever."""


class Defect(Exception):
    """The handling of a clock's or a network's update failed: try again, and in the end open a ticket."""


class Door:
    """Handles updates; see ``handle``. ``clock`` gives aware UTC and ``wake`` is called when jobs were written."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], wake: Callable[[], None] = lambda: None
    ) -> None:
        self.database = database
        self.clock = clock
        self.wake = wake
        self._queues: dict[str, asyncio.Lock] = {}
        self._waiting = 0
        self._timeouts: dict[tuple[str, str, str], int] = {}

    async def handle(self, update: Update) -> Reply | None:
        """Handles one update and returns, after the commit, what its network must hear at once.

        The same update again changes nothing and returns the same reply. Raises Unavailable where the network should
        try again later, Defect for a clock's or a network's update that failed, and an operator's own errors.
        """
        async with self._queue(update):
            try:
                reply = await self.database.transact(lambda write: self._turn(write, update))
            except LockTimeout as error:
                times = self._timeouts[update.key] = self._timeouts.get(update.key, 0) + 1
                if times < MOST_TIMEOUTS:
                    raise
                reply = await self._defect(update, error)
            except Exception as error:
                if trying_helps(error):
                    raise
                reply = await self._defect(update, error)
        self._timeouts.pop(update.key, None)
        self.wake()
        return reply

    @asynccontextmanager
    async def _queue(self, update: Update) -> AsyncIterator[None]:
        """Lets one update of a thread through at a time, so that a flood of one holds up nobody else."""
        if self._waiting >= MOST_WAITING:
            raise Busy("too many updates wait")
        target = update.target
        lane = target.lane if isinstance(target, Thread) else repr(target)
        queue = self._queues.setdefault(lane, asyncio.Lock())
        self._waiting += 1
        try:
            async with queue:
                yield
        finally:
            self._waiting -= 1
            # Nobody holds it and nobody waits for it: the next update makes a new one.
            if not queue.locked() and not getattr(queue, "_waiters", None):
                self._queues.pop(lane, None)

    # --- in the storage thread

    def _turn(self, write: Connection, update: Update) -> Reply | None:
        """The turn: record, lock, keep the message, answer, write out."""
        now = self.clock()
        if not road.record(write, update, now):
            stored = road.replay(write, update)
            return Reply(**stored) if stored else None
        located = locate(write, update, now)
        if update.kind is Kind.OUTSIDE:
            result = outside(write, update, self._client(write, located), now)
            road.conclude(write, update, located, result, None)
            return None
        turn = self._begin(write, update, located, now)
        result = routing.answer(turn)
        write_out(turn)
        reply = turn.scene.reply
        stored = {"toast": reply.toast, "error": reply.error, "data": dict(reply.data)} if reply is not None else None
        road.conclude(write, update, located, result, stored)
        return reply

    def _begin(self, write: Connection, update: Update, located: road.Located | None, now: datetime) -> Turn:
        """The turn's value, with the message of the update kept."""
        if located is None:
            return Turn(update, write, now)
        turn = Turn(update, write, now, self._client(write, located), located.customer, located.conversation)
        if located.conversation is not None and update.face is Face.CUSTOMER:
            keep_message(turn)
        return turn

    def _client(self, rows: Connection, located: road.Located | None) -> Client:
        if located is None:
            raise LookupError("this update has no client")
        return clients.cached(rows, located.client_id, located.version)

    # --- when it goes wrong

    async def _defect(self, update: Update, error: BaseException) -> Reply | None:
        """Answers a defect by face, so that nobody waits in silence and nothing comes back for ever."""
        log.error("defect in update %s/%s/%s", *update.key, exc_info=error)
        if update.face is Face.OPERATOR:
            raise error
        if update.face in {Face.CLOCK, Face.NETWORK}:
            raise Defect(f"{update.name or update.kind}: {error!r}") from error
        return await self.database.transact(lambda write: self._apologise(write, update))

    def _apologise(self, write: Connection, update: Update) -> Reply | None:
        """Records the update that failed; a customer hears an apology and the desk has a ticket."""
        now = self.clock()
        if not road.record(write, update, now):
            return None
        located = locate(write, update, now)
        if update.face is not Face.CUSTOMER:
            reply = Reply(error="This could not be done. Please try again, or tell whoever looks after the system.")
            road.conclude(write, update, located, "defect", {"toast": "", "error": reply.error, "data": {}})
            return reply
        turn = self._begin(write, update, located, now)
        subject = f"Could not handle a message ({update.kind})"
        ticket = open_ticket(write, turn.client, "chat", subject, now, talk=turn.conversation)
        turn.change(dialogs=(), awaiting=None)
        if ticket.due_at is not None:
            turn.say(_("Sorry, something went wrong on our side. A person will answer here {by:by}."), by=ticket.due_at)
        else:
            turn.say(_("Sorry, something went wrong on our side. A person will look at your message."))
        write_out(turn)
        road.conclude(write, update, located, "defect", None)
        return None

    async def give_up(self, client_id: int, subject: str) -> None:
        """Opens a ticket for something of the clock's that failed too often."""

        def ticket(write: Connection) -> None:
            client = self._client(write, road.locate(write, OfClient(client_id)))
            open_ticket(write, client, "task", subject, self.clock())

        await self.database.transact(ticket)


def trying_helps(error: BaseException) -> bool:
    """Whether the same update may succeed later: the database, not the handling, was at fault."""
    return isinstance(error, Unavailable)


def locate(write: Connection, update: Update, now: datetime) -> road.Located | None:
    """Finds and locks what the update is about; who writes for the first time becomes a customer."""
    target = update.target
    if update.kind is Kind.OUTSIDE:
        return road.Located(*road.owner(write, update.channel, update.account))
    if target is None:
        return None
    found = road.locate(write, target)
    if found is None and isinstance(target, Thread):
        client_id, version = road.owner(write, target.channel, target.account)
        language = choose_language("", update.writer.language, clients.cached(write, client_id, version))
        road.open_talk(write, target, client_id, road.clean(update.writer.name)[:120], language, now)
        found = road.locate(write, target)
    return found


def keep_message(turn: Turn) -> None:
    """Keeps what a customer wrote or sent; a press and an edit are no messages of their own."""
    update = turn.update
    if update.kind is Kind.REACH:  # the network says so, not the customer
        return
    turn.change(last_in_at=turn.now)
    if update.kind in {Kind.PRESS, Kind.EDITED, Kind.ACT}:
        return
    text = update.text
    if update.kind is Kind.COMMAND:
        text = f"/{update.name} {update.text}".rstrip()
    elif update.kind in {Kind.CONTACT, Kind.LOCATION, Kind.OTHER}:
        text = " ".join(str(part) for part in (update.name, text, *update.data.values()) if part != "")
    talk, external = turn.conversation, update.message or None
    kept = road.keep_message(turn.rows, talk, "customer", text, turn.now, external_id=external)
    if update.attachments:
        road.keep_files(turn.rows, talk, kept, update)
