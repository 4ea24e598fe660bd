"""The telephone: writing down a call while it lasts, and whom to call today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _, plain
from bot.inbox.acting import Form, field
from bot.inbox.agenda import rail
from bot.inbox.booking import Wish, chosen, perform
from bot.inbox.card import STANDINGS, script
from bot.inbox.her import Her, her
from bot.inbox.settling import Settling, settling
from bot.office import callers
from bot.rules.hours import closes_at, is_covered, is_open, opens_at
from bot.update import Json, Reply
from bot.values import Booking, Client, Msgid
from storage import agenda, appointments, clashes, looks, orders, relays, sessions
from storage.agenda import Visit
from storage.clashes import Clash

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

ENDS: Final = {
    "note": _("Just a note"),
    "slip": _("A message for somebody"),
    "booking": _("An appointment"),
    "order": _("How an order stands"),
}
MOST: Final = 5
"""Orders of a caller that are shown."""


class Calls:
    """The pages of the telephone."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """Whom to call, and a call for a client."""
        return [
            web.get("/calls", self.page),
            web.get("/calls/{client}", self.call),
            web.post("/calls/{client}", self.log),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """For whom it rings, and whom to call."""
        who, now = her(request), self.inbox.clock()

        def read(write: Connection) -> dict[str, Any]:
            for id in who.clients:
                sessions.looked(write, id, who.member.id, "calls", None, now)
            moving = clashes.standing(write, who.clients)
            known = {one.appointment_id for one in moving}
            waiting = [pair for pair in to_call(write, who, now) if pair[0].appointment.id not in known]
            return {**rail(write, who, now), "to_call": waiting, "to_move": to_move(write, moving, who, now)}

        return self.inbox.page("calls.html", request, await self.inbox.database.transact(read))

    async def call(self, request: web.Request) -> web.StreamResponse:
        """The form of a call."""
        return await self.show(request, Wish.of(request.query))

    async def show(
        self,
        request: web.Request,
        wish: Wish,
        *,
        typed: Form | None = None,
        problem: str = "",
        notice: str = "",
        status: int = 200,
    ) -> web.Response:
        """The form, with the client's words and the caller, as far as she is known."""
        who, now = her(request), self.inbox.clock()
        client = who.client(request.match_info["client"])

        def read(write: Connection) -> dict[str, Any]:
            if wish.customer_id is not None:
                sessions.looked(write, client.id, who.member.id, "customer", wish.customer_id, now)
            about = known(write, client, wish, now)
            if about["found"]:  # again and again, as a number is typed
                looks.goes_on(write, [client.id], who.member.id, "calls", now)
            return {**rail(write, who, now), **about}

        found = await self.inbox.database.transact(read)
        own = {
            "client": client,
            "wish": wish,
            "typed": typed or {},
            "since": (typed or {}).get("since") or now.isoformat(),
            "problem": problem,
            "notice": notice,
            "ends": ENDS,
            "standings": STANDINGS,
            "script": script(client, who.member.language),
            "is_open": is_open(client, now),
            "is_covered": is_covered(client, now),
            "closes": closes_at(client, now),
            "opens": opens_at(client, now),
        }
        return self.inbox.page("call.html", request, {**found, **own}, status=status)

    async def log(self, request: web.Request) -> web.StreamResponse:
        """Writes the call down, and leads to what it ends in."""
        who, form = her(request), await request.post()
        client, wish = who.client(request.match_info["client"]), Wish.of(form)
        names = (
            "since",
            "name",
            "phone",
            "language",
            "about",
            "end",
            "contact",
            "call_back",
            "urgent",
            "order",
            "proof",
            "vouched",
        )
        data: dict[str, Json] = {name: field(form, name) for name in names}
        data |= {"customer": wish.customer_id, "relays": told_of(form)}
        reply = await perform(self.inbox, who, client, "log_call", form, data)
        if reply.error:
            return await self.show(request, wish, typed=form, problem=reply.error, status=409)
        customer, number = str(reply.data["customer"]), str(reply.data["ticket"])
        if data["end"] == "booking":
            raise web.HTTPSeeOther(f"/inbox/agenda/{client.slug}/new{Wish(customer=customer, call=number).query()}")
        return await self.show(request, Wish(customer=customer), notice=noted(reply, who, client, self.inbox.clock()))


def told_of(form: Form) -> list[int]:
    """Which relays were told, as the form's boxes say."""
    return [int(name[5:]) for name in form if name.startswith("told-") and name[5:].isdecimal() and len(name) < 24]


def noted(reply: Reply, who: Her, client: Client, now: datetime) -> str:
    """What is said of a call that was written down."""

    def words(message: Msgid, **values: Any) -> str:
        return plain(message, values, who.member.language, client.zone, now)

    number, data = reply.data["ticket"], reply.data
    said = words(_("Call {number} is written down."), number=number)
    if "slip" in data:
        said += " " + words(_("Message {number} is in the queue."), number=data["slip"])
    if "order" in data:
        status = words(STANDINGS[data["status"]])
        said += " " + words(_("Order {number}: {status}."), number=data["order"], status=status)
        if data["expected"]:
            said += " " + words(_("Expected: {day}."), day=date.fromisoformat(data["expected"]))
    return said


def known(rows: Connection, client: Client, wish: Wish, now: datetime) -> Mapping[str, Any]:
    """Who may be meant, and what is known of who was chosen."""
    caller = chosen(rows, client, wish)
    found = callers.find(rows, client, wish.q) if wish.q and caller is None else []
    if caller is None:
        return {"caller": None, "found": found, "visits": [], "orders": [], "relays": []}
    due = relays.for_customer(rows, client.id, caller.id, caller.phone, now)
    return {
        "caller": caller,
        "found": found,
        "visits": appointments.upcoming(rows, client, caller.id, now),
        "orders": orders.of_customer(rows, client.id, caller.id, caller.phone if caller.verified_by else "", MOST),
        "relays": [one for one in due if one.told_at is None or one.repeat == "always"],
    }


def to_call(rows: Connection, who: Her, now: datetime) -> list[tuple[Visit, Client]]:
    """Whose appointments begin by tomorrow's end and are not confirmed: first who is reached by telephone alone."""
    tomorrow = now.astimezone(who.zone).date() + timedelta(days=1)
    end = datetime.combine(tomorrow + timedelta(days=1), time(), tzinfo=who.zone)
    visits = agenda.between(rows, who.clients, now, end, now)
    waiting = [
        (one, who.clients[one.client_id])
        for one in visits
        if one.appointment.status is Booking.BOOKED and one.confirmed_at is None and one.appointment.starts_at > now
    ]
    return sorted(waiting, key=lambda pair: (pair[0].reached, pair[0].appointment.starts_at))


def to_move(rows: Connection, moving: Sequence[Clash], who: Her, now: datetime) -> list[Settling]:
    """Whose appointments can't stand and whom only the telephone reaches, or who was asked and did not answer."""
    found = [settling(rows, one, who.clients[one.client_id], now, looks=False) for one in moving]
    to_be_called = [
        one for one in found if one is not None and one.open and (not one.visit.reached or one.clash.answer == "late")
    ]
    return sorted(to_be_called, key=lambda one: one.visit.appointment.starts_at)
