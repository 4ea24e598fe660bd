"""The desk puts its record of work right: by adding, never by changing."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import work
from bot.update import Face
from bot.values import Refusal
from storage import staff, tickets


@action("correct_work", Face.VA)
async def correct_work(turn: Turn) -> None:
    """Adds what counts in the place of the row ``work``: its ``minutes`` and its ``charge``, with the ``reason``."""
    given, actor = turn.given, int(turn.update.writer.id)
    member = staff.by_id(turn.rows, actor)
    own = None if member is not None and member.role == "admin" else actor
    charge, reason = str(given.get("charge") or ""), str(given.get("reason") or "")[:500]
    work.correct(turn.write, turn.client.id, own, int(given["work"]), minutes(turn), charge, reason, turn.now)


@action("enter_work", Face.VA)
async def enter_work(turn: Turn) -> None:
    """Adds work that nothing recorded: from ``at`` on the client's clock, with ``minutes``, ``charge`` and ``reason``.

    ``ticket`` is the number of the one it was for, if it was for one.
    """
    given, client = turn.given, turn.client
    try:
        at = datetime.fromisoformat(str(given.get("at") or ""))
    except ValueError:
        raise Refusal(_("When was it?")) from None
    started = (at if at.tzinfo is not None else at.replace(tzinfo=client.zone)).astimezone(UTC)
    about = tickets.by_number(turn.rows, client.id, int(given["ticket"])) if given.get("ticket") else None
    if given.get("ticket") and about is None:
        raise Refusal(_("There is no ticket {n}."), n=int(given["ticket"]))
    work.enter(
        turn.write,
        client.id,
        int(turn.update.writer.id),
        started,
        minutes(turn),
        str(given.get("charge") or ""),
        str(given.get("reason") or "")[:500],
        turn.now,
        ticket_id=about.id if about is not None else None,
    )


def minutes(turn: Turn) -> int:
    """The minutes that were given; none that can be recorded where they are no number."""
    said = str(turn.given.get("minutes") or "")
    return int(said) if said.isdecimal() and len(said) < 6 else -1
