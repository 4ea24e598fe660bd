"""The desk makes a task of what was said."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import task_kinds, tasks, tickets
from bot.office.moments import moment
from bot.office.tasks import By, Wanted
from bot.update import Face
from bot.values import Refusal
from storage.tickets import own


@action("make_task", Face.VA)
async def make_task(turn: Turn) -> None:
    """Opens a task called ``text`` about the customer and the talk of ``ticket``, perhaps due at a time (``until``).

    It belongs to who made it, and she has taken it on where she said until when. Answers with the ``ticket``, by its
    number.
    """
    ticket, title = tickets.the_ticket(turn.rows, turn.client, turn.given), str(turn.given.get("text") or "").strip()
    if not title:
        raise Refusal(_("What is to be done?"))
    said, staff = str(turn.given.get("until") or ""), turn.update.writer
    due = moment(turn.client, said, turn.now) if said else None
    by = By(Face.VA, staff.name, staff.id)
    wanted = Wanted(task_kinds.known(turn.client, task_kinds.OTHER), title[:200], title[200:], due_at=due)
    talk = turn.conversation if turn.talks else None
    about, data = ticket.customer_id, {"from": ticket.number}
    task = tasks.request(turn.write, turn.client, by, wanted, turn.now, talk=talk, customer_id=about, data=data)
    if due is not None:
        tasks.accept(turn.write, turn.client, task, by, turn.now)
    own(turn.write, task.ticket_id, int(staff.id))
    turn.answer(ticket=task.number)
