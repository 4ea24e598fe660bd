"""The operator, or an administrator, lets people work at the desk, and gives them clients."""

from __future__ import annotations

from dataclasses import replace

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office.members import administrators_only, another_administrator, by_name
from bot.update import Face
from bot.values import Refusal
from storage import factors, sessions, staff


@action("add_staff", Face.OPERATOR, Face.VA)
async def add_staff(turn: Turn) -> None:
    """Lets ``name`` work here, with the hash of a ``password``, a ``language``, a ``timezone`` and a ``role``.

    Who is known already, from the coverage in a client file say, gets what is given. Answers with ``new``.
    """
    administrators_only(turn.rows, turn.update)
    given = turn.given
    name = str(given["name"]).strip()
    if not name:
        raise Refusal(_("A member of the desk has a name: customers see it."))
    known = by_name(turn.rows, name)
    if known is None:
        staff.add(turn.write, name, given["language"], given["timezone"], given["role"], given["password"])
    else:
        changed = replace(known, password=given["password"], role=given["role"], active=True)
        staff.change(turn.write, replace(changed, language=given["language"], timezone=given["timezone"]))
    turn.answer(new=known is None)


@action("give_client", Face.OPERATOR, Face.VA)
async def give_client(turn: Turn) -> None:
    """Gives the member of the desk called ``name`` the client, or takes it with ``away``."""
    administrators_only(turn.rows, turn.update)
    known = by_name(turn.rows, str(turn.given["name"]))
    if known is None:
        raise Refusal(_("Nobody at the desk is called {name}."), name=str(turn.given["name"]))
    change = staff.take if turn.given.get("away") else staff.give
    change(turn.write, known.id, turn.client.id)
    turn.answer(name=known.name)


@action("change_staff", Face.OPERATOR, Face.VA)
async def change_staff(turn: Turn) -> None:
    """Lets the member called ``name`` go, or back in with ``doing`` go or back, or ``reset`` her one-time codes.

    Who is gone is logged out, and what she held is nobody's. The last administrator can't go.
    """
    administrators_only(turn.rows, turn.update)
    known, doing = by_name(turn.rows, str(turn.given["name"])), turn.given.get("doing")
    if known is None:
        raise Refusal(_("Nobody at the desk is called {name}."), name=str(turn.given["name"]))
    if doing == "reset":
        factors.drop(turn.write, known.id)
        sessions.end_others(turn.write, known.id, "")
        return
    if doing == "go" and not another_administrator(turn.rows, known):
        raise Refusal(_("This is the last administrator: somebody has to stay."))
    staff.change(turn.write, replace(known, active=doing != "go"))
    if doing == "go":
        sessions.end_others(turn.write, known.id, "")
        staff.release_all(turn.write, known.id)
