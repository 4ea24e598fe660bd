"""A client's people at the door of the little shop: what they do, and what their workspace shows."""

from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

import bot.handlers  # noqa: F401  every face's abilities
from bot.delivery.acts import act as act_of
from bot.update import Face, Json, Kind, OfClient, Reply, Update, Writer
from storage import clients
from storage.jobs import Claimed, claim, done
from storage.models import metadata
from tests.door import Desk, open_desk

T = metadata.tables
PEOPLE = {
    "U0ANNA": ("anna", "Anna Rossi", ["decide", "spend", "close"]),
    "U0MARCO": ("marco", "Marco Bianchi", ["close"]),
}
GUEST = "U0GUEST"


@dataclass
class Team:
    """Anna may all, Marco only close; ``posts`` is what stands in the workspace, by key."""

    desk: Desk
    client: int = 1
    posts: dict[str, Any] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    reply: Reply | None = None

    async def update(self, kind: Kind, user: str = "U0ANNA", *, language: str = "en", **fields: Any) -> Reply | None:
        """Something that a member does."""
        fields = {"id": f"E{next(self.desk.numbers)}", "face": Face.TEAM, **fields}
        made = Update(
            channel="slack",
            account="shop-team",
            kind=kind,
            target=OfClient(self.client),
            at=self.desk.now,
            writer=Writer(user, user.lower(), language, guest=user == GUEST),
            **fields,
        )
        self.reply = await self.desk.handle(made)
        await self.settle()
        return self.reply

    async def press(self, key: str, user: str = "U0ANNA", **data: Any) -> Reply | None:
        """Presses a button by its key."""
        return await self.update(Kind.PRESS, user, name=key, data={"place": "C1", "private": {}, "values": {}, **data})

    async def submit(self, act: str, values: Json, user: str = "U0ANNA", **private: Any) -> Reply | None:
        """Submits a form."""
        data = {"values": values, "private": private, "place": "C1", "fields": list(values)}
        return await self.update(Kind.FORM, user, name=act, data=data)

    async def command(self, name: str, text: str = "", user: str = "U0ANNA", **fields: Any) -> Reply | None:
        """Gives a command."""
        return await self.update(Kind.COMMAND, user, name=name, text=text, data={"place": "C1"}, **fields)

    async def va(self, act: str, /, **data: Any) -> Reply | None:
        """An act of the desk's."""
        made = Update(
            id=f"va{next(self.desk.numbers)}",
            channel="inbox",
            account="1",
            face=Face.VA,
            kind=Kind.ACT,
            target=OfClient(self.client),
            at=self.desk.now,
            name=act,
            data=data,
            writer=Writer("1", "Eva", "en"),
        )
        self.reply = await self.desk.handle(made)
        await self.settle()
        return self.reply

    async def settle(self) -> None:
        """Lets the clock do what is due, and the workspace show what was posted."""
        while True:
            jobs = await self.desk.database.transact(self.take)
            if not jobs:
                return
            for job in jobs:
                if job.kind == "act":
                    await self.desk.door.handle(act_of(job, self.desk.now))
                elif job.lane is not None and job.lane.startswith("slack:"):
                    self.show(job)
            await self.desk.database.transact(lambda write, jobs=jobs: self.mark(write, jobs))  # type: ignore[misc]

    def take(self, write: Connection) -> list[Claimed]:
        return claim(write, self.desk.now, self.desk.now, 100, 100)

    def mark(self, write: Connection, jobs: list[Claimed]) -> None:
        for job in jobs:
            done(write, job, self.desk.now)
            if job.kind == "post" and job.payload["key"]:
                key = job.payload["key"]
                write.execute(update(T["post"]).where(T["post"].c.key == key).values(place="C1", ts=f"ts-{key}"))

    def show(self, job: Claimed) -> None:
        payload, place = job.payload, str(job.lane).rsplit(":", 1)[1]
        if job.kind == "post":
            words = read_out(payload["post"])
            if payload["key"]:
                self.posts[payload["key"]] = words
            else:
                self.said.append(f"{place} {payload['under']} {words}".strip())
        elif job.kind == "unpost":
            self.posts.pop(payload["key"], None)
        elif job.kind == "home":
            self.posts[f"home:{place}"] = read_home(payload["home"])

    def heard(self) -> list[str]:
        """What was said, not to be edited, since this was last asked."""
        said, self.said = self.said, []
        return said


def read_out(post: Json) -> str:
    """A post on one line."""
    parts = [post["title"], *post["lines"], *(f"{label}: {value}" for label, value in post["fields"])]
    parts += [f"«{post['quote']}»" if post["quote"] else "", post["small"]]
    buttons = "".join(f" [{press['label']}]" for row in post["buttons"] for press in row)
    return html.unescape(re.sub("<[^>]+>", "", " | ".join(part for part in parts if part))) + buttons


def read_home(home: Json) -> str:
    """A home page on one line."""
    shown = []
    for part in home["parts"]:
        if part["is"] == "heading":
            shown.append(f"# {part['text']}")
        else:
            shown += [*part["lines"], part["small"]]
            shown += [f"[{press['label']}]" for row in part["buttons"] for press in row]
    return html.unescape(re.sub("<[^>]+>", "", " | ".join(line for line in shown if line)))


@pytest.fixture
async def team(migrated_sqlite: str) -> AsyncIterator[Team]:
    """The shop's people."""
    async with open_desk(migrated_sqlite) as desk:
        await desk.database.transact(workspace)
        yield Team(desk)


def workspace(write: Connection) -> None:
    """Its workspace, and who is in it."""
    write.execute(
        insert(T["account"]).values(
            client_id=1, channel="slack", name="shop-team", token="sealed", settings={"channel": "C1"},
            username="", secret="", address="", profile="", polled_by="", trouble="",
        )
    )  # fmt: skip
    for place, (user, (key, name, rights)) in enumerate(PEOPLE.items()):
        row = {"client_id": 1, "key": key, "name": name, "slack": user, "rights": rights, "position": place}
        write.execute(insert(T["contact"]).values(phone="", email="", active=True, **row))
    clients.touch(write, 1)


async def rows(team: Team, name: str, *columns: str) -> list[tuple[Any, ...]]:
    """Rows of a table."""
    table = T[name]
    wanted = select(*(table.c[column] for column in columns)).order_by(table.c.id)
    found = await team.desk.database.read(lambda read: read.execute(wanted).all())
    return [tuple(row) for row in found]


def whispered(team: Team) -> str:
    """What only she saw."""
    assert team.reply is not None
    assert not team.reply.error, team.reply.error
    return read_out(team.reply.ephemeral)


def filled(team: Team) -> dict[str, Any]:
    """What stands in the form that was opened, by field."""
    assert team.reply is not None
    assert team.reply.modal is not None, team.reply
    return {part["name"]: part["value"] for part in team.reply.modal["parts"] if part["is"] == "input"}


async def hired(team: Team) -> None:
    """Anna gives appointments."""
    await team.desk.change(
        "insert into resource (client_id, key, name, kind, seats, position, active) "
        "values (1, 'anna', 'Anna', 'staff', 1, 0, 1)"
    )
    await team.desk.change("update client set version = version + 3")
