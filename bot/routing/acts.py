"""What other faces do, and what a network tells of a customer or a message: no dialog answers these."""

from __future__ import annotations

from bot.ability import ACTS
from bot.dialog import Ended, Frame, Heard, Run, Turn
from bot.reading import findable
from bot.routing.stack import Stack
from bot.values import Holder
from bot.words import told
from storage import reach, road


def act(turn: Turn) -> str:
    """What another face does: never a dialog, so it may not ask; who did it hears why it is refused."""
    update = turn.update
    ability = ACTS.get((update.face, update.name))
    if ability is None:
        raise LookupError(f"no act {update.name!r} of the {update.face}")
    run = Run(turn, ability.handler, Frame(ability.name, dict(update.data)), Heard())
    ended = run.to_its_end()
    if ended is Ended.ASKING:
        raise RuntimeError(f"the act {ability.name} asks: only a customer's dialog can")
    if run.refused is not None:
        turn.answer(error=told(update, turn.client_or_none, run.refused.hint, run.refused.values))
    if turn.talks and turn.scene.resume and turn.conversation.holder is Holder.BOT:
        stack = Stack(turn)
        stack.resume(turn.scene.resume)
        stack.save()
    return f"{ability.name}:{ended.value}"


def reached(turn: Turn) -> str:
    """The customer blocked us, or let us in again: the history stays, sending stops or resumes."""
    reachable = bool(turn.update.data["reachable"])
    reach.mark(turn.write, turn.conversation, reachable, turn.now)
    turn.settle(keep=True)
    turn.change(reachable=reachable)
    return "reachable" if reachable else "blocked"


def edited(turn: Turn) -> str:
    """An earlier message now reads otherwise: what we keep of it does too; what it led to stands."""
    found = road.find_message(turn.rows, turn.conversation, turn.update.message)
    if found is None:
        return "unknown"
    text = turn.update.text
    road.rewrite(turn.rows, found[0], text, turn.now, folded=findable(text))
    return "edited"
