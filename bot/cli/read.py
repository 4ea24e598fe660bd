"""``read``: what the reader makes of a text; ``read dates`` and its like read JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

Line = Mapping[str, Any]


def dates(line: Line) -> dict[str, Any]:
    """What ``{"lang", "text", "reference_time"}`` says of when; times are ISO 8601."""
    from bot.reading import Ear
    from bot.reading.moments import read_moment

    now = datetime.fromisoformat(line["reference_time"])
    if now.tzinfo is None:
        raise ValueError("reference_time needs its offset")
    moment = read_moment(line["text"], Ear(line["lang"], now, now.tzinfo))
    if moment is None:
        return {"value": None, "from": None, "to": None, "grain": None, "confidence": 0.0, "text": None}
    interval = moment.interval and not moment.several
    return {
        "value": None if moment.interval or moment.several else moment.written,
        "from": moment.start.isoformat() if interval else None,
        "to": moment.end.isoformat() if interval and moment.end is not None else None,
        "grain": moment.grain,
        "confidence": moment.confidence,
        "text": moment.text,
        "alternatives": [other.written for other in (moment, *moment.alternatives)[not moment.several :]],
    }


STREAMS: dict[str, Callable[[Line], dict[str, Any]]] = {"dates": dates}
"""What reads JSON lines from standard input, by the word that stands for it."""


def read(
    text: Annotated[str, typer.Argument(help="A text to explain; or dates, to read JSON lines.")],
    lang: Annotated[str, typer.Option("--lang", help="The writer's language: it, en or pl.")] = "it",
    client: Annotated[str | None, typer.Option("--client", help="A client's slug: its hours and words count.")] = None,
) -> None:
    """Tell what is read from a text, and why; or read JSON lines from standard input, one answer each."""
    if text in STREAMS:
        for answer in answers(STREAMS[text], sys.stdin):
            typer.echo(answer)
        return
    for line in explanation(text, lang, client):
        typer.echo(line)


def answers(stream: Callable[[Line], dict[str, Any]], lines: Iterator[str] | Any) -> Iterator[str]:
    """One JSON line for each; a line that cannot be read answers with its fault."""
    for line in lines:
        if not line.strip():
            continue
        try:
            answer = stream(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            answer = {"error": f"{type(fault).__name__}: {fault}"}
        yield json.dumps(answer, ensure_ascii=False)


def explanation(text: str, lang: str, slug: str | None) -> Iterator[str]:
    """What is read from a text, for a person."""
    yield from when(text, lang, slug)


def when(text: str, lang: str, slug: str | None) -> Iterator[str]:
    """The moments of a text, why, and what else they may be."""
    from bot.reading import Ear
    from bot.reading.moments import read_moment

    hours, zone = None, None
    if slug is not None:
        from bot.cli.operate import read as looked_up
        from bot.cli.operate import the_client
        from bot.questions.opening_hours import opening_hours

        found = looked_up(lambda rows: the_client(rows, slug))
        hours, zone = opening_hours(found), found.zone
    now = datetime.now(UTC).astimezone(zone)
    moment = read_moment(text, Ear(lang, now, zone or now.tzinfo or UTC), hours)
    if moment is None:
        yield "when: nothing"
        return
    yield f"when: {moment.shown} ({moment.grain}, confidence {moment.confidence:.2f})"
    yield from (f"  {reason}" for reason in moment.because)
    yield from (f"  or {other.shown}" for other in moment.alternatives)
