"""A client is created or changed from a client file."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import clients
from bot.update import Face


@action("load_client", Face.VA, Face.OPERATOR)
async def load_client(turn: Turn) -> None:
    """Applies a file's ``content`` with its ``sealed`` secrets, or with ``dry_run`` only says what would change."""
    given = turn.given
    try:
        if given.get("dry_run"):
            plan = clients.plan(turn.rows, given["content"], given.get("sealed"))
        else:
            plan = clients.apply(
                turn.write, given["content"], given.get("sealed"), overwrite=bool(given.get("overwrite"))
            )
    except clients.CannotLoad as error:
        turn.answer(error=str(error))
        return
    turn.answer(lines=list(plan.lines), conflicts=list(plan.conflicts), notes=list(plan.notes))
