"""What is measured: figures for Prometheus, the answer to "are you well?", and which update a log line is about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from time import perf_counter
from typing import Any, Final

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import Connection

from bot.turn import Door
from bot.update import Reply, Update
from storage import gauges
from storage.cause import because_of
from storage.database import Database, Unavailable
from storage.jobs import Claimed

BUCKETS: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
PATIENCE: Final = 5.0
"""Seconds that the database is given to tell its figures."""


class Figures:
    """The figures of one process; ``/metrics`` shows them beside what the database tells."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.turns = Counter(
            "centralino_turns", "Updates taken, by who acted and what came of it.", ["face", "result"],
            registry=self.registry,
        )  # fmt: skip
        self.stages = Histogram(
            "centralino_stage_seconds", "How long each stage of an update's road takes.", ["stage"],
            buckets=BUCKETS, registry=self.registry,
        )  # fmt: skip
        self.sends = Counter(
            "centralino_sends", "Calls of networks, by account and result.", ["channel", "account", "result"],
            registry=self.registry,
        )  # fmt: skip
        self.wait, self.turn, self.commit, self.call, self.act = (
            self.stages.labels(stage) for stage in ("wait", "turn", "commit", "send", "act")
        )

    def ended(self, job: Claimed, result: str, seconds: float) -> None:
        """A job was performed; only sends have an account."""
        if job.lane is None:
            self.act.observe(seconds)
            return
        self.call.observe(seconds)
        channel, account, _address = job.lane.split(":", 2)
        self.sends.labels(channel, account, result).inc()


class MeasuredDoor(Door):
    """The door, with a stopwatch: waiting in the queues, the turn itself, and the commit.

    All that is logged meanwhile, and every job that is written, names the update. Measured: 20 microseconds a turn.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], figures: Figures) -> None:
        super().__init__(database, clock)
        self._figures = figures
        self._stamps: dict[tuple[str, str, str], float] = {}

    async def handle(self, update: Update) -> Reply | None:
        """As ``Door.handle`` does."""
        result, began = "unavailable", perf_counter()
        self._stamps[update.key] = began
        with because_of("/".join(update.key)):
            try:
                reply = await super().handle(update)
                result = "error" if reply is not None and reply.error else "done"
                self._figures.commit.observe(perf_counter() - self._stamps.get(update.key, began))
                return reply
            except Unavailable:
                raise
            except Exception:
                result = "defect"
                raise
            finally:
                self._stamps.pop(update.key, None)
                self._figures.turns.labels(update.face.value, result).inc()

    def _turn(self, write: Connection, update: Update) -> Reply | None:
        began = perf_counter()
        self._figures.wait.observe(began - self._stamps.get(update.key, began))
        with because_of("/".join(update.key)):  # this thread serves one update after another
            reply = super()._turn(write, update)
        ended = perf_counter()
        self._figures.turn.observe(ended - began)
        self._stamps[update.key] = ended
        return reply


def metrics(figures: Figures, database: Database, clock: Callable[[], datetime]) -> Callable[[web.Request], Any]:
    """The answer to Prometheus. What the database would tell is left out while it can't."""

    def look(rows: Connection) -> list[Metric]:
        now = clock()
        return [*of_jobs(gauges.due(rows, now)), *of_tickets(gauges.waiting(rows, now))]

    async def answer(_request: web.Request) -> web.Response:
        told: list[Metric] = []
        up = GaugeMetricFamily("centralino_database_up", "Whether the database answers.")
        try:
            async with asyncio.timeout(PATIENCE):
                told = await database.read(look)
            up.add_metric([], 1)
        except (Unavailable, TimeoutError):
            up.add_metric([], 0)
        body = generate_latest(figures.registry) + generate_latest(Told([up, *told]))
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return answer


class Told:
    """Metrics that are known already, in the shape of a registry."""

    def __init__(self, found: list[Metric]) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        """All of them."""
        yield from self._found


def of_jobs(found: list[gauges.Due]) -> Iterator[Metric]:
    """What is due and not done."""
    count = GaugeMetricFamily("centralino_jobs_due", "Jobs that are due and not done.", labels=["kind"])
    late = GaugeMetricFamily("centralino_jobs_late_seconds", "How long the first of them has waited.", labels=["kind"])
    for one in found:
        count.add_metric([one.kind], one.number)
        late.add_metric([one.kind], one.late)
    yield from (count, late)


def of_tickets(found: list[gauges.Waiting]) -> Iterator[Metric]:
    """What waits for the desk."""
    count = GaugeMetricFamily("centralino_tickets_open", "Open tickets.", labels=["client"])
    over = GaugeMetricFamily("centralino_tickets_overdue", "Open tickets past their promise.", labels=["client"])
    for one in found:
        count.add_metric([one.client], one.number)
        over.add_metric([one.client], one.overdue)
    yield from (count, over)


def health(database: Database) -> Callable[[web.Request], Any]:
    """The answer to monitoring. Any answer means that the process is alive; 200 that it is ready: also the database can
    be read and written. While it is not, 503 says why, and what networks post is refused, to come again."""

    async def answer(_request: web.Request) -> web.Response:
        try:
            await database.check()
        except Unavailable as error:
            what = {"status": "unavailable", "process": "alive", "database": "unavailable", "reason": str(error)}
            return web.json_response(what, status=503)
        return web.json_response({"status": "ok", "process": "alive", "database": "ready"})

    return answer
