"""The page to play people: its files, a live stream of all chats, and one address for each thing a person does."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from aiohttp import web

from sandbox.play import HEADERS, STATIC, body_of, refused, same_origin, shell
from sandbox.stream import Stream, Watch
from sandbox.telegram import Answer, ApiError, Bot, Person, Press, Telegram
from sandbox.telegram.files import image_size
from sandbox.telegram.text import MAX_TEXT, units

LANGUAGES = ("it", "en", "pl")
Act = Callable[[Person, dict[str, Any]], object]


class Page:
    """The page of one Telegram."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.stream = Stream(telegram.bell)

    def routes(self) -> list[web.RouteDef]:
        """Its routes: the page at /, the rest under /static and /play."""
        return [
            web.get("/", self._index),
            web.get(r"/static/{name:[\w.]+}", self._static),
            web.get("/play/stream", self._stream),
            web.get("/play/{bot}/files/{file}", self._file),
            web.post("/play/{bot}/people", self._add_person),
            web.post(r"/play/{bot}/{person:\d+}/upload", self._upload),
            web.post(r"/play/{bot}/{person:\d+}/{act:\w+}", self._act),
        ]

    async def _index(self, request: web.Request) -> web.StreamResponse:
        return shell("customer", "Play the customer", styles=("page", "phone"), script="page")

    async def _static(self, request: web.Request) -> web.StreamResponse:
        path = STATIC / request.match_info["name"]
        if not path.is_file():
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=HEADERS)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file of a chat; only pictures and sound are shown in place, the rest is for saving."""
        try:
            file = self._bot(request).files.get(request.match_info["file"])
        except ApiError:
            raise web.HTTPNotFound from None
        shown = file.mime.startswith("audio/") or (file.mime.startswith("image/") and image_size(file.data))
        response = web.Response(body=file.data, content_type=file.mime if shown else "application/octet-stream")
        response.headers.update(HEADERS)
        if not shown:
            response.headers["Content-Disposition"] = "attachment"
        return response

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        """Everything as it stands, then everything as it happens (server-sent events)."""
        return await self.stream.tell(request, Watch(self.telegram).news)

    async def _add_person(self, request: web.Request) -> web.StreamResponse:
        bot, data = self._bot(request), await body_of(request)
        name, _, last = str(data.get("name", "")).strip().partition(" ")
        language = data.get("language")
        if not name or len(name) > 64 or language not in LANGUAGES:
            raise refused("a name and one of the languages it, en, pl")
        person = self.telegram.person(bot.token, name, language, last_name=last.strip() or None)
        return web.json_response({"person": person.id})

    async def _act(self, request: web.Request) -> web.StreamResponse:
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        data = await body_of(request)
        try:
            done = act(self._person(request), data)
        except (KeyError, LookupError, RuntimeError, TypeError, ValueError) as error:
            raise refused(str(error)) from None
        return web.json_response(await self._answer(done) if isinstance(done, Press) else {})

    async def _answer(self, press: Press) -> dict[str, Any]:
        """The answer to a press, or nothing when the bot lets it turn for too long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self.telegram.query_lifetime):
                answer = await self.telegram.bell.until(lambda: press.answered or self.stream.closed)
                return dict(answer.__dict__) if isinstance(answer, Answer) else {}
        return {}

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        same_origin(request)
        person, form = self._person(request), await request.post()
        part, caption = form.get("file"), str(form.get("caption", ""))
        if not isinstance(part, web.FileField):
            raise refused("a file")
        data, kind = part.file.read(), form.get("kind")
        try:
            if kind == "voice":
                person.send_voice(data, int(str(form.get("duration", 1))), part.content_type)
            elif kind == "photo" and image_size(data):
                album = {"media_group_id": str(form["album"])} if "album" in form else {}
                person.send_photo(data, caption, **album)
            else:
                person.send_document(part.filename, data, part.content_type, caption)
        except (RuntimeError, ValueError) as error:
            raise refused(str(error)) from None
        return web.json_response({})

    def _bot(self, request: web.Request) -> Bot:
        for bot in self.telegram.bots.values():
            if bot.username == request.match_info["bot"]:
                return bot
        raise web.HTTPNotFound

    def _person(self, request: web.Request) -> Person:
        bot = self._bot(request)
        user = bot.people.get(int(request.match_info["person"]))
        if user is None:
            raise web.HTTPNotFound
        return Person(bot, user)


def _write(person: Person, data: dict[str, Any]) -> None:
    """Write a text; one that is too long goes out in parts, as from a phone."""
    rest = str(data["text"]).strip()
    if not rest:
        raise ValueError("a text")
    while rest:
        part = rest[:MAX_TEXT]
        while units(part) > MAX_TEXT:
            part = part[:-1]
        person.write(part)
        rest = rest[len(part) :]


ACTS: dict[str, Act] = {
    "start": lambda person, data: person.start(str(data.get("payload", ""))),
    "write": _write,
    "edit": lambda person, data: person.edit(int(data["message"]), str(data["text"])),
    "press": lambda person, data: person.press_raw(str(data["data"]), int(data["message"])),
    "tap": lambda person, data: person.tap(str(data["label"]), **data.get("shared", {})),
    "contact": lambda person, data: person.share_contact(**data),
    "location": lambda person, data: person.share_location(**data),
    "block": lambda person, data: person.block(),
    "unblock": lambda person, data: person.unblock(),
}
