"""Troubles made on purpose: refusals, slowness, held calls, a network that is down."""

from dataclasses import dataclass

from sandbox.slack.errors import SlackError
from sandbox.telegram.bell import Bell


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

    def matches(self, method: str, place: str) -> bool:
        """Whether this call is one of those to meet it."""
        open_ = self.times is None or self.hits < self.times
        return open_ and self.method in ("*", method) and self.place in (None, place)

    def lift(self) -> None:
        """End it, and let go of what it holds."""
        self.times, self.held = 0, False
        self.bell.ring()

    async def meet(self) -> None:
        """What it does to a call."""
        self.hits += 1
        self.bell.ring()
        if self.held:
            await self.bell.until(lambda: not self.held)
        if self.error is not None:
            raise self.error


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
    ) -> Fault:
        """Refuse the next ``times`` calls of a method ("*": any) for a place (None: any)."""
        return self._add(
            Fault(self.bell, method, place, times, SlackError(error, status=status, retry_after=retry_after))
        )

    def limit(self, seconds: int, method: str = "*", *, times: int | None = 1) -> Fault:
        """Refuse calls as too many, to come again after so many seconds."""
        return self.fail("ratelimited", method, status=429, retry_after=seconds, times=times)

    def hold(self, method: str = "*", *, times: int | None = 1) -> Fault:
        """Keep calls waiting until ``lift``."""
        return self._add(Fault(self.bell, method, None, times, held=True))

    def down(self) -> Fault:
        """Answer nothing but 503 until ``lift``."""
        return self.fail("service_unavailable", status=503, times=None)

    def lift_faults(self) -> None:
        """End all troubles."""
        for fault in self.faults:
            fault.lift()
        self.faults.clear()

    def fault_for(self, method: str, place: str) -> Fault | None:
        """The first trouble that meets this call."""
        return next((fault for fault in self.faults if fault.matches(method, place)), None)

    def _add(self, fault: Fault) -> Fault:
        self.faults.append(fault)
        return fault
