"""The house before a sandbox's Slack: what members do, and what they see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from sandbox.slack import Member, Slack, Workspace
from storage.models import metadata
from tests import shop
from tests.shop import NOON, Shop, T

__all__ = ["NOON", "SECRET", "TOKEN", "House", "T", "add_client", "fill", "seen"]

TOKEN: Final = "xoxb-1-shop"
SECRET: Final = "of-the-shop"


@dataclass(kw_only=True)
class House(Shop):
    """The house, its Slack, and the shop's workspace with its channel #desk."""

    slack: Slack
    space: Workspace

    async def begin(self) -> None:
        """Its workspace posts to us."""
        await self.slack.post_to(self.space, f"{self.app.url}/slack/shop")

    async def settle(self) -> None:
        """Lets everything happen that is under way or due."""
        for _ in range(3):  # what is posted is told to us as well
            await self.slack.drained()
            await self.app.settle()


def fill(write: Connection, seal: Callable[[str], Any]) -> None:
    """The tables, and in them the shop with its workspace."""
    metadata.create_all(write)
    add_client(write, "shop", "#desk", seal(TOKEN), seal(SECRET))


def add_client(write: Connection, name: str, channel: str, token: Any, secret: Any) -> None:
    """A client with a workspace, both of this name; its secrets are sealed."""
    sealed = {"signing_secret": secret.cipher}
    shop.add_client(write, name, "slack", token.cipher, channel=channel, sealed=sealed)


def seen(member: Member) -> list[str]:
    """What was shown to a member since this was last asked, one line each, buttons behind it."""
    lines = []
    for event in member.unread():
        labels = "".join(f" [{label}]" for label in event.labels)
        if event.message is not None:
            if event.message.user == member.id:
                continue
            said = " / ".join(line for text in event.lines for line in text.split("\n"))
            thread = " in thread" if event.message.thread else ""
            place = member.space.channels[event.place]
            where = f"#{place.name}" if place.name else "direct"
            lines.append(f"{event.kind} {where}{thread}: {said}{labels}")
        elif event.view is not None:
            told = event.lines if event.kind == "errors" else [event.title, *event.lines]
            lines.append(f"{event.kind}: {' / '.join(told)}{labels}" if event.kind != "closed" else "closed")
        else:
            lines.append(f"{event.kind}: {event.text}")
    return lines
