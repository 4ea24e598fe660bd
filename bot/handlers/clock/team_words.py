"""What the desk writes to a client's team goes to where it is read."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import team_talk
from bot.update import Attachment, Face
from storage import team_lines


@action("team_message", Face.CLOCK)
async def team_message(turn: Turn) -> None:
    """Brings ``message`` (a row id) to the client's team."""
    team_talk.bring(turn.write, turn.client, int(turn.given["message"]), turn.now)


@action("team_word", Face.CLOCK)
async def team_word(turn: Turn) -> None:
    """Says ``message`` (a row id) to the one of the client's people with whom this talk is."""
    found = team_lines.one(turn.rows, turn.client.id, int(turn.given["message"]))
    if found is None:
        return
    files = tuple(
        Attachment(str(one["kind"]), str(one["name"]), str(one["mime"]), path=str(one["path"])) for one in found.files
    )
    said = (
        _("{staff}, about ticket {number}: {text}"),
        {"staff": found.by, "number": found.number, "text": found.text},
    )
    turn.say_lines([said], files=files)
