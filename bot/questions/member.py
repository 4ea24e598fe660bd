"""The member of a client's team who acts: as whom she acts, and what she may."""

from __future__ import annotations

from typing import Any, Final, Protocol

from bot.dialog import Turn
from bot.i18n import _
from bot.office import tasks
from bot.office.tasks import By
from bot.posts import Line, line
from bot.update import Face, Writer
from bot.values import Client, Msgid, Refusal
from storage.tasks import Task

NO_RIGHT: Final[dict[str, Msgid]] = {
    "decide": _("This is decided by: {names}. You don't have that right."),
    "spend": _("Whether it shall be done is decided by: {names}. You don't have that right."),
    "close": _("The business is closed by: {names}. You don't have that right."),
}
NOBODY: Final = _("nobody yet")
NOT_YOURS: Final = _("You don't have that right. You can ask: {names}.")
GUEST: Final = _("Guests of the workspace can't do this. Its members can.")


class Viewer(Protocol):
    """Somebody of a client's team, as what she may is looked up."""

    @property
    def client(self) -> Client:
        """Of which client."""

    @property
    def writer(self) -> Writer:
        """Who she is."""


def by(turn: Turn) -> By:
    """As whom she acts: under the name that the client's file has for her, else as her network calls her."""
    writer = turn.update.writer
    contact = turn.client.member(writer.id)
    return By(Face.TEAM, contact.name if contact is not None else writer.name or writer.id, writer.id)


def named(turn: Viewer) -> list[str]:
    """Who of the workspace is named in the client's file."""
    return [contact.name for contact in turn.client.contacts if contact.slack]


def inside(turn: Viewer) -> bool:
    """Whether she is one of the client's people: named in its file, or a full member of its workspace."""
    return not turn.writer.guest or turn.client.member(turn.writer.id) is not None


def entitled(turn: Viewer) -> bool:
    """Whether she is named in the client's file; where it names nobody of the workspace, every full member is."""
    return turn.client.member(turn.writer.id) is not None or (inside(turn) and not named(turn))


def may(turn: Viewer, right: str) -> bool:
    """Whether she has a right (decide, spend or close); where the file names nobody, every full member has them all."""
    contact = turn.client.member(turn.writer.id)
    return right in contact.rights if contact is not None else entitled(turn)


def whom_to_ask(turn: Viewer) -> Line:
    """What somebody hears who has no right to something."""
    names = named(turn)
    return line(NOT_YOURS, names=names) if names else line(GUEST)


def of_the_client(turn: Turn) -> None:
    """Raises Refusal, naming whom to ask, for a guest of the workspace whom the client's file does not name."""
    if not inside(turn):
        said = whom_to_ask(turn)
        raise Refusal(said.message, **said.values)


def of_those_named(turn: Turn) -> None:
    """Raises Refusal, naming whom to ask, for whoever is not entitled to what customers say."""
    if not entitled(turn):
        said = whom_to_ask(turn)
        raise Refusal(said.message, **said.values)


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
