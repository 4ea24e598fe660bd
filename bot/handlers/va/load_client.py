"""A client is created or changed from a client file."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import clashes, client_edit, clients, digests, privacy
from bot.office.members import administrators_only
from bot.update import Face
from bot.values import Refusal
from storage.clients import find, load


@action("load_client", Face.VA, Face.OPERATOR)
async def load_client(turn: Turn) -> None:
    """Applies a file's ``content`` with its ``sealed`` secrets, or with ``dry_run`` only says what would change."""
    given = turn.given
    administrators_only(turn.rows, turn.update)
    try:
        if given.get("dry_run"):
            plan = clients.plan(turn.rows, given["content"], given.get("sealed"))
        else:
            plan = clients.apply(
                turn.write, given["content"], given.get("sealed"), overwrite=bool(given.get("overwrite"))
            )
            keep_watch(turn, given["content"]["slug"])
    except clients.CannotLoad as error:
        turn.answer(error=str(error))
        return
    turn.answer(lines=list(plan.lines), conflicts=list(plan.conflicts), notes=list(plan.notes))


@action("give_account", Face.VA)
async def give_account(turn: Turn) -> None:
    """Gives the client its ``account`` on a ``channel``, with those of its secrets that are new, ``sealed`` by name."""
    administrators_only(turn.rows, turn.update)
    channel, account = str(turn.given["channel"]), str(turn.given["account"])
    try:
        client_edit.give_account(turn.write, turn.client.id, channel, account, turn.given["sealed"])
    except client_edit.BadEdit:
        raise Refusal(_("An account is called with small letters, digits and hyphens.")) from None
    except clients.CannotLoad:
        raise Refusal(_("Another client has an account of that name.")) from None


def keep_watch(turn: Turn, slug: str) -> None:
    """From now on the clock erases what the client need not keep any longer, and makes its people's digests."""
    found = find(turn.rows, slug)
    if found is not None:
        client = load(turn.rows, found[0])
        privacy.keep_watch(turn.write, client, turn.now)
        digests.keep(turn.write, client, turn.now)
        clashes.review(turn.write, client, turn.now)
