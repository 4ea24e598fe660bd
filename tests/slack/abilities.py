"""Abilities of the tests' own: each shows one thing that the channel can do."""

from __future__ import annotations

from typing import Any

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import posting
from bot.posts import Block, Heading, Home, Input, Modal, Post, Press, line
from bot.update import Face
from bot.values import Refusal
from storage.posts import post_of

HEARD: list[tuple[str, str, dict[str, Any]]] = []
"""What reached a handler: its act, the text, the data."""


def note(turn: Turn) -> None:
    HEARD.append((turn.update.name or turn.update.kind.value, turn.update.text, dict(turn.given)))


def enter() -> None:
    """Enters them all in the registries."""
    HEARD.clear()
    for name, handler in {
        "delegate": delegate,
        "delegated": delegated,
        "kind": kind,
        "take": take,
        "refuse": refuse,
        "more": more,
        "message": message,
        "message_edited": note_only,
        "message_deleted": note_only,
        "home": home,
        "reaction": note_only,
        "shortcut": shortcut,
        "message_shortcut": note_only,
        "member_left": note_only,
        "closed": note_only,
        "help": helps,
        "command_status": boom,
        "command_help": helps,
    }.items():
        action(name, Face.TEAM)(handler)


async def note_only(turn: Turn) -> None:
    note(turn)


async def delegate(turn: Turn) -> None:
    note(turn)
    turn.open(form(str(turn.given.get("text", ""))))


def form(title: str) -> Modal:
    return Modal(
        act="delegated",
        title=_("A task"),
        parts=(
            Input(name="title", label="What", value=title, most=150),
            Input(name="kind", label="Kind", form="choice", options=(("a", "Alpha"), ("b", "Beta")), acts="kind"),
            Input(name="due", label="Due", form="day", needed=False),
            Input(name="files", label="Files", form="files", needed=False),
        ),
        submit=_("Send"),
        private={"n": 1},
        hears_close=True,
    )


async def kind(turn: Turn) -> None:
    note(turn)
    turn.open(form("chose " + str(turn.given["values"]["kind"])), how="update")


async def delegated(turn: Turn) -> None:
    note(turn)
    title = turn.given["values"]["title"]
    if title == "bad":
        turn.wrong(title="Not this")
        return
    if title == "never":
        raise Refusal(_("Not today."))
    buttons = ((Press("Take", "take", "1", style="primary"), Press("Refuse", "refuse", "1"), Press("More", "more")),)
    post = Post(title=title, fields=(("By", turn.update.writer.name),), small="requested", buttons=buttons)
    posting.put(turn.write, turn.client, "task:1", post, turn.now)


async def take(turn: Turn) -> None:
    note(turn)
    posting.put(turn.write, turn.client, "task:1", Post(title="Taken", lines=(turn.update.writer.name,)), turn.now)
    posting.say(
        turn.write, turn.client, line(_("Taken by {name}."), name=turn.update.writer.name), turn.now, under="task:1"
    )


async def refuse(turn: Turn) -> None:
    raise Refusal(_("You may not."))


async def more(turn: Turn) -> None:
    turn.open(
        Modal(act="none", title="More", parts=(Block(lines=("All of it",), buttons=((Press("Push", "more"),),)),))
    )


async def message(turn: Turn) -> None:
    note(turn)
    update, given = turn.update, turn.given
    key = post_of(turn.rows, turn.client.id, update.account, given["place"], given["thread"])
    if given["direct"]:
        posting.say(turn.write, turn.client, f"You said: {update.text}", turn.now, place=update.writer.id)
    elif key:
        files = tuple({"name": one.name, "channel": "slack", "account": update.account, "remote": one.remote}
                      for one in update.attachments)  # fmt: skip
        posting.say(turn.write, turn.client, f"{key}: {update.text}", turn.now, under=key, files=files)
    elif given["mention"]:
        turn.whisper(Post(title="Yes?", buttons=((Press("Take", "take", "1"),),)))


async def home(turn: Turn) -> None:
    parts: list[Heading | Block] = [
        Heading("Tasks"),
        *(Block(lines=(f"Task {n}",), buttons=((Press("Take", "take", str(n)),),)) for n in range(80)),
    ]
    posting.put_home(turn.write, turn.client, turn.update.writer.id, Home(tuple(parts)), turn.now)


async def shortcut(turn: Turn) -> None:
    note(turn)
    if turn.given["name"] == "toolarge":
        turn.open(Modal(act="none", title="Large", parts=(Heading("x"),), private={"x": "x" * 4000}))
        return
    turn.open(form(""))


async def helps(turn: Turn) -> None:
    turn.whisper("Try /va")


async def boom(turn: Turn) -> None:
    raise RuntimeError("boom")
