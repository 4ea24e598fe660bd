"""Troubles made on purpose: refusals, slowness, held and dropped calls."""

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

from sandbox.telegram.bell import Bell
from sandbox.telegram.errors import ApiError

_PHRASES = {
    400: "Bad Request: refused",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict",
    429: "Too Many Requests: retry later",
    500: "Internal Server Error",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


class Dropped(Exception):
    """The connection shall be closed without an answer, or with half of one: ``sized``, if it says how long it is."""

    def __init__(self, half: bool = False, sized: bool = True) -> None:
        super().__init__()
        self.half = half
        self.sized = sized


def cut(request: web.Request, dropped: Dropped, half: bytes) -> web.Response:
    """Closes the connection of a call, after half of an answer where that is wanted."""
    transport = request.transport
    if transport is not None and dropped.half:
        size = b"Content-Length: 500\r\n" if dropped.sized else b"Connection: close\r\n"
        transport.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + size + b"\r\n" + half)
        transport.close()  # once that is written
    elif transport is not None:
        transport.abort()
    return web.Response(status=503)  # nobody hears it: the connection is gone


@dataclass
class Fault:
    """One trouble for the calls it matches; `times` None means until `lift`. `hits` counts the calls it met."""

    method: str = "*"
    chat: int | None = None
    bot: str | None = None
    times: int | None = 1
    error: ApiError | None = None
    seconds: float = 0
    drop: bool = False
    after_taking: bool = False
    half: bool = False
    hits: int = 0
    bell: Bell = field(default_factory=Bell)
    held: bool = False

    def matches(self, method: str, bot: str, chat: int | None) -> bool:
        """Whether this call is one of those to meet it."""
        return (
            (self.times is None or self.hits < self.times)
            and self.method in ("*", method)
            and self.bot in (None, bot)
            and self.chat in (None, chat)
        )

    def lift(self) -> None:
        """End it, and let go of what it holds."""
        self.times, self.held = 0, False
        self.bell.ring()

    def release(self) -> None:
        """Let go of the calls it holds, and hold no more."""
        self.lift()

    async def reached(self, hits: int = 1) -> None:
        """Return when it has met so many calls."""
        await self.bell.until(lambda: self.hits >= hits)

    async def before(self) -> None:
        """What it does before the call is taken."""
        self.hits += 1
        self.bell.ring()
        if self.held:
            await self.bell.until(lambda: not self.held)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.error:
            raise self.error
        if self.drop and not self.after_taking:
            raise Dropped

    def after(self) -> None:
        """What it does once the call is taken."""
        if self.drop:
            raise Dropped(self.half)


class Faults:
    """The troubles of one server: a mix-in of the calls that make them."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fail(
        self,
        method: str = "*",
        chat: int | None = None,
        code: int = 500,
        *,
        bot: str | None = None,
        retry_after: int | None = None,
        description: str | None = None,
        times: int | None = 1,
    ) -> Fault:
        """Refuse the next `times` calls of a method ("*": any) to a chat (None: any) of a bot's token (None: any)."""
        parameters = {} if retry_after is None else {"retry_after": retry_after}
        text = description or _PHRASES.get(code, "Error")
        if retry_after is not None and description is None:
            text = f"Too Many Requests: retry after {retry_after}"
        return self._add(Fault(method, chat, bot, times, ApiError(code, text, **parameters)))

    def slow(
        self,
        method: str = "*",
        chat: int | None = None,
        *,
        seconds: float,
        bot: str | None = None,
        times: int | None = 1,
    ) -> Fault:
        """Take calls only after so many seconds."""
        return self._add(Fault(method, chat, bot, times, seconds=seconds))

    def hold(
        self, method: str = "*", chat: int | None = None, *, bot: str | None = None, times: int | None = 1
    ) -> Fault:
        """Keep calls waiting until `release`; await `reached` to know that one has come."""
        return self._add(Fault(method, chat, bot, times, held=True))

    def drop(
        self,
        method: str = "*",
        chat: int | None = None,
        *,
        after_taking: bool = False,
        half: bool = False,
        bot: str | None = None,
        times: int | None = 1,
    ) -> Fault:
        """Close the connection without an answer, before or after the call was taken; or after half of the answer."""
        after = after_taking or half
        return self._add(Fault(method, chat, bot, times, drop=True, after_taking=after, half=half))

    def lift_faults(self) -> None:
        """End all troubles."""
        for fault in self.faults:
            fault.lift()
        self.faults.clear()

    def fault_for(self, method: str, bot: str, chat: int | None) -> Fault | None:
        """The first trouble that meets this call."""
        return next((fault for fault in self.faults if fault.matches(method, bot, chat)), None)

    def _add(self, fault: Fault) -> Fault:
        self.faults.append(fault)
        return fault
