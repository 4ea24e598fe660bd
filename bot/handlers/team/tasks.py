"""A member answers what the desk asks about a task, takes what was done, or wants it otherwise."""

from __future__ import annotations

from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import task_answers, tasks
from bot.posts import Block, Heading, Input, Modal, Text, line
from bot.questions import told_task
from bot.questions.member import argument, by, needs, of_those_named, the_task, value
from bot.update import Face
from bot.values import Msgid, Refusal
from storage import tasks as kept
from storage import team_lines

ABOUT: Final = _("Task {n}: {title}")
MOST_LINES: Final = 20
EMPTY: Final = _("Please write a few words.")
SEND: Final = _("Send")


@action("task_approve", Face.TEAM)
async def task_approve(turn: Turn) -> None:
    """Wants it done as the desk proposed; the first answer counts."""
    needs(turn, "spend")
    task_answers.approve(turn.write, turn.client, the_task(turn), by(turn), turn.now)


@action("task_decline", Face.TEAM)
async def task_decline(turn: Turn) -> None:
    """Does not want it done at that price."""
    needs(turn, "spend")
    task = the_task(turn)
    task_answers.asked(turn.rows, turn.client, task, "approve")
    task_answers.decline(turn.write, turn.client, task, by(turn), turn.now)


@action("task_off", Face.TEAM)
async def task_off(turn: Turn) -> None:
    """Calls off what was asked for."""
    task = the_task(turn)
    if not task.open:
        raise Refusal(tasks.OVER)
    task_answers.decline(turn.write, turn.client, task, by(turn), turn.now)


@action("task_change", Face.TEAM)
async def task_change(turn: Turn) -> None:
    """Opens the form that says what is to be otherwise."""
    needs(turn, "spend")
    task_answers.asked(turn.rows, turn.client, the_task(turn), "approve")
    form(turn, "task_changed", _("What shall be otherwise?"))


@action("task_changed", Face.TEAM)
async def task_changed(turn: Turn) -> None:
    """Says what is to be otherwise; the desk looks at it anew."""
    needs(turn, "spend")
    words = written(turn)
    if words:
        task_answers.change(turn.write, turn.client, the_task(turn), by(turn), words, turn.now)


@action("task_option", Face.TEAM)
async def task_option(turn: Turn) -> None:
    """Answers by one of the answers that the desk offers."""
    task, place = the_task(turn), argument(turn)[1]
    options = task_answers.asked(turn.rows, turn.client, task, "ask")["options"]
    if not place.isdecimal() or int(place) >= len(options):
        raise Refusal(tasks.OVER)
    task_answers.answer(turn.write, turn.client, task, by(turn), str(options[int(place)]), turn.now)


@action("task_answer", Face.TEAM)
async def task_answer(turn: Turn) -> None:
    """Opens the form for an answer in words."""
    question = task_answers.asked(turn.rows, turn.client, the_task(turn), "ask")
    form(turn, "task_answered", _("Your answer"), line(_("Question: {text}"), text=str(question["text"])))


@action("task_answered", Face.TEAM)
async def task_answered(turn: Turn) -> None:
    """Answers in words."""
    words = written(turn)
    if words:
        task_answers.answer(turn.write, turn.client, the_task(turn), by(turn), words, turn.now)


@action("task_accept", Face.TEAM)
async def task_accept(turn: Turn) -> None:
    """Takes what was done: as it is, or with one to five stars."""
    stars = argument(turn)[1]
    rating = int(stars) if stars in {"1", "2", "3", "4", "5"} else None
    task_answers.take_over(turn.write, turn.client, the_task(turn), by(turn), turn.now, rating)


@action("task_rate", Face.TEAM)
async def task_rate(turn: Turn) -> None:
    """Opens the form that takes what was done with a word, and stars if she likes."""
    task = the_task(turn)
    task_answers.to_be_taken(turn.rows, turn.client, task)
    stars = tuple((str(place), star) for place, star in enumerate(told_task.STARS, 1))
    rating = Input(name="rating", label=_("Rating"), form="choice", options=stars, needed=False)
    form(turn, "task_rated", _("A word about it"), more=(rating,), submit=_("Accept"))


@action("task_rated", Face.TEAM)
async def task_rated(turn: Turn) -> None:
    """Takes it, with what the form says."""
    words, stars = written(turn), value(turn, "rating")
    if words:
        rating = int(stars) if stars else None
        task_answers.take_over(turn.write, turn.client, the_task(turn), by(turn), turn.now, rating, words)


@action("task_reopen", Face.TEAM)
async def task_reopen(turn: Turn) -> None:
    """Opens the form that says what is missing."""
    if the_task(turn).open:
        raise Refusal(_("This task is open."))
    form(turn, "task_reopened", _("What is missing?"))


@action("task_reopened", Face.TEAM)
async def task_reopened(turn: Turn) -> None:
    """Wants more of what was done."""
    words = written(turn)
    if words:
        task_answers.reopen(turn.write, turn.client, the_task(turn), by(turn), words, turn.now)


@action("task_open", Face.TEAM)
async def task_open(turn: Turn) -> None:
    """Shows who is entitled to it what a task is about, where its post does not say it."""
    client, task = turn.client, the_task(turn)
    of_those_named(turn)
    fields = (*told_task.heads(client, task, ""), *told_task.field_lines(client, task))
    shown: list[Heading | Block] = [Heading(task.title), *(Block(lines=(label, text)) for label, text in fields)]
    said = [task.details, *(one.text for one in kept.events(turn.rows, client.id, task.id)), task.result]
    shown += [Block(lines=(words,)) for words in dict.fromkeys(said) if words]
    shown += talk(turn, task.ticket_id)
    rows = (*told_task.buttons(task), *told_task.source(task))
    shown += [Block(lines=told_task.question_lines(client, task), buttons=rows)]
    turn.open(Modal(act="task_open", title=line(told_task.NUMBER, n=task.number), parts=tuple(shown)))


@action("ticket_open", Face.TEAM)
async def ticket_open(turn: Turn) -> None:
    """Shows what the desk and the team wrote about a ticket, where its thread does not say it."""
    of_those_named(turn)
    parts = talk(turn, argument(turn)[0])
    if not parts:
        raise Refusal(tasks.GONE)
    turn.open(Modal(act="ticket_open", title=_("What was written"), parts=tuple(parts)))


def talk(turn: Turn, ticket_id: int) -> list[Heading | Block]:
    """The last words of both sides about a ticket."""
    said = team_lines.of_ticket(turn.rows, turn.client.id, ticket_id, MOST_LINES)
    return [Block(lines=(text,), small=name) for name, text in said if text]


# --- forms ------------------------------------------------------------------------------------------------------------


def form(
    turn: Turn, act: str, label: Msgid, above: Text = "", more: tuple[Input, ...] = (), submit: Msgid = SEND
) -> None:
    """Opens a form for a few words about a task, with what ``more`` it asks."""
    task = the_task(turn)
    head = Block(
        lines=(line(ABOUT, n=task.number, title=task.title), above)
        if above
        else (line(ABOUT, n=task.number, title=task.title),)
    )
    words = Input(name="words", label=label, form="long", most=2000)
    title = line(told_task.NUMBER, n=task.number)
    turn.open(Modal(act=act, title=title, parts=(head, words, *more), submit=submit, private={"id": str(task.id)}))


def written(turn: Turn) -> str:
    """The words of the form; where there are none, it says so and stays open."""
    words = value(turn, "words", 2000)
    if not words:
        turn.wrong(words=EMPTY)
    return words
