"""One house that serves: who else may start, what is loaded meanwhile, what it answers, and how it ends."""

from __future__ import annotations

import io
import signal
import socket
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from typer.testing import CliRunner

from bot import cli
from sandbox.telegram import Telegram
from tests.ports import free_port
from tests.serve.conftest import CLIENT, TOKEN
from tests.serve.house import House, address
from tests.serve.visits import Customer

HEADER = "X-Telegram-Bot-Api-Secret-Token"
OTHER = "22:market"


async def answered(method: str, url: str, **how: Any) -> tuple[int, str]:
    """The status and the body of an answer."""
    async with aiohttp.ClientSession() as session, session.request(method, url, **how) as response:
        return response.status, await response.text()


async def test_a_client_is_served_within_seconds_of_being_loaded(
    telegram: Telegram, on_sqlite: House, tmp_path: Path
) -> None:
    file = tmp_path / "market.toml"
    text = CLIENT.read_text().replace('"corner"', '"market"').replace("CORNER", "MARKET")
    file.write_text(text.replace("Corner Studio", "Market Street Studio"))
    telegram.add_bot(OTHER, "market_bot", "Market")
    anna = Customer(telegram.person(OTHER, "Anna", "en"), "en", "Anna")
    async with on_sqlite.serving() as process:
        anna.write("/start")
        second = await on_sqlite.run("serve", status=1)
        assert f"in use by process {process.pid}" in second and "Traceback" not in second
        assert "new client 'market'" in await on_sqlite.run("client", "load", str(file), "--token", OTHER)
        said = await anna.hears("I'm the automatic assistant; you can ask for a person at any time.")
        assert "Market Street Studio" in said.text
        assert await process.stop(signal.SIGINT) == 0
    assert "Traceback" not in process.said


async def test_what_is_posted_is_answered_as_it_deserves(telegram: Telegram, on_sqlite: House) -> None:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    async with on_sqlite.serving(CENTRALINO_LISTEN=f"127.0.0.1:{port}", CENTRALINO_PUBLIC_URL=base) as process:
        assert address(await process.says("listening on")) == base
        webhook = await telegram.bell.until(lambda: telegram.bots[TOKEN].updates.webhook)
        ours, here = {HEADER: webhook.secret}, f"{base}/telegram/corner"
        assert webhook.url == here
        update = telegram.person(TOKEN, "Anna").unsent.write("hello")
        posts: list[tuple[int, str, dict[str, Any]]] = [
            (403, here, {"json": update}),
            (403, here, {"json": update, "headers": {HEADER: "a guess"}}),
            (404, f"{base}/telegram/nobody", {"json": update, "headers": ours}),
            (400, here, {"data": b"{", "headers": ours}),
            (400, here, {"json": {"update_id": "x"}, "headers": ours}),
            (413, here, {"data": io.BytesIO(b" " * (1 << 20) + b"{}"), "headers": ours}),
            (200, here, {"json": update, "headers": ours}),
            (200, here, {"json": update, "headers": ours}),
        ]
        for status, url, how in posts:
            assert (await answered("POST", url, **how))[0] == status
        assert (await answered("GET", here))[0] == 405
        assert (await answered("GET", f"{base}/health"))[0] == 200
    assert on_sqlite.rows("SELECT count(*) FROM updates WHERE channel = 'telegram'") == [(1,)]


async def test_what_is_in_hand_is_finished_before_the_end(telegram: Telegram, on_sqlite: House) -> None:
    anna, boris = (telegram.person(TOKEN, name) for name in ("Anna", "Boris"))
    async with on_sqlite.serving() as process:
        held = telegram.hold("sendMessage", anna.id)
        anna.start()
        await held.reached()
        process.send(signal.SIGTERM)
        await process.says("stopping")
        boris.start()  # a poll that is just ending may bring him yet, else the next start does
        held.release()
        assert await process.end() == 0
        assert [message.by for message in anna.messages] == ["person", "bot"]
        assert on_sqlite.rows("SELECT count(*) FROM job WHERE state = 'busy' OR attempts > 1") == [(0,)]
        assert on_sqlite.rows("SELECT polled_by FROM account") == [("",)]
    async with on_sqlite.serving():
        assert (await boris.hears()).kind == "sent"
    assert on_sqlite.rows("SELECT state FROM job WHERE state <> 'done' AND lane IS NOT NULL") == []
    for person in (anna, boris):
        assert [message.by for message in person.messages] == ["person", "bot"]


@pytest.mark.parametrize(
    ("words", "name", "value"),
    [
        ("Run `python -m bot migrate`", "DATABASE_URL", "sqlite:///{folder}/empty.db"),
        ("needs a file", "DATABASE_URL", "sqlite://"),
        ("The database can't be used", "DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"),
        ("CENTRALINO_LISTEN must be", "LISTEN", "everywhere"),
    ],
)
def test_it_says_what_has_to_be_mended(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: str, name: str, value: str
) -> None:
    monkeypatch.setenv(f"CENTRALINO_{name}", value.format(folder=tmp_path))
    result = CliRunner().invoke(cli.app, ["serve"])
    assert result.exit_code == 1 and words in result.stderr


async def test_it_does_not_start_where_another_listens(on_sqlite: House) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        on_sqlite.env["CENTRALINO_LISTEN"] = f"127.0.0.1:{taken.getsockname()[1]}"
        said = await on_sqlite.run("serve", status=1)
    assert "The house can't start" in said and "address already in use" in said and "Traceback" not in said
