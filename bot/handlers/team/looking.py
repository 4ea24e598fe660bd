"""A member looks at the day and at the desk, and sets how an order stands."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, _n
from bot.office import order_cells, order_changes
from bot.office.orders import STATUS, order_number
from bot.posts import Post, Text, line
from bot.questions import delegation, heard, looking
from bot.questions.member import of_those_named
from bot.update import Face
from bot.values import Refusal, Standing
from storage import orders as kept

HOW: Final = _("Say which order and how it stands, like: /va order 1042 shipped")


@action("command_help", Face.TEAM)
async def help(turn: Turn) -> None:
    """What can be done from here."""
    turn.whisper(looking.help_of(turn.client))


@action("command_today", Face.TEAM)
async def today(turn: Turn) -> None:
    """Appointments, messages and tasks of the day."""
    client, (first, after) = turn.client, looking.day_of(turn.client, turn.now)
    visits = looking.appointments_of(turn.rows, client, first, after, turn.now)
    lines: list[Text] = [*(looking.clipped(visits) or (_("No appointments today."),))]
    for found in (looking.waiting_slips(turn.rows, client), looking.task_lines(turn.rows, client)):
        lines += looking.clipped(found)
    turn.whisper(Post(title=line(_("Today, {day:day}"), day=client.local(turn.now).date()), lines=tuple(lines)))


@action("command_status", Face.TEAM)
async def status(turn: Turn) -> None:
    """Who covers, and what waits."""
    lines = looking.status_lines(turn.rows, turn.client, turn.now)
    turn.whisper(Post(title=turn.client.name, lines=tuple(lines)))


@action("command_order", Face.TEAM)
async def order(turn: Turn) -> None:
    """Sets how an order stands; whoever asked about it is told. What follows the status is a note for them.

    Words that name no order are something to be ordered: they are delegated.
    """
    client, (said, _space, rest) = turn.client, turn.update.text.partition(" ")
    if not said:
        raise Refusal(HOW)
    number = order_number(said)
    status, note = standing(turn, rest)
    if number is None or (status is None and kept.by_number(turn.rows, client.id, number) is None and rest):
        words = f"{turn.update.name} {turn.update.text}"  # an order to be placed, not one that stands
        turn.open(delegation.form(client, heard.draft(turn, words)))
        return
    if status is None:
        raise Refusal(HOW)
    of_those_named(turn)
    try:
        told = order_changes.set_status(turn.write, client, number, status, turn.now, note=note)
    except LookupError:
        raise Refusal(_("There is no order {number}."), number=number) from None
    lines: list[Text] = [line(_("Order {number}: {status}."), number=number, status=STATUS[status])]
    if told:
        lines.append(line(_n("{n} customer is told.", "{n} customers are told."), n=told))
    turn.whisper(Post(lines=tuple(lines)))


def standing(turn: Turn, said: str) -> tuple[Standing | None, str]:
    """The status that the words begin with, the longest that is one, and what is left of them."""
    words = said.split()
    for count in range(min(len(words), 4), 0, -1):
        try:
            found = order_cells.status(" ".join(words[:count]), turn.client)
        except ValueError:
            continue
        return Standing(found), " ".join(words[count:])[: order_cells.NOTE_LIMIT]
    return None, ""
