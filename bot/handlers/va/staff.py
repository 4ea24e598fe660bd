"""The operator, or an administrator, lets people work at the desk, and gives them clients."""

from __future__ import annotations

from dataclasses import replace

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.update import Face
from bot.values import Refusal
from storage import staff
from storage.staff import Member


@action("add_staff", Face.OPERATOR, Face.VA)
async def add_staff(turn: Turn) -> None:
    """Lets ``name`` work here, with the hash of a ``password``, a ``language``, a ``timezone`` and a ``role``.

    Who is known already, from the coverage in a client file say, gets what is given. Answers with ``new``.
    """
    allowed(turn)
    given = turn.given
    name = str(given["name"]).strip()
    if not name:
        turn.answer(error="A member of the desk has a name: customers see it.")
        return
    known = by_name(turn, name)
    if known is None:
        staff.add(turn.write, name, given["language"], given["timezone"], given["role"], given["password"])
    else:
        changed = replace(known, password=given["password"], role=given["role"], active=True)
        staff.change(turn.write, replace(changed, language=given["language"], timezone=given["timezone"]))
    turn.answer(new=known is None)


@action("give_client", Face.OPERATOR, Face.VA)
async def give_client(turn: Turn) -> None:
    """Gives the member of the desk called ``name`` the client, or takes it with ``away``."""
    allowed(turn)
    known = by_name(turn, str(turn.given["name"]))
    if known is None:
        turn.answer(error=f"Nobody at the desk is called {turn.given['name']}.")
        return
    change = staff.take if turn.given.get("away") else staff.give
    change(turn.write, known.id, turn.client.id)
    turn.answer(name=known.name)


def allowed(turn: Turn) -> None:
    """Refuses who is no administrator; the operator is one."""
    if turn.update.face is Face.OPERATOR:
        return
    member = staff.by_id(turn.rows, int(turn.update.writer.id))
    if member is None or member.role != "admin" or not member.active:
        raise Refusal(_("Only an administrator can do this."))


def by_name(turn: Turn, name: str) -> Member | None:
    """The member of that name, however its case."""
    return next((one for one in staff.everybody(turn.rows) if one.name.casefold() == name.strip().casefold()), None)
