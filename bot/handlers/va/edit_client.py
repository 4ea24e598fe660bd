"""The desk edits a client, part by part."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, plain
from bot.office import clashes
from bot.office.client_edit import BadEdit, edit
from bot.update import Face
from bot.values import Refusal
from storage import staff
from storage.clients import load

LOOK: Final = _("This can't be kept yet: please look at what is marked.")


@action("edit_client", Face.VA)
async def edit_client(turn: Turn) -> None:
    """Makes the part at ``path`` say what is ``said``; ``seen`` is its digest as it was shown.

    Answers with the ``faults``, as paths, where it can't be taken.
    """
    given = turn.given
    path, said = [str(key) for key in given["path"]], given.get("said")
    if path[:1] == ["coverage"] and said is not None:
        only_her_own(turn, str(said.get("staff")))
    try:
        edit(turn.write, turn.client.id, path, said, str(given.get("seen") or ""))
        clashes.review(turn.write, load(turn.write, turn.client.id), turn.now)
    except BadEdit as wrong:
        error = plain(LOOK, {}, turn.update.writer.language or "en", turn.client.zone)
        turn.answer(error=error, faults=wrong.faults, reasons=wrong.reasons)


def only_her_own(turn: Turn, name: str) -> None:
    """Who covers a client is given it: by coverage an assistant gives it to nobody who does not have it."""
    member = staff.by_id(turn.rows, int(turn.update.writer.id))
    colleagues = staff.colleagues(turn.rows, [turn.client.id]).get(turn.client.id, ())
    if (member is None or member.role != "admin") and name not in {one for _id, one in colleagues}:
        raise Refusal(_("Only an administrator gives the client to somebody new."))
