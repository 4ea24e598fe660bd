"""A member of the client's team gives the desk a task: by command, shortcut, mention, direct message or emoji."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import recurring, task_changes, tasks, team_talk
from bot.posts import line
from bot.questions import delegation, heard
from bot.questions.delegation import Draft
from bot.questions.member import by, the_task
from bot.rules.recurring import EVERY, rhythm_of
from bot.update import Attachment, Face, Json
from bot.values import Refusal

KINDS: Final = {"image": "photo", "audio": "audio", "video": "video"}


@action("delegate", Face.TEAM)
async def delegate(turn: Turn) -> None:
    """Opens the form of a task, with the words of the command in it."""
    turn.open(delegation.form(turn.client, heard.draft(turn, str(turn.given.get("text") or ""))))


@action("shortcut", Face.TEAM)
async def shortcut(turn: Turn) -> None:
    """The shortcut that is everywhere."""
    turn.open(delegation.form(turn.client, Draft()))


@action("message_shortcut", Face.TEAM)
async def message_shortcut(turn: Turn) -> None:
    """Opens the form with what a message says, and where it stands."""
    draft = heard.draft(turn, turn.update.text, str(turn.given.get("link") or ""))
    turn.open(delegation.form(turn.client, draft))


@action("task_kind", Face.TEAM)
async def task_kind(turn: Turn) -> None:
    """Another kind was chosen in the form: it asks for what that kind needs."""
    turn.open(delegation.form(turn.client, delegation.read(turn.given)), how="update")


@action("delegated", Face.TEAM)
async def delegated(turn: Turn) -> None:
    """Takes the submitted form; what is wrong with it is said over its fields."""
    client, draft = turn.client, delegation.read(turn.given)
    wrong = delegation.faults(client, draft, turn.now)
    if any(name not in turn.given["fields"] for name in wrong):  # sent before the fields of its kind were there
        turn.open(delegation.form(client, draft), how="update")
        return
    if wrong:
        turn.wrong(**wrong)
        return
    wanted = delegation.wanted(client, draft)
    if draft.every in EVERY and wanted.due_at is not None:
        rhythm = rhythm_of(client, draft.every, wanted.due_at)
        begun = recurring.begin(turn.write, client, by(turn), wanted, rhythm, turn.now)
        turn.whisper(line(_("Noted. It comes for the first time {at:on}."), at=begun.next_at))
        return
    task = tasks.request(turn.write, client, by(turn), wanted, turn.now)
    files = tuple(attachment(one) for one in turn.given["values"].get("files") or ())
    if files:
        team_talk.answered(turn.write, client, task.ticket_id, by(turn).name, "", turn.now, attachments=files)


# --- a task that stands -----------------------------------------------------------------------------------------------


@action("task_edit", Face.TEAM)
async def task_edit(turn: Turn) -> None:
    """Opens the form of a task that stands."""
    task = the_task(turn)
    if not task.open:
        raise Refusal(tasks.OVER)
    contact = next((one.key for one in turn.client.contacts if one.name == task.for_whom), "")
    due = int(task.due_at.timestamp()) if task.due_at is not None else None
    draft = Draft(
        task.kind, task.title, task.details, task.fields, due, task.urgent, contact, link=task.link, task_id=task.id
    )
    turn.open(delegation.form(turn.client, draft))


@action("task_edited", Face.TEAM)
async def task_edited(turn: Turn) -> None:
    """Changes what is to be done; refused where it is over meanwhile."""
    draft, task = delegation.read(turn.given), the_task(turn)
    if not task.open:
        raise Refusal(tasks.OVER)
    before = int(task.due_at.timestamp()) if task.due_at is not None else None
    wrong = delegation.faults(turn.client, draft, turn.now)
    if draft.due == before:
        wrong.pop("due", None)
    if wrong:
        turn.wrong(**wrong)
        return
    task_changes.edit(turn.write, turn.client, task, by(turn), delegation.wanted(turn.client, draft), turn.now)


@action("recurring_off", Face.TEAM)
async def recurring_off(turn: Turn) -> None:
    """What comes again and again comes no more; the task that stands stays."""
    task = the_task(turn)
    recurring.end(turn.write, turn.client, task.recurring_id or 0, turn.now)
    tasks.note(turn.write, turn.client, task, by(turn), "ended", turn.now)


def attachment(said: Json) -> Attachment:
    """A file of the form."""
    mime = str(said.get("mime") or "application/octet-stream")
    kind = KINDS.get(mime.partition("/")[0], "document")
    return Attachment(
        kind, str(said.get("name") or ""), mime, int(said.get("size") or 0), str(said.get("remote") or "")
    )
