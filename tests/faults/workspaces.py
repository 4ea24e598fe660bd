"""The clients' own people in Slack, who give the desk things to do and see them in their channel."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from sandbox.slack import Slack
from tests.faults.audit import more
from tests.faults.crowd import Town, name_of
from tests.ports import free_port
from tests.serve.house import Process

FILE: Final = """
[slack]
account = "NAME"
channel = "#desk"
"""
SECRETS: Final = {"token": "xoxb-NAME", "signing_secret": "of-NAME"}


class People:
    """A client's people, in a workspace of their own; `asked` is all they gave the desk to do."""

    def __init__(self, slack: Slack, name: str) -> None:
        token, secret = (value.replace("NAME", name) for value in SECRETS.values())
        self.slack, self.name, self.token = slack, name, token
        self.space = slack.workspace(name, token, secret)
        self.desk = self.space.add_channel("desk")
        self.member = slack.member(self.space, "Anna Rossi")
        self.asked: list[str] = []

    @property
    def shown(self) -> list[str]:
        """What their channel shows of it, in order; appointments are shown there too."""
        ours = (one.lines[0] for one in self.desk.messages if one.user == self.space.bot.id and not one.only)
        return [line.partition(": ")[2].strip("*") for line in ours if line.startswith("*Task ")]

    def ask(self) -> str:
        """Gives the desk something to do."""
        self.asked.append(f"Errand {len(self.asked)}")
        self.member.write(f"<@{self.space.bot.id}> {self.asked[-1]}", "desk")
        return self.asked[-1]

    async def waits(self) -> float:
        """Gives the desk something to do; gives the seconds until their channel shows it."""
        begun, title = time.monotonic(), self.ask()
        await self.slack.bell.until(lambda: title in self.shown)
        return time.monotonic() - begun


class Workspaces:
    """The workspaces of all clients of a town, on one Slack."""

    def __init__(self, town: Town, slack: Slack, api: str) -> None:
        town.house.env["CENTRALINO_SLACK_API"] = api
        self.town, self.slack = town, slack
        self.people = [People(slack, name_of(number)) for number in range(len(town.telegram.bots))]

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Process]:
        """The house at work, with all workspaces posting to it."""
        async with self.town.house.serving(**self.town.settings(free_port())) as process:
            for one in self.people:
                await self.slack.post_to(one.space, f"http://127.0.0.1:{self.town.ports[0]}/slack/{one.name}")
            yield process

    async def all_shown(self) -> None:
        """Returns when everything that was asked for is shown, and marked as sent."""
        await self.slack.bell.until(lambda: all(set(one.asked) == set(one.shown) for one in self.people))
        await self.town.at_rest()

    def audit(self) -> list[int]:
        """How often too much each channel shows something; AssertionError where it is lost, early, or done twice."""
        house = self.town.house
        taken = house.rows("SELECT account, count(*) FROM updates WHERE channel = 'slack' GROUP BY account")
        kept = house.rows("SELECT account.name, title FROM task JOIN account ON account.client_id = task.client_id"
                          " WHERE account.channel = 'slack' ORDER BY task.id")  # fmt: skip
        assert dict(taken) == {one.name: len(one.asked) for one in self.people if one.asked}
        for one in self.people:
            assert [title for name, title in kept if name == one.name] == one.asked
        assert house.rows("SELECT kind FROM job WHERE state = 'failed'") == []
        return [more(one.name, one.shown, one.asked) for one in self.people]


async def median(people: list[People], times: int) -> float:
    """The median of the seconds that these wait, each so often, one after another."""
    return statistics.median([await one.waits() for _ in range(times) for one in people])
