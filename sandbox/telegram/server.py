"""The Bot API over HTTP."""

import time
import zlib
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.telegram.bell import Bell
from sandbox.telegram.bots import COLOURS, Bot
from sandbox.telegram.chats import Chat
from sandbox.telegram.errors import ApiError
from sandbox.telegram.faults import Dropped, Fault, Faults, cut
from sandbox.telegram.fields import MAX_UPLOAD, Fields, read_fields
from sandbox.telegram.groups import Group
from sandbox.telegram.methods import METHODS, Described
from sandbox.telegram.person import Person

KEPT_CALLS = 10_000
FIRST_PERSON = 5_000_001


@dataclass(frozen=True)
class Call:
    """One call that a bot made and what it got: `code` 200 and a result, or the refusal's; 0 for a dropped one.

    `at` is when it got it, in seconds since 1970.
    """

    number: int
    token: str
    method: str
    fields: dict[str, Any]
    chat: int | None
    code: int
    result: Any = None
    description: str = ""
    at: float = 0

    @property
    def ok(self) -> bool:
        """Whether it succeeded."""
        return self.code == 200


class Telegram(Faults):
    """A whole Telegram: bots, people, chats, and the server that bots call.

    With `any_token` a bot is made for every token that comes; otherwise unknown ones get 401. `clock` gives seconds
    since 1970; `retry_pause` is the first pause, in seconds, before a webhook is tried again; a press can be answered
    for `query_lifetime` seconds.
    """

    def __init__(
        self,
        *,
        any_token: bool = False,
        clock: Callable[[], float] = time.time,
        retry_pause: float = 0.05,
        query_lifetime: float = 60,
    ) -> None:
        super().__init__()
        self.any_token = any_token
        self.clock = clock
        self.retry_pause = retry_pause
        self.query_lifetime = query_lifetime
        self.bell = Bell()
        self.bots: dict[str, Bot] = {}
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._called = 0
        self._people = 0

    def add_bot(self, token: str, username: str, name: str | None = None, colour: str | None = None) -> Bot:
        """A bot under this token; its id is the number before the colon, as with real tokens."""
        head = token.partition(":")[0]
        bot_id = int(head) if head.isdecimal() else zlib.crc32(token.encode())
        user = {"id": bot_id, "is_bot": True, "first_name": name or username, "username": username}
        colour = colour or COLOURS[len(self.bots) % len(COLOURS)]
        bot = Bot(token, user, colour, self._now, self.bell, self.retry_pause, self.query_lifetime)
        self.bots[token] = bot
        self.bell.ring()
        return bot

    def person(
        self,
        token: str,
        first_name: str = "Anna",
        language_code: str | None = "en",
        *,
        last_name: str | None = None,
        username: str | None = None,
        same_as: Person | None = None,
    ) -> Person:
        """Somebody who may write to a bot; `same_as` makes it the same person as one at another bot."""
        if same_as:
            return Person(self.bots[token], same_as.user)
        user = {"id": FIRST_PERSON + self._people, "is_bot": False, "first_name": first_name, "last_name": last_name,
                "username": username, "language_code": language_code}  # fmt: skip
        self._people += 1
        return Person(self.bots[token], {name: value for name, value in user.items() if value is not None})

    def group(self, token: str, title: str = "Group", kind: str = "supergroup") -> Group:
        """A group, supergroup or channel with a bot in it; its id is negative."""
        self._people += 1
        return Group(self.bots[token], -1_001_000_000_000 - self._people, title, kind)

    async def call(self, method: str = "*", chat: Chat | int | None = None, after: int = 0) -> Call:
        """The first call with a number over `after` (of a method, to a chat), awaited if it has not come yet."""
        chat_id = chat.id if isinstance(chat, Chat) else chat

        def look() -> Call | None:
            return next((call for call in self.calls if call.number > after and method in ("*", call.method)
                         and chat_id in (None, call.chat)), None)  # fmt: skip

        return await self.bell.until(look)

    def routes(self) -> list[web.RouteDef]:
        """The routes of the Bot API, for an aiohttp application with a large enough `client_max_size`."""
        return [
            web.route("GET", "/bot{token}/{method}", self._answer),
            web.route("POST", "/bot{token}/{method}", self._answer),
            web.get("/file/bot{token}/{path:.+}", self._download),
        ]

    def application(self) -> web.Application:
        """The Bot API alone, as an application; the page's application has it too."""
        app = web.Application(client_max_size=MAX_UPLOAD + 1024 * 1024)
        app.add_routes(self.routes())
        app.on_shutdown.append(self.close)
        return app

    @asynccontextmanager
    async def serve(self, port: int = 0) -> AsyncIterator[str]:
        """Serve on loopback while the context lasts; yields the address, such as "http://127.0.0.1:40123"."""
        runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", port)
            await site.start()
            yield f"http://127.0.0.1:{runner.addresses[0][1]}"
        finally:
            await runner.cleanup()

    async def close(self, app: web.Application | None = None) -> None:
        """Stop posting to webhooks, end polls that wait and let go of held calls."""
        self.lift_faults()
        for bot in self.bots.values():
            await bot.updates.stop()

    def _now(self) -> float:
        return self.clock()

    def _bot(self, token: str) -> Bot:
        if token not in self.bots and self.any_token and ":" in token:
            return self.add_bot(token, f"sandbox_{token.partition(':')[0]}_bot")
        if token not in self.bots:
            raise ApiError(401, "Unauthorized")
        return self.bots[token]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        token, name = request.match_info["token"], request.match_info["method"]
        fields = Fields({})
        try:
            bot = self._bot(token)
            fields = await read_fields(request)
            result = await self._take(bot, name, fields)
        except ApiError as error:
            self._note(token, name, fields, error.code, None, error.description)
            return web.json_response(error.body(), status=error.code)
        except Dropped as dropped:
            self._note(token, name, fields, 0)
            return cut(request, dropped, b'{"ok": true, "result": {"message_id": 1')
        body: dict[str, Any] = {"ok": True, "result": result}
        if isinstance(result, Described):
            body |= {"result": result.result, "description": result.description}
        self._note(token, name, fields, 200, body["result"])
        return web.json_response(body)

    async def _take(self, bot: Bot, name: str, fields: Fields) -> object:
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found")
        fault: Fault | None = self.fault_for(method.name, bot.token, _chat_of(fields))
        if fault:
            await fault.before()
        fields.check_known(method.fields)
        result = await method.run(bot, fields)
        if fault:
            fault.after()
        return result

    def _note(self, token: str, name: str, fields: Fields, code: int, result: Any = None, why: str = "") -> None:
        method = METHODS.get(name.lower())
        name = method.name if method else name
        if name != "getUpdates":  # one a second from every bot that polls would bury the rest
            self._called += 1
            chat, at = _chat_of(fields), self.clock()
            self.calls.append(Call(self._called, token, name, fields.values, chat, code, result, why, at))
        self.bell.ring()

    async def _download(self, request: web.Request) -> web.StreamResponse:
        bot = self.bots.get(request.match_info["token"])
        file = bot.files.at(request.match_info["path"]) if bot else None
        if file is None:
            return web.json_response(ApiError(404, "Not Found").body(), status=404)
        return web.Response(body=file.data, content_type="application/octet-stream")


def _chat_of(fields: Fields) -> int | None:
    named = str(fields.values.get("chat_id", ""))
    return int(named) if named.lstrip("-").isdecimal() else None
