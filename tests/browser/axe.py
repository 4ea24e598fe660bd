"""axe-core over a page as it stands: in light, and what depends on colours in dark too."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page

RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")
COLOURS: Final = ("color-contrast", "link-in-text-block")
"""The rules that another colour scheme can break; the rest looks at what is the same in both."""

STILL: Final = """
Promise.allSettled(document.getAnimations()
  .filter((one) => one.playState === "running" && one instanceof CSSTransition)
  .map((one) => one.finished))
"""
"""Colours that still change are waited for, what moves for its own sake (a countdown) is not."""


IS_THERE: Final = "'axe' in window"
THERE: Final = "void axe"
"""The script that is in the page by now: half a megabyte that need not be read again."""


async def clean(page: Page) -> None:
    """Demands that axe has nothing to say, in light and in dark."""
    await page.emulate_media(color_scheme="light")
    axe = Axe(axe_script=THERE) if await page.evaluate(IS_THERE) else Axe()
    await check(page, axe, {"runOnly": list(RULES)})
    await page.emulate_media(color_scheme="dark")
    await check(page, Axe(axe_script=THERE), {"runOnly": {"type": "rule", "values": list(COLOURS)}})


async def check(page: Page, axe: Axe, options: dict[str, Any]) -> None:
    """Runs axe, which tells of what is wrong alone: the list of what is right is ten times longer."""
    await page.evaluate(STILL)
    found = await axe.run(page, options={**options, "resultTypes": ["violations"], "preload": False})
    assert found.violations_count == 0, found.generate_report()
