"""What the house works with: frozen values of a client, a customer, a conversation and what is booked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.update import Json, Thread

LANGUAGES: Final = ("it", "en", "pl")
DAY: Final = 24 * 60
"""Minutes of a day on the clock."""


# --- words ------------------------------------------------------------------------------------------------------------


class Msgid(str):
    """An English message of ours, to be read in the reader's language. Made by ``_`` (bot.i18n)."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Plural:
    """A message whose form depends on the value called ``n``. Made by ``_n`` (bot.i18n)."""

    singular: str
    plural: str


Message = Msgid | Plural


@dataclass(frozen=True, slots=True)
class ClientText:
    """Words of the client's own, in the languages it gave them in, its first language first."""

    texts: tuple[tuple[str, str], ...]

    def read(self, language: str) -> str:
        """The words in ``language``, else in the client's first language that has them, else nothing."""
        for spoken, text in self.texts:
            if spoken == language:
                return text
        return self.texts[0][1] if self.texts else ""

    def has(self, language: str) -> bool:
        """Whether the client gave these words in ``language``."""
        return any(spoken == language for spoken, _ in self.texts)

    def __bool__(self) -> bool:
        return bool(self.texts)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents, grosze) of an ISO 4217 currency."""

    minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Form:
    """A value to be shown in one of its forms ("short", "time"; see bot.i18n), where no message says which."""

    value: Any
    form: str


class Invalid(Exception):
    """An answer that can't be taken: the question is put again with this hint."""

    def __init__(self, hint: Message, **values: Any) -> None:
        super().__init__(str(hint))
        self.hint = hint
        self.values = values


class Refusal(Exception):
    """What was wished can't be done: the reason is said, the dialog ends, and what it kept is undone.

    ``offers`` are buttons under the reason: a label and the ability it starts, with its argument behind a colon.
    """

    def __init__(self, hint: Message, *, offers: tuple[tuple[Msgid, str], ...] = (), **values: Any) -> None:
        super().__init__(str(hint))
        self.hint = hint
        self.offers = offers
        self.values = values


# --- the client -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hours:
    """One interval of a weekday (0 is Monday), in minutes after local midnight; ``closes`` may be 1440."""

    weekday: int
    opens: int
    closes: int


@dataclass(frozen=True, slots=True)
class Closure:
    """Days (both included) on which the client, or one resource, is closed: wholly, or from ``opens`` to ``closes``."""

    first: date
    last: date
    opens: int = 0
    closes: int = DAY
    resource_id: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
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

    ``what`` are kinds of news (message, urgent, booking, order, decision, task; none: all), ``contact`` for whom a
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
    """A kind of task that the client delegates; one without a name or fields of its own has those of the house."""

    key: str
    name: ClientText = ClientText(())
    fields: tuple[TaskField, ...] = ()


@dataclass(frozen=True, slots=True)
class NotRemote:
    """What the desk can't do from afar: the words by which it is known, by language, and what is said then."""

    key: str
    words: Mapping[str, tuple[str, ...]]
    says: ClientText = ClientText(())


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

    ``texts`` are the client's words by key (greeting, closed, urgent, privacy, address, directions). Minutes and days
    are plain numbers. ``answer_within`` is by ticket kind, with "default"; ``quiet`` are minutes after local midnight
    between which nothing unasked is sent.
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

    @cached_property
    def zone(self) -> ZoneInfo:
        """The client's time zone."""
        return ZoneInfo(self.timezone)

    def local(self, moment: datetime) -> datetime:
        """The moment on the client's own clock."""
        return moment.astimezone(self.zone)

    def service(self, key: str) -> Service | None:
        """The service called ``key``, if it is still offered."""
        return next((service for service in self.services if service.key == key), None)

    def service_by_id(self, id: int) -> Service | None:
        """The service with this row id, if it is still offered."""
        return next((service for service in self.services if service.id == id), None)

    def resource(self, id: int) -> Resource | None:
        """The resource with this row id."""
        return next((resource for resource in self.resources if resource.id == id), None)

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
        return self.texts.get(key, ClientText(()))

    def money(self, minor: int) -> Money:
        """An amount in the client's currency."""
        return Money(minor, self.currency)


# --- people and talk --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Customer:
    """A person who writes to one client. ``verified_by`` is contact, code or va; empty while nothing proves it."""

    id: int
    client_id: int
    name: str = ""
    phone: str = ""  # E.164
    email: str = ""
    language: str = ""  # chosen by the customer; empty while only guessed
    verified_by: str = ""
    reminders: bool = True
    blocked: bool = False  # by the desk: she hears nothing from the bot

    @property
    def verified(self) -> bool:
        """Whether something better than a typed number says who this is."""
        return bool(self.verified_by)


class Holder(StrEnum):
    """Who has the conversation."""

    BOT = "bot"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class Conversation:
    """The row that all faces of one customer's talk share.

    ``dialogs`` is the stack of dialogs under way, the one that asks last; ``awaiting`` the question last put and the
    keys of its keyboard; ``epoch`` the number of takeovers; ``puts`` the number of questions put (tokens count on it).
    """

    id: int
    client_id: int
    customer_id: int
    thread: Thread
    language: str
    holder: Holder = Holder.BOT
    epoch: int = 0
    reachable: bool = True
    dialogs: tuple[Json, ...] = ()
    awaiting: Json = None
    puts: int = 0
    puzzled: int = 0  # how often in a row the bot did not understand
    last_in_at: datetime | None = None
    handed_back_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Who:
    """On whose behalf an effect is done, and when (aware UTC)."""

    client: Client
    customer: Customer
    conversation: Conversation
    now: datetime


@dataclass(frozen=True, slots=True)
class Effect:
    """A named change that a dialog may keep before it ends.

    ``do(write, who, *args)`` returns JSON; ``undo(write, who, result)``, where there is one, takes it back.
    """

    name: str
    do: Callable[..., Json]
    undo: Callable[[Any, Who, Json], None] | None = None


EFFECTS: dict[str, Effect] = {}
"""Every effect by name, so that what was kept before a restart can still be undone."""


def effect(name: str, do: Callable[..., Json], undo: Callable[[Any, Who, Json], None] | None = None) -> Effect:
    """Enters an effect under ``name``, which is stored with what it kept: never rename one."""
    EFFECTS[name] = Effect(name, do, undo)
    return EFFECTS[name]


# --- what is booked ---------------------------------------------------------------------------------------------------


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
