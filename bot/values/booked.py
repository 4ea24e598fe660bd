"""What is booked, and what is taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A free start (aware UTC) of a service at a resource, for ``minutes``."""

    starts_at: datetime
    resource_id: int
    service: str
    minutes: int

    @property
    def ends_at(self) -> datetime:
        """When the appointment itself would end, its buffer not counted."""
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of one seat of a resource that is taken, buffers included: epoch minutes, the end excluded."""

    resource_id: int
    start: int
    end: int
    seat: int = 0


class Booking(StrEnum):
    """How an appointment stands."""

    HELD = "held"  # kept for a while
    REQUESTED = "requested"  # waits for a person's approval; its time is kept
    BOOKED = "booked"
    CANCELLED = "cancelled"
    DONE = "done"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment. ``sequence`` counts its changes, as the calendar file (RFC 5545) needs."""

    id: int
    customer_id: int
    service: str
    resource_id: int
    starts_at: datetime
    ends_at: datetime
    status: Booking
    uid: str
    sequence: int
    code: str
    name: str = ""
    for_whom: str = ""
    note: str = ""


class Standing(StrEnum):
    """How an order stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    READY = "ready"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
