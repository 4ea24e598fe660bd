"""What a page of the office lets be done: an act of the desk, through the one door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.inbox.her import Her
from bot.update import Face, Json, Kind, Reply, Target, Update, Writer

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

LONGEST_TOKEN: Final = 80


async def do(inbox: Inbox, who: Her, name: str, data: Json, token: str, target: Target = None) -> Reply:
    """Does the act ``name``: the form's ``token`` makes a second click the same as the first."""
    member = who.member
    reply = await inbox.door.handle(
        Update(
            id=f"{name}:{token[:LONGEST_TOKEN]}",
            channel="inbox",
            account=str(member.id),
            face=Face.VA,
            kind=Kind.ACT,
            target=target,
            at=inbox.clock(),
            name=name,
            data=data,
            writer=Writer(str(member.id), member.name, member.language),
        )
    )
    return reply or Reply()
