"""The one door: every update from any face is handled here, in one transaction, exactly once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot import routing
from bot.dialog import Turn
from bot.i18n import _, choose_language
from bot.office.tickets import open_ticket
from bot.reading import findable
from bot.update import Face, Json, Kind, OfClient, Reply, Thread, Update
from bot.values import Client
from bot.words import outside, told, write_out
from storage import clients, reach, road
from storage.database import Busy, Database, LockTimeout, Unavailable
from storage.text import clean_update

log = logging.getLogger("centralino.turn")

MOST_WAITING: Final = 10_000
"""Updates that may wait here before more are sent back to their network."""
MOST_TIMEOUTS: Final = 5
"""Lock timeouts after which an update counts as a defect: it would hold up its network for ever."""

SORRY: Final = _("Sorry, something went wrong on our side. A person will look at your message.")
NOT_DONE: Final = _("This could not be done. Please try again, or tell whoever looks after the system.")


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
        update = clean_update(update)
        async with self._queue(update):
            try:
                reply = await self.database.transact(lambda write: self._turn(write, update))
            except Exception as error:
                if self._trying_helps(update, error):
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
        lane = lane_of(update)
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
        """The turn: lock, keep the message, answer, write out, record."""
        now = self.clock()
        if before := road.replay(write, update):
            return replied(before)
        located = locate(write, update, now)
        road.keep_apart(write, located)
        if update.kind is Kind.OUTSIDE:
            result = outside(write, update, self._client(write, located), now)
            road.record(write, update, now, located, result)
            return None
        turn = self._begin(write, update, located, now)
        result = routing.answer(turn)
        write_out(turn)
        road.record(write, update, now, located, result, stored(turn.scene.reply))
        return turn.scene.reply

    def _begin(self, write: Connection, update: Update, located: road.Located | None, now: datetime) -> Turn:
        """The turn's value, with the message of the update kept."""
        if located is None:
            return Turn(update, write, now)
        turn = Turn(update, write, now, self._client(write, located), located.customer, located.conversation)
        if located.conversation is not None and update.face is Face.CUSTOMER and update.kind is not Kind.REACH:
            keep_message(turn)
        return turn

    def _client(self, rows: Connection, located: road.Located | None) -> Client:
        if located is None:
            raise LookupError("this update has no client")
        return clients.cached(rows, located.client_id, located.version)

    # --- when it goes wrong

    def _trying_helps(self, update: Update, error: Exception) -> bool:
        """Whether the same update may succeed later: the database, not the handling, was at fault."""
        if not isinstance(error, LockTimeout):
            return isinstance(error, Unavailable)
        times = self._timeouts.pop(update.key, 0) + 1
        if times < MOST_TIMEOUTS:
            self._timeouts[update.key] = times
        return times < MOST_TIMEOUTS

    async def _defect(self, update: Update, error: Exception) -> Reply | None:
        """Answers a defect by face, so that nobody waits in silence and nothing comes back for ever."""
        log.error("defect in update %s/%s/%s", *update.key, exc_info=error)
        if update.face is Face.OPERATOR:
            raise error
        if update.face in {Face.CLOCK, Face.NETWORK}:
            raise Defect(f"{update.name or update.kind}: {error!r}") from error
        try:
            return await self.database.transact(lambda write: self._apologise(write, update))
        except Exception as worse:
            if isinstance(worse, Unavailable) and not isinstance(worse, LockTimeout):
                raise
            log.error("defect in the apology for update %s/%s/%s", *update.key, exc_info=worse)
            return await self.database.transact(lambda write: self._apologise_barely(write, update))

    def _apologise(self, write: Connection, update: Update) -> Reply | None:
        """Records the update that failed; a customer hears an apology and the desk has a ticket."""
        now = self.clock()
        if before := road.replay(write, update):
            return replied(before)
        located = locate(write, update, now)
        road.keep_apart(write, located)
        if update.face is not Face.CUSTOMER:
            reply = Reply(error=told(update, self._client(write, located) if located else None, NOT_DONE))
            road.record(write, update, now, located, "defect", stored(reply))
            return reply
        turn = self._begin(write, update, located, now)
        routing.abandon(turn)
        subject = _("Could not handle a message ({what})"), {"what": str(update.kind)}
        ticket = open_ticket(write, turn.client, "chat", subject, now, talk=turn.conversation)
        if ticket.due_at is not None:
            turn.say(_("Sorry, something went wrong on our side. A person will answer here {by:by}."), by=ticket.due_at)
        else:
            turn.say(SORRY)
        write_out(turn)
        road.record(write, update, now, located, "defect")
        return None

    def _apologise_barely(self, write: Connection, update: Update) -> Reply | None:
        """The least that can be done where even the apology failed: it touches nothing that may be at fault."""
        now = self.clock()
        if before := road.replay(write, update):
            return replied(before)
        reply = None
        if update.face is not Face.CUSTOMER:
            reply = Reply(error=told(update, None, NOT_DONE))
        elif isinstance(update.target, Thread):
            text = told(update, None, SORRY)
            road.send(write, update.target.lane, "send", {"text": text, "keyboard": []}, now)
        road.record(write, update, now, None, "defect", stored(reply))
        return reply

    async def give_up(self, client_id: int, what: str) -> None:
        """Opens a ticket for something of the clock's, ``what`` by its name, that failed too often."""

        def ticket(write: Connection) -> None:
            client = self._client(write, road.locate(write, OfClient(client_id)))
            open_ticket(write, client, "task", (_("Could not be done: {what}"), {"what": what}), self.clock())

        await self.database.transact(ticket)


def lane_of(update: Update) -> str:
    """In which queue an update waits: its thread's, its conversation's, its client's, its group's, or its own."""
    target = update.target
    if isinstance(target, Thread):
        return target.lane
    return repr(target) if target is not None else str(update.data.get("place") or update.key)


def stored(reply: Reply | None) -> Json:
    """A reply as it is kept with its update."""
    if reply is None:
        return None
    return {one.name: value for one in fields(Reply) if (value := getattr(reply, one.name))}


def replied(before: tuple[Json]) -> Reply | None:
    """What was replied when the update was taken."""
    (kept,) = before
    return Reply(**kept) if kept else None


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
        name = update.writer.name[:120]
        road.open_talk(write, target, client_id, name, language, now, folded=findable(name))
        found = road.locate(write, target)
    return found


def keep_message(turn: Turn) -> None:
    """Keeps what a customer wrote or sent; a press and an edit are no messages of their own."""
    update = turn.update
    turn.change(last_in_at=turn.now)
    if not turn.conversation.reachable:  # the network forgot to say that she let us in again
        reach.mark(turn.rows, turn.conversation, True, turn.now)
        turn.change(reachable=True)
    if update.kind in {Kind.PRESS, Kind.EDITED, Kind.ACT}:
        return
    text = update.text
    if update.kind is Kind.COMMAND:
        text = f"/{update.name} {update.text}".rstrip()
    elif update.kind in {Kind.CONTACT, Kind.LOCATION, Kind.OTHER}:
        parts = (update.name, text, *update.data.values())
        text = " ".join(str(part) for part in parts if part != "" and not isinstance(part, bool))
    talk, external = turn.conversation, update.message or None
    words = findable(text)
    kept = road.keep_message(turn.rows, talk, "customer", text, turn.now, external_id=external, folded=words)
    turn.message_id = kept
    if update.attachments:
        road.keep_files(turn.rows, talk, kept, update.attachments)
