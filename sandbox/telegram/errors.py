"""What the Bot API says when it refuses."""

from typing import Any


class ApiError(Exception):
    """A refusal with the code, the words and the parameters that the Bot API would send."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object that tells the caller of this refusal."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad_request(why: str) -> ApiError:
    """A 400 with the prefix that the Bot API gives it."""
    return ApiError(400, f"Bad Request: {why}")


def forbidden(why: str) -> ApiError:
    """A 403 with the prefix that the Bot API gives it."""
    return ApiError(403, f"Forbidden: {why}")
