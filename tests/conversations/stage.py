"""Plays a transcript: people on a sandbox Telegram, the house over real HTTP and a real database, a clock of our own.

In *stutter* the house stands from the first line to the last, and every update is delivered twice, the second time to
no effect; in *amnesia* the house is built anew over the same open database before every line. *plain* is neither.
"""

from __future__ import annotations

import asyncio
import shlex
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import aiohttp
from pydantic import SecretStr
from typer.testing import CliRunner

from bot import cli
from bot.app import App, build
from bot.cli import operate
from bot.delivery.pacing import UNPACED
from bot.inbox.acting import DOINGS
from bot.office import digests
from bot.secrets import Vault
from bot.settings import Listen, Settings
from bot.update import Face, InConversation, Kind, OfClient, Target, Update, Writer
from bot.values import Client
from sandbox.slack import Slack
from sandbox.telegram import Event, Message, Person, Telegram
from storage import clients, staff, tickets
from storage.database import open_database
from tests.conversations.again import Again
from tests.conversations.office import EVERYBODY, Office, connect
from tests.conversations.script import Line, Script, fill, matches
from tests.ports import free_port

KEY: Final = "c2FuZGJveC1rZXktZm9yLXRyYW5zY3JpcHRzLW9ubHk="
WAYS_OUT: Final = frozenset(
    ("Never mind", "A person", "Back", "Lasciar stare", "Una persona", "Indietro", "Rezygnuję", "Człowiek", "Wstecz")
)
COMMANDS: Final[dict[str, list[str]]] = {"desk": ["desk"], "operator": []}
"""Who gives commands, and what stands before each."""
HOUR: Final = 3600.0
"""Seconds for which the sandbox waits for an answer: how long we take is not what a transcript is about."""
START: Final = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Stage:
    """One performance of a transcript."""

    def __init__(self, script: Script, mode: str, database_url: str) -> None:
        self.script = script
        self.mode = mode
        self.database_url = database_url
        self.now = START
        self.telegram = Telegram(clock=self.seconds, retry_pause=0.01, query_lifetime=1e9)
        self.token = token_of(script.client)
        self.people: dict[str, Person] = {}
        self.known: dict[str, str] = {}
        self.heard: list[tuple[str, str, str]] = []
        self.speaker = "customer"
        self.client: Client | None = None
        self.account = ""
        self.slack = Slack(clock=self.seconds, patience=HOUR, retry_pause=0.01)
        self.office: Office | None = None
        self.acts = 0
        self.again = Again()

    def seconds(self) -> float:
        """Our clock as the sandbox reads it: seconds since 1970."""
        return self.now.timestamp()

    # --- the house

    async def play(self) -> None:
        """Plays every line; raises AssertionError at the first that is not as it is written."""
        self.bot = self.telegram.add_bot(self.token, f"{self.script.client}_bot", self.script.client)
        self.bot.updates.deliveries = 2 if self.mode == "stutter" else 1
        async with (
            self.telegram.serve() as url,
            self.slack.serve() as slack_url,
            aiohttp.ClientSession() as self.session,
        ):
            port = free_port()
            self.settings = Settings(
                database_url=self.database_url,
                listen=Listen("127.0.0.1", port),
                public_url=f"http://127.0.0.1:{port}",
                telegram_api=url,
                slack_api=slack_url,
                key=SecretStr(KEY),
            )
            self.database = open_database(self.database_url)
            try:
                await self.perform()
            finally:
                await self.database.close()

    async def perform(self) -> None:
        """Plays every line in the house that stands."""
        self.app = await self.build()
        try:
            await self.app.serve()
            await self.meet()
            for line in self.script.lines:
                await self.line(line)
            self.nothing_left("at the end")
        finally:
            await self.app.stop()

    async def build(self) -> App:
        """The house; delivery is driven by us."""
        app = await build(
            self.settings, clock=lambda: self.now, pace=UNPACED, session=self.session, database=self.database
        )
        if self.mode == "stutter":
            self.again.watch(app.door)
        return app

    async def meet(self) -> None:
        """Finds the client of the script, and has its bot's updates posted to us."""

        def find(rows: Any) -> tuple[Client, str]:
            found = clients.find(rows, self.script.client)
            assert found is not None, f"no client {self.script.client}"
            account = next(one for one in clients.accounts(rows, "telegram") if one.client_id == found[0])
            return clients.cached(rows, *found), account.name

        self.client, self.account = await self.app.database.read(find)
        fields = {
            "url": f"{self.settings.public_url}/telegram/{self.account}",
            "secret_token": self.app.telegram.secret(self.account),
        }
        async with self.session.post(f"{self.settings.telegram_api}/bot{self.token}/setWebhook", data=fields) as answer:
            assert answer.status == 200, await answer.text()
        if self.script.team:
            await self.meet_team()

    async def meet_team(self) -> None:
        """Gives the client its workspace, and has what happens there posted to us."""
        assert self.client is not None
        id, keys = self.client.id, Vault([KEY])
        shows = self.script.shows or self.client.slack_shows
        channel = await self.app.database.transact(lambda write: connect(write, id, keys, shows))
        await self.app.slack.refresh()
        self.client = await self.app.database.read(lambda rows: clients.load(rows, id))
        copies = 2 if self.mode == "stutter" else 1
        if self.script.digests:
            team = self.client
            await self.app.database.transact(lambda write: digests.keep(write, team, self.now))
        self.office = Office(self.slack, self.client, channel, self.script.languages, copies)
        await self.slack.post_to(self.office.space, f"{self.settings.public_url}/slack/{self.client.slack}")

    async def settle(self) -> None:
        """Lets everything that is due happen."""
        for _ in range(3 if self.office else 1):  # Slack tells us of our own posts as well
            await self.bot.updates.drained()
            await self.slack.drained()
            await self.app.settle()
        if self.office is not None:
            self.heard += self.office.news()
        for name, person in self.people.items():
            for event in person.unread():
                self.note(name, event)

    # --- the lines

    async def line(self, line: Line) -> None:
        """Plays one line."""
        if line.heard:
            return self.expect(line)
        self.nothing_left(f"before line {line.number}")
        if self.mode == "amnesia":
            await self.app.stop()
            self.app = await self.build()
            await self.app.serve()
        if line.who == "clock":
            self.set_clock(line.text)
        elif line.slack:
            self.speaker = line.who
            assert self.office is not None
            self.office.act(line.who, fill(line.text, self.known))
        elif line.who == "slack":
            self.slack.down() if line.text == "down" else self.slack.lift_faults()
        elif line.who == "va":
            await self.va(fill(line.text, self.known))
        elif line.who in COMMANDS:
            await self.command(COMMANDS[line.who], line.text)
        else:
            self.speaker = line.who
            self.act(self.person(line.who), fill(line.text, self.known))
        await self.settle()
        return None

    def expect(self, line: Line) -> None:
        """Demands that this was said next."""
        to = line.to or ("team" if line.who in EVERYBODY else self.speaker)
        wanted = " ".join(line.text.split())
        where = f"{self.script.name}:{line.number}"
        for place, (name, kind, said) in enumerate(self.heard):
            if name == to or kind == "says":
                assert kind == line.who, f"{where}: wanted {line.who}: {wanted}\n  but heard {kind}: {said}"
                assert matches(wanted, said, self.known), f"{where}:\n  wanted {wanted}\n  heard  {said}"
                del self.heard[place]
                return
        raise AssertionError(f"{where}: wanted {line.who}: {wanted}\n  but nothing was said to {to}")

    def nothing_left(self, when: str) -> None:
        """Demands that nothing was said but what is written, and nothing done by what was delivered again."""
        assert not self.again.faults, f"{self.script.name}, {when}: {self.again.faults}"
        left = "\n".join(f"{kind} to {name}: {said}" for name, kind, said in self.heard)
        assert not left, f"{self.script.name}, {when}, too much was said:\n{left}"

    def set_clock(self, text: str) -> None:
        """``2026-11-23 10:00`` on the client's clock, or ``+90`` minutes."""
        if text.startswith("+"):
            self.now += timedelta(minutes=int(text))
            return
        assert self.client is not None
        self.now = datetime.fromisoformat(text).replace(tzinfo=self.client.zone).astimezone(UTC)

    async def command(self, group: list[str], text: str) -> None:
        """A command, by the real command line over our database and clock."""
        loop = asyncio.get_running_loop()

        def over_ours(fn: Callable[[Any], Any]) -> Any:
            return asyncio.run_coroutine_threadsafe(fn(self.app.database), loop).result()

        kept = operate.with_database, operate.now
        operate.with_database, operate.now = over_ours, lambda: self.now
        try:
            argv = [*group, *shlex.split(fill(text, self.known))]
            result = await asyncio.to_thread(CliRunner().invoke, cli.app, argv)
        finally:
            operate.with_database, operate.now = kept
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        for said in result.output.splitlines():
            if said.strip():
                self.heard.append(("desk", "says", " ".join(said.split())))

    async def va(self, text: str) -> None:
        """An act of the desk: ``name key=value table.key=value``; what is wrong with it is what it says."""
        assert self.client is not None
        name, *given = shlex.split(text)
        data: dict[str, Any] = {}
        for one in given:
            key, _equals, value = one.partition("=")
            key, _dot, inner = key.partition(".")
            said: Any = int(value) if value.isdigit() else value
            data[key] = {**data.get(key, {}), inner: said} if inner else said
        client, self.acts = self.client, self.acts + 1

        def look(rows: Any) -> tuple[Any, Target]:
            member = next(one for one in staff.everybody(rows) if one.name == client.coverage[0].staff)
            ticket = tickets.by_number(rows, client.id, int(data.get("ticket", 0)))
            talk = ticket.conversation_id if ticket is not None else None
            of_talk = any(one.act == name and not one.of_client for one in DOINGS.values())
            return member, InConversation(talk) if talk is not None and of_talk else OfClient(client.id)

        member, target = await self.app.database.read(look)
        made = Update(
            id=f"{name}:{self.acts}",
            channel="inbox",
            account=str(member.id),
            face=Face.VA,
            kind=Kind.ACT,
            target=target,
            at=self.now,
            name=name,
            data={"by": member.name, **data},
            writer=Writer(str(member.id), member.name, "en"),
        )
        reply = await self.app.door.handle(made)
        if self.mode == "stutter":
            reply = await self.app.door.handle(made)
        if reply is not None and reply.error:
            self.heard.append(("desk", "says", " ".join(reply.error.split())))

    # --- people

    def person(self, name: str) -> Person:
        """Somebody with a Telegram; the language of the script's first mention."""
        if name not in self.people:
            first = "Anna" if name == "customer" else name.capitalize()
            language = self.script.languages.get(name, "en")
            self.people[name] = self.telegram.person(self.token, first, language)
        return self.people[name]

    def act(self, person: Person, text: str) -> None:  # noqa: PLR0912  each thing a person can do
        """What a person does: [press], (something else), /command or words."""
        if text.startswith("[") and text.endswith("]"):
            self.press(person, text[1:-1])
        elif text.startswith("/"):
            name, _space, rest = text[1:].partition(" ")
            person.command(name, rest) if rest else person.command(name)
        elif text == "(contact)":
            person.share_contact()
        elif text.startswith("(contact "):
            person.share_contact(phone=text[9:-1])
        elif text == "(somebody's contact)":
            person.share_contact(own=False, phone="+390212345678")
        elif text.startswith("(photo"):
            person.send_photo(b"\xff\xd8photo", text[6:-1].strip())
        elif text.startswith("(document"):
            person.send_document("paper.pdf", b"%PDF", "application/pdf", text[9:-1].strip())
        elif text == "(voice)":
            person.send_voice()
        elif text == "(sticker)":
            person.send_sticker()
        elif text == "(location)":
            person.share_location(45.46, 9.19)
        elif text == "(block)":
            person.block()
        elif text == "(unblock)":
            person.unblock()
        elif text.startswith("(edit "):
            mine = [message for message in person.messages if message.by != "bot"]
            person.edit(mine[-1], text[6:-1])
        elif text.startswith("(press again "):
            self.press(person, text[13:-1].strip("[]"), again=True)
        else:
            person.write(text)

    def press(self, person: Person, label: str, *, again: bool = False) -> None:
        """Presses the newest button that reads so, also of the keyboard below; ``again`` one that has gone since."""
        if any(label in row for row in labels(person.keyboard)):
            person.tap(label)
            return
        if again:
            for event in reversed(person.chat.events):
                message = event.message
                if message is not None and (button := find(message, label)) is not None:
                    person.press_raw(button.data, message.id)
                    return
        for message in reversed(person.messages):
            if message.by == "bot" and message.inline and any(label in row for row in message.labels):
                person.press(message, label)
                return
        raise AssertionError(f"{self.script.name}: nobody offers [{label}]")

    # --- what was said

    def note(self, name: str, event: Event) -> None:
        """Notes what the house said to somebody, as a transcript writes it."""
        if event.kind == "answered":
            if event.answer is not None and event.answer.text:
                self.heard.append((name, "toast", event.answer.text))
            return
        message = event.message
        if message is None or event.kind == "action":
            return
        if message.file is not None:
            self.heard.append((name, "file", message.file.name))
        elif event.kind == "sent":
            self.heard.append((name, "bot", said(message)))
        elif not (message.text.rpartition("\n")[2].startswith("→ ") and not message.buttons):
            self.heard.append((name, "edit", said(message)))


def said(message: Message) -> str:
    """A message as a transcript writes it: its words, and its buttons but for the ways out."""
    shown = [label for row in message.labels for label in row if label not in WAYS_OUT]
    return " ".join([*message.text.split(), *(f"[{' '.join(label.split())}]" for label in shown)])


def find(message: Message, label: str) -> Any:
    """The button of that label."""
    return next((button for row in message.buttons for button in row if button.text == label), None)


def labels(keyboard: Any) -> list[list[str]]:
    """What the buttons of a keyboard read."""
    return [[button.text for button in row] for row in keyboard or ()]


def token_of(slug: str) -> str:
    """The token of a client's bot on the sandbox."""
    return f"{zlib.crc32(slug.encode())}:{slug}"
