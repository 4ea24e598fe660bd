"""A member of the client's team gives the desk a task: by command, shortcut, mention, direct message or emoji."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import recurring, task_kinds, tasks
from bot.posts import Line, line
from bot.questions import delegation
from bot.questions.delegation import Draft
from bot.questions.member import by, the_task
from bot.rules.recurring import EVERY, rhythm_of
from bot.update import Face
from bot.values import Refusal

TITLE: Final = 150


@action("delegate", Face.TEAM)
async def delegate(turn: Turn) -> None:
    """Opens the form of a task, with the words of the command in it."""
    turn.open(delegation.form(turn.client, of_words(str(turn.given.get("text") or ""))))


@action("shortcut", Face.TEAM)
async def shortcut(turn: Turn) -> None:
    """The shortcut that is everywhere."""
    turn.open(delegation.form(turn.client, Draft()))


@action("message_shortcut", Face.TEAM)
async def message_shortcut(turn: Turn) -> None:
    """Opens the form with what a message says, and where it stands."""
    draft = of_words(turn.update.text, str(turn.given.get("link") or ""))
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
    if wrong:
        turn.wrong(**wrong)
        return
    wanted = delegation.wanted(client, draft)
    if draft.every in EVERY and wanted.due_at is not None:
        rhythm = rhythm_of(client, draft.every, wanted.due_at)
        begun = recurring.begin(turn.write, client, by(turn), wanted, rhythm, turn.now)
        turn.whisper(line(_("Noted. It comes for the first time {at:on}."), at=begun.next_at))
        return
    tasks.request(turn.write, client, by(turn), wanted, turn.now)


@action("reaction", Face.TEAM)
async def reaction(turn: Turn) -> None:
    """The emoji on a message: what it says is to be done."""
    at_once(turn, turn.update.text, str(turn.given.get("link") or ""))


def at_once(turn: Turn, text: str, link: str = "") -> None:
    """Makes a task of somebody's words as they are; what can't be done from afar is said instead."""
    draft = of_words(text, link)
    refused = task_kinds.not_remote(turn.client, draft.title, draft.details)
    if refused is not None:
        turn.whisper(refused.says or delegation.NOT_REMOTE)
        return
    wanted = delegation.wanted(turn.client, draft)
    task = tasks.request(turn.write, turn.client, by(turn), wanted, turn.now)
    turn.whisper(taken(task.number))


def taken(number: int) -> Line:
    """What whoever wrote hears."""
    return line(_("The assistant has it: task {n}. Its details can be added there."), n=number)


def of_words(text: str, link: str = "") -> Draft:
    """A form that begins with what was said: its first line is the title."""
    first, _line, rest = text.strip().partition("\n")
    if len(first) > TITLE:
        return Draft(title=f"{first[: TITLE - 1]}…", details=text.strip(), link=link)
    return Draft(title=first, details=rest.strip(), link=link)


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
    tasks.edit(turn.write, turn.client, task, by(turn), delegation.wanted(turn.client, draft), turn.now)
