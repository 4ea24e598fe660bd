"""``python -m bot read``: JSON lines, and an explanation for a person."""

import json

from typer.testing import CliRunner

from bot.cli import app

NOW = "2026-03-11T16:40:00+01:00"


def answers(*lines: object, stream: str = "dates") -> list[dict[str, object]]:
    """What ``read dates``, or another of its kind, answers to these lines."""
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    result = CliRunner().invoke(app, ["read", stream], input=given)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def line(lang: str, text: str) -> dict[str, str]:
    """A line of input."""
    return {"lang": lang, "text": text, "reference_time": NOW}


def test_each_line_has_its_answer() -> None:
    day, interval, nothing = answers(
        line("en", "Friday"), line("it", "domani tra le 9 e le 11"), line("pl", "ok dzięki")
    )
    assert (day["value"], day["from"], day["to"], day["grain"]) == ("2026-03-13", None, None, "day")
    assert (interval["value"], interval["from"]) == (None, "2026-03-12T09:00:00+01:00")
    assert interval["to"] == "2026-03-12T11:00:00+01:00"
    assert (nothing["value"], nothing["from"], nothing["confidence"]) == (None, None, 0.0)


def test_an_ambiguity_is_left_open() -> None:
    (answer,) = answers(line("en", "Tuesday or Thursday"))
    assert (answer["value"], answer["from"], answer["to"]) == (None, None, None)
    assert answer["alternatives"] == ["2026-03-17", "2026-03-12"]


def test_a_line_that_cannot_be_read_tells_so() -> None:
    broken, naive, late, good, foreign = answers(
        "{",
        {**line("en", "Friday"), "reference_time": "2026-03-11T16:40"},
        {**line("en", "tomorrow"), "reference_time": "9999-12-31T16:40+01:00"},
        line("en", "today\ud800"),
        line("it-IT", "oggi"),
    )
    assert "error" in broken
    assert "error" in naive
    assert "error" in late
    assert good["value"] == foreign["value"] == "2026-03-11"


def test_each_line_has_its_intent() -> None:
    booking, leaving, nothing, broken = answers(
        {"lang": "it", "text": "Vorrei prenotare un taglio per domani"},
        {"lang": "en", "text": "never mind"},
        {"lang": "pl", "text": "pada deszcz"},
        {"lang": "pl"},
        stream="intents",
    )
    assert booking["intent"] == "book"
    assert float(str(booking["confidence"])) > 0.5
    assert "prenotare" in str(booking["because"])
    assert leaving["intent"] == "stop"
    assert (nothing["intent"], nothing["confidence"], nothing["because"]) == (None, 0.0, None)
    assert "error" in broken


def test_a_text_is_explained() -> None:
    result = CliRunner().invoke(app, ["read", "vorrei disdire la visita di dopodomani alle 15", "--lang", "it"])
    assert result.exit_code == 0
    assert "wish: cancel" in result.stdout
    assert "disdire" in result.stdout
    assert "15:00" in result.stdout
    assert "dopodomani: counted from today" in result.stdout
