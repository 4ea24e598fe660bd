"""The team's page in a real browser: what a member clicks reaches the app, what the app shows is seen at once."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.app import create_app
from sandbox.slack import Slack, Workspace
from sandbox.telegram import Telegram
from tests.browser.axe import clean

pytestmark = pytest.mark.asyncio(loop_scope="session")  # that of the browser

TOKEN = "xoxb-1-shop"
BUTTON = {"type": "button", "text": {"type": "plain_text", "text": "Take"}, "action_id": "take:1", "style": "primary"}
POST: list[dict[str, Any]] = [
    {
        "type": "section",
        "text": {"type": "mrkdwn", "text": "*A train* to <https://cork.example|Cork>\n> &lt;b&gt;quoted"},
    },
    {"type": "actions", "elements": [BUTTON]},
]
OPTIONS = [{"text": {"type": "plain_text", "text": name}, "value": name.lower()} for name in ("Travel", "Errand")]
MODAL = {
    "type": "modal", "callback_id": "task", "title": {"type": "plain_text", "text": "A task"},
    "submit": {"type": "plain_text", "text": "Delegate"},
    "blocks": [
        {"type": "input", "block_id": "title", "label": {"type": "plain_text", "text": "What"},
         "element": {"type": "plain_text_input", "action_id": "title", "max_length": 50}},
        {"type": "input", "block_id": "due", "optional": True, "label": {"type": "plain_text", "text": "Due"},
         "element": {"type": "datepicker", "action_id": "due"}},
        {"type": "input", "block_id": "kind", "label": {"type": "plain_text", "text": "Kind"},
         "element": {"type": "static_select", "action_id": "kind", "options": OPTIONS}},
        {"type": "input", "block_id": "for", "optional": True, "label": {"type": "plain_text", "text": "For"},
         "element": {"type": "static_select", "action_id": "for", "options": OPTIONS}},
        {"type": "input", "block_id": "all", "optional": True, "label": {"type": "plain_text", "text": "All of"},
         "element": {"type": "multi_static_select", "action_id": "all", "options": OPTIONS,
                     "initial_options": OPTIONS[:1]}},
    ],
}  # fmt: skip


class App:
    """An app in the workspace: what was delivered to it, and its client of the Web API."""

    def __init__(self, slack: Slack, space: Workspace) -> None:
        self.slack = slack
        self.space = space
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self.client = AsyncWebClient(TOKEN, base_url=f"{slack.url.removesuffix('/slack')}/api/", retry_handlers=[])

    async def next(self, answer: Any = "") -> dict[str, Any]:
        """What a member did next; it is answered with this."""
        kind, body, heard = await self.slack.bell.until(lambda: self.space.outbox and self.space.outbox.popleft())
        if heard is not None:
            heard(answer)
        assert kind
        return dict(body)


@pytest_asyncio.fixture(loop_scope="session")
async def app() -> AsyncIterator[App]:
    """The pages and the Web API, with a workspace of two members."""
    slack = Slack()
    runner = web.AppRunner(create_app(Telegram(), slack), access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.serve_at(f"http://127.0.0.1:{runner.addresses[0][1]}")
    space = slack.workspace("shop", TOKEN, "secret")
    space.add_channel("desk")
    slack.member(space, "Anna Rossi", "it-IT")
    slack.member(space, "Bruno", "en-GB")
    yield App(slack, space)
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, app: App) -> AsyncIterator[Page]:
    """The team's page, in English; nothing may fail in it."""
    context = await browser.new_context(locale="en-GB", viewport={"width": 520, "height": 900})
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    await page.goto(app.slack.url.removesuffix("/slack") + "/team")
    yield page
    await context.close()
    assert wrong == []


async def test_a_member_commands_fills_in_presses_and_talks(page: Page, app: App) -> None:
    channel = next(iter(app.space.channels))
    await page.get_by_placeholder("Message, or /va").fill("/va a train")
    await page.keyboard.press("Enter")
    command = await app.next({"response_type": "ephemeral", "text": "One moment"})
    assert (command["command"], command["text"]) == ("/va", "a train")
    await expect(page.get_by_role("log")).to_contain_text("Only you can see this")
    await app.client.views_open(trigger_id=command["trigger_id"], view=MODAL)
    dialog = page.get_by_role("dialog", name="A task")
    await dialog.get_by_label("What").fill("A train")
    await dialog.get_by_label("Due").fill("2026-11-24")
    await expect(dialog.get_by_label("Kind").locator("option:not([hidden])")).to_have_text(["Travel", "Errand"])
    await expect(dialog.get_by_label("For").locator("option")).to_have_text(["none", "Travel", "Errand"])
    await dialog.get_by_role("button", name="Delegate").click()
    await expect(dialog.get_by_label("Kind")).to_have_attribute("aria-invalid", "true")
    await dialog.get_by_label("Kind").select_option("Errand")
    await dialog.get_by_role("group", name="All of").get_by_label("Errand").check()
    await dialog.get_by_role("button", name="Delegate").click()
    form = await app.next({"response_action": "errors", "errors": {"title": "Too short"}})
    assert form["view"]["state"]["values"]["due"]["due"]["selected_date"] == "2026-11-24"
    chosen = form["view"]["state"]["values"]["all"]["all"]["selected_options"]
    assert [one["value"] for one in chosen] == ["travel", "errand"]
    await expect(dialog).to_contain_text("Too short")
    await expect(dialog.get_by_label("What")).to_have_value("A train")
    await dialog.get_by_role("button", name="Delegate").click()
    await app.next()
    await expect(dialog).to_be_hidden()

    sent = await app.client.chat_postMessage(channel=channel, text="A train", blocks=POST)
    posted = page.locator(f"[data-ts='{sent['ts']}']")
    await expect(posted.locator("blockquote")).to_have_text("<b>quoted")
    await expect(posted.get_by_role("link", name="Cork")).to_have_attribute("href", "https://cork.example")
    assert (await app.next())["event"]["bot_id"]
    await page.get_by_role("button", name="Bruno").click()
    await expect(page.get_by_role("log")).not_to_contain_text("Only you can see this")
    await posted.get_by_role("button", name="Take").click()
    press = await app.next()
    assert (press["actions"][0]["action_id"], press["user"]["name"]) == ("take:1", "bruno")
    await posted.get_by_role("button", name="Reply in the thread").click()
    await page.get_by_placeholder("Reply in the thread").fill("Which class?")
    await page.get_by_role("button", name="Send").click()
    assert (await app.next())["event"]["thread_ts"] == sent["ts"]
    await expect(posted.locator(".thread")).to_contain_text("Which class?")
    await clean(page)
    await page.get_by_role("button", name="Home").click()
    assert (await app.next())["event"]["tab"] == "home"
