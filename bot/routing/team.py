"""What a member of the client's team does in its workspace: which of the team's acts answers."""

from __future__ import annotations

from typing import Any, Final

from bot.ability import ACTS
from bot.dialog import Ended, Frame, Heard, Run, Turn
from bot.update import Face, Kind
from bot.words import told

ACT_OF: Final = {Kind.TEXT: "message", Kind.EDITED: "message_edited"}
"""The acts of what has no name of its own."""


def teamed(turn: Turn) -> str:
    """Lets the act answer that the member meant: a command's, a button's, a form's, or that of what she wrote."""
    update, given = turn.update, dict(turn.update.data)
    name = ACT_OF.get(update.kind, update.name)
    if update.kind is Kind.PRESS:
        name, _colon, given["argument"] = update.name.partition(":")
    elif update.kind is Kind.COMMAND:
        name = f"command_{update.name}"
        if (Face.TEAM, name) not in ACTS:
            name, given["text"] = "delegate", f"{update.name} {update.text}".strip()
    return perform(turn, name, given)


def perform(turn: Turn, name: str, given: dict[str, Any]) -> str:
    """Runs an act to its end; who did it hears why it is refused."""
    ability = ACTS.get((Face.TEAM, name))
    if ability is None:
        return "unknown"
    run = Run(turn, ability.handler, Frame(ability.name, given), Heard())
    ended = run.to_its_end()
    if ended is Ended.ASKING:
        raise RuntimeError(f"the act {ability.name} asks: only a customer's dialog can")
    if run.refused is not None:
        turn.answer(error=told(turn.update, turn.client, run.refused.hint, run.refused.values))
    return f"{ability.name}:{ended.value}"
