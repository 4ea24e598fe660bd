"""Our markup to Slack's and back: nothing that a customer or a member wrote may ever call anybody."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Final

TAG: Final = re.compile(r"<(/?)(b|i|code|a)(?:\s+href=\"([^\"]*)\")?>")
MARKS: Final = {"b": "*", "i": "_", "code": "`"}
SPECIAL: Final = re.compile(r"<([^<>]*)>")
MORE: Final = "…"


def escaped(text: str) -> str:
    """Letters as Slack shows them: the three that could begin a mention or a link stand for themselves."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(marked: str) -> str:
    """Our HTML (b, i, code, a; the rest escaped) as Slack's mrkdwn."""
    shown, at, link = [], 0, ""
    for tag in TAG.finditer(marked):
        shown.append(escaped(html.unescape(marked[at : tag.start()])))
        at = tag.end()
        closes, name, where = tag.groups()
        if name != "a":
            shown.append(MARKS[name])
        elif closes:
            shown.append(">" if link else "")
            link = ""
        elif where:
            link = escaped(html.unescape(where)).replace("|", "%7C")
            shown.append(f"<{link}|")
    shown.append(escaped(html.unescape(marked[at:])))
    return "".join(shown)


def bare(marked: str) -> str:
    """Our HTML without its markup: for buttons, titles and labels."""
    return html.unescape(TAG.sub("", marked))


def clipped(text: str, most: int) -> str:
    """At most so many letters, the last one a mark that there was more; never a half of an escaped one."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return re.sub(r"&[a-z]{0,3}$|<[^>]*$", "", cut) + MORE


def pieces(text: str, most: int, count: int) -> list[str]:
    """The text in up to ``count`` pieces of at most ``most`` letters, parted at ends of lines where there are any."""
    found: list[str] = []
    while text and len(found) < count - 1 and len(text) > most:
        at = text.rfind("\n", 1, most)
        at = at if at > most // 2 else most
        head = re.sub(r"&[a-z]{0,3}$", "", text[:at])
        found.append(head)
        text = text[len(head) :].lstrip("\n")
    return [*found, clipped(text, most)] if text else found


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
