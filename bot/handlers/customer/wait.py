"""A customer waits for a free time: she asks to be told, and answers what she is offered."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from bot.ability import action
from bot.dialog import Turn, button
from bot.i18n import _
from bot.office import appointments, customers, waiting
from bot.questions.phone import phone_of
from bot.questions.some_day import some_day
from bot.questions.text import name_of
from bot.questions.told_appointment import tell_booked, tell_requested
from bot.questions.which_service import which_service
from bot.values import Booking, Refusal, Service
from storage.waiting import Place

DAYS: Final = _("You're on the waiting list, {first:from} {last:until}. If a time becomes free, I'll offer it here.")
ONE_DAY: Final = _("You're on the waiting list: {first:day}. If a time becomes free, I'll offer it here.")


@action("wait")
async def wait(turn: Turn) -> None:
    """Which service, from when, until when, who; then her place in the line."""
    service = await which_service(turn)
    first, last = await which_days(turn, service)
    name = await turn.ask(
        "name", _("What name shall I put it under?"), name_of(), label=_("Name"), known=turn.customer.name
    )
    phone = await turn.ask(
        "phone", _("On which number can we reach you?"), phone_of(turn), label=_("Phone"), known=turn.customer.phone
    )
    turn.customer = customers.introduce(turn.write, turn.customer, name, phone)
    place = waiting.join(turn.write, turn.who, service, first, last)
    turn.say(
        ONE_DAY if first == last else DAYS,
        buttons=[[button(_("Leave the waiting list"), "leave_line", str(place))]],
        first=first,
        last=last,
    )
    below = [frame["dialog"] for frame in turn.conversation.dialogs if frame["dialog"] != "wait"]
    if below[-1:] == ["book"]:  # she waits instead of booking
        turn.leave_below()


async def which_days(turn: Turn, service: Service) -> tuple[date, date]:
    """From which day until which."""
    today = turn.client.local(turn.now).date()
    end = today + timedelta(days=service.horizon)
    first = await turn.ask(
        "first", _("From which day would a free time suit you?"), some_day(turn, today, end), label=_("From")
    )
    until = some_day(turn, first, end, steps=(0, 7, 14))
    last = await turn.ask("last", _("And until which day?"), until, label=_("Until"), begins="first")
    return first, last


@action("take_offer", notice=True)
async def take_offer(turn: Turn) -> None:
    """She takes what became free."""
    place = own_offer(turn)
    if place is None:
        return
    booked = waiting.take(turn.write, turn.who, place)
    if booked.status is Booking.REQUESTED:
        tell_requested(turn, booked)
    else:
        tell_booked(turn, booked, _("You're booked. We'll see you {slot:on}."))


@action("decline_offer", notice=True)
async def decline_offer(turn: Turn) -> None:
    """She does not want it, and waits on."""
    place = own_offer(turn)
    if place is not None:
        waiting.decline(turn.write, turn.who, place)
        leave = [[button(_("Leave the waiting list"), "leave_line", str(place.id))]]
        turn.say(_("All right. You stay on the waiting list {last:until}."), buttons=leave, last=place.last)


@action("leave_line", notice=True)
async def leave_line(turn: Turn) -> None:
    """She waits no more."""
    place = own_place(turn)
    if place is not None:
        waiting.leave(turn.write, turn.who, place)
        turn.say(_("You're no longer on the waiting list."))


@action("wait_again", notice=True)
async def wait_again(turn: Turn) -> None:
    """She lost her place by not answering, and stands at the end of the line."""
    place = own_place(turn)
    if place is None:
        return
    service, today = turn.client.service(place.service), turn.client.local(turn.now).date()
    if service is None or place.last < today:
        raise Refusal(appointments.NOT_OFFERED if service is None else _("Those days have passed."))
    again = waiting.join(turn.write, turn.who, service, max(place.first, today), place.last)
    leave = [[button(_("Leave the waiting list"), "leave_line", str(again))]]
    turn.say(_("All right. You stay on the waiting list {last:until}."), buttons=leave, last=place.last)


def own_offer(turn: Turn) -> Place | None:
    """The customer's place to which what a button names is offered; else it is said that it is not."""
    hold = named(turn)
    return or_said(turn, waiting.of_offer(turn.rows, turn.client, turn.customer.id, hold) if hold else None)


def own_place(turn: Turn) -> Place | None:
    """The customer's own place in a line that a button names; else it is said that there is none."""
    id = named(turn)
    return or_said(turn, waiting.by_id(turn.rows, turn.client, turn.customer.id, id) if id else None)


def named(turn: Turn) -> int:
    """The id that a button names; 0 where it names none."""
    argument = str(turn.given.get("argument", ""))
    return int(argument) if argument.isascii() and argument.isdigit() and len(argument) < 19 else 0


def or_said(turn: Turn, place: Place | None) -> Place | None:
    """The place; where there is none, it is said."""
    if place is None:
        turn.say(waiting.OVER)
    return place
