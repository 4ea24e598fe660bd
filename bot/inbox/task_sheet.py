"""The sheet of a task on its ticket: what is to be done, how it stands, its steps, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox.her import Her
from bot.office import task_kinds, work
from bot.questions.told_task import STATES
from bot.update import Json
from bot.values import Client, Message, Msgid, TaskField
from storage import tasks
from storage.queue import Listed
from storage.tasks import Event, Task

STATES_HERE: Final = {**STATES, "waiting": _("Waiting for the team")}
"""How a task stands, as the desk reads it."""
HAPPENED: Final[dict[str, Msgid]] = {
    "requested": _("{name} asked for it"),
    "accepted": _("{name} took it on"),
    "proposed": _("{name} asked whether to go ahead"),
    "asked": _("{name} asked"),
    "started": _("{name} began"),
    "done": _("{name} did it"),
    "refused": _("{name} could not do it"),
    "approved": _("{name} approved"),
    "changed": _("{name} wants it otherwise"),
    "declined": _("{name} called it off"),
    "answered": _("{name} answered"),
    "taken": _("{name} accepted it"),
    "reopened": _("{name} opened it again"),
    "edited": _("{name} changed it"),
    "ended": _("{name} wants it to come no more"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on it. ``fields`` are a name and a value each; ``timing`` is since when her own timer runs here."""

    task: Task
    kind: Any
    state: Message
    fields: Sequence[tuple[Any, Any]]
    estimate: timedelta | None
    events: Sequence[tuple[Event, Msgid]]
    asked: str
    proposed: timedelta | None
    timing: datetime | None
    reaches: bool


def sheet(rows: Connection, one: Listed, client: Client, who: Her) -> Sheet | None:
    """The sheet of a ticket's task; None where it is about none."""
    task = tasks.of_ticket(rows, client.id, one.id) if one.kind == "task" else None
    if task is None:
        return None
    known = task_kinds.fields_of(client, task.kind)
    question = task.question
    running = work.running(rows, who.member.id)
    here = running is not None and running.kind == "task" and running.ticket_id == one.id
    return Sheet(
        task,
        task_kinds.name_of(client, task.kind),
        STATES_HERE[task.state],
        [(field.name, value(field, task.fields[field.key])) for field in known if task.fields.get(field.key)],
        timedelta(minutes=task.estimate) if task.estimate else None,
        [(event, HAPPENED[event.what]) for event in tasks.events(rows, client.id, task.id) if event.what in HAPPENED],
        str(question.get("text") or ""),
        timedelta(minutes=int(question["minutes"])) if question.get("what") == "approve" else None,
        running.started_at if running is not None and here else None,
        bool(client.slack),
    )


def value(field: TaskField, said: Json) -> Any:
    """A field's value, typed as it is shown."""
    if field.form == "moment":
        return datetime.fromtimestamp(int(said), UTC)
    if field.form == "day":
        return datetime.fromisoformat(str(said)).date()
    return str(said)
