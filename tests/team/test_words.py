"""What is read from a member's words: commands in every language; of a task its kind, and by when it is due."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest

from bot.i18n import plain
from bot.office import task_kinds
from bot.questions import looking
from bot.reading.team import read_command, written
from bot.update import Face, Kind, OfClient
from bot.values import Standing
from tests.team.conftest import Team, filled, hired, rows, whispered

NOW: Final = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "said", "kind", "due"),
    [
        ("en", "book me a train to Warsaw on Monday", "travel", "30 09:00"),
        ("it", "prenotami un treno per Varsavia lunedì", "travel", "30 09:00"),
        ("pl", "zarezerwuj mi pociąg do Warszawy w poniedziałek", "travel", "30 09:00"),
        ("en", "order flowers for Friday", "order", "27 19:00"),
        ("it", "ordine fiori per venerdì", "order", "27 19:00"),
        ("pl", "zamówienie kwiatów na piątek", "order", "27 19:00"),
        ("en", "today pay the electricity bill by 4pm", "bill", "23 16:00"),
        ("it", "oggi tradurre il contratto", "translation", "23 19:00"),
        ("pl", "przetłumacz umowę na jutro do 15:00", "translation", "24 15:00"),
        ("it", "occupati di prenotare l'albergo", "travel", None),
        ("en", "help me with the website", "web", None),
        ("en", "file the invoice of 12 November", "bookkeeping", None),  # that day was; the next is a year away
        ("en", "call Rossi on Tuesday or on Wednesday", "other", None),
        ("en", "water the plants next week", "other", None),
        ("pl", "zadzwoń do Rossi", "other", None),
        ("it", "entro lunedì scorso archiviare", "other", None),
    ],
)
async def test_the_form_is_filled_as_far_as_the_words_are_clear(
    team: Team, language: str, said: str, kind: str, due: str | None
) -> None:
    name, _space, rest = said.partition(" ")
    await team.update(Kind.COMMAND, name=name, text=rest, language=language, data={"place": "C1"})
    found = filled(team)
    at = datetime.fromtimestamp(found["due"], ZoneInfo("Europe/Rome")) if found["due"] else None
    assert (found["kind"], at and f"{at:%d %H:%M}") == (kind, due)
    assert found["title"].casefold() == said.casefold()


async def test_an_hour_goes_into_the_field_of_what_has_its_own_time(team: Team) -> None:
    await team.command("meeting", "with Marco tomorrow at 10:30")
    found, at = filled(team), datetime(2026, 11, 24, 9, 30, tzinfo=UTC).timestamp()
    assert (found["kind"], found["field_when"], found["due"]) == ("meeting", at, at)
    await team.command("train", "to Rome tomorrow at 8:00, back on Wednesday at 18:00")
    there, back = (int(datetime(2026, 11, day, hour, tzinfo=UTC).timestamp()) for day, hour in ((24, 7), (25, 17)))
    found = filled(team)
    assert (found["field_leaves"], found["field_returns"], found["due"]) == (there, back, there)
    await team.command("train", "to Rome on Monday at 8:00, back on Wednesday at 18:00")  # of which week?
    assert (filled(team)["field_leaves"], filled(team)["due"]) == (None, None)
    tuesday = int(datetime(2026, 11, 24, 18, 0, tzinfo=UTC).timestamp())
    for days, words, due in ((3, "Pay the bill on Tuesday", tuesday), (20, "Pay the bill tomorrow", None)):
        said = {"said_at": int((team.desk.now - timedelta(days=days)).timestamp()), "link": "https://x", "place": "C1"}
        await team.update(Kind.ACT, name="message_shortcut", text=words, message="3.3", data=said)
        assert (filled(team)["due"], filled(team)["kind"]) == (due, "bill")


async def test_what_the_client_calls_its_kinds_goes_before_our_words(team: Team) -> None:
    flowers = {
        "key": "flowers",
        "name": {"en": "Bouquet"},
        "words": {"it": ["ordinare i fiori"]},
        "fields": {},
    }
    rules = {"task_kinds": [flowers, {"key": "other", "name": {}, "fields": {}}]}
    await team.desk.change(f"update client set rules = '{json.dumps(rules)}', version = version + 7")
    for said, kind in (("a bouquet for Anna", "flowers"), ("ordinare i fiori", "flowers"), ("a train", "other")):
        name, _space, rest = said.partition(" ")
        await team.command(name, rest)
        assert filled(team)["kind"] == kind


@pytest.mark.parametrize(
    ("language", "busy", "closed", "today", "order", "status"),
    [
        ("it", "occupata fino alle 15", "chiusi 24 dicembre", "oggi", "ordine 1042 spedito", "stato"),
        ("pl", "zajęta do 15:00", "zamknięte 24 grudnia", "dziś", "zamówienie 1042 wysłane", "stan"),
        ("en", "Busy until 15:00", "closed: 24 December", "today", "order 1042 sent", "status"),
    ],
)
async def test_commands_are_understood_in_the_members_language(
    team: Team, language: str, busy: str, closed: str, today: str, order: str, status: str
) -> None:
    await hired(team)
    await team.desk.act(Face.OPERATOR, "import_orders", OfClient(1), orders=[{"number": "1042", "status": "accepted"}])

    async def said(words: str) -> str:
        name, _space, rest = words.partition(" ")
        await team.update(Kind.COMMAND, name=name, text=rest, language=language, data={"place": "C1"})
        return whispered(team)

    assert re.match(r"Anna: .*12:00.*15:00", await said(busy))
    assert re.match(r"Shop: .* 24 (December|dicembre|grudnia)", await said(closed))
    assert re.match(r"(Today|Oggi|Dziś), ", await said(today))
    assert await rows(team, "orders", "status") == [("accepted",)]
    assert "1042" in await said(order)
    assert await rows(team, "orders", "status") == [("shipped",)]
    assert (await said(status)).startswith("Shop | ")


@pytest.mark.parametrize("language", ["en", "it", "pl"])
def test_each_line_of_help_shows_a_command_that_is_understood(language: str) -> None:
    meant = [plain(one, {}, language, UTC, NOW).removeprefix("/va ") for one in looking.COMMANDS[1:-1]]
    known = [read_command(words.split(":")[0].split()[0]) for words in meant]
    assert known == ["tell", "busy", "closed", "today", "order", "status"]
    assert set(task_kinds.NAMES) - {task_kinds.OTHER} == set(written(language)["kinds"])
    assert set(written(language)["standings"]) == set(Standing)
