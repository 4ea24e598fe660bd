"""What a client is: its hours, people, services, and what it wants to hear."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from bot.values.words import NOT_SAID, ClientText, Money, Msgid

DAY: Final = 24 * 60
"""Minutes of a day on the clock."""


class Hours(NamedTuple):
    """One interval of a weekday (0 is Monday), in minutes after local midnight; ``closes`` may be 1440."""

    weekday: int
    opens: int
    closes: int


class Closure(NamedTuple):
    """Days (both included) on which the client, or one resource, is closed: wholly, or from ``opens`` to ``closes``."""

    first: date
    last: date
    opens: int = 0
    closes: int = DAY
    resource_id: int | None = None
    reason: str = ""


class Cover(NamedTuple):
    """When somebody at the desk answers for a client: minutes of a weekday in the staff member's time zone.

    ``instead_of`` is who would answer then, while a colleague covers.
    """

    staff: str
    weekday: int
    start: int
    end: int
    timezone: str
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Whom or what an appointment needs: a member of staff or a room, with how many customers fit at once.

    Without ``hours`` of its own it keeps the client's. ``busy`` are the addresses of foreign calendars (ICS) whose
    events take its time away.
    """

    id: int
    key: str
    name: str
    kind: str  # staff | room
    seats: int = 1
    hours: tuple[Hours, ...] = ()
    busy: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Service:
    """What can be booked. Times are minutes; ``price`` is in minor units of the client's currency."""

    id: int
    key: str
    name: ClientText
    minutes: int
    resources: tuple[int, ...]
    before: int = 0  # buffer kept free before
    after: int = 0  # and after
    step: int = 15  # starts stand on this grid after the hour an interval opens
    notice: int = 60  # minimum notice
    horizon: int = 60  # days ahead that can be booked
    cancel_until: int = 24 * 60  # before the start; later a person decides
    daily_cap: int | None = None
    approval: bool = False  # a person approves each
    asks_staff: bool = False  # the customer chooses who
    price: int | None = None
    also: tuple[tuple[str, tuple[str, ...]], ...] = ()  # what customers call it besides, by language

    @property
    def synonyms(self) -> tuple[str, ...]:
        """What customers call it besides its name, in every language."""
        return tuple(word for _language, words in self.also for word in words)


@dataclass(frozen=True, slots=True)
class Contact:
    """One of the client's own people, for whom a message can be taken."""

    id: int
    key: str
    name: str
    role: ClientText
    phone: str = ""
    email: str = ""
    slack: str = ""  # her id in the client's workspace
    rights: tuple[str, ...] = ()  # decide | spend | close


CHANNEL: Final = "channel"
"""Where all of a client's people hear something; else the key of a contact says who does."""


@dataclass(frozen=True, slots=True)
class Hears:
    """Who of the client's people hears of what, when: each of ``to`` in turn, ``within`` minutes after the one before.

    ``what`` are kinds of news (message, urgent, booking, order, decision; none: all), ``contact`` for whom a
    message is, ``urgency`` any, urgent or normal, ``days`` weekdays (none: all) and ``hours`` minutes on the client's
    clock.
    """

    to: tuple[str, ...]
    what: tuple[str, ...] = ()
    contact: str = ""
    urgency: str = "any"
    days: tuple[int, ...] = ()
    hours: tuple[int, int] = (0, DAY)
    within: int = 15


@dataclass(frozen=True, slots=True)
class TaskField:
    """Something a kind of task asks for: ``form`` is text, number, day or moment."""

    key: str
    name: ClientText | Msgid
    form: str = "text"
    needed: bool = False


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task that the client delegates; one without a name or fields of its own has those of the house.

    ``words``, by language, are what it is known by in what is to be done, besides its name.
    """

    key: str
    name: ClientText = NOT_SAID
    fields: tuple[TaskField, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NotRemote:
    """What the desk can't do from afar: the words by which it is known, by language, and what is said then."""

    key: str
    words: Mapping[str, tuple[str, ...]]
    says: ClientText = NOT_SAID


@dataclass(frozen=True, slots=True)
class Item:
    """Something of the catalogue that can be ordered; ``price`` in minor units, None where it is asked for."""

    id: int
    key: str
    name: ClientText
    price: int | None = None


@dataclass(frozen=True)
class Client:
    """A business we answer for, as it stands at one version.

    ``texts`` are the client's words by key (greeting, closed, urgent, privacy, address, directions; script, do, dont).
    Minutes and days are plain numbers. ``answer_within`` is by ticket kind, with "default"; ``quiet`` are minutes after
    local midnight between which nothing unasked is sent.
    """

    id: int
    slug: str
    version: int
    name: str
    languages: tuple[str, ...]
    timezone: str
    country: str = ""
    region: str = ""
    currency: str = "EUR"
    colour: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    hours: tuple[Hours, ...] = ()
    closures: tuple[Closure, ...] = ()
    closed_on_holidays: bool = True
    coverage: tuple[Cover, ...] = ()
    resources: tuple[Resource, ...] = ()
    services: tuple[Service, ...] = ()
    contacts: tuple[Contact, ...] = ()
    catalogue: tuple[Item, ...] = ()
    texts: Mapping[str, ClientText] = field(default_factory=dict)
    urgent_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    urgent_phone: str = ""
    answer_within: Mapping[str, int] = field(default_factory=dict)
    reminders: tuple[int, ...] = (24 * 60, 2 * 60)  # minutes before the start
    quiet: tuple[int, int] = (21 * 60, 8 * 60)
    hold_minutes: int = 10
    offer_minutes: int = 60  # how long a freed slot is kept for the first in line
    late_default: str = "refuse"  # what happens to a late cancellation that nobody decides: allow | refuse
    approval_default: str = "refuse"  # and to a booking that nobody approves
    decide_within: int = 120  # minutes, counted as a promise is
    keeps_days: int = 730  # how long messages are kept
    takes_orders: bool = False
    slack: str = ""  # the name of its account there; empty where its people are not reached so
    slack_channel: str = ""
    slack_shows: str = "everything"  # or reference: a post says what and of whom, its text is opened by who may
    hears: tuple[Hears, ...] = ()  # the first that fits holds
    team_quiet: tuple[int, int] = (20 * 60, 7 * 60 + 30)  # nothing but what is urgent reaches its people meanwhile
    morning_brief: int = 8 * 60 + 30  # minutes after local midnight; -1 is never
    evening_report: int = 18 * 60 + 30
    task_kinds: tuple[TaskKind, ...] = ()  # none: all that the house knows
    not_remote: tuple[NotRemote, ...] = ()
    phrases: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)  # what words of customers mean
    relays: bool = False  # whether any stands that customers are to be told: most have none, and every contact asks

    @cached_property
    def zone(self) -> ZoneInfo:
        """The client's time zone."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """The moment on the client's own clock."""
        return moment.astimezone(self.zone)

    def service(self, key: str) -> Service | None:
        """The service called ``key``, if it is still offered."""
        return self._services.get(key)

    @cached_property
    def _services(self) -> Mapping[str, Service]:
        return {service.key: service for service in self.services}

    def resource(self, id: int) -> Resource | None:
        """The resource with this row id."""
        return self._resources.get(id)

    @cached_property
    def _resources(self) -> Mapping[int, Resource]:
        return {resource.id: resource for resource in self.resources}

    def contact(self, key: str) -> Contact | None:
        """The contact called ``key``."""
        return next((contact for contact in self.contacts if contact.key == key), None)

    def member(self, user: str) -> Contact | None:
        """The contact who has this id in the client's workspace."""
        return next((contact for contact in self.contacts if user and contact.slack == user), None)

    def item(self, key: str) -> Item | None:
        """The catalogue item called ``key``."""
        return next((item for item in self.catalogue if item.key == key), None)

    def text(self, key: str) -> ClientText:
        """The client's words under ``key``; empty where it gave none."""
        return self.texts.get(key, NOT_SAID)

    def money(self, minor: int) -> Money:
        """An amount in the client's currency."""
        return Money(minor, self.currency)
