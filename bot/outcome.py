"""What becomes of a job that a channel performs: frozen values between the channels and delivery."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.update import Json
from storage.jobs import Claimed


@dataclass(frozen=True, slots=True)
class Sent:
    """The network took it, under ``external_id``; ``rest`` is the payload of what is still to be sent of it."""

    external_id: str = ""
    rest: Json = None


@dataclass(frozen=True, slots=True)
class TryAgain:
    """The network could not take it now.

    ``seconds`` is how long the network itself asks to be left alone; without it the pause grows with every try.
    """

    reason: str
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The network will never take it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    """The customer can't be written to any more: it is shut, gone, or was never open."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stuck:
    """Somebody has to mend something first, ``what`` being the account or the place: nothing is lost meanwhile."""

    what: str  # account | place
    reason: str


Outcome = Sent | TryAgain | Failed | Blocked | Stuck


class Performer(Protocol):
    """A channel as delivery knows it."""

    async def perform(self, job: Claimed) -> Outcome:
        """Makes the one network call of a job. An edit finds the network's id of its message in ``external``."""
        ...
