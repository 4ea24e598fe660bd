"""The desk works at a task: takes it on, estimates, asks, notes steps, and does it or says why not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import recurring, task_answers, task_changes, task_kinds, tasks, tickets
from bot.office.tasks import By, Wanted
from bot.rules.recurring import EVERY, rhythm_of
from bot.update import Face
from bot.values import Refusal
from storage import tasks as kept
from storage.tasks import Task

LONGEST: Final = 4000
WHEN: Final = _("By when? Write a day and a time to come.")


@action("task_new", Face.VA)
async def task_new(turn: Turn) -> None:
    """Enters a task of the desk's own: ``kind``, ``title``, ``details``, ``due``, ``steps`` (a line each), ``urgent``.

    With ``every`` (workday, week, month or last_workday) it comes again, from ``due`` on. Answers with ``ticket``.
    """
    title, due = said(turn, "title", 200), moment(turn, "due")
    if not title:
        raise Refusal(_("What is to be done?"))
    wanted = Wanted(
        task_kinds.known(turn.client, said(turn, "kind")),
        title,
        said(turn, "details"),
        steps=[line.strip()[:200] for line in said(turn, "steps").splitlines() if line.strip()],
        due_at=due,
        urgent=bool(turn.given.get("urgent")),
    )
    every = said(turn, "every")
    if every:
        if every not in EVERY or due is None:
            raise Refusal(_("From when on, and how often?"))
        rhythm = rhythm_of(turn.client, every, due)
        begun = recurring.begin(turn.write, turn.client, by(turn), wanted, rhythm, turn.now)
        turn.answer(recurring=begun.id, next=begun.next_at.isoformat())
        return
    turn.answer(ticket=tasks.request(turn.write, turn.client, by(turn), wanted, turn.now).number)


@action("task_accept", Face.VA)
async def task_accept(turn: Turn) -> None:
    """Takes the task of ``ticket`` on, perhaps with an estimate in ``minutes`` and another ``due``."""
    estimate, due = minutes(turn), moment(turn, "due")
    tasks.accept(turn.write, turn.client, task(turn), by(turn), turn.now, estimate=estimate, due_at=due)


@action("task_propose", Face.VA)
async def task_propose(turn: Turn) -> None:
    """Asks the team to approve an estimate in ``minutes``, perhaps with another ``due``, before it begins."""
    estimate, due = minutes(turn), moment(turn, "due")
    if estimate is None:
        raise Refusal(_("How many minutes will it take?"))
    tasks.propose(turn.write, turn.client, of_team(turn), by(turn), turn.now, minutes=estimate, due_at=due)


@action("task_ask", Face.VA)
async def task_ask(turn: Turn) -> None:
    """Asks the team ``text``; ``options`` are the answers to choose from, a line each or parted by |."""
    text = said(turn, "text")
    if not text:
        raise Refusal(_("What is to be asked?"))
    lines = [line.strip()[:70] for line in re.split(r"[\n|]", said(turn, "options")) if line.strip()]
    options = list(dict.fromkeys(lines))[: tasks.MOST_OPTIONS]
    tasks.ask(turn.write, turn.client, of_team(turn), by(turn), text, turn.now, options)


@action("task_start", Face.VA)
async def task_start(turn: Turn) -> None:
    """Begins with the task of ``ticket``, or goes on: her timer runs."""
    tasks.start(turn.write, turn.client, task(turn), by(turn), turn.now)


@action("task_done", Face.VA)
async def task_done(turn: Turn) -> None:
    """Has done the task of ``ticket``; ``text`` is what came of it."""
    tasks.finish(turn.write, turn.client, task(turn), by(turn), said(turn, "text"), turn.now)


@action("task_refuse", Face.VA)
async def task_refuse(turn: Turn) -> None:
    """Can't do the task of ``ticket``, for the reason ``text``."""
    why = said(turn, "text")
    if not why:
        raise Refusal(_("Please say why: whoever asked reads it."))
    tasks.refuse(turn.write, turn.client, task(turn), by(turn), why, turn.now)


@action("task_reopen", Face.VA)
async def task_reopen(turn: Turn) -> None:
    """Takes up again what was done or declined."""
    task_answers.reopen(turn.write, turn.client, task(turn), by(turn), said(turn, "text"), turn.now)


@action("task_step", Face.VA)
async def task_step(turn: Turn) -> None:
    """Adds ``text`` to the checklist of ``ticket``."""
    words = said(turn, "text", 200)
    if not words:
        raise Refusal(_("What is to be done?"))
    task_changes.add_step(turn.write, turn.client, task(turn), words, turn.now)


@action("task_tick", Face.VA)
async def task_tick(turn: Turn) -> None:
    """The step at ``place`` of the checklist is ``done``, or not."""
    place, done = int(turn.given["place"]), bool(turn.given.get("done"))
    task_changes.tick(turn.write, turn.client, task(turn), place, done, turn.now)


@action("recurring_end", Face.VA)
async def recurring_end(turn: Turn) -> None:
    """The task ``recurring`` (a row id) comes no more."""
    recurring.end(turn.write, turn.client, int(turn.given["recurring"]), turn.now)


# --- what was given ---------------------------------------------------------------------------------------------------


def by(turn: Turn) -> By:
    """Who of the desk acts."""
    return By(Face.VA, turn.update.writer.name, turn.update.writer.id)


def task(turn: Turn) -> Task:
    """The task of the ticket that is meant."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    found = kept.of_ticket(turn.rows, turn.client.id, ticket.id)
    if found is None:
        raise Refusal(tasks.GONE)
    return found


def of_team(turn: Turn) -> Task:
    """The same, where there is a team that can answer."""
    if not turn.client.slack:
        raise Refusal(_("The people of this client are not reached in Slack: nobody would answer."))
    return task(turn)


def said(turn: Turn, name: str, longest: int = LONGEST) -> str:
    """What was given as words."""
    return str(turn.given.get(name) or "").strip()[:longest]


def minutes(turn: Turn) -> int | None:
    """The estimate that was given."""
    given = said(turn, "minutes", 10)
    if not given:
        return None
    if not given.isdecimal() or not 0 < int(given) <= tasks.MOST_MINUTES:
        raise Refusal(_("How many minutes will it take?"))
    return int(given)


def moment(turn: Turn, name: str) -> datetime | None:
    """The time that was given, on the client's clock where it says nothing else. Refused where it is past."""
    given = said(turn, name, 40)
    if not given:
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise Refusal(WHEN) from None
    due = (at if at.tzinfo is not None else at.replace(tzinfo=turn.client.zone)).astimezone(UTC)
    if due <= turn.now:
        raise Refusal(WHEN)
    return due
