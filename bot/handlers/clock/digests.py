"""The morning brief and the evening report, to each of the client's people who wants them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, _n, choose_language
from bot.office import digests, posting
from bot.posts import Post, Press, Text, about, line
from bot.questions import looking, told_news, told_task
from bot.update import Face
from bot.values import Client, Msgid
from storage import members, tasks, tickets

TITLES: Final[dict[str, Msgid]] = {
    "morning": _("Morning brief, {day:day}"),
    "evening": _("Evening report, {day:day}"),
}
LATE: Final = timedelta(hours=2)
"""After a standstill, a digest of so long ago tells nothing new."""


@action("digest", Face.CLOCK)
async def digest(turn: Turn) -> None:
    """Sends the digest of a ``kind``, and waits for the next one; nobody gets one with nothing in it."""
    client, kind = turn.client, str(turn.given["kind"])
    digests.keep(turn.write, client, turn.now)
    at = turn.given.get("at")
    late = at is not None and turn.now - datetime.fromisoformat(str(at)) > LATE
    lines = () if late else morning(turn) if kind == "morning" else evening(turn)
    if not lines:
        return
    title = line(TITLES[kind], day=client.local(turn.now).date())
    reads = opens(turn, kind)
    quiet = Press(_("No more of these"), "mute", kind)
    there = [contact for contact in client.contacts if contact.slack]
    if not there:
        put(turn, kind, Post(title=title, lines=lines, buttons=(reads,)))
    for contact in there:
        member = members.find(turn.rows, client.id, contact.slack)
        if member.left or kind in member.muted:
            continue
        language = choose_language("", member.language, client)
        post = Post(title=title, lines=lines, buttons=((*reads, quiet),))
        put(turn, kind, post, contact.slack, language)


def put(turn: Turn, kind: str, post: Post, place: str = "", language: str = "") -> None:
    """Shows a digest: under a key, so that it can be shown otherwise once somebody in it is erased."""
    key = f"digest:{kind}:{turn.client.local(turn.now).date().isoformat()}:{place}"
    posting.put(turn.write, turn.client, key, post, turn.now, place=place, language=language)


def morning(turn: Turn) -> tuple[Text, ...]:
    """Today: appointments, messages that nobody has taken on, what is due, tasks that wait for an answer."""
    client, (first, after) = turn.client, looking.day_of(turn.client, turn.now)
    return sections(
        (_("Appointments today:"), visit_lines(turn, first, after)),
        (_("Messages nobody has taken on:"), looking.waiting_slips(turn.rows, client)),
        (_("Due today:"), due_lines(turn, after)),
        (_("Waiting for an answer:"), task_lines(turn, "waiting")),
    )


def evening(turn: Turn) -> tuple[Text, ...]:
    """What the day brought, what is still open, and tomorrow's appointments."""
    client, (first, after) = turn.client, looking.day_of(turn.client, turn.now)
    done: list[Text] = [
        line(_("Task {n}: done"), n=one.number) for one in tasks.done_since(turn.rows, client.id, first)
    ]
    return sections(
        (_("Done today:"), done),
        (_("Messages nobody has taken on:"), looking.waiting_slips(turn.rows, client)),
        (_("Promised and still open:"), due_lines(turn, after)),
        (_("Waiting for an answer:"), task_lines(turn, "waiting")),
        (_("Appointments tomorrow:"), visit_lines(turn, after, after + timedelta(days=1))),
    )


def sections(*found: tuple[Msgid, list[Text]]) -> tuple[Text, ...]:
    """Each list that has anything in it, under its heading."""
    lines: list[Text] = []
    for heading, listed in found:
        if listed:
            lines += [heading, *looking.clipped(listed)]
    return tuple(lines)


def visit_lines(turn: Turn, first: datetime, after: datetime) -> list[Text]:
    """The appointments between two moments, a line each; where posts are references, how many there are."""
    if not told_news.references(turn.client):
        return looking.appointments_of(turn.rows, turn.client, first, after, turn.now)
    found = looking.visits_of(turn.rows, turn.client, first, after, turn.now)
    return [line(_n("{n} appointment", "{n} appointments"), n=len(found))] if found else []


def opens(turn: Turn, kind: str) -> tuple[Press, ...]:
    """The way to the appointments of which a digest says only how many they are."""
    first, after = looking.day_of(turn.client, turn.now)
    if kind == "evening":
        first, after = after, after + timedelta(days=1)
    if not told_news.references(turn.client) or not visit_lines(turn, first, after):
        return ()
    return (Press(told_news.READ, "day_open", turn.client.local(first).date().isoformat()),)


def due_lines(turn: Turn, before: datetime) -> list[Text]:
    """What the desk promised until a moment, a line each; a message that nobody has taken on stands in its own list."""
    found = [
        one
        for one in tickets.queue(turn.rows, turn.client.id)
        if one.due_at is not None and one.due_at < before and (one.kind != "message" or one.data.get("given_by"))
    ]
    asked = {task.ticket_id: task for task in tasks.standing(turn.rows, turn.client.id)}
    return [
        line(_("Task {n}: {at:near}"), n=asked[one.id].number, at=one.due_at)
        if one.id in asked
        else line(_("Ticket {n}: {at:near}"), n=one.number, at=one.due_at)
        for one in found
    ]


def task_lines(turn: Turn, state: str) -> list[Text]:
    """The tasks in a state, a line each."""
    return [
        about(task_line(turn.client, one.number, one.title), one.customer_id)
        for one in tasks.standing(turn.rows, turn.client.id)
        if one.state == state
    ]


def task_line(client: Client, number: int, title: str) -> Text:
    """A task on one line."""
    if told_news.references(client):
        return line(told_task.NUMBER, n=number)
    return line(told_task.TITLE, n=number, title=title)
