"""Where a client wants only references shown: posts say number, kind and whose it is; the words are read in a form."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.team.conftest import Team

ASK = "You don't have that right. You can ask: Anna Rossi and Marco Bianchi."
SECRETS = ("Anna", "Carla", "Neri", "drips", "345", "kitchen")
"""What customers said, and what they are called: Anna Rossi, the contact, is taken out before it is looked for."""


@pytest.fixture
async def bare(team: Team) -> Team:
    """The shop's people, who are shown only references."""
    shows = "json_set(rules, '$.slack_shows', 'reference')"
    await team.desk.change(f"update client set rules = {shows}, version = version + 7")
    return team


async def sent(team: Team) -> str:
    """All that ever went to the workspace to be shown there, but for what a form shows."""
    found = await team.desk.query("select payload from job where lane like 'slack:%'")
    return " ".join(str(row[0]) for row in found).replace("Anna Rossi", "")


def opened(team: Team) -> str:
    """What the form that was opened says."""
    assert team.reply is not None
    assert not team.reply.error, team.reply.error
    return json.dumps(team.reply.modal, ensure_ascii=False)


async def reads(team: Team, key: str, *words: str) -> None:
    """Who is named in the file reads the words, and nobody else does."""
    await team.press(key, "U0OTHER")
    assert team.reply is not None
    assert (team.reply.error, team.reply.modal) == (ASK, None)
    await team.press(key, "U0MARCO")
    for one in words:
        assert one in opened(team)


async def test_messages_and_what_can_not_wait(bare: Team) -> None:
    await bare.va("log_call", name="Carla Neri", phone="+390212345678", about="The tap drips", end="slip")
    assert bare.posts["slip:1:0"] == ("Message 1001 | For: anyone [Read it] [Called back] [Give to the assistant]")
    await reads(bare, "slip_open:1", "Carla Neri", "+39 02 1234 5678", "The tap drips")
    await bare.press("slip_called:1")
    assert bare.posts["slip:1:0"] == "Message 1001 | Dealt with by Anna Rossi. | For: anyone [Read it]"
    await reads(bare, "slip_open:1", "The tap drips", "Dealt with by Anna Rossi.")
    bare.desk.now += timedelta(hours=11)  # nobody is at the desk
    await bare.desk.write("fire in the kitchen")
    await bare.settle()
    [key] = [key for key in bare.posts if key.startswith("urgent:")]
    assert bare.posts[key].startswith("Urgent: conversation ")
    assert bare.posts[key].endswith("[Read it] [I see to it]")
    await reads(bare, f"urgent_open:{key.split(':')[1]}", "kitchen")
    assert not [word for word in SECRETS if word in await sent(bare)]


async def test_nothing_is_opened_by_who_is_not_named(bare: Team) -> None:
    for key in ("appointment_open:1", "order_open:1", "relay_open:1", "decide_open:1", "day_open:2026-11-24"):
        await bare.press(key, "U0OTHER")
        assert bare.reply is not None
        assert (bare.reply.error, bare.reply.modal) == (ASK, None)
        await bare.press(key, "U0MARCO")
        assert bare.reply is not None
        assert bare.reply.error != ASK
