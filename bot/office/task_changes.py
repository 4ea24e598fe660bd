"""What is to be done of a task, put otherwise: its form filled in anew, and the steps of its checklist."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import homes, tickets
from bot.office.tasks import MOST_STEPS, By, Wanted, note
from bot.update import OfClient
from bot.values import Client, Refusal
from storage import jobs
from storage import tasks as kept
from storage.tasks import Task
from storage.tickets import Opened, rename

CHANGED: Final = _("This list has changed meanwhile. Please look at it again.")


def edit(write: Connection, client: Client, task: Task, by: By, wanted: Wanted, now: datetime) -> None:
    """What is to be done has changed: the desk hears of it, and a task that it had taken on is due as it now says."""
    kept.change(
        write,
        task.id,
        kind=wanted.kind,
        title=wanted.title,
        details=wanted.details,
        fields=dict(wanted.fields),
        for_whom=wanted.for_whom,
        due_at=wanted.due_at,
    )
    rename(write, task.ticket_id, wanted.title, urgent=wanted.urgent)
    tickets.wake(write, task.ticket_id, now)
    tickets.promise(write, client, Opened(task.ticket_id, task.number, wanted.due_at, wanted.urgent), "task", None, now)
    note(write, client, task, by, "edited", now)


def add_step(write: Connection, client: Client, task: Task, words: str, now: datetime) -> None:
    """One more thing on the checklist. Raises Refusal where there are too many."""
    if len(task.checklist) >= MOST_STEPS:
        raise Refusal(_("This list is long enough."))
    show(write, client, task, [*task.checklist, [words, False]], now)


def tick(write: Connection, client: Client, task: Task, place: int, done: bool, now: datetime) -> None:
    """A step of the checklist is done, or not."""
    if not 0 <= place < len(task.checklist):
        raise Refusal(CHANGED)
    steps = [list(step) for step in task.checklist]
    steps[place][1] = done
    show(write, client, task, steps, now)


def show(write: Connection, client: Client, task: Task, steps: Sequence[Any], now: datetime) -> None:
    """Keeps the checklist, and lets the clock show it."""
    kept.change(write, task.id, checklist=[list(step) for step in steps])
    homes.changed(write, client, now)
    if client.slack:
        jobs.later(write, "task_told", now, OfClient(client.id), client_id=client.id, data={"task": task.id})
