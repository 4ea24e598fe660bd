"""What happened to a task is shown to the client's people: in its post, and in the thread of it."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import posting
from bot.questions import told_task
from bot.update import Face
from storage import staff
from storage import tasks as kept


@action("task_told", Face.CLOCK)
async def task_told(turn: Turn) -> None:
    """Shows the ``task`` as it stands now, and the ``event`` in its thread."""
    client, task = turn.client, kept.by_id(turn.rows, turn.client.id, int(turn.given["task"]))
    if task is None:
        return
    owner = staff.by_id(turn.rows, task.owner_id) if task.owner_id is not None else None
    key = told_task.key_of(task)
    post = told_task.post_of(client, task, owner.name if owner else "")
    posting.put(turn.write, client, key, post, turn.now, about=task.customer_id)
    event = kept.event_by_id(turn.rows, client.id, int(turn.given["event"])) if turn.given.get("event") else None
    said = told_task.told(client, event) if event is not None else None
    if said is not None:
        posting.say(turn.write, client, said, turn.now, under=key)
