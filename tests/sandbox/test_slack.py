"""The loopback Slack is strict: what the real one refuses, or passes over in silence, is an error here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack import Slack

TOKEN = "xoxb-1-shop"


def section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(text: str = "Go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": "go", **more}


def rich(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


def modal(*blocks: Any, **more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": list(blocks), **more}


def entry(element: dict[str, Any]) -> dict[str, Any]:
    return {"type": "input", "block_id": "a", "label": {"type": "plain_text", "text": "A"}, "element": element}


LONG = [{"text": {"type": "plain_text", "text": "x" * 76}, "value": "x"}]
SELECT = {"type": "static_select", "action_id": "s", "options": LONG}
WRONG_BLOCKS = [
    [section("x" * 3001)],
    [section("")],
    [section("x")] * 51,
    [{"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}],
    [{"type": "actions", "elements": [button("x" * 76)]}],
    [{"type": "actions", "elements": [button(), button()]}],
    [{"type": "actions", "elements": [button(value="x" * 2001)]}],
    [{"type": "actions", "elements": [button(style="green")]}],
    [{"type": "marquee"}],
    [{"type": "rich_text", "elements": []}],
    [rich({"type": "text", "text": ""})],
    [rich({"type": "text", "text": "x", "style": {"loud": True}})],
    [rich({"type": "text", "text": "x", "verbatim": True})],
    [rich({"type": "mrkdwn", "text": "x"})],
    [{**section("x"), "colour": "red"}],
    [{"type": "section", "fields": [{"type": "mrkdwn", "text": "x"}] * 11}],
]
WRONG_VIEWS = [
    modal(),
    modal(*[section("x")] * 101),
    modal(section("x"), title={"type": "plain_text", "text": "x" * 25}),
    modal(section("x"), private_metadata="x" * 3001),
    modal(entry({"type": "plain_text_input", "action_id": "a"})),  # without submit
    modal(entry(SELECT), submit={"type": "plain_text", "text": "Go"}),
    modal({**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}),
    {"type": "home", "blocks": [section("x")]},
]  # fmt: skip


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    slack = Slack()
    space = slack.workspace("shop", TOKEN, "secret")
    space.add_channel("desk")
    async with slack.serve():
        yield slack


@pytest.fixture
def client(slack: Slack) -> AsyncWebClient:
    return AsyncWebClient(TOKEN, base_url=slack.url.removesuffix("/slack") + "/api/", retry_handlers=[])


async def refused(call: Any) -> str:
    """Slack's word for why a call is refused."""
    with pytest.raises(SlackApiError) as error:
        await call
    return str(error.value.response["error"])


@pytest.mark.parametrize("blocks", WRONG_BLOCKS)
async def test_wrong_blocks_are_refused(client: AsyncWebClient, blocks: Any) -> None:
    assert await refused(client.chat_postMessage(channel="#desk", text="x", blocks=blocks)) == "invalid_blocks"


@pytest.mark.parametrize("view", WRONG_VIEWS)
async def test_wrong_views_are_refused(client: AsyncWebClient, slack: Slack, view: Any) -> None:
    trigger = slack.spaces[TOKEN].trigger(slack.spaces[TOKEN].add_user("Anna").id)
    assert await refused(client.views_open(trigger_id=trigger, view=view)) == "invalid_arguments"


async def test_rich_text_is_read_letter_by_letter_and_a_message_takes_only_so_much(
    client: AsyncWebClient, slack: Slack
) -> None:
    bold = {"type": "text", "text": "*Bold* <!channel>", "style": {"bold": True}}
    await client.chat_postMessage(channel="#desk", text="x", blocks=[rich(bold, {"type": "text", "text": " & on"})])
    [space] = slack.spaces.values()
    [posted] = space.channel("desk").messages
    assert posted.lines == ["**Bold* <!channel>* & on"]
    assert not posted.pings
    await client.chat_postMessage(channel="#desk", text="x", blocks=[rich({"type": "user", "user_id": "U1"})])
    assert space.channel("desk").messages[-1].pings
    long = [rich({"type": "text", "text": "x" * 6001})] * 2
    assert await refused(client.chat_postMessage(channel="#desk", text="x", blocks=long)) == "msg_blocks_too_long"
    deaf = {"channel": "C1", "ts": "1", "text": "x", "mrkdwn": False}
    assert await refused(client.api_call("chat.update", json=deaf)) == "invalid_arguments"


async def test_unknown_methods_fields_and_tokens_are_refused(client: AsyncWebClient) -> None:
    assert await refused(client.api_call("chat.shout")) == "unknown_method"
    assert await refused(client.api_call("chat.postMessage", json={"chanel": "#desk"})) == "invalid_arguments"
    assert await refused(client.api_call("chat.update", json={"channel": "#desk"})) == "channel_not_found"
    assert await refused(client.chat_postMessage(channel="#desk", text="x" * 40_001)) == "msg_too_long"
    assert await refused(client.chat_postMessage(channel="#none", text="x")) == "channel_not_found"
    client.token = "xoxb-other"
    assert await refused(client.auth_test()) == "invalid_auth"


async def test_a_trigger_is_good_once_and_not_for_long(client: AsyncWebClient, slack: Slack) -> None:
    space, now = slack.spaces[TOKEN], [1_000_000_000.0]
    space.clock = lambda: now[0]
    user = space.add_user("Anna").id
    trigger, late = space.trigger(user), space.trigger(user)
    await client.views_open(trigger_id=trigger, view=modal(section("x")))
    assert await refused(client.views_open(trigger_id=trigger, view=modal(section("x")))) == "exchanged_trigger_id"
    now[0] += 3.1
    assert await refused(client.views_open(trigger_id=late, view=modal(section("x")))) == "expired_trigger_id"
    assert await refused(client.views_open(trigger_id="1.2.3", view=modal(section("x")))) == "invalid_trigger_id"
