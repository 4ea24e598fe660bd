"""A member of the client's team gives the desk a task."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import posting, tickets
from bot.posts import Input, Modal, Post
from bot.update import Face


@action("delegate", Face.TEAM)
async def delegate(turn: Turn) -> None:
    """Opens the form of a task, with the words of the command in it."""
    title = Input(name="title", label=_("What is to be done?"), value=str(turn.given.get("text", "")), most=150)
    details = Input(name="details", label=_("Details"), form="long", needed=False)
    turn.open(Modal(act="delegated", title=_("A new task"), parts=(title, details), submit=_("Delegate")))


@action("delegated", Face.TEAM)
async def delegated(turn: Turn) -> None:
    """Takes the submitted form: a ticket for the desk, and its post in the client's channel."""
    values = turn.given["values"]
    title = str(values["title"] or "").strip()
    if not title:
        turn.wrong(title=_("Say in a few words what is to be done."))
        return
    ticket = tickets.open_ticket(turn.write, turn.client, "task", title, turn.now)
    post = Post(title=title, quote=str(values["details"] or ""), small=turn.update.writer.name)
    posting.put(turn.write, turn.client, f"task:{ticket.number}", post, turn.now)
