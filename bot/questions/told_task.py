"""How a task is shown to a client's people: its post, which always says how it stands, and what its thread tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.i18n import _
from bot.office import task_kinds
from bot.posts import Post, Press, Rows, Text, line
from bot.update import Json
from bot.values import Client, Message, TaskField
from storage.tasks import Event, Task

STATES: Final[Mapping[str, Message]] = {
    "requested": _("Requested"),
    "accepted": _("Taken on"),
    "in_progress": _("Under way"),
    "waiting": _("Waiting for you"),
    "done": _("Finished"),
    "declined": _("Declined"),
}
"""How a task stands, as the team reads it."""
HAPPENED: Final[Mapping[str, Message]] = {
    "accepted": _("Taken on by {name}."),
    "proposed": _("{name} asks whether to go ahead. The answer is given above."),
    "asked": _("{name} asks:"),
    "started": _("Begun by {name}."),
    "done": _("Done by {name}."),
    "refused": _("{name} can't do this:"),
    "approved": _("Approved by {name}."),
    "changed": _("To be changed, says {name}:"),
    "declined": _("Called off by {name}."),
    "answered": _("{name} answers:"),
    "taken": _("Accepted by {name}. Thank you."),
    "reopened": _("Opened again by {name}."),
    "edited": _("Changed by {name}."),
    "ended": _("It comes no more, says {name}."),
}
"""What happens to a task, as its thread says it."""
TITLE: Final = _("Task {n}: {title}")
NUMBER: Final = _("Task {n}")
STARS: Final = tuple("★" * number for number in range(1, 6))


def key_of(task: Task) -> str:
    """The key of a task's post."""
    return f"task:{task.id}"


def post_of(client: Client, task: Task, owner: str = "") -> Post:
    """The post of a task; where the client wants no more than references, it says nothing of what it is about."""
    if client.slack_shows == "reference":
        shown = (*heads(client, task, owner)[:2], (_("Asked by"), task.asked_by or "–"))
        opens = Press(_("Read it"), "task_open", str(task.id))
        return Post(title=line(NUMBER, n=task.number), fields=shown, buttons=((opens,),))
    return Post(
        title=line(TITLE, n=task.number, title=task.title),
        lines=question_lines(client, task),
        fields=(*heads(client, task, owner), *field_lines(client, task)),
        quote=task.details if task.state != "done" or not task.result else task.result,
        small=small(task),
        buttons=(*buttons(task), *source(task)),
    )


def heads(client: Client, task: Task, owner: str) -> tuple[tuple[Text, Text], ...]:
    """How it stands, of what kind it is, by when, whose, how urgent."""
    fields: list[tuple[Text, Text]] = [
        (_("State"), STATES[task.state]),
        (_("Kind"), task_kinds.name_of(client, task.kind)),
    ]
    if task.due_at is not None:
        fields.append((_("Due"), when(task.due_at)))
    if owner:
        fields.append((_("Who does it"), owner))
    if task.urgent:
        fields.append((_("Priority"), _("Urgent")))
    if task.for_whom:
        fields.append((_("For"), task.for_whom))
    if task.estimate:
        fields.append((_("Estimate"), length(task.estimate)))
    if task.checklist:
        done = sum(bool(step[1]) for step in task.checklist)
        fields.append((_("Steps"), f"{done}/{len(task.checklist)}"))
    if task.rating:
        fields.append((_("Rating"), STARS[task.rating - 1]))
    return tuple(fields)


def field_lines(client: Client, task: Task) -> tuple[tuple[Text, Text], ...]:
    """What its kind asked for."""
    known = task_kinds.fields_of(client, task.kind)
    return tuple((field.name, value_of(field, task.fields[field.key])) for field in known if task.fields.get(field.key))


def value_of(field: TaskField, value: Json) -> Text:
    """A field's value as it is shown."""
    if field.form == "moment":
        return when(datetime.fromtimestamp(int(value), UTC))
    if field.form == "day":
        return line(_("{day:day}"), day=datetime.fromisoformat(str(value)).date())
    return str(value)


def question_lines(client: Client, task: Task) -> tuple[Text, ...]:
    """What waits for the team's answer, or what a done task was about."""
    question = task.question
    if task.state == "waiting" and question.get("what") == "approve":
        due = question.get("due")
        head = line(
            _("It would take about {time}. Shall it be done?"), time=timedelta(minutes=int(question["minutes"]))
        )
        return (head, line(_("It would be done {at:by}."), at=datetime.fromisoformat(due))) if due else (head,)
    if task.state == "waiting" and question.get("what") == "ask":
        return (line(_("Question: {text}"), text=str(question["text"])),)
    return ()


def source(task: Task) -> Rows:
    """The way to the message that was delegated, if it was one."""
    return ((Press(_("The message"), "source", url=task.link),),) if task.link else ()


def small(task: Task) -> Text:
    """Who asked."""
    return line(_("Asked by {name}"), name=task.asked_by) if task.asked_by else ""


def buttons(task: Task) -> Rows:
    """What the team can do with a task as it stands."""
    id, question = str(task.id), task.question
    if task.state == "done":
        again = Press(_("Open again"), "task_reopen", id)
        if taken(task):
            return ((again,),)
        stars = tuple(Press(star, "task_accept", f"{id}.{place}") for place, star in enumerate(STARS, 1))
        accept = Press(_("Accept"), "task_accept", id, style="primary")
        return ((accept, again), (*stars, Press(_("With a word"), "task_rate", id)))
    if task.state == "declined":
        return ((Press(_("Open again"), "task_reopen", id),),)
    off = Press(_("Call it off"), "task_off", id, sure=_("Shall this not be done any more?"))
    if task.state == "waiting" and question.get("what") == "approve":
        return (
            (
                Press(_("Approve"), "task_approve", id, style="primary"),
                Press(_("Change it"), "task_change", id),
                Press(_("Decline"), "task_decline", id, style="danger"),
            ),
        )
    if task.state == "waiting" and question.get("what") == "ask":
        options = tuple(
            Press(str(one), "task_option", f"{id}.{place}") for place, one in enumerate(question["options"])
        )
        return ((*options, Press(_("Answer in words"), "task_answer", id)), (off,))
    no_more = Press(_("Repeat no more"), "recurring_off", id, sure=_("Shall this not come again any more?"))
    return ((Press(_("Details"), "task_edit", id), off, *((no_more,) if task.recurring_id else ())),)


def taken(task: Task) -> bool:
    """Whether what was done has been accepted."""
    return task.rating is not None


def told(client: Client, event: Event) -> Post | None:
    """What a task's thread says of something that happened; None where it stands there, or its post says it all."""
    head = HAPPENED.get(event.what)
    if head is None or event.data.get("there"):
        return None
    quote = event.text if client.slack_shows == "everything" else ""
    return Post(lines=(line(head, name=event.by or _("the assistant")),), quote=quote)


def when(at: datetime) -> Text:
    """A moment on a line of its own."""
    return line(_("{at:short}"), at=at)


def length(minutes: int) -> Text:
    """How long something takes."""
    return line(_("{time}"), time=timedelta(minutes=minutes))
