"""What stands in the fields of a form, as Slack tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox.slack.elements import Block
from sandbox.slack.events import file_json

CHOSEN = {
    "datepicker": "selected_date", "timepicker": "selected_time", "datetimepicker": "selected_date_time",
    "users_select": "selected_user", "checkboxes": "selected_options", "multi_static_select": "selected_options",
    "static_select": "selected_option", "radio_buttons": "selected_option", "file_input": "files",
}  # fmt: skip
"""Under which name an element says what stands in it, where that is no value."""


def filled(element: Block, value: Any) -> dict[str, Any]:
    """What an element says once a member has filled it in; keys or labels of options are taken."""
    kind = element["type"]
    said: Any = value
    if "options" in element:
        many = kind in {"checkboxes", "multi_static_select"}
        wanted = [value] if isinstance(value, str) else list(element["options"][:1]) if value is True else value or []
        found = [one for one in element["options"]
                 if one in wanted or one["value"] in wanted or one["text"]["text"] in wanted]  # fmt: skip
        if len(found) < len(wanted):
            raise LookupError(f"no choice {value}")
        said = found if many else found[0] if found else None
    elif kind == "file_input":
        said = [file_json(one) for one in value]
    elif kind in {"plain_text_input", "number_input"}:
        said = str(value) if value else None
        if said and len(said) > element.get("max_length", 3000):
            raise ValueError("Slack lets nobody write so much in this field")
    return {"type": kind, CHOSEN.get(kind, "value"): said}


def at_first(element: Block) -> dict[str, Any]:
    """What an element says that nobody has touched."""
    first = {
        "selected_date": "initial_date", "selected_time": "initial_time", "selected_date_time": "initial_date_time",
        "selected_user": "initial_user", "selected_options": "initial_options", "selected_option": "initial_option",
    }  # fmt: skip
    name = CHOSEN.get(element["type"], "value")
    said = element.get(first.get(name, "initial_value"))
    return {"type": element["type"], name: [] if said is None and name in ("selected_options", "files") else said}


def empty(value: Mapping[str, Any]) -> bool:
    """Whether nothing stands in a field."""
    return not any(said for name, said in value.items() if name != "type")
