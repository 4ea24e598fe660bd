"""A customer asks when a client is open, and where it is."""

from __future__ import annotations

from datetime import date, timedelta

from bot.ability import action, wish
from bot.dialog import Turn, button
from bot.i18n import _
from bot.questions.greeting import Part, opening, own_words
from bot.questions.menu import offers
from bot.questions.phone import shown_phone
from bot.questions.told_appointment import line
from bot.reading.dates import read_day
from bot.rules.hours import open_stretches
from bot.values import Invalid

WEEK = 7


@action("hours", title=_("Opening hours and address"))
@wish("hours")
async def hours(turn: Turn) -> None:
    """Open now or not, the day that was asked about or the next seven, and the address."""
    client = turn.client
    day = asked_day(turn)
    parts = [*opening(turn), *of_week(turn)] if day is None else [of_day(turn, day)]
    if client.address:
        parts.append(line(_("Where"), client.address))
    parts += own_words(turn, client.text("directions"))
    if client.phone:
        parts.append(line(_("Phone"), shown_phone(client.phone)))
    if not parts:
        parts = [(_("I don't know that, but a person does. You can ask for one at any time."), {})]
    book = (
        [[button(_("Book an appointment"), "book")]] if offers(client, "book") and not turn.conversation.dialogs else []
    )
    turn.say_lines(parts, buttons=book)


def asked_day(turn: Turn) -> date | None:
    """The one day that the words name, if any."""
    try:
        read = read_day(str(turn.given.get("said", "")), turn.ear)
    except Invalid:
        return None
    if read is None or read.alternatives or not turn.client.hours:
        return None
    return date.fromisoformat(str(read.value))


def of_week(turn: Turn) -> list[Part]:
    """The seven days from today, as they really are: holidays and closures count."""
    today = turn.client.local(turn.now).date()
    return [of_day(turn, today + timedelta(days=ahead)) for ahead in range(WEEK)] if turn.client.hours else []


def of_day(turn: Turn, day: date) -> Part:
    """The hours of one day."""
    local = turn.client.local
    spans = [f"{clock(local(start))}–{clock(local(end))}" for start, end in open_stretches(turn.client, day)]
    if not spans:
        return (_("{day:day}: closed"), {"day": day})
    return (_("{day:day}: {hours}"), {"day": day, "hours": ", ".join(spans)})


def clock(moment: date) -> str:
    """A time of day, as on a door."""
    return f"{moment:%-H:%M}"
