"""One bot that is served: its account, its client of the Bot API, and its way from an update to the door."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Final

import telegram
from telegram.error import TelegramError

from bot.channels.telegram.parse import parse
from bot.channels.telegram.plain import read as read_plain
from bot.channels.telegram.request import SharedRequest
from bot.turn import Door
from bot.update import Json, Update
from storage.clients import Account

log = logging.getLogger("centralino.telegram")

MALFORMED: Final = (ValueError, TypeError, KeyError, AttributeError, OverflowError, OSError, RecursionError)
"""What python-telegram-bot raises for JSON that is no update of the Bot API."""
LONGEST_TOAST: Final = 200


class NotAnUpdate(ValueError):
    """JSON that is no update of the Bot API."""


class Served:
    """A bot. Its token never leaves it: neither logs nor errors show an address of the Bot API.

    ``secret`` is what has to be shown to post for it.
    """

    def __init__(
        self,
        account: Account,
        token: str,
        secret: str,
        api: str,
        request: SharedRequest,
        door: Door,
        clock: Callable[[], datetime],
    ) -> None:
        self.account = account
        self.secret = secret
        self.request = request
        self.clock = clock
        self.bot = telegram.Bot(
            token, base_url=f"{api}/bot", base_file_url=f"{api}/file/bot", request=request, get_updates_request=request
        )
        self._door = door
        self._token = token
        self._api = api
        self._replies: set[asyncio.Task[None]] = set()

    def learn(self, account: Account) -> None:
        """Takes up what is new about the account."""
        self.account = account

    def address(self, method: str) -> str:
        """The whole address of a method, for calls that python-telegram-bot is not asked to make."""
        return f"{self._api}/bot{self._token}/{method}"

    def read(self, data: Any) -> tuple[Update | None, str]:
        """An update as it came, and the id of the press to be answered if it is one. Raises NotAnUpdate."""
        if not isinstance(data, dict) or type(data.get("update_id")) is not int:
            raise NotAnUpdate
        try:
            plain = read_plain(data, self.account, self.clock())
            if plain is not None:
                return plain
            update = telegram.Update.de_json(data, self.bot)
            return parse(update, self.account, self.clock()), update.callback_query.id if update.callback_query else ""
        except MALFORMED as error:
            raise NotAnUpdate from error

    async def take(self, update: Update | None, press: str) -> None:
        """Brings an update to the door, then answers the press it was, also in silence. Raises what the door raises."""
        reply = await self._door.handle(update) if update is not None else None
        if press:
            toast = reply.toast or reply.error if reply is not None else ""
            self._start(self._answer(press, toast[:LONGEST_TOAST]))

    async def _answer(self, press: str, toast: str) -> None:
        """Best effort: an answer that comes late or twice is refused, and that is all right."""
        try:
            # Not by the library, whose objects for this one flag took a twentieth of a turn's CPU.
            fields: dict[str, Json] = {"callback_query_id": press}
            if toast:
                fields["text"] = toast
            await self.request.call(self.address("answerCallbackQuery"), fields)
        except TelegramError as error:
            log.info("a press was not answered: %s", error)

    def _start(self, reply: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(reply, name="telegram-reply")
        self._replies.add(task)
        task.add_done_callback(self._replies.discard)

    async def settle(self) -> None:
        """Waits for the replies that are under way."""
        while self._replies:
            await asyncio.wait(self._replies)
