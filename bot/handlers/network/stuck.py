"""A workspace, or a channel of it, can't be written to until somebody mends it."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import tickets
from bot.update import Face
from storage import tickets as kept

TODO: Final = {
    "is_archived": _("unarchive the channel, or name another one in the client's file"),
    "not_in_channel": _("invite the app into the channel (/invite)"),
    "channel_not_found": _("make the channel, invite the app into it, or name another one in the client's file"),
    "missing_scope": _("install the app again with the manifest that python -m bot slack manifest prints"),
    "not_served": _("load the client's file again: its Slack account is gone, or its secrets can't be read"),
}
"""What mends it, by Slack's word for it."""
OWN: Final = "own"
"""Stands in an incident for the client's own channel."""
ANEW: Final = _("install the app in the workspace again, and load the client's file with the new token")


@action("stuck", Face.NETWORK)
async def stuck(turn: Turn) -> None:
    """Opens one ticket that says what is to be done; what was to be sent waits, and goes out once it is mended."""
    account, reason = turn.update.account, str(turn.given["reason"])
    place = turn.given["what"] == "place"
    incident = f"{account}:{reason}:{turn.given['address'] or OWN if place else ''}"
    standing = kept.queue(turn.rows, turn.client.id)
    if any((one.data or {}).get("incident") == incident for one in standing):
        return
    where = str(turn.given["address"] or "") or _("the client's channel") if place else _("the workspace")
    values = {"account": account, "where": where, "reason": reason, "todo": TODO.get(reason, ANEW)}
    about = _("Slack of {account}: {where} can't be written to ({reason}). To do: {todo}."), values
    tickets.open_ticket(turn.write, turn.client, "task", about, turn.now, urgent=True, data={"incident": incident})


@action("mended", Face.NETWORK)
async def mended(turn: Turn) -> None:
    """Closes the tickets of what is mended: of the whole account, and of the place that was written to."""
    account, address = turn.update.account, str(turn.given["address"])
    for one in kept.queue(turn.rows, turn.client.id):
        incident = str((one.data or {}).get("incident", ""))
        if incident.startswith(f"{account}:") and incident.split(":", 2)[-1] in {"", address or OWN}:
            tickets.close_ticket(turn.write, one.id, turn.now, "mended")
