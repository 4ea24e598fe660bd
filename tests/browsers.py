"""The browser of the tests: Debian's chromium, one for all tests of a worker, for its start costs a second of CPU."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, async_playwright, expect

CHROMIUM: Final = shutil.which("chromium-headless-shell") or "/usr/bin/chromium"
"""Without a window to draw the tests take little more than half the time; other systems have it with one only."""
ALONE: Final = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
"""As root, where shared memory is small, where there is no graphics card, and where nothing outside can be reached."""

expect.set_options(timeout=60_000)  # a test that waits so long waits for ever


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Starts it, and ends it however the tests went."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        try:
            yield browser
        finally:
            await browser.close()
