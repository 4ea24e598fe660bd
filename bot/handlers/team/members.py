"""Who is a member of the workspace: a guest is none, and who has left is none any more."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import posting
from bot.posts import line
from bot.questions.member import of_the_client
from bot.update import Face
from storage import members


@action("outside", Face.TEAM)
async def outside(turn: Turn) -> None:
    """A guest of the workspace does something that is for its members."""
    of_the_client(turn)


@action("member_left", Face.TEAM)
async def member_left(turn: Turn) -> None:
    """Passes her over from now on, and says so in the channel where she is named in the client's file."""
    user = str(turn.given.get("user") or "")
    members.left(turn.write, turn.client.id, user, turn.now)
    contact = turn.client.member(user)
    if contact is not None:
        said = line(_("{name} has left the workspace: what was for them goes to this channel."), name=contact.name)
        posting.say(turn.write, turn.client, said, turn.now)
