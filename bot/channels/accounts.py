"""What every channel does with its accounts: it follows them, serves each one, and listens where it must."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod
from contextlib import suppress
from typing import Final, Generic, Protocol, TypeVar

from bot.secrets import Undecipherable
from storage import clients
from storage.clients import Account
from storage.database import Database, Unavailable

log = logging.getLogger("centralino.channels")

REFRESH: Final = 2.0
"""Seconds until new accounts are looked for again."""


class Served(Protocol):
    """One account at work."""

    account: Account

    def learn(self, account: Account) -> None:
        """Takes up what is new about the account, its secrets aside."""
        ...

    async def settle(self) -> None:
        """Waits for the replies that are under way."""
        ...


S = TypeVar("S", bound=Served)
S_co = TypeVar("S_co", bound=Served, covariant=True)


class Listener(Protocol[S_co]):
    """What takes the updates of one account until it is stopped."""

    @property
    def served(self) -> S_co:
        """The account at work that it was begun for."""
        ...

    async def stop(self) -> None:
        """Takes no more updates, and returns when those in hand are committed."""
        ...


class Accounts(ABC, Generic[S]):
    """The accounts of one channel; a channel says how one is served, and how it is listened to."""

    name: str

    def __init__(self, database: Database) -> None:
        self._database = database
        self._served: dict[str, S] = {}
        self._listening: dict[str, Listener[S]] = {}
        self._stopping = asyncio.Event()

    @abstractmethod
    def _serve(self, account: Account) -> S:
        """Puts an account to work. Raises Undecipherable."""

    @abstractmethod
    def _same(self, one: Account, other: Account) -> bool:
        """Whether both are entered with the same secrets."""

    @abstractmethod
    def _listen(self, served: S) -> Listener[S] | None:
        """Begins to take an account's updates; None where its network posts all of them to us."""

    async def refresh(self) -> None:
        """Takes up new and changed accounts, and lets go of removed ones. Raises Unavailable."""
        found = {one.name: one for one in await self._database.read(lambda rows: clients.accounts(rows, self.name))}
        for name in set(self._served) - set(found):
            del self._served[name]
        for account in found.values():
            self._take_up(account)

    def _take_up(self, account: Account) -> S | None:
        """Serves an account; one whose secrets are the same stays at work, and learns what else is new."""
        known = self._served.get(account.name)
        if known is not None and self._same(known.account, account):
            known.learn(account)
            return known
        try:
            served = self._serve(account)
        except Undecipherable as error:
            log.error("the secrets of the %s account %s can't be read: %s", self.name, account.name, error)
            return None
        self._served[account.name] = served
        return served

    async def _find(self, name: str) -> S | None:
        """What serves an account, also one that was loaded a moment ago."""
        served = self._served.get(name)
        if served is None:
            account = await self._database.read(lambda rows: clients.find_account(rows, self.name, name))
            served = self._take_up(account) if account is not None else None
        return served

    # --- the background

    async def run(self, *, listen: bool = True) -> None:
        """Keeps to the accounts until ``stop``; with ``listen`` also to what their network tells."""
        while not self._stopping.is_set():
            try:
                await self.refresh()
                if listen and not self._stopping.is_set():
                    await self._follow()
            except Unavailable as error:
                log.warning("accounts are not followed while the database is unavailable: %s", error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), REFRESH)

    async def _follow(self) -> None:
        """Listens for exactly the accounts that are served now."""
        gone = [name for name, one in self._listening.items() if self._served.get(name) is not one.served]
        await asyncio.gather(*(self._listening.pop(name).stop() for name in gone))
        if self._stopping.is_set():  # meanwhile: nobody would stop what begins now
            return
        for name, served in self._served.items():
            if name not in self._listening and (begun := self._listen(served)) is not None:
                self._listening[name] = begun

    async def settle(self) -> None:
        """Waits for the replies that are under way."""
        for served in list(self._served.values()):
            await served.settle()

    async def stop(self) -> None:
        """Takes no more, and finishes what it has in hand. Webhooks stay: updates wait for the next start."""
        self._stopping.set()
        await asyncio.gather(*(one.stop() for one in self._listening.values()))
        self._listening.clear()
        await self.settle()
