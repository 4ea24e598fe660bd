"""What a member of the client's team does in its workspace: which of the team's acts answers."""

from __future__ import annotations

from typing import Any, Final

from bot.ability import ACTS
from bot.dialog import Ended, Frame, Heard, Run, Turn
from bot.posts import FROM_HOME
from bot.questions.member import inside
from bot.reading.team import read_command
from bot.update import Face, Kind
from bot.words import told
from storage import members

COMMAND: Final = "command_"
"""Stands before the name of a command's act."""
ALONE: Final = frozenset({"today", "status", "help"})
"""Commands that nothing follows: with more words, these begin something that is delegated."""
ANYBODY: Final = frozenset(
    {
        "command_help", "message", "message_edited", "message_deleted", "reaction", "closed", "member_left",
        "home", "home_page",
    }
)  # fmt: skip
"""The acts that a guest of the workspace is not refused here: they look for themselves who acts, or do nothing."""
ACT_OF: Final = {Kind.TEXT: "message", Kind.EDITED: "message_edited"}
"""The acts of what has no name of its own."""


def teamed(turn: Turn) -> str:
    """Lets the act answer that the member meant: a command's, a button's, a form's, or that of what she wrote."""
    update, given = turn.update, dict(turn.update.data)
    name = ACT_OF.get(update.kind, update.name)
    if update.kind is Kind.PRESS:
        name, _colon, given["argument"] = update.name.partition(":")
    elif update.kind is Kind.COMMAND:
        name = command(turn, given)
    if update.writer.id and name != "member_left":
        writer = update.writer
        members.seen(
            turn.write, turn.client.id, writer.id, writer.name[:120], writer.language[:20], turn.now, guest=writer.guest
        )
        turn.settle(keep=True)
    result = perform(turn, name, given)
    pressed = update.kind is Kind.PRESS and update.data.get("in") == "home" and name != "home_page"
    if pressed or (update.kind is Kind.FORM and (update.data.get("private") or {}).get(FROM_HOME)):
        perform(turn, "home", given)  # what stands on the page has changed
    return result


def command(turn: Turn, given: dict[str, Any]) -> str:
    """The act of a command: its first word's; a lone word that is none asks for help, and all else is delegated."""
    update = turn.update
    name = read_command(update.name)
    if name is not None and not (name in ALONE and update.text):
        return COMMAND + name
    if update.name and not update.text:
        return "command_help"
    given["text"] = f"{update.name} {update.text}".strip()
    return "delegate"


def perform(turn: Turn, name: str, given: dict[str, Any]) -> str:
    """Runs an act to its end; who did it hears why it is refused."""
    ability = ACTS.get((Face.TEAM, name))
    if ability is None:
        return "unknown"
    if name not in ANYBODY and not inside(turn):
        ability = ACTS[Face.TEAM, "outside"]
    run = Run(turn, ability.handler, Frame(ability.name, given), Heard())
    ended = run.to_its_end()
    if ended is Ended.ASKING:
        raise RuntimeError(f"the act {ability.name} asks: only a customer's dialog can")
    if run.refused is not None:
        turn.answer(error=told(turn.update, turn.client, run.refused.hint, run.refused.values))
    return f"{ability.name}:{ended.value}"
