"""The channels: code that speaks one network. What each gives the composition root is said here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from aiohttp import web

from bot.outcome import Performer


class Channel(Performer, Protocol):
    """A network: it takes updates to the door and performs the jobs whose lane begins with its name."""

    @property
    def name(self) -> str:
        """What threads, accounts and lanes call it."""
        ...

    def routes(self) -> Iterable[web.RouteDef]:
        """Where its network posts to us."""
        ...

    async def refresh(self) -> None:
        """Takes up new accounts, and lets go of removed ones."""
        ...

    async def run(self, *, listen: bool = True) -> None:
        """Keeps to the accounts until ``stop``, and with ``listen`` to what the network tells of them."""
        ...

    async def settle(self) -> None:
        """Waits for the replies that are under way."""
        ...

    async def stop(self) -> None:
        """Takes no more updates, and finishes what it has in hand."""
        ...
