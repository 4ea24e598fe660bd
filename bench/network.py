"""The other side of the network, made cheap: a Bot API that takes every call, and connections to post updates on."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any, NamedTuple, Self

from bot.update import Json


class Call(NamedTuple):
    """One call of the Bot API as it came: the bot's token, the method, and the body with its type."""

    token: str
    method: str
    body: bytes
    type: str

    @property
    def fields(self) -> dict[str, Any]:
        """What was given, of a form only the chat. Numbers and keyboards may come as text, which Telegram takes too."""
        if self.type != "application/json":
            chat = self.body.partition(b'name="chat_id"')[2].partition(b"\r\n\r\n")[2].partition(b"\r\n")[0]
            return {"chat_id": int(chat)}
        fields: dict[str, Any] = json.loads(self.body)
        for name in {"chat_id", "message_id", "reply_markup"} & fields.keys():
            value = fields[name]
            fields[name] = json.loads(value) if isinstance(value, str) else value
        return fields


Take = Callable[[Call], Json]


class Exchange(asyncio.Protocol):
    """HTTP, as little of it as one kind of visitor needs: a connection kept open, bodies of a known length."""

    def __init__(self, take: Take) -> None:
        self._take = take
        self._come = bytearray()
        self._transport: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._come += data
        while (end := self._come.find(b"\r\n\r\n")) >= 0:
            line, *lines = bytes(self._come[:end]).decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            stop = end + 4 + int(headers.get("content-length", 0))
            if len(self._come) < stop:
                return
            _, token, method = line.split(" ")[1].rsplit("/", 2)
            body = bytes(self._come[end + 4 : stop])
            del self._come[:stop]
            answer = self._take(Call(token.removeprefix("bot"), method, body, headers.get("content-type", "")))
            said = json.dumps({"ok": True, "result": answer}).encode()
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(said), said)
            )


@asynccontextmanager
async def bot_api(take: Take) -> AsyncIterator[str]:
    """A Bot API on loopback, for as long as the context lasts; gives its address. ``take`` gives each call's result."""
    server = await asyncio.get_running_loop().create_server(lambda: Exchange(take), "127.0.0.1", 0)
    try:
        host, port = server.sockets[0].getsockname()
        yield f"http://{host}:{port}"
    finally:
        server.close()


class Line:
    """A connection kept open to post on."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, url: str) -> Self:
        """A connection to an address like http://127.0.0.1:8080."""
        host, _, port = url.removeprefix("http://").rpartition(":")
        return cls(*await asyncio.open_connection(host, int(port)))

    async def post(self, path: str, headers: str, body: bytes) -> None:
        """Posts JSON, and waits until it is taken. Raises RuntimeError where it is not."""
        head = f"POST {path} HTTP/1.1\r\nHost: loopback\r\n{headers}Content-Type: application/json\r\n"
        self._writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        if not answer.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"an update was not taken: {answer!r}")

    async def close(self) -> None:
        """Hangs up."""
        self._writer.close()
        await self._writer.wait_closed()


class Replies:
    """The results of calls, with all that Telegram would tell of a message that was sent."""

    def __init__(self, when: int) -> None:
        self._numbers = count(1)
        self._when = when

    def to(self, call: Call, fields: dict[str, Any]) -> Json:
        """What the call is answered."""
        bot = {"id": int(call.token.partition(":")[0]), "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        if call.method == "getMe":
            return bot
        if "chat_id" not in fields:
            return True
        number = fields.get("message_id") or next(self._numbers)
        chat = {"id": fields["chat_id"], "first_name": "Anna", "last_name": "Kowalska", "type": "private"}
        sent = {"message_id": number, "from": bot, "chat": chat, "date": self._when, "text": fields.get("text", "")}
        markup = fields.get("reply_markup") or {}
        return {**sent, "reply_markup": markup} if "inline_keyboard" in markup else sent
