"""Tasks that come again: every working day, week or month, or on the last working day of each month."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import tasks
from bot.office.tasks import By, Wanted
from bot.rules.recurring import Rhythm, next_time
from bot.update import Face, OfClient
from bot.values import Client, Refusal
from storage import jobs
from storage import recurring as kept
from storage.recurring import Recurring
from storage.tasks import Task

ENDED: Final = _("This comes no more already.")


def begin(write: Connection, client: Client, by: By, wanted: Wanted, rhythm: Rhythm, now: datetime) -> Recurring:
    """Lets a task come again and again, the first time at the rhythm's next time; gives it as it is kept."""
    at = next_time(client, rhythm, now)
    recurring_id = kept.add(
        write,
        {
            "client_id": client.id,
            "every": rhythm.every,
            "weekday": rhythm.weekday,
            "day": rhythm.day,
            "minute": rhythm.minute,
            "kind": wanted.kind,
            "title": wanted.title,
            "details": wanted.details,
            "fields": dict(wanted.fields),
            "checklist": [[step, False] for step in wanted.steps],
            "urgent": wanted.urgent,
            "member": by.id if by.face is Face.TEAM else "",
            "asked_by": by.name,
            "for_whom": wanted.for_whom,
            "next_at": at,
            "ended_at": None,
            "created_at": now,
        },
    )
    wake_at(write, client, recurring_id, at)
    found = kept.by_id(write, client.id, recurring_id)
    assert found is not None
    return found


def wake_at(write: Connection, client: Client, recurring_id: int, at: datetime) -> None:
    """Lets the clock bring it."""
    data, subject = {"recurring": recurring_id}, f"recurring:{recurring_id}"
    jobs.later(write, "recurring_due", at, OfClient(client.id), client_id=client.id, data=data, subject=subject)


def come(write: Connection, client: Client, recurring_id: int, now: datetime) -> Task | None:
    """It has come: opens its task, and waits for the next time. After a standstill it comes once; None where it ended.

    Its time on the clock stays what it was, in summer and in winter.
    """
    found = kept.by_id(write, client.id, recurring_id)
    if found is None or found.ended_at is not None or found.next_at > now:
        return None
    by = By(Face.TEAM if found.member else Face.CLOCK, found.asked_by, found.member)
    wanted = Wanted(
        found.kind,
        found.title,
        found.details,
        found.fields,
        [str(step[0]) for step in found.checklist],
        urgent=found.urgent,
        for_whom=found.for_whom,
        recurring_id=found.id,
    )
    at = next_time(client, Rhythm(found.every, found.weekday, found.day, found.minute), now)
    kept.comes(write, found.id, at)
    wake_at(write, client, found.id, at)
    return tasks.request(write, client, by, wanted, now)


def end(write: Connection, client: Client, recurring_id: int, now: datetime) -> None:
    """It comes no more. Raises Refusal where it had ended."""
    if not kept.end(write, client.id, recurring_id, now):
        raise Refusal(ENDED)
    jobs.call_off(write, f"recurring:{recurring_id}", now)
