"""A member is busy, or closes the business: what it hits is shown first; applied, it holds at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, _n
from bot.office import closures, posting
from bot.office.busy import resource_of
from bot.posts import Line, Post, Press, Text, about, line
from bot.questions import heard, told_news
from bot.questions.member import by, needs, of_those_named
from bot.reading import fold
from bot.reading.team import means_everybody
from bot.rules.closing import bounds, closures_of
from bot.update import Face
from bot.values import DAY, Client, Closure, Msgid, Refusal, Resource
from storage.agenda import Visit

SHOWN: Final = 15
"""Appointments that are named; the others are counted."""
BUSY: Final = _("Say until when, like: /va busy until 15:00")
CLOSED: Final = _("Say when, like: /va closed 24 December")
WHO: Final = _("Say who: {names}.")
SHUT: Final = (
    _("{name}: closed {day:on}"),
    _("{name}: closed {start:from} {end:till}"),
    _("{name}: closed {start:from} {end:until}"),
)
"""How a closure of the business reads: of a day, of hours, of days."""
AWAY: Final = (
    _("{name}: not available {day:on}"),
    _("{name}: not available {start:from} {end:till}"),
    _("{name}: not available {start:from} {end:until}"),
)
"""How that of one of its people does."""


@action("command_busy", Face.TEAM)
async def busy(turn: Turn) -> None:
    """Somebody, the speaker unless another is named, is busy from now or from a time on."""
    start, end, left = when(turn, BUSY)
    resource = named(turn, left)
    if resource is None:
        own = own_resource(turn)
        if own is None:
            raise Refusal(WHO, names=[one.name for one in turn.client.resources])
        resource = own
    elif resource != own_resource(turn):
        needs(turn, "close")
    show(turn, closures_of(turn.client, start, end, resource.id, ""))


@action("command_closed", Face.TEAM)
async def closed(turn: Turn) -> None:
    """The whole business is closed, or one of its people away."""
    needs(turn, "close")
    start, end, left = when(turn, CLOSED)
    resource = named(turn, left)
    show(turn, closures_of(turn.client, start, end, resource.id if resource is not None else None, ""))


def when(turn: Turn, hint: Msgid) -> tuple[datetime, datetime, str]:
    """From when to when, and what else was said. Raises Refusal where no time can be read, or it is over."""
    said = turn.update.text
    found = next(iter(heard.when(turn, said)), None)
    if found is None or found.end is None:
        raise Refusal(hint)
    if found.end <= turn.now:
        raise Refusal(_("This time has passed."))
    return max(found.start, turn.now), found.end, f"{said[: found.span[0]]} {said[found.span[1] :]}"


def named(turn: Turn, said: str) -> Resource | None:
    """Whom the words name: one of the people or rooms; None for all, or where they name nobody."""
    if means_everybody(said):
        return None
    words = fold(said).split()
    for one in turn.client.resources:
        if {*fold(one.name).split(), fold(one.key)} & set(words):
            return one
    return None


def own_resource(turn: Turn) -> Resource | None:
    """What the speaker herself is, among those who give appointments."""
    contact = turn.client.member(turn.update.writer.id)
    return resource_of(turn.client, contact) if contact is not None else None


def show(turn: Turn, pieces: Sequence[Closure]) -> None:
    """Shows only her what it would hit, with the buttons that apply it or leave it."""
    struck = [one for piece in pieces for one in closures.hits(turn.rows, turn.client, piece, turn.now)]
    head = told(turn.client, pieces)
    key = written(pieces)
    buttons = ((Press(_("Apply it"), "close_apply", key, style="danger"), Press(_("Leave it"), "close_leave")),)
    turn.whisper(Post(title=head, lines=(how_many(struck), *listed(turn.client, struck)), buttons=buttons))


@action("close_leave", Face.TEAM)
async def close_leave(turn: Turn) -> None:
    """Leaves it as it is."""
    turn.whisper(_("Nothing has changed."))


@action("close_apply", Face.TEAM)
async def close_apply(turn: Turn) -> None:
    """Closes: customers see it at once, and each appointment that is hit has a ticket with other times."""
    client, pieces = turn.client, read(str(turn.given.get("argument") or ""))
    allowed(turn, pieces)
    found = [hit for piece in pieces for hit in closures.close(turn.write, client, piece, turn.now)]
    visits, bare = [hit.visit for hit in found], told_news.references(client)
    number = line(_n("{n} appointment", "{n} appointments"), n=len(visits))
    lines: list[Text] = [number] if bare and found else listed(client, visits)
    if found:
        lines.append(_("The assistant speaks with each of them; the tickets hold other times."))
    again = Press(_("Take it back"), "close_undo", written(pieces), sure=_("Shall this hold no longer?"))
    opens = (Press(told_news.READ, "close_open", written(pieces)),) if bare and found else ()
    post = Post(
        title=told(client, pieces),
        lines=tuple(lines),
        small=line(_("Said by {name}"), name=by(turn).name),
        buttons=((*opens, again),),
    )
    posting.put(turn.write, client, f"closure:{written(pieces)}", post, turn.now)
    turn.whisper(_("It holds, and ends by itself."))


@action("close_open", Face.TEAM)
async def close_open(turn: Turn) -> None:
    """Shows who is entitled to it whose appointments a closure hits, where its post does not say it."""
    of_those_named(turn)
    pieces = read(str(turn.given.get("argument") or ""))
    visits = [one for piece in pieces for one in closures.hits(turn.rows, turn.client, piece, turn.now)]
    post = Post(lines=(told(turn.client, pieces), how_many(visits), *listed(turn.client, visits, opened=True)))
    turn.open(told_news.reading("close_open", _("Appointments"), post))


@action("close_undo", Face.TEAM)
async def close_undo(turn: Turn) -> None:
    """Opens again what was closed."""
    pieces = read(str(turn.given.get("argument") or ""))
    allowed(turn, pieces)
    for piece in pieces:
        closures.open_again(turn.write, turn.client, piece, turn.now)
    post = Post(title=told(turn.client, pieces), lines=(line(_("Taken back by {name}."), name=by(turn).name),))
    posting.put(turn.write, turn.client, f"closure:{written(pieces)}", post, turn.now)


def allowed(turn: Turn, pieces: Sequence[Closure]) -> None:
    """Raises Refusal where it is not her own time, and she may not close that of others."""
    own = own_resource(turn)
    if own is None or any(piece.resource_id != own.id for piece in pieces):
        needs(turn, "close")


# --- as it reads, and as a button carries it --------------------------------------------------------------------------


def told(client: Client, pieces: Sequence[Closure]) -> Line:
    """Who is closed, or away, from when to when."""
    first, last = pieces[0], pieces[-1]
    resource = client.resource(first.resource_id) if first.resource_id is not None else None
    name, (on, till, until) = (resource.name, AWAY) if resource is not None else (client.name, SHUT)
    if first.opens == 0 and last.closes == DAY:
        if first.first == last.last:
            return line(on, name=name, day=first.first)
        return line(until, name=name, start=first.first, end=last.last)
    start, end = bounds(client, first)[0], bounds(client, last)[1]
    return line(till if first.first == last.last else until, name=name, start=start, end=end)


def how_many(struck: Sequence[Visit]) -> Text:
    """How many appointments a closure hits."""
    if not struck:
        return _("No appointment falls into it.")
    return line(_n("{n} appointment falls into it:", "{n} appointments fall into it:"), n=len(struck))


def listed(client: Client, struck: Sequence[Visit], *, opened: bool = False) -> list[Text]:
    """The appointments, by start; without names where posts are references, but for what is ``opened``."""
    bare = told_news.references(client) and not opened
    named = [
        about(
            line(
                _("{slot:short} · {name}"), slot=one.appointment, name=one.appointment.code if bare else one.who or "–"
            ),
            one.appointment.customer_id,
        )
        for one in struck[:SHOWN]
    ]
    more = len(struck) - SHOWN
    return [*named, line(_n("and {n} more", "and {n} more"), n=more)] if more > 0 else [*named]


def written(pieces: Sequence[Closure]) -> str:
    """Closures as a button carries them."""
    return ";".join(
        f"{one.first:%y%m%d}.{one.last:%y%m%d}.{one.opens}.{one.closes}.{one.resource_id or 0}" for one in pieces
    )


def read(said: str) -> list[Closure]:
    """The closures that a button carries. Raises Refusal for what is none."""
    try:
        return [piece(part) for part in said.split(";")]
    except ValueError:
        raise Refusal(_("From when to when?")) from None


def piece(said: str) -> Closure:
    """One of them."""
    first, last, opens, closes, resource = said.split(".")
    return Closure(day(first), day(last), int(opens), int(closes), int(resource) or None)


def day(said: str) -> date:
    """A day of this century, in six digits."""
    return datetime.strptime(said, "%y%m%d").date()  # noqa: DTZ007  a day has no zone
