"""Block Kit as strictly as Slack takes it: known types and fields, and their limits."""

import re
from collections.abc import Callable
from typing import Any, Final

from sandbox.slack.errors import SlackError

Block = dict[str, Any]
IN_MESSAGE: Final = 50
IN_VIEW: Final = 100


class Wrong(Exception):
    """A block that Slack refuses, and why."""


def check_message(blocks: Any) -> list[Block]:
    """The blocks of a message. Raises SlackError invalid_blocks."""
    try:
        return checked(blocks, IN_MESSAGE, "message")
    except Wrong as wrong:
        raise SlackError("invalid_blocks", str(wrong)) from None


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


def only(value: dict[str, Any], known: set[str], what: str) -> None:
    for name, said in value.items():
        if name not in known:
            raise Wrong(f"unknown field {name} of {what}")
        if said is None:
            raise Wrong(f"{name} of {what} is null")


def short(value: dict[str, Any], name: str, most: int) -> None:
    said = value.get(name, "")
    if not isinstance(said, str) or len(said) > most:
        raise Wrong(f"{name} must be less than {most + 1} characters")


def text(value: Any, what: str, most: int, *, plain: bool = False) -> None:
    if not isinstance(value, dict) or value.get("type") not in ({"plain_text"} if plain else {"plain_text", "mrkdwn"}):
        raise Wrong(f"{what} must be {'plain_text' if plain else 'a text'}")
    only(value, {"type", "text", "emoji"} if value["type"] == "plain_text" else {"type", "text", "verbatim"}, what)
    said = value.get("text")
    if not isinstance(said, str) or not 1 <= len(said) <= most:
        raise Wrong(f"{what} must be 1 to {most} characters")


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
    "divider": (set(), nothing),
}


# --- elements ---------------------------------------------------------------------------------------------------------


def element(one: Any, where: str) -> None:
    if not isinstance(one, dict) or one.get("type") not in ELEMENTS:
        raise Wrong(f"unknown element {one}"[:200])
    fields, check = ELEMENTS[one["type"]]
    only(one, fields | {"type", "action_id", "confirm", "focus_on_load"}, one["type"])
    short(one, "action_id", 255)
    if "confirm" in one:
        sure = one["confirm"]
        only(sure, {"title", "text", "confirm", "deny", "style"}, "confirm")
        for name, most in (("title", 100), ("text", 300), ("confirm", 30), ("deny", 30)):
            text(sure.get(name), f"confirm.{name}", most, plain=name != "text")
    if "placeholder" in one:
        text(one["placeholder"], "placeholder", 150, plain=True)
    check(one)


def button(one: Block) -> None:
    text(one.get("text"), "button.text", 75, plain=True)
    short(one, "value", 2000)
    short(one, "url", 3000)
    if one.get("style", "primary") not in {"primary", "danger"}:
        raise Wrong("style is primary or danger")


def option(one: Any) -> None:
    if not isinstance(one, dict):
        raise Wrong("an option is an object")
    only(one, {"text", "value", "description"}, "option")
    text(one.get("text"), "option.text", 75)
    if not isinstance(one.get("value"), str) or not 1 <= len(one["value"]) <= 150:
        raise Wrong("option.value must be 1 to 150 characters")


def select(one: Block, most: int = 100) -> None:
    options = one.get("options")
    if not isinstance(options, list) or not 1 <= len(options) <= most:
        raise Wrong(f"1 to {most} options")
    for each in options:
        option(each)
    values = [each["value"] for each in options]
    if len(set(values)) < len(values):
        raise Wrong("the values of options must be unique")
    initial = one.get("initial_options", [one["initial_option"]] if "initial_option" in one else [])
    if any(each not in options for each in initial) or ("initial_options" in one and not initial):
        raise Wrong("what is chosen first must be one of the options")


def few(one: Block) -> None:
    select(one, 10)


def words(one: Block) -> None:
    most = one.get("max_length", 3000)
    if not isinstance(most, int) or not 1 <= most <= 3000:
        raise Wrong("max_length is 1 to 3000")
    short(one, "initial_value", most)


def date(one: Block) -> None:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", one.get("initial_date", "2026-01-01")):
        raise Wrong("initial_date is YYYY-MM-DD")


def time(one: Block) -> None:
    if not re.fullmatch(r"\d\d:\d\d", one.get("initial_time", "00:00")):
        raise Wrong("initial_time is HH:mm")


def moment(one: Block) -> None:
    if not re.fullmatch(r"\d{10}", str(one.get("initial_date_time", 1_000_000_000))):
        raise Wrong("initial_date_time is 10 digits")


def number(one: Block) -> None:
    if not isinstance(one.get("is_decimal_allowed"), bool):
        raise Wrong("is_decimal_allowed is needed")
    if not re.fullmatch(r"-?\d+(\.\d+)?", one.get("initial_value", "0")):
        raise Wrong("initial_value is a number")


def upload(one: Block) -> None:
    if not 1 <= one.get("max_files", 10) <= 10:
        raise Wrong("max_files is 1 to 10")


def anything(one: Block) -> None:
    """Nothing more to check."""


SELECT: Final = {"options", "initial_option", "placeholder"}
ELEMENTS: Final[dict[str, tuple[set[str], Callable[[Block], None]]]] = {
    "button": ({"text", "value", "url", "style", "accessibility_label"}, button),
    "static_select": (SELECT, select),
    "radio_buttons": (SELECT, few),
    "overflow": ({"options"}, few),
    "multi_static_select": ({"options", "initial_options", "placeholder", "max_selected_items"}, select),
    "checkboxes": ({"options", "initial_options"}, few),
    "datepicker": ({"initial_date", "placeholder"}, date),
    "timepicker": ({"initial_time", "placeholder", "timezone"}, time),
    "datetimepicker": ({"initial_date_time"}, moment),
    "users_select": ({"initial_user", "placeholder"}, anything),
    "plain_text_input": (
        {"initial_value", "multiline", "min_length", "max_length", "dispatch_action_config", "placeholder"}, words
    ),
    "number_input": (
        {"is_decimal_allowed", "initial_value", "min_value", "max_value", "dispatch_action_config", "placeholder"},
        number,
    ),
    "file_input": ({"filetypes", "max_files"}, upload),
}  # fmt: skip


def shown(blocks: list[Block]) -> tuple[list[str], list[str]]:
    """What blocks read, a line for each text, and what their buttons read."""
    lines: list[str] = []
    buttons: list[str] = []
    for block in blocks:
        if block["type"] == "input":
            lines.append(f"{block['label']['text']}: {filled(block['element'])}".strip())
        lines += [one["text"] for one in (block.get("text"), *block.get("fields", ())) if one]
        for one in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else ())):
            if one["type"] == "button":
                buttons.append(one["text"]["text"])
            elif "text" in one:
                lines.append(one["text"])
    return lines, buttons


def filled(one: Block) -> str:
    """What stands in a field at first."""
    if "initial_option" in one:
        return str(one["initial_option"]["text"]["text"])
    if "initial_options" in one:
        return ", ".join(each["text"]["text"] for each in one["initial_options"])
    names = ("initial_value", "initial_date", "initial_time", "initial_date_time", "initial_user")
    return next((str(one[name]) for name in names if name in one), "")
