"""The Slack API is down, slow, full or torn: nothing is lost, order is kept, and nobody else has to wait."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Callable

import pytest

from sandbox.slack import Slack
from sandbox.slack.faults import Fault
from sandbox.telegram import Telegram
from tests.faults.conftest import CLIENT, fill
from tests.faults.crowd import Crowd, Town, name_of, token_of
from tests.faults.workspaces import FILE, SECRETS, Workspaces, median

Trouble = Callable[[Slack, str, int], Fault]
Record = Callable[[str, object], None]

POST = "chat.postMessage"
DEAF: list[Trouble] = [
    lambda slack, token, times: slack.drop_after(POST, token=token, times=times),
    lambda slack, token, times: slack.drop_after(POST, half=True, token=token, times=times),
    lambda slack, token, times: slack.drop_after(POST, half=True, sized=False, token=token, times=times),
]
"""Closed after a call was taken, and half a response: unknown whether it was taken, so that it is made again."""
TROUBLES: list[Trouble] = [
    *DEAF,
    lambda slack, token, times: slack.drop(POST, token=token, times=times),
    lambda slack, token, times: slack.behind_a_proxy(POST, token=token, times=times),
    lambda slack, token, times: slack.fail("fatal_error", POST, status=500, token=token, times=times),
    lambda slack, token, times: slack.limit(1, POST, token=token, times=times),
    lambda slack, token, _times: slack.slow(seconds=0.3, token=token, times=None),
]
"""And closed before, a proxy's page, broken, full, slow: each of a workspace of its own, at once."""
MINUTE = 60


def down(slack: Slack, token: str, _times: int) -> Fault:
    """Closes every connection before a call was taken, for a minute."""
    fault = slack.drop(token=token, times=None)
    asyncio.get_running_loop().call_later(MINUTE, fault.lift)
    return fault


LONG: list[Trouble] = [lambda slack, token, _times: slack.slow(seconds=10, token=token, times=6), down]
"""What lasts."""


@pytest.fixture
async def workspaces(whole: bool, sqlite_url: str) -> AsyncIterator[Workspaces]:
    """Clients with a bot and a workspace, one for each trouble at the least."""
    count = 20 if whole else len(TROUBLES)
    fill(sqlite_url, count, CLIENT + FILE, **SECRETS)
    telegram, slack = Telegram(retry_pause=0.01), Slack()
    for number in range(count):
        telegram.add_bot(token_of(number), f"{name_of(number)}_bot")
    async with telegram.serve() as api, slack.serve() as slack_api:
        yield Workspaces(Town(telegram, api, sqlite_url, quick=not whole), slack, slack_api)


async def test_nothing_is_lost(workspaces: Workspaces, whole: bool) -> None:
    troubles = TROUBLES + (LONG if whole else [])
    async with workspaces.serving() as process:
        faults = [
            trouble(workspaces.slack, one.token, 6 if whole else 1)
            for trouble, one in zip(troubles, workspaces.people, strict=False)
        ]
        for one in workspaces.people:
            for _ in range(30 if whole else 3):
                one.ask()
        await workspaces.all_shown()
    twice = workspaces.audit()
    assert twice == [fault.hits for fault in faults[: len(DEAF)]] + [0] * (len(twice) - len(DEAF))
    assert all(fault.hits for fault in faults) and "Traceback" not in process.said


async def test_a_dead_workspace_keeps_no_other_waiting(
    workspaces: Workspaces, whole: bool, record_property: Record
) -> None:
    dead, last, *others = workspaces.people
    crowd, times = Crowd(workspaces.town, random.Random(1942), *(400, 4) if whole else (32, 0)), 5 if whole else 1
    # What they book is shown in the workspaces of their clients, and has its own pace there.
    customers = [one for one in crowd.customers if one.account in {dead.name, last.name}]
    async with workspaces.serving():
        await crowd.live(customers[: len(customers) // 2])
        before = crowd.wait(), await median(others, times)
        fault = workspaces.slack.hold(token=dead.token, times=None)
        for _ in range(3 if whole else 1):
            dead.ask()
        await crowd.live(customers[len(customers) // 2 :])
        during = crowd.wait(), await median(others, times)
        # All the others are done, to the last word, and nothing is shown in the dead workspace.
        assert fault.hits and dead.shown == []
        fault.lift()
        await workspaces.all_shown()
    # A call that was given up while it was held is taken all the same, later.
    first, *rest = workspaces.audit()
    assert first <= fault.hits and not any(rest)
    for name, (was, then) in zip(("customers", "the other workspaces"), zip(before, during, strict=True), strict=True):
        figures = f"{was * 1000:.0f} ms before, {then * 1000:.0f} meanwhile"
        record_property("a dead workspace", f"one of {len(workspaces.people)}; {name} waited, by the median, {figures}")
