"""Work: what the desk does for a client, recorded as evidence by the acts that do it; corrected only by adding."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.update import OfClient
from bot.values import Refusal
from storage import jobs, work
from storage.work import Running

KINDS: Final = {
    "focus": _("At a ticket"),
    "task": _("At a task"),
    "call": _("Call"),
    "booking": _("Booking"),
    "message": _("Message sent"),
    "other": _("Something else"),
}
"""What work can be; bookings and messages are units, the others stretches."""
CHARGES: Final = {"billable": _("billable"), "included": _("included"), "free": _("free")}
IDLE: Final = timedelta(minutes=2)
"""After so long without a sign of her, she has left a ticket when she was last seen at it."""
SHORTEST: Final = timedelta(seconds=10)
"""Whoever had a ticket before her for less than this has passed by: that is no work."""
LONGEST: Final = timedelta(hours=12)
"""A stretch longer than this is a timer that was forgotten: it ends here, to be put right by hand."""
WHY: Final = _("Please say why: the reason stands beside the correction.")


def note(
    write: Connection,
    client_id: int,
    staff_id: int,
    kind: str,
    now: datetime,
    *,
    since: datetime | None = None,
    ticket_id: int | None = None,
    charge: str = "",
    reason: str = "",
) -> int:
    """Records what was just done, and gives the row's id: a stretch from ``since`` until now, or a unit.

    Without ``charge`` a stretch is billable and a unit included: the time it took is recorded beside it.
    """
    started = max(min(since, now), now - LONGEST) if since is not None else now
    return work.add(
        write,
        {
            "client_id": client_id,
            "staff_id": staff_id,
            "ticket_id": ticket_id,
            "kind": kind,
            "started_at": started,
            "ended_at": now,
            "charge": charge or ("included" if since is None else "billable"),
            "reason": reason,
            "corrects": None,
            "noted_at": now,
        },
    )


# --- timers and focus -------------------------------------------------------------------------------------------------


def start(
    write: Connection,
    client_id: int,
    staff_id: int,
    ticket_id: int | None,
    now: datetime,
    *,
    kind: str = "task",
    charge: str = "billable",
) -> None:
    """Starts her timer; what she worked at until now ends. The same timer once more changes nothing."""
    before = work.running(write, staff_id)
    if before is not None and (before.kind, before.client_id, before.ticket_id) == (kind, client_id, ticket_id):
        return
    stop(write, staff_id, now)
    work.put(write, Running(staff_id, client_id, ticket_id, kind, charge, now, now))


def stop(write: Connection, staff_id: int, now: datetime) -> int | None:
    """Ends what she works at, and gives the id of the work that it becomes, to the second; None where it was nothing.

    Nothing is a focus shorter than ``SHORTEST``.
    """
    found = work.running(write, staff_id)
    if found is None:
        return None
    work.end(write, staff_id)
    jobs.call_off(write, f"stretch:{staff_id}", now)
    ends = min(found.started_at + LONGEST, found.seen_at if found.kind == "focus" else now)
    if ends <= found.started_at or (found.kind == "focus" and ends - found.started_at < SHORTEST):
        return None
    return work.add(
        write,
        {
            "client_id": found.client_id,
            "staff_id": staff_id,
            "ticket_id": found.ticket_id,
            "kind": found.kind,
            "started_at": found.started_at,
            "ended_at": ends,
            "charge": found.charge,
            "reason": "",
            "corrects": None,
            "noted_at": now,
        },
    )


def running(rows: Connection, staff_id: int) -> Running | None:
    """What she works at now: her timer, or the ticket she has before her."""
    return work.running(rows, staff_id)


def seen(write: Connection, client_id: int, staff_id: int, ticket_id: int, now: datetime, *, leaves: bool) -> None:
    """She has a ticket before her, or ``leaves`` it; a timer of hers takes its place.

    Where she was not seen for longer than ``IDLE``, the focus before ended when she was last seen. The clock ends the
    last one: see ``over``.
    """
    found = work.running(write, staff_id)
    if found is not None and found.kind != "focus":
        return
    same = found is not None and found.ticket_id == ticket_id and now - found.seen_at <= IDLE
    if found is not None and same:
        work.put(write, found._replace(seen_at=now))
    if not same or leaves:
        stop(write, staff_id, now)
    if not same and not leaves:
        work.put(write, Running(staff_id, client_id, ticket_id, "focus", "billable", now, now))
        look_again(write, client_id, staff_id, now + IDLE)


def over(write: Connection, staff_id: int, now: datetime) -> None:
    """Ends a focus at which nobody was seen for ``IDLE``; looks again later where somebody was."""
    found = work.running(write, staff_id)
    if found is None or found.kind != "focus":
        return
    if now - found.seen_at < IDLE:
        look_again(write, found.client_id, staff_id, found.seen_at + IDLE)
    else:
        stop(write, staff_id, now)


def look_again(write: Connection, client_id: int, staff_id: int, at: datetime) -> None:
    """Lets the clock look whether she is still there."""
    data, subject = {"staff": staff_id}, f"stretch:{staff_id}"
    jobs.later(write, "stretch_over", at, OfClient(client_id), client_id=client_id, data=data, subject=subject)


# --- putting right ----------------------------------------------------------------------------------------------------


def correct(
    write: Connection,
    client_id: int,
    staff_id: int | None,
    work_id: int,
    minutes: int,
    charge: str,
    reason: str,
    now: datetime,
) -> int:
    """Adds a row that counts in the place of ``work_id``: its ``minutes``, its ``charge``, and why. Gives its id.

    No minutes at all take it back. ``staff_id`` is who corrects her own, None an administrator. Raises Refusal where it
    was corrected already, or no reason is given.
    """
    found = work.by_id(write, client_id, work_id)
    if found is None:
        raise Refusal(_("There is no such entry."))
    if staff_id not in (found.staff_id, None):
        raise Refusal(_("Only who did it, or an administrator, can correct it."))
    if work.is_corrected(write, work_id):
        raise Refusal(_("This was corrected meanwhile. Please correct what counts now."))
    right(minutes, charge, reason)
    kept = {name: getattr(found, name) for name in ("client_id", "ticket_id", "kind", "started_at")}
    return work.add(
        write,
        {
            **kept,
            "staff_id": found.staff_id,
            "ended_at": found.started_at + timedelta(minutes=minutes),
            "charge": charge,
            "reason": reason,
            "corrects": work_id,
            "noted_at": now,
        },
    )


def enter(
    write: Connection,
    client_id: int,
    staff_id: int,
    started_at: datetime,
    minutes: int,
    charge: str,
    reason: str,
    now: datetime,
    *,
    ticket_id: int | None = None,
) -> int:
    """Adds work that nothing recorded, with what it was. Raises Refusal."""
    right(minutes, charge, reason)
    if started_at > now or minutes <= 0:
        raise Refusal(_("Work is entered once it is done."))
    return work.add(
        write,
        {
            "client_id": client_id,
            "staff_id": staff_id,
            "ticket_id": ticket_id,
            "kind": "other",
            "started_at": started_at,
            "ended_at": started_at + timedelta(minutes=minutes),
            "charge": charge,
            "reason": reason,
            "corrects": None,
            "noted_at": now,
        },
    )


def right(minutes: int, charge: str, reason: str) -> None:
    """Raises Refusal for what can't be recorded."""
    if not reason.strip():
        raise Refusal(WHY)
    if charge not in CHARGES or not 0 <= minutes <= LONGEST // timedelta(minutes=1):
        raise Refusal(_("How many minutes, and of what kind?"))
