"""The members of the desk: what only an administrator does, and who is meant by a name."""

from __future__ import annotations

from sqlalchemy import Connection

from bot.i18n import _
from bot.update import Face, Update
from bot.values import Refusal
from storage import staff
from storage.staff import Member


def administrators_only(rows: Connection, update: Update) -> None:
    """Refuses who is no administrator; the operator is one."""
    if update.face is Face.OPERATOR:
        return
    member = staff.by_id(rows, int(update.writer.id))
    if member is None or member.role != "admin" or not member.active:
        raise Refusal(_("Only an administrator can do this."))


def by_name(rows: Connection, name: str) -> Member | None:
    """The member of that name, however its case."""
    return next((one for one in staff.everybody(rows) if one.name.casefold() == name.strip().casefold()), None)


def another_administrator(rows: Connection, but: Member) -> bool:
    """Whether the house has an administrator besides this member."""
    return any(one.role == "admin" and one.active and one.id != but.id for one in staff.everybody(rows))
