"""Block Kit as strictly as Slack takes it: known types and fields, and their limits."""

import html
from collections.abc import Callable, Iterator
from typing import Any, Final

from sandbox.slack.elements import Block, Wrong, element, only, short, text
from sandbox.slack.errors import SlackError
from sandbox.slack.rich import calls as rich_calls
from sandbox.slack.rich import check as rich_text
from sandbox.slack.rich import read as rich_read

IN_MESSAGE: Final = 50
IN_VIEW: Final = 100
LETTERS: Final = 12_000
"""Letters that all blocks of one message may have; no page of Slack's says so, but it refuses more."""


def check_message(blocks: Any) -> list[Block]:
    """The blocks of a message. Raises SlackError invalid_blocks, msg_blocks_too_long."""
    try:
        found = checked(blocks, IN_MESSAGE, "message")
    except Wrong as wrong:
        raise SlackError("invalid_blocks", str(wrong)) from None
    if sum(map(len, shown(found)[0])) > LETTERS:
        raise SlackError("msg_blocks_too_long")
    return found


def check_view(view: Any, kinds: tuple[str, ...]) -> dict[str, Any]:
    """A view of one of these types. Raises SlackError invalid_arguments."""
    try:
        return a_view(view, kinds)
    except Wrong as wrong:
        raise SlackError("invalid_arguments", str(wrong)) from None


MODAL: Final = {
    "type", "title", "blocks", "submit", "close", "private_metadata", "callback_id", "clear_on_close",
    "notify_on_close", "external_id", "submit_disabled",
}  # fmt: skip
HOME: Final = {"type", "blocks", "private_metadata", "callback_id", "external_id"}


def a_view(view: Any, kinds: tuple[str, ...]) -> dict[str, Any]:
    kind = view.get("type") if isinstance(view, dict) else None
    if kind not in kinds:
        raise Wrong(f"a view of type {kinds}, not {kind}")
    only(view, MODAL if kind == "modal" else HOME, "view")
    if kind == "modal":
        text(view.get("title"), "view.title", 24, plain=True)
        for name in ("submit", "close"):
            if view.get(name) is not None:
                text(view[name], f"view.{name}", 24, plain=True)
    short(view, "callback_id", 255)
    short(view, "private_metadata", 3000)
    blocks = checked(view.get("blocks"), IN_VIEW, kind)
    if not blocks:
        raise Wrong("a view needs blocks")
    if kind == "modal" and any(block["type"] == "input" for block in blocks) and not view.get("submit"):
        raise Wrong("a modal with inputs needs submit")
    return dict(view)


def checked(blocks: Any, most: int, where: str) -> list[Block]:
    if not isinstance(blocks, list) or len(blocks) > most:
        raise Wrong(f"no more than {most} blocks")
    ids = [block.get("block_id") for block in blocks if isinstance(block, dict) and block.get("block_id")]
    if len(set(ids)) < len(ids):
        raise Wrong("block_id must be unique")
    for block in blocks:
        if not isinstance(block, dict) or block.get("type") not in BLOCKS:
            raise Wrong(f"unknown block {block}"[:200])
        fields, check = BLOCKS[block["type"]]
        only(block, fields | {"type", "block_id"}, block["type"])
        short(block, "block_id", 255)
        check(block, where)
    return blocks


# --- blocks -----------------------------------------------------------------------------------------------------------


def section(block: Block, where: str) -> None:
    if "text" not in block and not block.get("fields"):
        raise Wrong("a section needs text or fields")
    if "text" in block:
        text(block["text"], "section.text", 3000)
    fields = block.get("fields", [])
    if len(fields) > 10:
        raise Wrong("no more than 10 fields")
    for one in fields:
        text(one, "section.fields", 2000)
    if "accessory" in block:
        element(block["accessory"], where)


def header(block: Block, where: str) -> None:
    text(block.get("text"), "header.text", 150, plain=True)


def context(block: Block, where: str) -> None:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 10:
        raise Wrong("a context has 1 to 10 elements")
    for one in elements:
        text(one, "context.elements", 3000)


def actions(block: Block, where: str) -> None:
    elements = block.get("elements")
    if not isinstance(elements, list) or not 1 <= len(elements) <= 25:
        raise Wrong("actions have 1 to 25 elements")
    for one in elements:
        element(one, where)
    ids = [one.get("action_id") for one in elements]
    if len(set(ids)) < len(ids):
        raise Wrong("action_id must be unique in its block")


def entry(block: Block, where: str) -> None:
    text(block.get("label"), "input.label", 2000, plain=True)
    if "hint" in block:
        text(block["hint"], "input.hint", 2000, plain=True)
    one = block.get("element")
    element(one, where)
    if isinstance(one, dict) and (one["type"] == "button" or (one["type"] == "file_input" and where != "modal")):
        raise Wrong(f"a {one['type']} can't stand in an input here")


def nothing(block: Block, where: str) -> None:
    """A divider has nothing in it."""


BLOCKS: Final[dict[str, tuple[set[str], Callable[[Block, str], None]]]] = {
    "section": ({"text", "fields", "accessory", "expand"}, section),
    "header": ({"text"}, header),
    "context": ({"elements"}, context),
    "actions": ({"elements"}, actions),
    "input": ({"label", "element", "hint", "optional", "dispatch_action"}, entry),
    "rich_text": ({"elements"}, rich_text),
    "divider": (set(), nothing),
}


def shown(blocks: list[Block]) -> tuple[list[str], list[str]]:
    """What blocks read, a line for each text, and what their buttons read."""
    lines: list[str] = []
    buttons: list[str] = []
    for block in blocks:
        if block["type"] == "rich_text":
            lines.append(rich_read(block))
            continue
        if block["type"] == "input":
            lines.append(f"{block['label']['text']}: {filled(block['element'])}".strip())
        lines += map(letters, texts(block))
        buttons += [one["text"]["text"] for one in block.get("elements", ()) if one["type"] == "button"]
        if block.get("accessory", {}).get("type") == "button":
            buttons.append(block["accessory"]["text"]["text"])
    return lines, buttons


def texts(block: Block) -> Iterator[Block]:
    """The text objects of a block."""
    yield from (one for one in (block.get("text"), *block.get("fields", ())) if one)
    yield from (one for one in block.get("elements", ()) if one["type"] in {"plain_text", "mrkdwn"})


def letters(one: Block) -> str:
    """What a text object reads."""
    return html.unescape(one["text"]) if one["type"] == "mrkdwn" else str(one["text"])


def called(blocks: list[Block]) -> bool:
    """Whether anybody, or a channel, is called in blocks."""
    marked = [one["text"] for block in blocks if block["type"] != "rich_text" for one in texts(block)
              if one["type"] == "mrkdwn"]  # fmt: skip
    return any(map(calling, marked)) or any(rich_calls(block) for block in blocks if block["type"] == "rich_text")


def calling(marked: str) -> bool:
    """Whether Slack's markup calls anybody."""
    return any(f"<{mark}" in marked for mark in ("!", "@", "#"))


def filled(one: Block) -> str:
    """What stands in a field at first."""
    if "initial_option" in one:
        return str(one["initial_option"]["text"]["text"])
    if "initial_options" in one:
        return ", ".join(each["text"]["text"] for each in one["initial_options"])
    names = ("initial_value", "initial_date", "initial_time", "initial_date_time", "initial_user")
    return next((str(one[name]) for name in names if name in one), "")
