"""A member's home page: what waits for her, her tasks, the day, who covers; in pages, for a network takes no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from sqlalchemy import Connection

from bot.i18n import _
from bot.posts import Block, Heading, Home, Press, Text, line
from bot.questions import looking, told_message, told_news, told_task
from bot.questions.member import Viewer, inside, may, whom_to_ask
from bot.rules.hours import duties
from bot.update import Writer
from bot.values import Client
from storage import appointments, decisions, slips, tasks, tickets
from storage.tasks import Task

PAGE: Final = 18
"""Things on one page: each is at most three blocks, and a page takes a hundred."""
MINE: Final = 100
LONGEST: Final = 300
"""Letters of somebody's words that are shown."""

Thing = tuple[Text, Block]
"""Something on the page, under which heading."""


class Looker(Viewer, Protocol):
    """Who looks at her page, and when."""

    @property
    def rows(self) -> Connection:
        """Where it is read."""

    @property
    def now(self) -> datetime:
        """The moment."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A member who does nothing now; her page is shown anew all the same."""

    client: Client
    writer: Writer
    rows: Connection
    now: datetime


def home_of(turn: Looker, page: int = 0) -> Home:
    """The page of who acts; a guest of the workspace reads whom to ask."""
    if not inside(turn):
        return Home((Block(lines=(whom_to_ask(turn),)),))
    things = list(all_of(turn))
    last = max(0, (len(things) - 1) // PAGE)
    page = min(max(page, 0), last)
    parts: list[Heading | Block] = [head(turn)]
    if not things:
        parts.append(Block(lines=(_("Nothing waits for you now."),)))
    heading: Text = ""
    for title, block in things[page * PAGE : (page + 1) * PAGE]:
        if title != heading:
            parts.append(Heading(title))
            heading = title
        parts.append(block)
    if last:
        parts.append(paging(page, last))
    return Home(tuple(parts))


def head(turn: Looker) -> Block:
    """Who covers today, and what can be begun from here."""
    found = duties(turn.client, turn.client.local(turn.now).date())
    covers: tuple[Text, ...] = tuple(
        line(_("At the desk today: {name}, {start:time}–{end:time}"), name=name, start=start, end=end)
        for start, end, name in found[:PAGE]
    )
    buttons = (
        Press(_("Delegate"), "delegate", style="primary"),
        Press(_("Tell the desk"), "tell_form"),
        Press(_("Digests"), "digests"),
    )
    return Block(lines=covers or (_("Nobody is at the desk today."),), buttons=(buttons,))


def paging(page: int, last: int) -> Block:
    """The way to the other pages."""
    back = (Press(_("Earlier"), "home_page", str(page - 1)),) if page else ()
    on = (Press(_("More"), "home_page", str(page + 1)),) if page < last else ()
    return Block(small=line(_("Page {page} of {last}"), page=page + 1, last=last + 1), buttons=((*back, *on),))


def all_of(turn: Looker) -> Iterator[Thing]:
    """Everything that the page would hold, in order."""
    client, user = turn.client, turn.writer.id
    yield from ((_("Messages nobody has taken on"), block) for block in messages(turn))
    if may(turn, "decide"):
        yield from ((_("To be decided"), block) for block in to_decide(turn))
    mine = tasks.of_member(turn.rows, client.id, user, MINE)
    standing = {one.id: one for one in tasks.standing(turn.rows, client.id)}
    waits = [one for one in mine if waits_for_her(one)]
    others = [one for one in standing.values() if one.state == "waiting" and one.id not in {it.id for it in waits}]
    yield from ((_("Waiting for you"), task_block(turn, one)) for one in [*waits, *others])
    under_way = [one for one in mine if one.open and not waits_for_her(one)]
    yield from ((_("My tasks"), task_block(turn, one)) for one in under_way)
    first, after = looking.day_of(client, turn.now)
    visits = looking.appointments_of(turn.rows, client, first, after, turn.now)
    yield from ((_("Today"), Block(lines=(visit,))) for visit in visits)


def waits_for_her(task: Task) -> bool:
    """Whether a task waits for an answer, or to be taken."""
    return task.state == "waiting" or (task.state == "done" and task.rating is None)


def task_block(turn: Looker, task: Task) -> Block:
    """A task with what can be done with it."""
    if turn.client.slack_shows == "reference":
        said = line(_("Task {n}: {state}"), n=task.number, state=told_task.STATES[task.state])
        return Block(lines=(said,), buttons=((Press(_("Read it"), "task_open", str(task.id)),),))
    said = line(told_task.TITLE, n=task.number, title=task.title)
    asked = told_task.question_lines(turn.client, task)
    result = (clip(task.result),) if task.state == "done" and task.result else ()
    state = told_task.STATES[task.state]
    small = line(_("{state}, due {at:near}"), state=state, at=task.due_at) if task.due_at is not None else state
    return Block(lines=(said, *asked, *result), small=small, buttons=told_task.buttons(task)[:1])


def clip(said: str) -> str:
    """As much of somebody's words as the page shows."""
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def messages(turn: Looker) -> Iterator[Block]:
    """The messages that nobody has taken on."""
    client = turn.client
    for ticket in tickets.queue(turn.rows, client.id):
        found = slips.taken(turn.rows, client.id, ticket.id) if ticket.kind == "message" else None
        if found is None or ticket.data.get("given_by"):
            continue
        bare = client.slack_shows == "reference"
        title: Text = (
            line(_("Message {n}"), n=found.number)
            if bare
            else line(_("Message {n}, from {name}: {about}"), n=found.number, name=found.name, about=clip(found.about))
        )
        small = line(_("{at:near}"), at=found.taken_at)
        yield Block(lines=(title,), small=small, buttons=told_message.message_buttons(client, ticket))


def to_decide(turn: Looker) -> Iterator[Block]:
    """What waits for a decision."""
    client = turn.client
    for ticket in tickets.queue(turn.rows, client.id):
        decision = decisions.by_id(turn.rows, client, ticket.id) if ticket.kind == "decision" else None
        one = appointments.by_id(turn.rows, client, decision.appointment_id) if decision is not None else None
        if decision is None or one is None:
            continue
        who = one.code if client.slack_shows == "reference" else one.name or one.code
        said = line(_("{what}: {name}, {slot:short}"), what=told_news.ASKS[decision.what], name=who, slot=one)
        small = told_news.deadline(client, decision)
        yield Block(lines=(said,), small=small, buttons=told_news.decision_buttons(client, decision))
