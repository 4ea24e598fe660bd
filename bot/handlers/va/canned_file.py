"""The desk gives a canned reply a file that goes with it."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office.words import canned
from bot.update import Face
from bot.values import Refusal
from storage import canned_files
from storage.canned_files import OfCanned


@action("canned_file", Face.VA)
async def canned_file(turn: Turn) -> None:
    """From now on ``file`` (sha256, called, mime, size) goes with the canned reply ``name``; none where it is empty."""
    name, given = str(turn.given.get("name") or ""), dict(turn.given.get("file") or {})
    if not given:
        canned_files.drop(turn.write, turn.client.id, name)
        return
    if not any(known == name for known, _text in canned(turn.client)):
        raise Refusal(_("There is no such canned reply."))
    file = OfCanned(name, str(given["sha256"]), str(given["called"]), str(given["mime"]), int(given["size"]))
    canned_files.put(turn.write, turn.client.id, file)
