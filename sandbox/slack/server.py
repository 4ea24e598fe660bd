"""The Web API over HTTP, with its sockets."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.slack.delivery import Postman
from sandbox.slack.errors import SlackError
from sandbox.slack.faults import Faults
from sandbox.slack.fields import Fields, read_fields
from sandbox.slack.member import Member
from sandbox.slack.methods import METHODS
from sandbox.slack.workspace import Workspace
from sandbox.telegram.bell import Bell
from sandbox.telegram.faults import Dropped, cut

KEPT_CALLS = 10_000
MAX_UPLOAD = 60 * 1024 * 1024


@dataclass(frozen=True)
class Call:
    """One call that our app made and what it got: the answer, with ``error`` where it was refused."""

    method: str
    fields: dict[str, Any]
    answer: dict[str, Any]

    @property
    def error(self) -> str:
        """Why it was refused."""
        return str(self.answer.get("error", ""))


class Slack(Faults):
    """A whole Slack: workspaces, members, and the server that apps call.

    ``clock`` gives seconds since 1970; our app has ``patience`` seconds to acknowledge, and events come again after
    ``retry_pause``.
    """

    def __init__(
        self, *, clock: Callable[[], float] = time.time, patience: float = 3.0, retry_pause: float = 0.05
    ) -> None:
        super().__init__()
        self.bell = Bell()
        self.clock = clock
        self.patience = patience
        self.retry_pause = retry_pause
        self.url = ""
        self.spaces: dict[str, Workspace] = {}
        self.postmen: dict[str, Postman] = {}
        self.calls: deque[Call] = deque(maxlen=KEPT_CALLS)

    def workspace(self, name: str, token: str, signing_secret: str, app_token: str = "") -> Workspace:
        """A workspace with our app in it."""
        space = Workspace(name, token, signing_secret, app_token, self.clock, self.bell, len(self.spaces) + 1)
        space.url = self.url
        self.spaces[token] = space
        self.postmen[token] = Postman(space, self.patience, self.retry_pause)
        self.bell.ring()
        return space

    def member(self, space: Workspace, name: str, locale: str = "en-US", id: str = "") -> Member:
        """A member of a workspace: a new one, or the one who has this id."""
        return Member(space, space.users.get(id) or space.add_user(name, locale, id=id))

    async def post_to(self, space: Workspace, url: str) -> None:
        """Has what happens in a workspace posted there, from now on."""
        postman = self.postmen[space.token]
        postman.url = url
        await postman.start()

    async def drained(self) -> None:
        """Returns when everything that happened was delivered."""
        for postman in self.postmen.values():
            if postman.url or postman.sockets:
                await postman.drained()

    # --- the server

    def routes(self) -> list[web.RouteDef]:
        """The routes of the Web API, for an aiohttp application with a large enough ``client_max_size``."""
        return [
            web.route("GET", "/api/{method}", self._answer),
            web.route("POST", "/api/{method}", self._answer),
            web.post("/slack/upload/{team}/{file}", self._upload),
            web.get("/slack/files/{team}/{file}", self._download),
            web.get("/slack/socket/{team}", self._socket),
        ]

    @asynccontextmanager
    async def serve(self) -> AsyncIterator[str]:
        """Serve on a free port of loopback; gives the address of the Web API."""
        app = web.Application(client_max_size=MAX_UPLOAD)
        app.add_routes(self.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.serve_at(f"http://127.0.0.1:{runner.addresses[0][1]}")
            yield f"{self.url.removesuffix('/slack')}/api/"
        finally:
            await self.close()
            await runner.cleanup()

    def serve_at(self, url: str) -> None:
        """Says where it is served."""
        self.url = f"{url}/slack"
        for space in self.spaces.values():
            space.url = self.url

    async def close(self) -> None:
        """Ends the troubles, the sockets and the deliveries."""
        self.lift_faults()
        for postman in self.postmen.values():
            await postman.stop()
            for socket in list(postman.sockets):
                await socket.close()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        fields, headers, status = Fields({}), {}, 200
        try:
            fields = await read_fields(request)
            body = {"ok": True, **await self._take(request, name, fields)}
        except SlackError as error:
            if error.page:
                return web.Response(text=error.page, status=error.status)
            body, status, headers = error.body(), error.status, error.headers
        except Dropped as dropped:
            return cut(request, dropped, b'{"ok": true, "channel": "C0')
        self.calls.append(Call(name, fields.values, body))
        self.bell.ring()
        return web.json_response(body, status=status, headers=headers)

    async def _take(self, request: web.Request, name: str, fields: Fields) -> dict[str, Any]:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or fields.text("token")
        if name == "apps.connections.open":
            return self._connect(token)
        space = self.spaces.get(token)
        if space is None:
            raise SlackError("invalid_auth" if token else "not_authed")
        if space.revoked:
            raise SlackError(space.revoked)
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method")
        place = str(fields.values.get("channel") or fields.values.get("channel_id") or "")
        fault = self.fault_for(name, place, token)
        if fault is not None:
            await fault.meet()
        fields.check_known(method.fields)
        answer = method.run(space, fields)
        if fault is not None:
            fault.taken()
        return answer

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        for space in self.spaces.values():
            file = space.files.get(request.match_info["file"])
            if file is not None and space.team == request.match_info["team"]:
                file.data = await request.read()
                file.mime = "application/octet-stream"
                file.url = f"{self.url}/files/{space.team}/{file.id}"
                return web.Response(text=f"OK - {len(file.data)}")
        raise web.HTTPNotFound

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file, for whoever shows the token; anybody else gets a page to log in at, as from Slack."""
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        space = self.spaces.get(token)
        file = space.files.get(request.match_info["file"]) if space is not None else None
        if file is None:
            return web.Response(text="<html>Sign in</html>", content_type="text/html")
        return web.Response(body=file.data, content_type=file.mime)

    # --- Socket Mode

    def _connect(self, token: str) -> dict[str, Any]:
        space = next((one for one in self.spaces.values() if one.app_token and one.app_token == token), None)
        if space is None:
            raise SlackError("invalid_auth")
        return {"url": f"{self.url.replace('http', 'ws', 1)}/socket/{space.team}"}

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        """A socket: says hello, then carries envelopes out and acknowledgements in."""
        space = next((one for one in self.spaces.values() if one.team == request.match_info["team"]), None)
        if space is None:
            raise web.HTTPNotFound
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        postman = self.postmen[space.token]
        hello = {"type": "hello", "num_connections": 1, "connection_info": {"app_id": space.app_id}}
        await socket.send_str(json.dumps(hello))
        await postman.start()
        postman.sockets.append(socket)
        self.bell.ring()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledged(postman, message.data)
        finally:
            postman.sockets.remove(socket)
        return socket

    def _acknowledged(self, postman: Postman, data: str) -> None:
        with suppress(ValueError, KeyError):
            said = json.loads(data)
            future = postman.answers.get(said["envelope_id"])
            if future is not None and not future.done():
                future.set_result(said.get("payload") or "")
