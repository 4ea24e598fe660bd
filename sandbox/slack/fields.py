"""The fields of a call of the Web API, however they were sent: address, form or JSON."""

import json
from typing import Any

from aiohttp import web

from sandbox.slack.errors import SlackError, invalid


class Fields:
    """The fields of one call; what is missing is None, what does not fit raises SlackError invalid_arguments."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}

    def check_known(self, known: frozenset[str]) -> None:
        """Refuse a field that the method does not have (the real server is silent about them)."""
        for name in self.values:
            if name not in known and name != "token":
                raise invalid(f"unknown field {name}")

    def text(self, name: str, needed: str = "") -> str:
        """A string; ``needed`` is the refusal where it is missing."""
        value = self.values.get(name, "")
        if not isinstance(value, str | int | float) or isinstance(value, bool):
            raise invalid(f"{name} must be a string")
        if needed and not str(value):
            raise SlackError(needed)
        return str(value)

    def flag(self, name: str) -> bool:
        """A truth, false where it is missing."""
        return str(self.values.get(name, "")).lower() in {"true", "1"}

    def number(self, name: str, default: int) -> int:
        """A whole number."""
        try:
            return int(self.values.get(name, default))
        except (TypeError, ValueError):
            raise invalid(f"{name} must be a number") from None

    def structure(self, name: str) -> Any:
        """An object or a list, in place or written as JSON in a string."""
        value = self.values.get(name)
        if isinstance(value, str):
            try:
                return json.loads(value)
            except ValueError:
                raise invalid(f"{name} is no JSON") from None
        return value


async def read_fields(request: web.Request) -> Fields:
    """All fields of a request."""
    values: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise SlackError("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackError("json_not_object")
        return Fields(values | body)
    return Fields(values | {name: value for name, value in (await request.post()).items() if isinstance(value, str)})
