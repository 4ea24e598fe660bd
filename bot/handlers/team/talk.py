"""What a member writes: in a thread of ours it is for the desk; to us, or naming us, it is something to be done."""

from __future__ import annotations

import re
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _, encode
from bot.office import task_answers, task_kinds, tasks, team_talk
from bot.posts import Post, line
from bot.questions import delegation, heard, looking
from bot.questions.delegation import Draft
from bot.questions.member import by, of_the_client
from bot.reading import findable
from bot.reading.team import is_hello
from bot.update import Face
from storage import posts, team_lines
from storage import tasks as kept

DELETED: Final = "(deleted)"
COMMAND: Final = re.compile(r"/va\b")
NOT_READ: Final = _("The desk doesn't read this thread. A mention here, or /va in the channel, reaches it.")
NO_COMMANDS: Final = _("Commands can't be given in a thread. In the channel they can:")


@action("message", Face.TEAM)
async def message(turn: Turn) -> None:
    """A reply in a thread of ours goes to the desk; a mention or a direct message is delegated as it stands."""
    ticket_id, task = about(turn)
    if ticket_id or turn.given.get("direct") or turn.given.get("mention"):
        of_the_client(turn)
    text = turn.update.text
    if turn.given.get("thread") and COMMAND.match(text):
        turn.whisper(Post(lines=(NO_COMMANDS, *looking.COMMANDS)))
    elif ticket_id:
        if task is not None and task.question.get("what") == "ask" and text:
            task_answers.answer(turn.write, turn.client, task, by(turn), text, turn.now, there=True)
        keep(turn, ticket_id, text)
    elif turn.given.get("direct") or turn.given.get("mention"):
        if not text.strip() or is_hello(text):
            turn.whisper(looking.help_of(turn.client))
        else:
            at_once(turn, text)
    elif post_key(turn):
        turn.whisper(NOT_READ)


@action("reaction", Face.TEAM)
async def reaction(turn: Turn) -> None:
    """The emoji on a message: what it says is to be done."""
    of_the_client(turn)
    if turn.update.text.strip():
        at_once(turn, turn.update.text, str(turn.given.get("link") or ""))


def about(turn: Turn) -> tuple[int, kept.Task | None]:
    """The ticket, and perhaps the task, whose thread it was written in; 0 where that is none of ours."""
    kind, _colon, rest = post_key(turn).partition(":")
    id = rest.partition(":")[0]
    if not id.isdecimal():
        return 0, None
    if kind == "task":
        task = kept.by_id(turn.rows, turn.client.id, int(id))
        return (task.ticket_id, task) if task is not None else (0, None)
    return (int(id), None) if kind in {"slip", "urgent", "decision", "ticket"} else (0, None)


def post_key(turn: Turn) -> str:
    """The key of our post in whose thread it was written; empty where that is none of ours."""
    place, thread = str(turn.given.get("place") or ""), str(turn.given.get("thread") or "")
    found = posts.post_of(turn.rows, turn.client.id, turn.update.account, place, thread) if thread else None
    return found or ""


def keep(turn: Turn, ticket_id: int, text: str) -> None:
    """Puts it before the desk, under the network's own id."""
    files = turn.update.attachments
    new = team_talk.answered(turn.write, turn.client, ticket_id, by(turn).name, text, turn.now, attachments=files)
    if new is not None:
        team_lines.name(turn.write, new, turn.update.message)


@action("message_edited", Face.TEAM)
async def message_edited(turn: Turn) -> None:
    """The desk reads it as it now is."""
    rewrite(turn, turn.update.text)


@action("message_deleted", Face.TEAM)
async def message_deleted(turn: Turn) -> None:
    """The desk reads that it was taken back; a post of ours that somebody took away is only forgotten."""
    if turn.given.get("ours"):
        place = str(turn.given.get("place") or "")
        key = posts.post_of(turn.rows, turn.client.id, turn.update.account, place, turn.update.message)
        if key is not None:
            posts.sent(turn.write, turn.client.id, key, "", "")
        return
    rewrite(turn, DELETED)


def rewrite(turn: Turn, words: str) -> None:
    """Lets what is kept of a message read otherwise."""
    found = team_lines.at(turn.rows, turn.client.id, turn.update.message)
    if found is not None:
        parts = [["{text}", encode({"text": words, "staff": by(turn).name})]]
        team_lines.rewrite(turn.write, found, words, parts, findable(words), turn.now)


# --- at once ----------------------------------------------------------------------------------------------------------


def at_once(turn: Turn, text: str, link: str = "") -> None:
    """Makes a task of somebody's words as they are; what can't be done from afar is said instead."""
    draft: Draft = heard.draft(turn, text, link)
    refused = task_kinds.not_remote(turn.client, draft.title, draft.details)
    if refused is not None:
        turn.whisper(refused.says or delegation.NOT_REMOTE)
        return
    wanted = delegation.wanted(turn.client, draft)
    task = tasks.request(turn.write, turn.client, by(turn), wanted, turn.now)
    if turn.update.attachments:
        keep(turn, task.ticket_id, "")
    turn.whisper(line(_("The assistant has it: task {n}. Its details can be added there."), n=task.number))
