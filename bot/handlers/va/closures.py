"""The desk closes a day or an hour for a client, opens it again, and offers other times to whom it hits."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import clash_offers, closures, tickets
from bot.update import Face
from bot.values import DAY, Closure, Refusal, Slot


@action("close_hours", Face.VA)
async def close_hours(turn: Turn) -> None:
    """Closes from the day ``first`` to ``last``, wholly or each from ``opens`` to ``closes``, for a ``reason``.

    ``resource`` (a key) is whom it is for; the whole client where it is empty. Answers with the ``tickets`` opened for
    the appointments that can't stand; with ``offer`` their customers are offered other times at once.
    """
    given = turn.given
    try:
        first = date.fromisoformat(str(given["first"]))
        last = date.fromisoformat(str(given["last"])) if given.get("last") else first
        opens = minute_of(str(given["opens"])) if given.get("opens") else 0
        closes = minute_of(str(given["closes"])) if given.get("closes") else DAY
    except ValueError:
        raise Refusal(_("From which day to which?")) from None
    key = str(given.get("resource") or "")
    resource = next((one.id for one in turn.client.resources if one.key == key), None)
    if key and resource is None:
        raise Refusal(_("With whom?"))
    closed = Closure(first, last, opens, closes, resource, str(given.get("reason") or "")[:200])
    by = str(given.get("by") or "desk") if given.get("offer") else ""
    found = closures.close(turn.write, turn.client, closed, turn.now, offer_by=by)
    turn.answer(tickets=[one.ticket for one in found])


@action("open_hours", Face.VA)
async def open_hours(turn: Turn) -> None:
    """Takes the ``closure`` back that stands at this place among the client's, as it was shown."""
    place, _colon, shown = str(turn.given["closure"]).partition(":")
    known = turn.client.closures
    if not place.isdecimal() or int(place) >= len(known) or known[int(place)].first.isoformat() != shown:
        raise Refusal(_("This closure is gone already."))
    closures.open_again(turn.write, turn.client, known[int(place)], turn.now)


def minute_of(said: str) -> int:
    """The minute of the day. Raises ValueError."""
    at = time.fromisoformat(said)
    return at.hour * 60 + at.minute


@action("offer_times", Face.VA)
async def offer_times(turn: Turn) -> None:
    """Offers the customer of ``ticket``, about an appointment that can't stand, other times in her chat by one click.

    ``slots`` are those that are meant, each ISO, "|" and the key of a resource; the nearest where there is none.
    Answers with how many were ``offered``.
    """
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    said = [str(one) for one in turn.given.get("slots") or ()]
    by = str(turn.given.get("by") or "desk")
    chosen = [slot for one in said if (slot := slot_of(turn, ticket.id, one)) is not None]
    if said and not chosen:
        raise Refusal(_("At what time?"))
    turn.answer(offered=len(clash_offers.offer(turn.write, turn.client, ticket.id, turn.now, by, chosen)))


def slot_of(turn: Turn, ticket_id: int, said: str) -> Slot | None:
    """A time as the page says it; None where it can't be read."""
    _clash, booked = clash_offers.to_settle(turn.rows, turn.client, ticket_id)
    at, _bar, key = said.partition("|")
    resource = next((one.id for one in turn.client.resources if one.key == key), None)
    service = turn.client.service(booked.service)
    try:
        starts_at = datetime.fromisoformat(at)
    except ValueError:
        return None
    if resource is None or service is None or starts_at.tzinfo is None:
        return None
    return Slot(starts_at.astimezone(UTC), resource, service.key, service.minutes)
