"""`python -m sandbox`."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE

import aiohttp
import pytest

from sandbox.__main__ import username
from tests.ports import free_port


async def test_it_serves_until_interrupted() -> None:
    port = str(free_port())
    workspace = f"shop=xoxb-1,secret,http://127.0.0.1:{port}/slack/shop"
    command = [sys.executable, "-m", "sandbox", "--port", port, "--bot", "Studio Rossi=11:dent"]
    command += ["--workspace", workspace]
    process = await asyncio.create_subprocess_exec(*command, stdout=PIPE)
    assert process.stdout is not None
    said = (await process.stdout.readline()).decode()
    assert said == f"The page and the Bot API: http://127.0.0.1:{port}\n"
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        async with session.get("/") as response:
            assert response.status == 200
        async with session.get("/bot11:dent/getMe") as response:
            assert (await response.json())["result"]["username"] == "studio_rossi_bot"
        async with session.get("/bot12:other/getMe") as response:
            assert response.status == 401
        async with session.get("/team") as response:
            assert response.status == 200
        async with session.post("/api/auth.test", headers={"Authorization": "Bearer xoxb-1"}) as response:
            assert (await response.json())["team"] == "shop"
        async with session.get("/play/stream") as stream:
            assert (await stream.content.readline()) == b"event: state\n"
            process.send_signal(signal.SIGINT)
            assert await process.wait() == 0


async def test_a_bot_without_a_token_is_refused() -> None:
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "sandbox", "--bot", "Rossi", stderr=PIPE)
    _, said = await process.communicate()
    assert process.returncode == 2
    assert b"NAME=TOKEN" in said


@pytest.mark.parametrize(("name", "made"), [("Studio Rossi", "studio_rossi_bot"), ("Café – 2", "caf_2_bot")])
def test_a_username_is_made_of_the_name(name: str, made: str) -> None:
    assert username(name) == made
