"""The page to play a client's team: its workspaces, live, and one address for each thing a member does."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from sandbox.play import body_of, refused, shell
from sandbox.slack.errors import SlackError
from sandbox.slack.member import Member
from sandbox.slack.server import Slack
from sandbox.slack.things import Message
from sandbox.slack.view import everything
from sandbox.stream import News, Stream

Data = dict[str, Any]


class TeamPage:
    """The page of one Slack."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        self.stream = Stream(slack.bell)

    def routes(self) -> list[web.RouteDef]:
        """Its routes: the page at /team, the rest under /play/team."""
        return [
            web.get("/team", self._index),
            web.get("/play/team/stream", self._stream),
            web.post(r"/play/team/{space}/{member}/{act:\w+}", self._act),
        ]

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return shell("team", "Play the team", styles=("page", "team"), script="team")

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Everything as it stands, again whenever something has changed (server-sent events)."""
        told: Any = None

        def news() -> News:
            nonlocal told
            before, told = told, json.loads(json.dumps(everything(self.slack)))
            return [("state", told)] if told != before else []

        return await self.stream.tell(request, news)

    async def _act(self, request: web.Request) -> web.StreamResponse:
        act = ACTS.get(request.match_info["act"])
        data = await body_of(request)
        member = self._member(request)
        if act is None:
            raise web.HTTPNotFound
        try:
            act(member, data)
        except (SlackError, KeyError, LookupError, TypeError, ValueError) as error:
            raise refused(str(error)) from None
        return web.json_response({})

    def _member(self, request: web.Request) -> Member:
        for space in self.slack.spaces.values():
            if space.name == request.match_info["space"]:
                user = space.users.get(request.match_info["member"])
                if user is not None and not user.bot:
                    return Member(space, user)
        raise web.HTTPNotFound


def _write(member: Member, data: Data) -> None:
    """Words in a channel or a thread; a command where they begin with a slash."""
    text, channel = str(data["text"]).strip(), member.space.channels[str(data["place"])]
    if text.startswith("/") and not data.get("thread"):
        command, _space, rest = text.partition(" ")
        member.command(command, channel, rest)
        return
    files = tuple(member.file(str(one["name"]), base64.b64decode(one["data"]), one["mime"]) for one in data["files"])
    if not text and not files:
        raise ValueError("a text")
    bot = member.space.bot
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace(f"@{bot.name}", f"<@{bot.id}>")
    thread = member.space.message(channel, str(data["thread"])) if data.get("thread") else None
    member.write(text, channel, thread, files)


def _message(member: Member, data: Data) -> Message:
    """A message that she sees."""
    channel = member.space.channels[str(data["place"])]
    return next(one for one in channel.messages if one.ts == data["ts"] and one.only in ("", member.id))


def _press(member: Member, data: Data) -> None:
    """A button, by its place among the blocks of a message, of her home page or of the modal on top."""
    if data.get("ts"):
        message = _message(member, data)
        where: Any = (member.space.channels[str(data["place"])], message)
        blocks = message.blocks
    else:
        view = member.home if data["place"] == "home" else member.modal
        if view is None:
            raise LookupError("nothing is open")
        member.put(values_of(member, data))
        where, blocks = view, view.view["blocks"]
    block = blocks[int(data["block"])]
    member.press_element(where, block, block["elements"][int(data["element"])])


def values_of(member: Member, data: Data) -> Data:
    """What the page says stands in the fields of a form; files come with their bytes."""
    found: Data = {}
    for name, value in data.get("values", {}).items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            found[name] = [member.file(str(one["name"]), base64.b64decode(one["data"]), one["mime"]) for one in value]
        else:
            found[name] = value
    return found


def _change(member: Member, data: Data) -> None:
    """A choice that tells our app at once."""
    values, name = values_of(member, data), str(data["name"])
    member.put({key: value for key, value in values.items() if key != name})
    member.fill(**{name: values[name]})


def _submit(member: Member, data: Data) -> None:
    member.put(values_of(member, data))
    member.submit()


def _direct(member: Member, data: Data) -> None:
    """Opens her talk with the app."""
    member.space.direct(member.id)
    member.space.bell.ring()


ACTS: dict[str, Callable[[Member, Data], None]] = {
    "write": _write,
    "press": _press,
    "change": _change,
    "submit": _submit,
    "cancel": lambda member, data: member.cancel(),
    "home": lambda member, data: member.look_home(),
    "direct": _direct,
    "shortcut": lambda member, data: member.shortcut(str(data["name"])),
    "delegate": lambda member, data: member.message_shortcut(
        "delegate", _message(member, data), member.space.channels[str(data["place"])]
    ),
    "react": lambda member, data: member.react(
        _message(member, data), member.space.channels[str(data["place"])], str(data.get("emoji", "bell"))
    ),
    "delete": lambda member, data: member.delete(_message(member, data), member.space.channels[str(data["place"])]),
}
