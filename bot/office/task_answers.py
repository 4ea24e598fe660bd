"""What a client's people answer to the desk about a task: the first answer counts, and a second hears whose it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import tickets
from bot.office.tasks import ANSWERED, OPEN, OVER, By, ended, last_by, moved, note, opened
from bot.values import Client, Refusal
from storage import tasks as kept
from storage.tasks import Task

NOT_DONE: Final = _("This task is not done yet.")


def approve(write: Connection, client: Client, task: Task, by: By, now: datetime) -> None:
    """The team wants it done as the desk proposed. Raises Refusal where somebody has answered."""
    question = asked(write, client, task, "approve")
    due = datetime.fromisoformat(question["due"]) if question.get("due") else task.due_at
    columns: dict[str, Any] = {"due_at": due, "estimate": question["minutes"], "question": {}}
    moved(write, client, task, ("waiting",), "accepted", **columns)
    tickets.set_due(write, client, opened(task), due, None, now)
    note(write, client, task, by, "approved", now)


def change(write: Connection, client: Client, task: Task, by: By, words: str, now: datetime) -> None:
    """The team wants it otherwise: the desk looks at it anew."""
    asked(write, client, task, "approve")
    moved(write, client, task, ("waiting",), "requested", question={})
    promised(write, client, task, now)
    note(write, client, task, by, "changed", now, words)


def decline(write: Connection, client: Client, task: Task, by: By, now: datetime) -> None:
    """The team does not want it done any more."""
    moved(write, client, task, OPEN, "declined", question={})
    ended(write, client, task, by, f"declined by {by.name}", now)
    note(write, client, task, by, "declined", now)


def answer(
    write: Connection, client: Client, task: Task, by: By, words: str, now: datetime, *, there: bool = False
) -> None:
    """The team answers what the desk asked, perhaps in the task's thread itself. Raises Refusal where somebody has."""
    question = asked(write, client, task, "ask")
    moved(write, client, task, ("waiting",), str(question.get("before") or "accepted"), question={})
    promised(write, client, task, now)
    note(write, client, task, by, "answered", now, words, question=question["text"], there=there)


def asked(rows: Connection, client: Client, task: Task, what: str) -> Mapping[str, Any]:
    """What the desk asked and nobody has answered. Raises Refusal where somebody has."""
    if not task.open:
        raise Refusal(OVER)
    if task.question.get("what") != what:
        raise Refusal(ANSWERED, name=last_by(rows, client, task))
    return task.question


def promised(write: Connection, client: Client, task: Task, now: datetime) -> None:
    """The team waits for the desk: the ticket is before it again, with a promise."""
    tickets.wake(write, task.ticket_id, now)
    tickets.promise(write, client, opened(task), "task", None, now)


def take_over(
    write: Connection, client: Client, task: Task, by: By, now: datetime, rating: int | None, words: str = ""
) -> None:
    """The team takes what was done, and perhaps says how well, from 1 to 5 (kept as 0 where it does not) or in words.

    Raises Refusal where it is not done, or somebody has taken it.
    """
    to_be_taken(write, client, task)
    kept.change(write, task.id, rating=rating or 0)
    note(write, client, task, by, "taken", now, words, rating=rating)


def to_be_taken(rows: Connection, client: Client, task: Task) -> None:
    """Raises Refusal where a task is not done, or somebody has taken it."""
    if task.state != "done":
        raise Refusal(NOT_DONE)
    if task.rating is not None:
        raise Refusal(ANSWERED, name=last_by(rows, client, task))


def reopen(write: Connection, client: Client, task: Task, by: By, why: str, now: datetime) -> None:
    """The team, or the desk, wants more of what was done or declined."""
    if not kept.move(write, task.id, ("done", "declined"), "accepted", rating=None):
        raise Refusal(ANSWERED, name=last_by(write, client, task))
    tickets.reopen(write, client, opened(task), "task", None, now)
    note(write, client, task, by, "reopened", now, why)
