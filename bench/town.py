"""Who visits a server under measurement: customers who talk with the house, or their recorded visits, played again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, Final

from bench.customers import PAUSE, Customer, Posted, Script
from bench.network import Call, Line, Replies
from bot.update import Json

AT_ONCE: Final = 200
"""How many visit at a time where nothing else is said; each waits for the answer before the next step."""


Visit = Callable[[Customer, Line], Awaitable[Any]]
"""What somebody does on a connection of her own."""


def plays(script: Script) -> Visit:
    """Who plays a script on her connection."""

    async def visit(customer: Customer, line: Line) -> None:
        customer.line = line
        await script(customer)

    return visit


class Town:
    """Customers, and the Bot API that brings them what the house says."""

    def __init__(self, when: int) -> None:
        self._when = when
        self._replies = Replies(when)
        self._customers: dict[int, Customer] = {}
        self._first = 100

    def take(self, call: Call) -> Json:
        """A call of the Bot API."""
        fields = call.fields
        result = self._replies.to(call, fields)
        if call.method == "answerCallbackQuery":
            number, place = divmod(int(fields["callback_query_id"]), 1000)
            self._customers[number].posted[place - 1].calls.append(call)
        elif "chat_id" in fields:
            customer = self._customers[fields["chat_id"]]
            customer.posted[-1].calls.append(call)
            if call.method.startswith("send"):
                customer.hear(result)
        return result

    def people(self, secrets: Mapping[str, str], count: int, *, typing: bool = False) -> list[Customer]:
        """So many new customers, spread over the bots, who have no connection yet."""
        numbers, accounts = range(self._first, self._first + count), list(secrets)
        self._first += count
        people = []
        for number in numbers:
            account = accounts[number % len(accounts)]
            people.append(Customer(number, account, secrets[account], self._when, typing=typing))
        self._customers.update((one.number, one) for one in people)
        return people

    async def visit(
        self,
        url: str,
        secrets: Mapping[str, str],
        script: Script,
        count: int,
        *,
        typing: bool,
        together: int = AT_ONCE,
    ) -> list[Customer]:
        """Lets ``count`` new customers play a script, ``together`` of them at a time, spread over the bots.

        ``typing`` ones press no buttons.
        """
        visits = self.people(secrets, count, typing=typing)
        await at_once(url, visits, plays(script), together)
        return visits


class Replay:
    """Visits that were recorded, made again: the same updates, and the next one when the same calls have come."""

    def __init__(self, when: int) -> None:
        self._replies = Replies(when)
        self._missing: dict[int, int] = {}
        self._complete: dict[int, asyncio.Future[None]] = {}

    def take(self, call: Call) -> Json:
        """A call of the Bot API."""
        fields = call.fields
        press = fields.get("callback_query_id")
        chat = fields["chat_id"] if press is None else int(press) // 1000
        self._missing[chat] -= 1
        if not self._missing[chat]:
            self._complete[chat].set_result(None)
        return self._replies.to(call, fields)

    async def visit(self, url: str, customers: Iterable[Customer]) -> None:
        """Makes the visits of these customers again."""
        await at_once(url, customers, self.again)

    async def again(self, customer: Customer, line: Line) -> None:
        """Makes one visit again."""
        for posted in customer.posted:
            self._missing[customer.number] = len(posted.calls)
            complete = self._complete[customer.number] = asyncio.get_running_loop().create_future()
            await asyncio.sleep(PAUSE)
            await line.post(posted.path, posted.headers, posted.body)
            if posted.calls:
                await complete


async def at_once(url: str, customers: Iterable[Customer], visit: Visit, together: int = AT_ONCE) -> None:
    """Lets ``together`` customers visit at a time, each on a connection of its own."""
    waiting = iter(customers)

    async def stream() -> None:
        line = await Line.open(url)
        for customer in waiting:
            await visit(customer, line)
        await line.close()

    async with asyncio.TaskGroup() as group:
        for _ in range(together):
            group.create_task(stream())


def updates_of(customers: Iterable[Customer]) -> list[Posted]:
    """All that they posted."""
    return [posted for customer in customers for posted in customer.posted]
