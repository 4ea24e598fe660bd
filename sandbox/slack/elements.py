"""The elements of Block Kit: what stands in a row of buttons or in a field."""

import re
from collections.abc import Callable
from typing import Any, Final

Block = dict[str, Any]


class Wrong(Exception):
    """A block that Slack refuses, and why."""


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
