"""The house at work, its customers on a sandbox Telegram, and browsers with a script at its desk."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot import app
from bot.delivery import UNPACED
from tests.inbox.house import PASSWORD, House, a_house

HERE = Path(__file__).parent
Open = Callable[..., Awaitable[Page]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser lives as long as the worker, so all tests that drive it run in one event loop."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


@pytest_asyncio.fixture(loop_scope="session")
async def house(with_examples: Path, tmp_path: Path) -> AsyncIterator[House]:
    """The house at work, as `serve` runs it, on a clock that stands still; Giulia and Ewa answer for all clients."""
    shutil.copy(with_examples, tmp_path / "house.db")
    async with (
        a_house(f"sqlite:///{tmp_path}/house.db") as house,
        app.running(house.settings, clock=lambda: house.now, pace=UNPACED) as house.app,
    ):
        await house.hire("Giulia", "salon", "dentista", "bikes", language="it")
        await house.hire("Ewa", "salon", language="pl")
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def sits(house: House, browser: Browser) -> AsyncIterator[Open]:
    """``await sits("Giulia", width=390)``: somebody logs in and has the queue before her; nothing may go wrong."""
    wrong: list[str] = []

    async def open_page(name: str, *, width: int = 1440, height: int = 900, **options: Any) -> Page:
        options = {"viewport": {"width": width, "height": height}, "locale": "en-GB", **options}
        context = await browser.new_context(reduced_motion="reduce", **options)
        page = await context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{name}: {error}"))
        page.on("console", lambda said: wrong.append(f"{name}: {said.text}") if complains(said) else None)
        page.on("request", lambda asked: None if asked.url.startswith(house.app.url) else wrong.append(asked.url))
        await page.goto(f"{house.app.url}/inbox/")
        await page.get_by_label("Your name").fill(name)
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Log in").click()
        await expect(page.locator(".rail")).to_be_visible()
        await page.wait_for_load_state()  # a key that is pressed before the script listens is lost
        return page

    yield open_page
    for context in browser.contexts:
        await context.close()
    assert wrong == []


def complains(said: Any) -> bool:
    """Whether the console tells of a fault: that a form was refused, or that we cut a page off, is none."""
    return said.type == "error" and not any(known in said.text for known in ("409", "ERR_FAILED"))
