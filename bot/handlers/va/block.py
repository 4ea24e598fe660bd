"""The desk wants nothing more of a customer, or lets her in again."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import handoff
from bot.update import Face
from bot.values import Holder, Refusal
from storage import customers, jobs


@action("block", Face.VA)
async def block(turn: Turn) -> None:
    """From now on the customer of the talk hears nothing but about her own data: what she writes is kept, no more."""
    if not turn.talks:
        raise Refusal(_("This is not about a conversation."))
    jobs.drop_unsent(turn.write, turn.conversation.id, turn.now)
    if turn.conversation.holder is Holder.DESK:
        turn.scene.conversation = handoff.hand_back(turn.write, turn.conversation, turn.now)
    staff = int(turn.update.writer.id)
    customers.block(turn.write, turn.client.id, turn.customer.id, staff, turn.now)


@action("unblock", Face.VA)
async def unblock(turn: Turn) -> None:
    """The customer of the talk is answered again."""
    if not turn.talks or not turn.customer.blocked:
        raise Refusal(_("This customer is not blocked."))
    customers.block(turn.write, turn.client.id, turn.customer.id, None, None)
