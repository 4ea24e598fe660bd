"""What monitoring is told, and what a line of the log says it is about."""

from __future__ import annotations

import json
import logging
from datetime import timedelta

import aiohttp
import pytest

from bot.logs import JsonLines, with_cause
from sandbox.telegram import Person
from storage.database import Unavailable
from tests.telegram.house import House


async def told(house: House) -> dict[str, float]:
    """The figures, by name and labels."""
    async with aiohttp.ClientSession() as session, session.get(f"{house.app.url}/metrics") as answer:
        assert answer.status == 200
        lines = (await answer.text()).splitlines()
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines if not line.startswith("#")}


async def test_every_stage_is_measured(house: House, anna: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    async with house.built():
        update = anna.command("say", "one")
        await house.take(update, update)
        found = await told(house)
        assert found['centralino_turns_total{face="customer",result="done"}'] == 2
        for stage, times in (("wait", 2), ("turn", 2), ("commit", 2), ("send", 1)):
            assert found[f'centralino_stage_seconds_count{{stage="{stage}"}}'] == times
        assert found['centralino_sends_total{account="shop",channel="telegram",result="sent"}'] == 1
        assert found['centralino_jobs_due{kind="send"}'] == found['centralino_jobs_late_seconds{kind="send"}'] == 0

        assert await house.post(anna.command("say", "two")) == 200
        house.now += timedelta(seconds=90)
        found = await told(house)
        assert found['centralino_jobs_due{kind="send"}'] == 1
        assert found['centralino_jobs_late_seconds{kind="send"}'] == 90
        [(cause,)] = await house.rows("select cause from job where state = 'due'")
        assert cause.startswith("telegram/shop/7")

        async def gone(_look: object) -> None:
            raise Unavailable("gone")

        monkeypatch.setattr(house.app.database, "read", gone)
        found = await told(house)
        assert found["centralino_database_up"] == 0 and 'centralino_jobs_due{kind="send"}' not in found
        monkeypatch.undo()


async def test_tickets_are_counted_by_client(house: House) -> None:
    async with house.built():
        insert = "insert into ticket (client_id, number, kind, state, urgent, subject, data, opened_at, due_at, stage,"
        insert += " outcome) values (1, :number, 'task', 'open', false, '', '{}', :at, :at, '', '')"

        def fill(write: object) -> None:
            from sqlalchemy import Connection, text

            assert isinstance(write, Connection)
            for number, minutes in ((1, -5), (2, 5)):
                at = (house.now + timedelta(minutes=minutes)).replace(tzinfo=None).isoformat(sep=" ") + ".000000"
                write.execute(text(insert), {"number": number, "at": at})

        await house.app.database.transact(fill)
        found = await told(house)
        assert found['centralino_tickets_open{client="shop"}'] == 2
        assert found['centralino_tickets_overdue{client="shop"}'] == 1


async def test_what_is_logged_names_its_update(house: House, anna: Person, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(with_cause)
    house.telegram.fail("sendMessage", code=400, description="Bad Request: no")
    async with house.built():
        update = anna.command("say", "one")
        with caplog.at_level(logging.WARNING):
            await house.take(update)
    [record] = [one for one in caplog.records if "failed" in one.getMessage()]
    assert json.loads(JsonLines().format(record))["update"] == f"telegram/shop/{update['update_id']}"
