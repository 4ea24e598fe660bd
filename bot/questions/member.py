"""The member of a client's team who acts: as whom she acts, and what she may."""

from __future__ import annotations

from typing import Any, Final

from bot.dialog import Turn
from bot.i18n import _
from bot.office import tasks
from bot.office.tasks import By
from bot.update import Face
from bot.values import Msgid, Refusal
from storage.tasks import Task

NO_RIGHT: Final[dict[str, Msgid]] = {
    "decide": _("This is decided by: {names}. You don't have that right."),
    "spend": _("Whether it shall be done is decided by: {names}. You don't have that right."),
    "close": _("The business is closed by: {names}. You don't have that right."),
}
NOBODY: Final = _("nobody yet")


def by(turn: Turn) -> By:
    """As whom she acts: under the name that the client's file has for her, else as her network calls her."""
    writer = turn.update.writer
    contact = turn.client.member(writer.id)
    return By(Face.TEAM, contact.name if contact is not None else writer.name or writer.id, writer.id)


def may(turn: Turn, right: str) -> bool:
    """Whether she has a right (decide, spend or close)."""
    contact = turn.client.member(turn.update.writer.id)
    return contact is not None and right in contact.rights


def needs(turn: Turn, right: str) -> None:
    """Raises Refusal, naming who has the right, where she has not."""
    if not may(turn, right):
        names = [contact.name for contact in turn.client.contacts if right in contact.rights and contact.slack]
        raise Refusal(NO_RIGHT[right], names=names or NOBODY)


def argument(turn: Turn) -> tuple[int, str]:
    """What a button carries: a row id and, behind a point, what else."""
    id, _point, rest = str(turn.given.get("argument") or turn.given.get("private", {}).get("id") or "").partition(".")
    return int(id) if id.isdecimal() else 0, rest


def the_task(turn: Turn) -> Task:
    """The task that a button, or the form that it opened, is about. Raises Refusal where there is none."""
    return tasks.the_task(turn.rows, turn.client, argument(turn)[0])


def value(turn: Turn, name: str, longest: int = 3000) -> str:
    """What stands in a field of the submitted form."""
    values: Any = turn.given.get("values") or {}
    return str(values.get(name) or "").strip()[:longest]
