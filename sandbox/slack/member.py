"""A member of a workspace, and everything she can do there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sandbox.slack.blocks import check_message, check_view
from sandbox.slack.elements import Block
from sandbox.slack.events import changed, message_json, posted, removed, tell
from sandbox.slack.inputs import at_first, empty, filled
from sandbox.slack.methods.conversations import user_json
from sandbox.slack.methods.views import view_json
from sandbox.slack.things import Channel, Event, File, Message, User, View
from sandbox.slack.workspace import Workspace

NEEDED: Final = {
    "en": "Please complete this required field.",
    "it": "Compili questo campo obbligatorio.",
    "pl": "To pole jest wymagane.",
}
"""What Slack itself says over a field that was left empty."""


class Member:
    """A member. What she does is delivered to our app in the order in which she does it."""

    def __init__(self, space: Workspace, user: User) -> None:
        self.space = space
        self.user = user
        self.seen = 0

    @property
    def id(self) -> str:
        """Her id."""
        return self.user.id

    # --- what she sees

    @property
    def modal(self) -> View | None:
        """The modal on top of her screen."""
        stack = self.space.stack(self.id)
        return stack[-1] if stack else None

    @property
    def home(self) -> View | None:
        """Her home page."""
        return self.space.homes.get(self.id)

    def sees(self, event: Event) -> bool:
        """Whether something was shown to her: what one member alone sees is hers or nobody's."""
        if event.user:
            return event.user == self.id
        channel = self.space.channels.get(event.place)
        return channel is None or channel.with_user in ("", self.id)

    def unread(self) -> list[Event]:
        """What was shown to her since this was last asked."""
        fresh, self.seen = self.space.events[self.seen :], len(self.space.events)
        return [event for event in fresh if self.sees(event)]

    # --- words

    def write(
        self, text: str, place: str | Channel, thread: Message | None = None, files: tuple[File, ...] = ()
    ) -> Message:
        """Writes in a channel, a thread or (``place`` the app's) her talk with it; ``text`` as Slack keeps it."""
        channel = self.channel(place)
        root = (thread.thread or thread.ts) if thread is not None else ""
        message = Message(self.space.stamp(), self.id, text, thread=root, files=list(files))
        self.space.post(channel, message)
        posted(self.space, channel, message)
        return message

    def channel(self, place: str | Channel) -> Channel:
        """A channel by its name; her talk with the app where that is empty."""
        if isinstance(place, Channel):
            return place
        return self.space.channel(place) if place else self.space.direct(self.id)

    def file(self, name: str, data: bytes, mime: str = "application/pdf") -> File:
        """A file of hers, for ``write`` and ``fill``."""
        file = File(self.space.new_id("F"), name, mime, data, self.id, shared=True)
        file.url = f"{self.space.url}/files/{self.space.team}/{file.id}"
        self.space.files[file.id] = file
        return file

    def edit(self, message: Message, text: str, place: str | Channel) -> None:
        """Changes what she wrote."""
        before, message.text, message.edited = message.text, text, True
        channel = self.channel(place)
        self.space.show(Event("edited", channel.id, message))
        changed(self.space, channel, message, before)

    def delete(self, message: Message, place: str | Channel) -> None:
        """Takes back what she wrote."""
        channel = self.channel(place)
        channel.messages.remove(message)
        self.space.show(Event("deleted", channel.id, message))
        removed(self.space, channel, message)

    def react(self, message: Message, place: str | Channel, emoji: str = "bell") -> None:
        """Puts an emoji on a message."""
        channel = self.channel(place)
        message.reactions.setdefault(emoji, []).append(self.id)
        self.space.show(Event("edited", channel.id, message))
        item = {"type": "message", "channel": channel.id, "ts": message.ts}
        tell(self.space, {"type": "reaction_added", "user": self.id, "reaction": emoji, "item": item,
                          "item_user": message.user, "event_ts": self.space.stamp()})  # fmt: skip

    def look_home(self) -> None:
        """Opens the app's home page."""
        event: dict[str, Any] = {"type": "app_home_opened", "user": self.id, "tab": "home"}
        event |= {"channel": self.space.direct(self.id).id, "event_ts": self.space.stamp()}
        if self.home is not None:
            event["view"] = view_json(self.space, self.home)
        tell(self.space, event)

    def leave(self) -> None:
        """Is no longer a member."""
        self.user.deleted = True
        told = user_json(self.space, self.user, locale=False)
        tell(self.space, {"type": "user_change", "user": told, "event_ts": self.space.stamp()})

    # --- commands and shortcuts

    def command(self, command: str, place: str | Channel, text: str = "") -> None:
        """A slash command; Slack takes none in threads."""
        channel = self.channel(place)
        body = {
            "token": "x", "team_id": self.space.team, "team_domain": self.space.name, "channel_id": channel.id,
            "channel_name": channel.name or "directmessage", "user_id": self.id, "user_name": self.user.name.lower(),
            "command": command, "text": text, "api_app_id": self.space.app_id, "is_enterprise_install": "false",
            "response_url": f"{self.space.url}/response/{self.space.team}", "trigger_id": self.space.trigger(self.id),
        }  # fmt: skip
        self._send("command", body, lambda answer: self._answered_command(channel, answer))

    def shortcut(self, name: str) -> None:
        """A shortcut that is everywhere."""
        self._send("interaction", self._interaction("shortcut", callback_id=name, action_ts=self.space.stamp()))

    def message_shortcut(self, name: str, message: Message, place: str | Channel) -> None:
        """A shortcut on a message."""
        channel = self.channel(place)
        body = self._interaction(
            "message_action", callback_id=name, message=message_json(self.space, message), message_ts=message.ts,
            channel={"id": channel.id, "name": channel.name or "directmessage"}, response_url=self.space.url,
        )  # fmt: skip
        self._send("interaction", body)

    # --- buttons

    def press(self, label: str) -> None:
        """Presses the newest button that reads so and that she sees: in a modal first, then in messages and at home.

        Raises LookupError where there is none.
        """
        modal = self.modal
        views = [modal] if modal is not None else [self.home] if self.home is not None else []
        messages = [] if modal is not None else self._messages()
        places: list[View | tuple[Channel, Message]] = [*messages, *views]
        for where in places:
            blocks = where[1].blocks if isinstance(where, tuple) else where.view["blocks"]
            for block, element in buttons(blocks):
                if element["text"]["text"] == label:
                    return self.press_element(where, block, element)
        raise LookupError(f"nobody offers [{label}]")

    def press_on(self, message: Message, label: str, place: str | Channel) -> None:
        """Presses a button of this message, also one that has gone since."""
        for block, element in buttons(message.blocks):
            if element["text"]["text"] == label:
                return self.press_element((self.channel(place), message), block, element)
        raise LookupError(f"nobody offers [{label}]")

    def _messages(self) -> list[tuple[Channel, Message]]:
        """The messages she sees, the newest first."""
        mine = [channel for channel in self.space.channels.values() if channel.with_user in ("", self.id)]
        found = [(channel, one) for channel in mine for one in channel.messages if one.only in ("", self.id)]
        return sorted(found, key=lambda pair: pair[1].ts.partition(".")[2], reverse=True)

    def press_element(self, where: View | tuple[Channel, Message], block: Block, element: Block, **value: Any) -> None:
        """Presses a button, or chooses in a field that tells at once."""
        action = {"type": element["type"], "action_id": element.get("action_id", "a"), "action_ts": self.space.stamp(),
                  "block_id": block.get("block_id", "b"), **value}  # fmt: skip
        if isinstance(where, View):
            for one in where.view["blocks"]:  # Slack tells what stands in every field, touched or not
                if one["type"] == "input":
                    where.values.setdefault(one["block_id"], at_first(one["element"]))
            box: dict[str, Any] = {"type": "view", "view_id": where.id}
            more: dict[str, Any] = {"view": view_json(self.space, where)}
        else:
            channel, message = where
            box = {"type": "message", "message_ts": message.ts, "channel_id": channel.id,
                   "is_ephemeral": bool(message.only)}  # fmt: skip
            if message.thread:
                box["thread_ts"] = message.thread
            more = {"channel": {"id": channel.id, "name": channel.name}, "response_url": self.space.url}
            if not message.only:
                more["message"] = message_json(self.space, message)
        if element["type"] == "button":
            action["text"] = element["text"]
            action |= {name: element[name] for name in ("value", "style") if name in element}
        if element.get("url"):
            action["url"] = element["url"]
        self._send("interaction", self._interaction("block_actions", container=box, actions=[action], **more))

    # --- forms

    def fill(self, **values: Any) -> None:
        """Fills fields of the modal on top, by their names: words, a key, a day, a list of keys or of files."""
        view = self._top()
        for name, value in values.items():
            block = next((one for one in view.view["blocks"] if one.get("block_id") == name), None)
            if block is None or block["type"] != "input":
                raise LookupError(f"no field {name}")
            view.values[name] = filled(block["element"], value)
            if block.get("dispatch_action"):
                said = {key: one for key, one in view.values[name].items() if key != "type"}
                self.press_element(view, block, block["element"], **said)
        self.space.bell.ring()

    def put(self, values: Mapping[str, Any]) -> None:
        """Fills fields of the modal on top without telling our app; those that it has not are left out."""
        view = self.modal
        for block in view.view["blocks"] if view is not None else ():
            if view is not None and block["type"] == "input" and block.get("block_id") in values:
                view.values[block["block_id"]] = filled(block["element"], values[block["block_id"]])

    def submit(self, **values: Any) -> None:
        """Fills fields and sends the form; Slack itself refuses one with needed fields left empty."""
        self.fill(**values)
        view = self._top()
        view.errors = {}
        for block in view.view["blocks"]:
            if block["type"] != "input":
                continue
            stands = view.values.setdefault(block["block_id"], at_first(block["element"]))
            if not block.get("optional") and empty(stands):
                view.errors[block["block_id"]] = NEEDED.get(self.user.locale[:2], NEEDED["en"])
        if view.errors:
            self.space.show(Event("errors", view=view, user=self.id))
            return
        body = self._interaction("view_submission", view=view_json(self.space, view), response_urls=[])
        self._send("interaction", body, lambda answer: self._answered_form(view, answer))

    def cancel(self) -> None:
        """Leaves the modal on top."""
        view = self._top()
        told = view_json(self.space, view)
        self.space.shut(view)
        if view.view.get("notify_on_close"):
            self._send("interaction", self._interaction("view_closed", view=told, is_cleared=False))

    def _top(self) -> View:
        view = self.modal
        if view is None:
            raise LookupError("no modal is open")
        return view

    # --- answers

    def _answered_command(self, channel: Channel, answer: Any) -> None:
        if answer is None:
            self.space.show(
                Event("failed", channel.id, user=self.id, text="/va failed with the error operation_timeout")
            )
        elif isinstance(answer, dict) and (answer.get("text") or answer.get("blocks")):
            blocks = check_message(answer["blocks"]) if answer.get("blocks") else []
            only = "" if answer.get("response_type") == "in_channel" else self.id
            message = Message(self.space.stamp(), self.space.bot.id, answer.get("text", ""), blocks, only=only)
            self.space.post(channel, message)

    def _answered_form(self, view: View, answer: Any) -> None:
        if answer is None:
            view.errors = {"": "We had some trouble connecting. Try again?"}
            self.space.show(Event("errors", view=view, user=self.id))
            return
        said = answer if isinstance(answer, dict) else {}
        how = said.get("response_action")
        if how == "errors":
            names = {block.get("block_id") for block in view.view["blocks"] if block["type"] == "input"}
            if not said["errors"] or set(said["errors"]) - names:
                raise AssertionError(f"errors for fields that are not there: {said['errors']}")
            view.errors = dict(said["errors"])
            self.space.show(Event("errors", view=view, user=self.id))
        elif how == "update":
            self.space.replace(view, check_view(said["view"], ("modal",)))
        elif how == "push":
            self.space.open(self.id, check_view(said["view"], ("modal",)), push=True)
        else:
            self.space.shut(view, whole=how == "clear")

    # --- to our app

    def _interaction(self, kind: str, **fields: Any) -> dict[str, Any]:
        space = self.space
        return {
            "type": kind, "token": "x", "team": {"id": space.team, "domain": space.name}, "enterprise": None,
            "user": {"id": self.id, "username": self.user.name.lower(), "name": self.user.name.lower(),
                     "team_id": space.team},
            "api_app_id": space.app_id, "trigger_id": space.trigger(self.id), "is_enterprise_install": False, **fields,
        }  # fmt: skip

    def _send(self, kind: str, body: Mapping[str, Any], heard: Any = None) -> None:
        self.space.outbox.append((kind, body, heard))
        self.space.bell.ring()


def buttons(blocks: list[Block]) -> list[tuple[Block, Block]]:
    """The buttons of blocks, each with its block."""
    found = []
    for block in blocks:
        elements = [*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())]
        found += [(block, one) for one in elements if one["type"] == "button"]
    return found
