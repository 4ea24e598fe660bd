"""Refusals of the Web API."""

from typing import Any


class SlackError(Exception):
    """A refusal: Slack's word for it, and what else the answer says."""

    def __init__(self, code: str, *details: str, status: int = 200, retry_after: int | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
        self.status = status
        self.page = ""  # what a proxy says in place of Slack
        self.headers = {"Retry-After": str(retry_after)} if retry_after is not None else {}

    def body(self) -> dict[str, Any]:
        """The answer as JSON."""
        body: dict[str, Any] = {"ok": False, "error": self.code}
        if self.details:
            body["response_metadata"] = {"messages": [f"[ERROR] {detail}" for detail in self.details]}
        return body


def invalid(detail: str) -> SlackError:
    """What every call with a wrong field gets."""
    return SlackError("invalid_arguments", detail)
