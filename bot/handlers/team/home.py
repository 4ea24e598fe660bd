"""A member looks at the app's home page, and chooses which digests reach her."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import homes
from bot.posts import Input, Modal
from bot.questions.member import argument
from bot.questions.team_home import home_of
from bot.update import Face
from bot.values import Msgid
from storage import members

DIGESTS: Final[dict[str, Msgid]] = {"morning": _("Morning brief"), "evening": _("Evening report")}


@action("home", Face.TEAM)
async def home(turn: Turn) -> None:
    """The page as it is now: the first where she opens it, else the one that she acted on."""
    opened = turn.update.name == "home"
    show(turn, 0 if opened else members.find(turn.rows, turn.client.id, turn.writer.id).page or 0)


@action("home_page", Face.TEAM)
async def home_page(turn: Turn) -> None:
    """Another page of it."""
    show(turn, argument(turn)[0])


def show(turn: Turn, page: int) -> None:
    """Shows her home page."""
    homes.show(turn.write, turn.client, turn.writer.id, home_of(turn, page), page, turn.now, turn.language)


@action("digests", Face.TEAM)
async def digests(turn: Turn) -> None:
    """Opens the form of which digests she wants."""
    muted = members.find(turn.rows, turn.client.id, turn.update.writer.id).muted
    wanted = [kind for kind in DIGESTS if kind not in muted]
    options = tuple(DIGESTS.items())
    parts = (Input(name="wanted", label=_("Send me"), form="choices", options=options, value=wanted, needed=False),)
    turn.open(Modal(act="digests_chosen", title=_("Digests"), parts=parts, submit=_("Save this")))


@action("digests_chosen", Face.TEAM)
async def digests_chosen(turn: Turn) -> None:
    """Keeps it."""
    wanted = (turn.given.get("values") or {}).get("wanted") or ()
    muted = tuple(kind for kind in DIGESTS if kind not in wanted)
    members.mute(turn.write, turn.client.id, turn.update.writer.id, muted)


@action("mute", Face.TEAM)
async def mute(turn: Turn) -> None:
    """Wants this digest no more."""
    kind = str(turn.given.get("argument") or "")
    user = turn.update.writer.id
    muted = members.find(turn.rows, turn.client.id, user).muted
    if kind in DIGESTS and kind not in muted:
        members.mute(turn.write, turn.client.id, user, (*muted, kind))
    turn.whisper(_("It does not come any more. On the app's home page it can be had again."))
