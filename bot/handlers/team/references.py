"""A member who is entitled to it opens what a post only refers to: an appointment, an order, a day, what was told."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office.orders import STATUS
from bot.posts import Block, Heading, Modal, Post, line
from bot.questions import looking, told_news
from bot.questions.member import argument, of_those_named
from bot.update import Face
from bot.values import Msgid, Refusal
from storage import appointments, orders, relays

GONE: Final[Msgid] = _("There is nothing to read here any more.")


@action("appointment_open", Face.TEAM)
async def appointment_open(turn: Turn) -> None:
    """An appointment as it is now."""
    of_those_named(turn)
    one = appointments.by_id(turn.rows, turn.client, argument(turn)[0])
    if one is None:
        raise Refusal(GONE)
    post = Post(fields=told_news.booking_fields(turn.client, one))
    turn.open(told_news.reading("appointment_open", _("Appointment"), post))


@action("order_open", Face.TEAM)
async def order_open(turn: Turn) -> None:
    """An order as it is now."""
    of_those_named(turn)
    found = orders.by_id(turn.rows, turn.client.id, argument(turn)[0])
    if found is None:
        raise Refusal(GONE)
    post = Post(fields=told_news.order_fields(turn.client, found, STATUS[found.status]), quote=found.note)
    turn.open(told_news.reading("order_open", line(_("Order {number}"), number=found.number), post))


@action("relay_open", Face.TEAM)
async def relay_open(turn: Turn) -> None:
    """What a caller was to be told."""
    of_those_named(turn)
    found = relays.by_id(turn.rows, turn.client.id, argument(turn)[0])
    words = (found.texts.get(turn.language) or next(iter(found.texts.values()), "")) if found is not None else ""
    if not words:
        raise Refusal(GONE)
    turn.open(told_news.reading("relay_open", _("To be told"), Post(quote=words)))


@action("day_open", Face.TEAM)
async def day_open(turn: Turn) -> None:
    """The appointments of a day."""
    of_those_named(turn)
    try:
        day = date.fromisoformat(str(turn.given.get("argument") or ""))
    except ValueError:
        raise Refusal(GONE) from None
    first = datetime.combine(day, time(), tzinfo=turn.client.zone).astimezone(UTC)
    visits = looking.visits_of(turn.rows, turn.client, first, first + timedelta(days=1), turn.now)
    listed = looking.clipped([looking.visit_line(turn.client, one, bare=False) for one in visits])
    parts = (Heading(line(_("{day:day}"), day=day)), Block(lines=listed or (_("No appointments."),)))
    turn.open(Modal(act="day_open", title=_("Appointments"), parts=parts))
