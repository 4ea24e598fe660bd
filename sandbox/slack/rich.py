"""Rich text: its elements, as strictly as Slack takes them, and what they read. Nothing in it is ever parsed."""

from collections.abc import Iterator
from typing import Any, Final

from sandbox.slack.elements import Block, Wrong, only

STYLES: Final = {"bold", "italic", "strike", "underline", "code"}
PARTS: Final[dict[str, set[str]]] = {
    "text": {"text", "style"},
    "link": {"url", "text", "unsafe", "style"},
    "emoji": {"name", "unicode", "style"},
    "user": {"user_id", "style"},
    "usergroup": {"usergroup_id", "style"},
    "channel": {"channel_id", "style"},
    "broadcast": {"range", "style"},
    "date": {"timestamp", "format", "url", "fallback", "style"},
    "color": {"value", "style"},
}
ELEMENTS: Final[dict[str, set[str]]] = {
    "rich_text_section": set(),
    "rich_text_quote": {"border"},
    "rich_text_preformatted": {"border", "language"},
    "rich_text_list": {"style", "indent", "offset", "border"},
}
CALLS: Final = {"user", "usergroup", "broadcast", "channel"}
MARKS: Final = (("code", "`"), ("italic", "_"), ("bold", "*"))


def check(block: Block, where: str) -> None:
    """A block of rich text. Raises Wrong."""
    elements = block.get("elements")
    if not isinstance(elements, list) or not elements:
        raise Wrong("rich_text needs elements")
    for one in elements:
        kind = one.get("type") if isinstance(one, dict) else None
        if kind not in ELEMENTS:
            raise Wrong(f"unknown element {kind} of rich_text")
        element(one)


def element(one: Block) -> None:
    """A section, quote, list or preformatted text."""
    kind = one["type"]
    only(one, ELEMENTS[kind] | {"type", "elements"}, kind)
    inner = one.get("elements")
    if not isinstance(inner, list) or not inner:
        raise Wrong(f"{kind} needs elements")
    if kind == "rich_text_list":
        if one.get("style") not in {"bullet", "ordered"}:
            raise Wrong("the style of a list is bullet or ordered")
        for each in inner:
            if not isinstance(each, dict) or each.get("type") != "rich_text_section":
                raise Wrong("a list has sections")
            element(each)
        return
    for each in inner:
        part(each)


def part(one: Any) -> None:
    """A part of a line."""
    kind = one.get("type") if isinstance(one, dict) else None
    if kind not in PARTS:
        raise Wrong(f"unknown part {kind} of rich_text")
    only(one, PARTS[kind] | {"type"}, kind)
    needed = {"text": "text", "link": "url"}.get(kind)
    if needed and not (isinstance(one.get(needed), str) and one[needed]):
        raise Wrong(f"{kind} needs {needed}")
    style = one.get("style", {})
    if not isinstance(style, dict) or not all(name in STYLES and isinstance(on, bool) for name, on in style.items()):
        raise Wrong(f"unknown style {style}")


def read(block: Block) -> str:
    """What it reads, with marks where it is bold, italic or code, and > before quoted lines."""
    return "\n".join(told(one) for one in block["elements"])


def told(one: Block) -> str:
    if one["type"] == "rich_text_list":
        return "\n".join(f"• {told(each)}" for each in one["elements"])
    said = "".join(marked(each) for each in one["elements"])
    return "\n".join(f"> {line}" for line in said.split("\n")) if one["type"] == "rich_text_quote" else said


def marked(one: Block) -> str:
    said = str(one.get("text") or one.get("url") or f"<{one['type']}>")
    for name, mark in MARKS:
        if one.get("style", {}).get(name):
            said = f"{mark}{said}{mark}"
    return said


def calls(block: Block) -> bool:
    """Whether anybody, or a channel, is called in it."""
    return any(one["type"] in CALLS for one in parts(block))


def parts(block: Block) -> Iterator[Block]:
    """All parts of its lines."""
    for one in block["elements"]:
        if one["type"] == "rich_text_list":
            yield from parts(one)
        else:
            yield from one["elements"]
