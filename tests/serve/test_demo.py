"""`make demo`: the pages, the three clients, a customer who chats and a member of a team who asks for help."""

from __future__ import annotations

import json
import signal
from pathlib import Path
from typing import Any

import aiohttp

from tests.serve.house import Process


async def test_the_demo_is_played_by_its_page_until_interrupted(tmp_path: Path) -> None:
    folder = str(tmp_path / "demo")
    process = await Process.start("-m", "bot", "demo", "--port", "0", "--folder", folder, env={})
    try:
        page = (await process.says("http://127.0.0.1:")).strip()
        async with aiohttp.ClientSession(page) as session:
            async with session.get("/") as response:
                assert response.status == 200 and "text/html" in response.headers["Content-Type"]
            for bot, language in (("salon_bot", "pl"), ("dentista_bot", "it"), ("bikes_bot", "en")):
                assert await greeted(session, bot, language)
            async with session.get("/team") as response:
                assert response.status == 200
            assert "/va" in await helped(session, "bikes", "U0AOIFE")
        assert await process.stop(signal.SIGINT) == 0
        assert "Closing." in process.lines[-1].strip() and "Traceback" not in process.said, process.said
    finally:
        await process.kill()


async def greeted(session: aiohttp.ClientSession, bot: str, language: str) -> bool:
    """Starts a chat by the page, as a customer of this language; waits until the page shows the answer."""
    async with session.get("/play/stream") as stream:
        state = await shown(stream)
        person = next(one["person"] for one in state["chats"] if (one["bot"], one["language"]) == (bot, language))
        async with session.post(f"/play/{bot}/{person}/start", json={}) as response:
            assert response.status == 200
        while True:
            news = await shown(stream)
            ours = isinstance(news, dict) and (news.get("bot"), news.get("person")) == (bot, person)
            if ours and any((one["kind"], one["by"]) == ("sent", "bot") for one in news["events"]):
                return True


async def helped(session: aiohttp.ClientSession, workspace: str, member: str) -> str:
    """Asks for help by the team's page, and waits until it shows what only the member who asked can see."""
    asked = False
    async with session.get("/play/team/stream") as stream:
        while True:
            space = next(one for one in await shown(stream) if one["name"] == workspace)
            answers = [one["text"] for place in space["channels"] for one in place["messages"] if one["only"] == member]
            if answers:
                return str(answers[0])
            if not asked:
                asked = True
                said = {"place": space["channels"][0]["id"], "text": "/va help", "files": []}
                async with session.post(f"/play/team/{workspace}/{member}/write", json=said) as response:
                    assert response.status == 200


async def shown(stream: aiohttp.ClientResponse) -> Any:
    """The next thing that the page is told."""
    while True:
        line = (await stream.content.readuntil(b"\n")).decode()
        if line.startswith("data: "):
            return json.loads(line.removeprefix("data: "))
