"""The desk closes a day or an hour for a client, and opens it again."""

from __future__ import annotations

from datetime import date, time

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import closures
from bot.update import Face
from bot.values import DAY, Closure, Refusal


@action("close_hours", Face.VA)
async def close_hours(turn: Turn) -> None:
    """Closes from the day ``first`` to ``last``, wholly or each from ``opens`` to ``closes``, for a ``reason``.

    ``resource`` (a key) is whom it is for; the whole client where it is empty. Answers with the ``tickets`` opened for
    the appointments that can't stand.
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
    found = closures.close(turn.write, turn.client, closed, turn.now)
    turn.answer(tickets=[one.ticket for one in found])


@action("open_hours", Face.VA)
async def open_hours(turn: Turn) -> None:
    """Takes the ``closure`` back that stands at this place among the client's, as it was shown."""
    place, _colon, shown = str(turn.given["closure"]).partition(":")
    known = turn.client.closures
    if not place.isdecimal() or int(place) >= len(known) or known[int(place)].first.isoformat() != shown:
        raise Refusal(_("This closure is gone already."))
    closures.open_again(turn.write, turn.client, known[int(place)])


def minute_of(said: str) -> int:
    """The minute of the day. Raises ValueError."""
    at = time.fromisoformat(said)
    return at.hour * 60 + at.minute
