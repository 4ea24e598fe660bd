"""The fields of a call, however they were sent: address, form, multipart or JSON."""

import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from sandbox.telegram.errors import ApiError, bad_request

MAX_UPLOAD = 50 * 1024 * 1024


@dataclass(frozen=True)
class Upload:
    """A file as it came in a multipart body."""

    name: str
    mime: str
    data: bytes


class Fields:
    """The fields of one call, read by type; what is missing is None, what does not fit raises ApiError 400."""

    def __init__(self, values: dict[str, Any], uploads: dict[str, Upload] | None = None) -> None:
        self.values = {name: value for name, value in values.items() if value is not None}
        self.uploads = uploads or {}

    def check_known(self, known: frozenset[str]) -> None:
        """Refuse a field that the method does not have (the real server is silent about them)."""
        attached = {v.removeprefix("attach://") for v in self.values.values() if isinstance(v, str)}
        for name in self.values:
            if name not in known:
                raise bad_request(f'unknown field "{name}"')
        for name in self.uploads:
            if name not in known and name not in attached:
                raise bad_request(f'unknown file "{name}"')

    def text(self, name: str) -> str | None:
        """A string; numbers are taken as written."""
        value = self.values.get(name)
        if value is None or isinstance(value, str):
            return _utf8(value)
        if isinstance(value, bool | dict | list):
            raise bad_request(f'field "{name}" must be of type String')
        return str(value)

    def integer(self, name: str) -> int | None:
        """A whole number, also written as a string."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return int(str(value))
        except ValueError:
            raise bad_request(f'field "{name}" must be an integer') from None

    def number(self, name: str) -> float | None:
        """A number, also written as a string."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return float(value)
        except (TypeError, ValueError):
            raise bad_request(f'field "{name}" must be a number') from None

    def flag(self, name: str) -> bool:
        """A truth, false if missing; forms write it as a word or a digit."""
        value = self.values.get(name, False)
        return str(value).lower() in ("true", "1", "yes", "t", "y")

    def structure(self, name: str, kind: type[dict[str, Any]] | type[list[Any]]) -> Any:
        """An object or a list, in place (a JSON body) or written as JSON in a string."""
        value = self.values.get(name)
        if isinstance(value, str):
            if not value:
                return None
            try:
                value = json.loads(value)
            except ValueError:
                raise bad_request(f"can't parse {name} JSON object") from None
        if value is not None and not isinstance(value, kind):
            raise bad_request(f'field "{name}" must be a JSON {"object" if kind is dict else "array"}')
        return value

    def upload(self, name: str) -> Upload | None:
        """The file sent under this name, or attached and named by it."""
        if name in self.uploads:
            return self.uploads[name]
        value = self.values.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            return self.uploads.get(value.removeprefix("attach://"))
        return None


async def read_fields(request: web.Request) -> Fields:
    """All fields of a request; those of the body win over those of the address."""
    values: dict[str, Any] = dict(request.query)
    try:
        return await _read_body(request, values) if request.can_read_body else Fields(values)
    except web.HTTPRequestEntityTooLarge:
        raise ApiError(413, "Request Entity Too Large") from None


async def _read_body(request: web.Request, values: dict[str, Any]) -> Fields:
    if request.content_type == "application/json":
        return Fields(values | await _json_object(request))
    if request.content_type == "multipart/form-data":
        sent, uploads = await _multipart(request)
        return Fields(values | sent, uploads)
    if request.content_type == "application/x-www-form-urlencoded":
        return Fields(values | dict((await request.post()).items()))
    return Fields(values)


async def _json_object(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.read())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise bad_request("can't parse JSON object")
    return body


async def _multipart(request: web.Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    values: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    for name, part in (await request.post()).items():
        if isinstance(part, web.FileField):
            uploads[name] = Upload(part.filename, part.content_type, part.file.read())
        else:
            values[name] = part.decode() if isinstance(part, bytes | bytearray) else part
    return values, uploads


def _utf8(value: str | None) -> str | None:
    if value is not None:
        try:
            value.encode()
        except UnicodeEncodeError:
            raise bad_request("strings must be encoded in UTF-8") from None
    return value
