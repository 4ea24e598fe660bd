"""One appointment: its page, booking it for a customer, moving it, calling it off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _, plain
from bot.inbox.acting import Form, field
from bot.inbox.agenda import rail
from bot.inbox.board import STANDINGS
from bot.inbox.her import Her, her
from bot.office import appointments, callers, desk_bookings
from bot.update import Face, Json, Kind, OfClient, Reply, Update, Writer
from bot.values import Client, Msgid, Resource, Service, Slot
from storage import agenda, clashes, looks, sessions
from storage.agenda import Visit
from storage.callers import Caller
from storage.callers import by_id as caller_by_id

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

WHY: Final = _("A rule is only waived for a reason. Please write it down.")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be booked, as far as it is chosen. ``call`` and ``ticket`` are what it comes from, by number."""

    service: str = ""
    day: str = ""
    resource: str = ""
    customer: str = ""
    q: str = ""
    call: str = ""
    ticket: str = ""

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Wish:
        """What an address, or a form, asks for."""
        return cls(**{name: str(values.get(name, ""))[:100].strip() for name in cls.__slots__})

    def query(self, **other: str) -> str:
        """The same, or with something else of it, as the query of an address."""
        wanted = {name: getattr(self, name) for name in self.__slots__} | other
        return f"?{urlencode({name: value for name, value in wanted.items() if value})}"

    @property
    def customer_id(self) -> int | None:
        """The chosen customer, as row id."""
        return int(self.customer) if self.customer.isdecimal() and len(self.customer) < 19 else None


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen: the ``days`` that are free, and the ``slots`` of the ``day``."""

    service: Service | None
    givers: Sequence[Resource]
    day: date | None
    days: Sequence[date]
    slots: Sequence[tuple[Slot, Resource]]


class BookingPage:
    """The pages of one appointment."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """An appointment by its client and row id, and what is done with it."""
        one = r"/agenda/{client}/{id:\d{1,18}}"
        return [
            web.get("/agenda/{client}/new", self.new),
            web.post("/agenda/{client}/new", self.book),
            web.get(one, self.visit),
            web.get(one + "/move", self.moving),
            web.post(one + "/move", self.move),
            web.post(one + "/cancel", self.cancel),
            web.post(one + "/confirm", self.confirm),
            web.post(one + "/missed", self.missed),
        ]

    # --- looking

    async def visit(self, request: web.Request) -> web.StreamResponse:
        """An appointment."""
        return await self.show(request)

    async def show(self, request: web.Request, problem: str = "", status: int = 200) -> web.Response:
        """An appointment, perhaps with what went wrong; that it was looked at is noted."""
        who, client, now = *self._who(request), self.inbox.clock()
        id = int(request.match_info["id"])

        def read(write: Connection) -> tuple[dict[str, Any], Visit | None]:
            sessions.looked(write, client.id, who.member.id, "appointment", id, now)
            found = agenda.one_visit(write, client.id, id)
            whose = found.appointment.customer_id if found is not None else 0
            clash = clashes.of_appointment(write, client.id, whose, id)
            return {**rail(write, who, now), "clash": clash}, found

        railed, found = await self.inbox.database.transact(read)
        if found is None:
            raise web.HTTPNotFound
        booked = found.appointment
        values = {
            "client": client,
            "visit": found,
            "service": client.service(booked.service),
            "resource": client.resource(booked.resource_id),
            "standing": STANDINGS[booked.status.value],
            "stands": booked.status in appointments.STANDING and booked.starts_at > now,
            "over": booked.status.value in ("booked", "done") and booked.starts_at <= now,
            "late": not appointments.in_time(client, booked, now),
            "deadline": appointments.cancel_until(client, booked),
            "problem": problem,
        }
        return self.inbox.page("visit.html", request, {**railed, **values}, status=status)

    async def new(self, request: web.Request) -> web.StreamResponse:
        """The page on which an appointment is made."""
        return await self.choose(request, Wish.of(request.query))

    async def moving(self, request: web.Request) -> web.StreamResponse:
        """The page on which an appointment is moved."""
        return await self.choose(request, Wish.of(request.query), moving=int(request.match_info["id"]))

    async def choose(
        self,
        request: web.Request,
        wish: Wish,
        *,
        moving: int | None = None,
        typed: Form | None = None,
        problem: str = "",
        status: int = 200,
    ) -> web.Response:
        """What is free, and for whom it is."""
        who, client, now = *self._who(request), self.inbox.clock()

        def read(rows: Connection) -> dict[str, Any]:
            visit = agenda.one_visit(rows, client.id, moving) if moving is not None else None
            if moving is not None and (visit is None or visit.appointment.status not in appointments.STANDING):
                raise web.HTTPNotFound
            wished = wish if visit is None else started(wish, client, visit)
            found = {
                "visit": visit,
                "caller": chosen(rows, client, wish),
                "found": callers.find(rows, client, wish.q) if wish.q else [],
            }
            if any(found.values()):  # again and again, as a name is typed and a day is chosen
                what, about = ("appointment", moving) if moving is not None else ("customer", wish.customer_id)
                looks.goes_on(rows, [client.id], who.member.id, what, now, about)
            return {
                **rail(rows, who, now),
                **found,
                "wish": wished,
                "choice": choices(rows, client, wished, now, moving),
            }

        values = await self.inbox.database.transact(read)
        path = f"/inbox/agenda/{client.slug}/" + (f"{moving}/move" if moving is not None else "new")
        own = {"client": client, "path": path, "typed": typed or {}, "problem": problem, "services": client.services}
        today = client.local(now).date()
        return self.inbox.page("booking.html", request, {**values, **own, "today": today}, status=status)

    # --- acting

    async def book(self, request: web.Request) -> web.StreamResponse:
        """Books, and shows what was booked; or what is in the way, with what was typed."""
        who, client = self._who(request)
        form = await request.post()
        wish = Wish.of(form)
        names = ("name", "phone", "under", "for_whom", "note")
        data: dict[str, Json] = {name: field(form, name) for name in names} | timed(form)
        data |= {"service": wish.service, "customer": wish.customer_id, "language": field(form, "language")}
        if wish.call.isdecimal():
            data["call"] = int(wish.call)
        reply = None if without_reason(form) else await perform(self.inbox, who, client, "book_for", form, data)
        if reply is None or reply.error:
            said = reply.error if reply is not None else self._said(who, WHY)
            return await self.choose(request, wish, typed=form, problem=said, status=409)
        if wish.ticket.isdecimal():
            raise web.HTTPSeeOther(f"/inbox/tickets/{client.slug}/{wish.ticket}")
        raise web.HTTPSeeOther(f"/inbox/agenda/{client.slug}/{reply.data['appointment']}")

    async def move(self, request: web.Request) -> web.StreamResponse:
        """Moves it."""
        who, client = self._who(request)
        form, id = await request.post(), int(request.match_info["id"])
        data: dict[str, Json] = {"appointment": id} | timed(form)
        reply = None if without_reason(form) else await perform(self.inbox, who, client, "move_for", form, data)
        if reply is None or reply.error:
            said = reply.error if reply is not None else self._said(who, WHY)
            return await self.choose(request, Wish.of(form), moving=id, typed=form, problem=said, status=409)
        raise web.HTTPSeeOther(f"/inbox/agenda/{client.slug}/{id}")

    async def cancel(self, request: web.Request) -> web.StreamResponse:
        """Calls it off."""
        return await self._act(request, "cancel_for")

    async def confirm(self, request: web.Request) -> web.StreamResponse:
        """Notes that she says she will come."""
        return await self._act(request, "confirm_for")

    async def missed(self, request: web.Request) -> web.StreamResponse:
        """Notes that she did not come."""
        return await self._act(request, "missed_for")

    async def _act(self, request: web.Request, name: str) -> web.StreamResponse:
        who, client = self._who(request)
        form, id = await request.post(), int(request.match_info["id"])
        data: dict[str, Json] = {"appointment": id, "reason": field(form, "reason")}
        reply = await perform(self.inbox, who, client, name, form, data)
        if reply.error:
            return await self.show(request, reply.error, status=409)
        back = "/inbox/calls" if field(form, "back") == "calls" else f"/inbox/agenda/{client.slug}/{id}"
        raise web.HTTPSeeOther(back)

    def _who(self, request: web.Request) -> tuple[Her, Client]:
        who = her(request)
        return who, who.client(request.match_info["client"])

    def _said(self, who: Her, message: Msgid) -> str:
        return plain(message, {}, who.member.language, who.zone)


async def perform(
    inbox: Inbox, who: Her, client: Client | None, name: str, form: Form, data: Mapping[str, Json]
) -> Reply:
    """An act of hers, for a client or for herself: the form's token makes a second click the same as the first."""
    member = who.member
    reply = await inbox.door.handle(
        Update(
            id=f"{name}:{field(form, 'token')[:64]}",
            channel="inbox",
            account=str(member.id),
            face=Face.VA,
            kind=Kind.ACT,
            target=OfClient(client.id) if client is not None else None,
            at=inbox.clock(),
            name=name,
            data={"by": member.name, **data},
            writer=Writer(str(member.id), member.name, member.language),
        )
    )
    return reply if reply is not None else Reply()


def timed(form: Form) -> dict[str, Json]:
    """When and with whom: a free time that was chosen, or another one, for which a rule is waived."""
    if field(form, "slot") == "other":
        return {"at": field(form, "at"), "resource": field(form, "with"), "waived": field(form, "waived")}
    at, _sign, resource = field(form, "slot").partition("|")
    return {"at": at, "resource": resource}


def without_reason(form: Form) -> bool:
    """Whether a rule would be waived without a word."""
    return field(form, "slot") == "other" and not field(form, "waived")


def started(wish: Wish, client: Client, visit: Visit) -> Wish:
    """What is chosen at first of an appointment that is moved: its service and its day."""
    booked = visit.appointment
    day = wish.day or client.local(booked.starts_at).date().isoformat()
    return replace(wish, service=booked.service, day=day)


def chosen(rows: Connection, client: Client, wish: Wish) -> Caller | None:
    """The customer that was chosen."""
    return caller_by_id(rows, client.id, wish.customer_id) if wish.customer_id is not None else None


def choices(rows: Connection, client: Client, wish: Wish, now: datetime, moving: int | None) -> Choice:
    """What is free of the service that was chosen: days, and the times of one of them."""
    service = client.service(wish.service)
    if service is None:
        return Choice(None, (), None, (), ())
    givers = [one for one in client.resources if one.id in service.resources]
    only = [one.id for one in givers if one.key == wish.resource] or None
    today = client.local(now).date()
    try:
        day = max(date.fromisoformat(wish.day), today)
    except ValueError:
        day = today
    day = min(day, today + timedelta(days=3650))
    days = desk_bookings.days_of(rows, client, service, day, now, moving)
    if not wish.day and days:
        day = days[0]
    slots = desk_bookings.times_of(rows, client, service, day, now, resources=only, moving=moving)
    named = {one.id: one for one in givers}
    return Choice(service, givers, day, days, [(slot, named[slot.resource_id]) for slot in slots])
