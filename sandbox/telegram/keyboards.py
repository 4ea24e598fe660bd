"""Reply markup: what the Bot API takes, and the buttons a person sees."""

from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import bad_request
from sandbox.telegram.text import units

MAX_BUTTONS = 100

_INLINE = {"text", "callback_data", "url", "style"}
_REPLY = {"text", "request_contact", "request_location", "style"}
_KINDS = {
    "inline_keyboard": set[str](),
    "keyboard": {"resize_keyboard", "one_time_keyboard", "is_persistent", "input_field_placeholder", "selective"},
    "remove_keyboard": {"selective"},
    "force_reply": {"input_field_placeholder", "selective"},
}


@dataclass(frozen=True)
class Button:
    """One button as a person sees it; `data` and `url` belong to inline ones, the requests to reply keyboards."""

    text: str
    data: str | None = None
    url: str | None = None
    contact: bool = False
    location: bool = False


def check_markup(markup: dict[str, Any] | None, *, private: bool, inline_only: bool = False) -> dict[str, Any] | None:
    """The markup as Telegram keeps it, None if there is none; ApiError 400 for what it does not take."""
    if not markup:
        return None
    kind = next((kind for kind in _KINDS if kind in markup), None)
    if kind is None or (inline_only and kind != "inline_keyboard"):
        raise bad_request("inline keyboard expected" if inline_only else "object expected as reply markup")
    _check_names(markup, _KINDS[kind] | {kind}, "reply markup")
    if units(markup.get("input_field_placeholder", "")) > 64:
        raise bad_request("input field placeholder is too long")
    if kind in ("inline_keyboard", "keyboard"):
        check = _inline_button if kind == "inline_keyboard" else _reply_button
        rows = [[check(button, private) for button in row] for row in _rows(markup[kind])]
        rows = [row for row in rows if row]
        if sum(map(len, rows)) > MAX_BUTTONS:
            raise bad_request("reply markup is too long")
        return markup | {kind: rows} if rows else None
    return markup if markup[kind] is True else None


def buttons(markup: dict[str, Any] | None) -> list[list[Button]]:
    """The rows of buttons in a markup, inline or reply keyboard."""
    markup = markup or {}
    rows = markup.get("inline_keyboard") or markup.get("keyboard") or []
    return [[_button(button) for button in row] for row in rows]


def _button(button: dict[str, Any]) -> Button:
    return Button(
        button["text"],
        button.get("callback_data"),
        button.get("url"),
        button.get("request_contact", False),
        button.get("request_location", False),
    )


def _rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request('field "keyboard" must be an Array of Arrays')
    return value


def _inline_button(button: Any, private: bool) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: InlineKeyboardButton must be an Object")
    _check_names(button, _INLINE, "inline keyboard button")
    _check_label(button, "inline keyboard button")
    if ("callback_data" in button) == ("url" in button):
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    data, url = button.get("callback_data"), button.get("url")
    if data is not None and (not isinstance(data, str) or not 1 <= len(data.encode()) <= 64):
        raise bad_request("BUTTON_DATA_INVALID")
    if url is not None and not str(url).startswith(("http://", "https://", "tg://")):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button


def _reply_button(button: Any, private: bool) -> dict[str, Any]:
    button = {"text": button} if isinstance(button, str) else button
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: KeyboardButton must be a String or an Object")
    _check_names(button, _REPLY, "keyboard button")
    _check_label(button, "keyboard button")
    contact, location = bool(button.get("request_contact")), bool(button.get("request_location"))
    if contact and location:
        raise bad_request("can't parse keyboard button: a button can have at most one type")
    if (contact or location) and not private:
        what = "phone number" if contact else "location"
        raise bad_request(f"{what} can be requested in private chats only")
    return {name: value for name, value in button.items() if value is not False}


def _check_label(button: dict[str, Any], what: str) -> None:
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request(f"{what} text must be non-empty")


def _check_names(value: dict[str, Any], known: set[str], what: str) -> None:
    for name in value:
        if name not in known:
            raise bad_request(f'unknown field "{name}" in {what}')
