"""The desk has told a customer what the client wanted her to be told."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import relays as office
from bot.office import tickets
from bot.update import Face
from bot.values import Refusal
from storage import relays


@action("tell_relay", Face.VA)
async def tell_relay(turn: Turn) -> None:
    """Notes that the customer of ``ticket`` was told ``relay``."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    relay_id = int(turn.given["relay"])
    if ticket.customer_id is None or relays.texts(turn.rows, turn.client.id, relay_id) is None:
        raise Refusal(_("This is not to be told any more."))
    office.tell(turn.write, turn.client, relay_id, ticket.customer_id, turn.now)
