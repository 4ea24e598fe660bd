"""Troubles made on purpose: refusals, slowness, held and dropped calls, a network that is down."""

import asyncio
from dataclasses import dataclass

from sandbox.slack.errors import SlackError
from sandbox.telegram.bell import Bell
from sandbox.telegram.faults import Dropped


@dataclass
class Fault:
    """One trouble for the calls it matches; ``times`` None means until ``lift``. ``hits`` counts the calls it met."""

    bell: Bell
    method: str = "*"
    place: str | None = None
    times: int | None = 1
    error: SlackError | None = None
    held: bool = False
    hits: int = 0
    token: str | None = None
    seconds: float = 0
    drop: bool = False
    after: Dropped | None = None

    def matches(self, method: str, place: str, token: str) -> bool:
        """Whether this call is one of those to meet it."""
        open_ = self.times is None or self.hits < self.times
        where = self.place in (None, place) and self.token in (None, token)
        return open_ and where and self.method in ("*", method)

    def lift(self) -> None:
        """End it, and let go of what it holds."""
        self.times, self.held = 0, False
        self.bell.ring()

    async def meet(self) -> None:
        """What it does to a call before it is taken."""
        self.hits += 1
        self.bell.ring()
        if self.held:
            await self.bell.until(lambda: not self.held)
        if self.seconds:
            await asyncio.sleep(self.seconds)
        if self.error is not None:
            raise self.error
        if self.drop:
            raise Dropped

    def taken(self) -> None:
        """What it does once the call is taken."""
        if self.after is not None:
            raise self.after


class Faults:
    """The troubles of one server: a mix-in of the calls that make them."""

    bell: Bell

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def fail(
        self,
        error: str = "internal_error",
        method: str = "*",
        place: str | None = None,
        *,
        status: int = 200,
        retry_after: int | None = None,
        times: int | None = 1,
        token: str | None = None,
    ) -> Fault:
        """Refuse the next ``times`` calls of a method ("*": any) for a place, by a workspace's token (None: any)."""
        refusal = SlackError(error, status=status, retry_after=retry_after)
        return self._add(Fault(self.bell, method, place, times, refusal, token=token))

    def limit(self, seconds: int, method: str = "*", *, times: int | None = 1, token: str | None = None) -> Fault:
        """Refuse calls as too many, to come again after so many seconds."""
        return self.fail("ratelimited", method, status=429, retry_after=seconds, times=times, token=token)

    def hold(self, method: str = "*", *, times: int | None = 1, token: str | None = None) -> Fault:
        """Keep calls waiting until ``lift``."""
        return self._add(Fault(self.bell, method, None, times, held=True, token=token))

    def slow(self, method: str = "*", *, seconds: float, times: int | None = 1, token: str | None = None) -> Fault:
        """Take calls only after so many seconds."""
        return self._add(Fault(self.bell, method, None, times, token=token, seconds=seconds))

    def drop(self, method: str = "*", *, times: int | None = 1, token: str | None = None) -> Fault:
        """Close the connection before a call is taken."""
        return self._add(Fault(self.bell, method, None, times, token=token, drop=True))

    def drop_after(
        self,
        method: str = "*",
        *,
        half: bool = False,
        sized: bool = True,
        times: int | None = 1,
        token: str | None = None,
    ) -> Fault:
        """Take calls, then close the connection: with no answer, or half of one, of which it is told how long it is."""
        after = Dropped(half, sized)
        return self._add(Fault(self.bell, method, None, times, token=token, after=after))

    def behind_a_proxy(
        self, method: str = "*", *, status: int = 503, times: int | None = 1, token: str | None = None
    ) -> Fault:
        """Answer as a proxy does that finds nobody behind it: with a page of plain text."""
        refusal = SlackError("", status=status)
        refusal.page = "upstream connect error or disconnect/reset before headers"
        return self._add(Fault(self.bell, method, None, times, refusal, token=token))

    def down(self) -> Fault:
        """Answer nothing but 503 until ``lift``."""
        return self.fail("service_unavailable", status=503, times=None)

    def lift_faults(self) -> None:
        """End all troubles."""
        for fault in self.faults:
            fault.lift()
        self.faults.clear()

    def fault_for(self, method: str, place: str, token: str) -> Fault | None:
        """The first trouble that meets this call."""
        return next((fault for fault in self.faults if fault.matches(method, place, token)), None)

    def _add(self, fault: Fault) -> Fault:
        self.faults.append(fault)
        return fault
