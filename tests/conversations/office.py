"""The client's team in a transcript: members of a sandbox Slack, what they do there and what they see."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import pairwise
from typing import Any, Final

from sqlalchemy import Connection, select, text, update

from bot.secrets import Vault
from bot.values import Client
from sandbox.slack import Channel, Event, Member, Message, Slack, Workspace
from storage import clients
from storage.models import metadata
from storage.types import dump

CLIENT: Final = metadata.tables["client"]
SECRETS: Final = {"token": "xoxb-1-transcripts", "signing_secret": "of-transcripts"}
LOCALES: Final = {"it": "it-IT", "pl": "pl-PL", "en": "en-GB"}
EVERYBODY: Final = frozenset({"channel", "thread", "changed", "gone"})
"""What the whole team sees; the rest is one member's."""
ONES: Final = frozenset({"whisper", "direct", "modal", "wrong", "home"})
HEARD: Final = EVERYBODY | ONES
SECONDS: Final = re.compile(r"\b1[0-9]{9}\b")
AT_ONCE: Final = frozenset({"modal", "wrong", "whisper"})
"""What stands in an acknowledgement."""
ACT: Final = re.compile(r"\((\w[\w ]*?)(?: ([^)]*))?\)(?: (.*))?$", re.DOTALL)


class Office:
    """A workspace of the script's client, and who of its team plays in it."""

    def __init__(self, slack: Slack, client: Client, channel: str, languages: Mapping[str, str], copies: int) -> None:
        self.slack = slack
        self.client = client
        self.languages = languages
        self.space: Workspace = slack.workspace(client.slug, SECRETS["token"], SECRETS["signing_secret"])
        self.channel: Channel = self.space.add_channel(channel.lstrip("#") or "desk")
        slack.postmen[SECRETS["token"]].copies = copies
        self.members: dict[str, Member] = {}
        self.seen = 0
        for contact in client.contacts:
            if contact.slack:
                self.member(contact.key)

    def member(self, name: str) -> Member:
        """A member by her contact's key or first name; anybody else is a new one."""
        if name not in self.members:
            known = [one for one in self.client.contacts if one.slack and name in (one.key, first_name(one.name))]
            called, id = (known[0].name, known[0].slack) if known else (name.capitalize(), f"U0{name.upper()}")
            locale = LOCALES[self.languages.get(name, self.client.languages[0])]
            self.members[name] = self.slack.member(self.space, called, locale, id)
            self.members[name].user.locale = locale if name in self.languages else self.members[name].user.locale
        return self.members[name]

    # --- what members do

    def act(self, name: str, said: str) -> None:
        """What a member does: /command, [press], (something else) or words in the channel."""
        who = self.member(name)
        if said.startswith("/"):
            command, _space, rest = said.partition(" ")
            who.command(command, self.channel, rest)
        elif said.startswith("[") and said.endswith("]"):
            who.press(said[1:-1])
        elif (found := ACT.match(said)) is not None:
            what, inner, rest = found.groups()
            self.do(who, *split(what, inner or ""), rest or "")
        else:
            who.write(said, self.channel)

    def do(self, who: Member, what: str, inner: str, words: str) -> None:
        """One of the acts in brackets; see tests/conversations/script.py."""
        acts: dict[str, Callable[[], object]] = {
            "submit": lambda: who.submit(**self.values(who, inner)),
            "fill": lambda: who.fill(**self.values(who, inner)),
            "cancel": who.cancel,
            "home": who.look_home,
            "leave": who.leave,
            "shortcut": lambda: who.shortcut(inner),
            "delegate": lambda: who.message_shortcut("delegate", self.last(who), self.channel),
            "react": lambda: who.react(self.last(who), self.channel, inner or "bell"),
            "thread": lambda: who.write(words, self.channel, self.parent(inner)),
            "file": lambda: who.write(words, self.channel, self.parent(""), (who.file(inner, b"%PDF of a member"),)),
            "direct": lambda: who.write(words, ""),
            "mention": lambda: who.write(f"<@{self.space.bot.id}> {words}", self.channel),
            "edit": lambda: who.edit(self.last(who, own=True), words, self.channel),
            "delete": lambda: who.delete(self.last(who, own=True), self.channel),
            "again": lambda: self.again(who, inner),
        }
        acts[what]()

    def values(self, who: Member, inner: str) -> dict[str, Any]:
        """``title=A train; due=2026-11-24; files=a.pdf`` as fields of a form."""
        found: dict[str, Any] = {}
        for part in filter(None, (one.strip() for one in inner.split(";"))):
            name, _equals, value = part.partition("=")
            name, value = name.strip(), value.strip()
            found[name] = [who.file(value, b"%PDF of a form")] if name == "files" else self.value(who, name, value)
        return found

    def value(self, who: Member, name: str, value: str) -> Any:
        """What goes into a field: a moment is told on the client's clock, a member by her name."""
        element: dict[str, Any] = next((one["element"] for one in self.blocks(who) if one.get("block_id") == name), {})
        if element.get("type") == "datetimepicker":
            return int(datetime.fromisoformat(value).replace(tzinfo=self.client.zone).timestamp())
        if element.get("type") == "users_select":
            return self.member(value).id
        return [one.strip() for one in value.split(",")] if "multi" in element.get("type", "") else value

    def blocks(self, who: Member) -> list[dict[str, Any]]:
        """The blocks of the modal on top of a member's screen."""
        modal = who.modal
        return modal.view["blocks"] if modal is not None else []

    def last(self, who: Member, *, own: bool = False) -> Message:
        """The last message that a member wrote in the channel."""
        members = {who.id} if own else {one for one in self.space.users if one != self.space.bot.id}
        return next(one for one in reversed(self.channel.messages) if one.user in members)

    def parent(self, words: str) -> Message:
        """The newest post of ours that begins a thread, or that says these words."""
        posts = [one for one in self.channel.messages if one.user == self.space.bot.id and not (one.thread or one.only)]
        return next(one for one in reversed(posts) if words in " ".join(one.lines))

    def again(self, who: Member, label: str) -> None:
        """A press of a button that has gone since, as two who press at once."""
        for event in reversed(self.space.events):
            if event.message is not None and label.strip("[]") in event.labels:
                blocks, event.message.blocks = event.message.blocks, event.blocks
                who.press_on(event.message, label.strip("[]"), self.channel)
                event.message.blocks = blocks
                return
        raise AssertionError(f"nobody ever offered {label}")

    # --- what they see

    def news(self) -> list[tuple[str, str, str]]:
        """What was shown since this was last asked: to whom ("team" is everybody), how, and what."""
        fresh, self.seen = self.space.events[self.seen :], len(self.space.events)
        told = [one for event in fresh if (one := self.told(event)) is not None]
        # Slack itself never delivers a command or a form twice; where we do, the same acknowledgement says the same.
        return [one for before, one in pairwise([("", "", ""), *told]) if one != before or one[1] not in AT_ONCE]

    def told(self, event: Event) -> tuple[str, str, str] | None:
        """One thing that was shown, None where a member did it herself or it is nothing to read."""
        if event.message is not None and event.message.user != self.space.bot.id:
            return None
        if event.kind == "closed":
            return None
        said = " ".join([*" ".join([event.title, *event.lines]).split(), *(f"[{label}]" for label in event.labels)])
        if event.message is None:
            kind = {"opened": "modal", "updated": "modal", "errors": "wrong", "home": "home"}.get(
                event.kind, event.kind
            )
            return self.name_of(event.user), kind, self.on_the_clock(said) or event.text
        place = self.space.channels[event.place]
        if event.kind == "ephemeral":
            return self.name_of(event.user), "whisper", said
        if place.direct:
            return self.name_of(place.with_user), "gone" if event.kind == "deleted" else "direct", said
        kinds = {"edited": "changed", "deleted": "gone"}
        return "team", kinds.get(event.kind, "thread" if event.message.thread else "channel"), said

    def on_the_clock(self, said: str) -> str:
        """What a form shows, its moments as they read on the client's clock."""
        zone = self.client.zone
        return SECONDS.sub(lambda at: f"{datetime.fromtimestamp(int(at[0]), zone):%Y-%m-%d %H:%M}", said)

    def name_of(self, user: str) -> str:
        """What the script calls a member."""
        return next((name for name, one in self.members.items() if one.id == user), user)


def first_name(name: str) -> str:
    """What people call somebody."""
    return name.split(maxsplit=1)[0].lower() if name else ""


def split(what: str, inner: str) -> tuple[str, str]:
    """The act and what it takes: "(thread the train)" is "thread" with "the train"."""
    name, _space, rest = what.partition(" ")
    return name, f"{rest} {inner}".strip()


def connect(write: Connection, client_id: int, keys: Vault, shows: str) -> str:
    """Enters the secrets of the script's workspace, and what is shown in it; gives the name of its channel."""
    where = "client_id = :client and channel = 'slack'"
    found = clients.accounts(write, "slack")
    account = next(one for one in found if one.client_id == client_id)
    settings = {**account.settings, "sealed": {"signing_secret": keys.seal(SECRETS["signing_secret"]).cipher}}
    values = {"client": client_id, "token": keys.seal(SECRETS["token"]).cipher, "settings": dump(settings)}
    json = "cast(:settings as json)" if write.dialect.name == "postgresql" else ":settings"
    write.execute(text(f"update account set token = :token, settings = {json} where {where}"), values)
    of_client = CLIENT.c.id == client_id
    rules = write.execute(select(CLIENT.c.rules).where(of_client)).scalar_one()
    write.execute(update(CLIENT).where(of_client).values(rules={**rules, "slack_shows": shows}))
    clients.touch(write, client_id)
    return str(account.settings.get("channel") or "")
