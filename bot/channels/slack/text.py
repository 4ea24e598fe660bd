"""Letters on their way to Slack and back: nothing that a customer or a member wrote may ever call anybody."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final

TAG: Final = re.compile(r"<(/?)(b|i|code|a)(?:\s+href=\"([^\"]*)\")?>")
SPECIAL: Final = re.compile(r"<([^<>]*)>")
MORE: Final = "…"


def escaped(text: str) -> str:
    """Letters as Slack shows them: the three that could begin a mention or a link stand for themselves."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def bare(marked: str) -> str:
    """Our HTML without its markup: for buttons, titles and labels."""
    return html.unescape(TAG.sub("", marked))


def clipped(text: str, most: int) -> str:
    """At most so many letters, the last one a mark that there was more."""
    return text if len(text) <= most else text[: most - 1] + MORE


def written(text: str, name_of: Callable[[str], str]) -> str:
    """What a member wrote as she saw it: names in place of ids, addresses in place of links, nothing escaped."""

    def spelled(match: re.Match[str]) -> str:
        inner, _bar, label = match[1].partition("|")
        if inner.startswith("@"):
            return "@" + (label or name_of(inner[1:]))
        if inner.startswith("#"):
            return "#" + (label or inner[1:])
        if inner.startswith("!"):
            return label or "@" + inner[1:].partition("^")[0]
        address = inner.removeprefix("mailto:").removeprefix("tel:")
        return address if not label or label == address else f"{label} ({address})"

    return html.unescape(SPECIAL.sub(spelled, text))
