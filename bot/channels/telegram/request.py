"""The HTTP under python-telegram-bot: every bot over the app's one aiohttp session."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from functools import lru_cache
from secrets import token_hex
from typing import Any, Final

import aiohttp
import orjson
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.update import Json

READ_TIMEOUT: Final = 20.0
CONNECT_TIMEOUT: Final = 10.0
UPLOAD_TIMEOUT: Final = 60.0

File = tuple[str, bytes, str]
"""A file's name, its content, and what it is."""
NO_FILES: Final[Mapping[str, File]] = {}


class Flooded(TelegramError):
    """The network asks to be left alone for ``seconds``."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many requests, retry after {seconds:g} seconds")
        self.seconds = seconds


class Call:
    """A call that python-telegram-bot is not asked to build, in the shape of its RequestData."""

    def __init__(self, fields: Mapping[str, Json], files: Mapping[str, File]) -> None:
        self.contains_files = bool(files)
        self.multipart_data = files
        self.json_parameters = {name: str(value) for name, value in fields.items()} if files else {}
        self.json_payload = b"" if files else orjson.dumps(fields)


class SharedRequest(BaseRequest):
    """Requests over a session that belongs to somebody else: it is neither opened nor closed here.

    Errors name no address, since that of every call holds the bot's token.
    """

    __slots__ = ("_session",)

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where a call doesn't say."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Nothing: the session is open."""

    async def shutdown(self) -> None:
        """Nothing: the session is closed by who opened it."""

    async def call(
        self,
        url: str,
        fields: Mapping[str, Json],
        files: Mapping[str, File] = NO_FILES,
        *,
        seconds: float = READ_TIMEOUT,
    ) -> Any:
        """Calls a method at its whole address and gives its bare result, awaited so long. Raises TelegramError.

        ``files`` stand by the names of their fields; with one, the other fields are numbers and words.
        """
        status, payload = await self.do_request(url, "POST", Call(fields, files), seconds)
        if status != 200:
            return await Answered(status, payload).post(url)
        return self.parse_json_payload(payload)["result"]

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """What was answered. Raises TelegramError."""
        try:
            return orjson.loads(payload)
        except orjson.JSONDecodeError:
            return BaseRequest.parse_json_payload(payload)

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Call | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One exchange: the status and the body. Raises Flooded, TimedOut and NetworkError."""
        read = READ_TIMEOUT if read_timeout is BaseRequest.DEFAULT_NONE else read_timeout
        body, headers = encoded(request_data)
        total = UPLOAD_TIMEOUT if isinstance(body, io.BytesIO) else CONNECT_TIMEOUT + read
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=within(total)
            ) as response:
                status, payload = response.status, await response.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None
        if status == 429:
            raise Flooded(retry_after(payload))
        return status, payload


class Answered(SharedRequest):
    """The errors of python-telegram-bot for what was answered."""

    __slots__ = ("_answer",)

    def __init__(self, status: int, payload: bytes) -> None:
        self._answer = status, payload

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """The answer."""
        return self._answer


@lru_cache(maxsize=64)
def within(seconds: float) -> aiohttp.ClientTimeout:
    """The patience of a call: it would be checked anew each time that it is made."""
    return aiohttp.ClientTimeout(total=seconds, sock_connect=CONNECT_TIMEOUT)


def encoded(data: RequestData | Call | None) -> tuple[bytes | io.BytesIO | None, dict[str, str]]:
    """The body of a call: JSON, or a form where files are sent."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return data.json_payload, {"Content-Type": "application/json"}
    boundary = token_hex(16)
    body = form(data.json_parameters, data.multipart_data, boundary.encode())
    return io.BytesIO(body), {"Content-Type": f"multipart/form-data; boundary={boundary}"}


def form(fields: Mapping[str, str], files: Mapping[str, Any], boundary: bytes) -> bytes:
    """The body of a form, in one piece: aiohttp would write each line of it apart."""
    parts = [(f'name="{name}"', value.encode()) for name, value in fields.items()]
    for name, (filename, content, mime) in files.items():
        assert isinstance(content, bytes)  # we send no open files
        told = f'name="{name}"; filename="{in_quotes(filename)}"\r\nContent-Type: {in_quotes(mime)}'
        parts.append((told, content))
    lines = (
        b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (boundary, told.encode(), content)
        for told, content in parts
    )
    return b"".join(lines) + b"--%b--\r\n" % boundary


def in_quotes(text: str) -> str:
    """Text as it may stand within quotes in the head of a part, as browsers write it."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def read_json(payload: bytes) -> Any:
    """What was posted. Raises ValueError, and RecursionError where it is too deep."""
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:  # which it also raises for half a character
        return json.loads(payload)


def retry_after(payload: bytes) -> float:
    """The seconds that a 429 names; one where it names none."""
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, KeyError, TypeError):
        return 1.0
