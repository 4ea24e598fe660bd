"""Handing a talk to a person, and what the customer hears of it."""

from __future__ import annotations

from bot.dialog import Turn
from bot.i18n import _
from bot.office.coverage import answering, promised
from bot.office.handoff import take_over
from bot.office.tickets import About
from bot.values import Holder


def hand_over(turn: Turn, subject: About, *, urgent: bool = False) -> None:
    """Hands the talk to the desk and says by when a person answers; ``subject`` is for the desk.

    Where the desk has it already, that is said, with the promise that stands.
    """
    held = turn.conversation.holder is Holder.DESK
    turn.scene.conversation, ticket = take_over(turn.write, turn.who, subject, urgent=urgent)
    by = promised(ticket.due_at, turn.now)
    if held:
        if by is not None:
            turn.say(_("A person has this conversation already and will answer here {by:by}."), by=by)
        else:
            turn.say(_("A person has this conversation already; you can simply write here."))
    elif by is None:
        turn.say(
            _(
                "I'm passing you to a person, who will answer here as soon as possible. "
                "Feel free to write meanwhile; you won't have to repeat anything."
            )
        )
    elif answering(turn.client, turn.now, urgent=urgent):
        turn.say(
            _(
                "I'm passing you to a person, who will answer here {by:by}. "
                "Feel free to write meanwhile; you won't have to repeat anything."
            ),
            by=by,
        )
    else:
        turn.say(
            _(
                "Nobody is at the desk right now. I'm passing you to a person, who will answer here {by:by}. "
                "Feel free to write meanwhile; you won't have to repeat anything."
            ),
            by=by,
        )
