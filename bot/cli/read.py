"""``read``: what the reader makes of a text; ``read dates`` and its like read JSON lines."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from io import TextIOWrapper
from typing import Annotated, Any

import typer

from bot.values import Client

SHOWN = 0.05
"""What is less likely than this is not told."""
Line = Mapping[str, Any]


def dates(line: Line) -> dict[str, Any]:
    """What ``{"lang", "text", "reference_time"}`` says of when; times are ISO 8601."""
    from bot.reading import Ear
    from bot.reading.moments import read_moment

    now = datetime.fromisoformat(line["reference_time"])
    if now.tzinfo is None:
        raise ValueError("reference_time needs its offset")
    moment = read_moment(line["text"], Ear(language(line), now, now.tzinfo))
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


def intents(line: Line) -> dict[str, Any]:
    """What ``{"lang", "text"}`` wishes for. What only this house tells apart is told by the common name, or by none."""
    from bot.reading import Ear
    from bot.reading.wishes import understand

    wish = understand(line["text"], Ear(language(line), datetime.now(UTC), UTC))
    intent = COMMON.get(wish.intent, wish.intent) if wish is not None else None
    if wish is None or intent is None:
        return {"intent": None, "confidence": 0.0, "because": None}
    return {"intent": intent, "confidence": round(wish.confidence, 3), "because": ", ".join(wish.words) or wish.text}


def language(line: Line) -> str:
    """The language of a line, also where it is written as "en-GB" or "EN"."""
    return str(line["lang"])[:2].lower()


COMMON: Mapping[str, str | None] = {"leave": "stop", "back": None, "urgent": None, "settings": None, "privacy": None}
STREAMS: dict[str, Callable[[Line], dict[str, Any]]] = {"dates": dates, "intents": intents}
"""What reads JSON lines from standard input, by the word that stands for it."""


def read(
    text: Annotated[str, typer.Argument(help="A text to explain; or dates or intents, to read JSON lines.")],
    lang: Annotated[str, typer.Option("--lang", help="The writer's language: it, en or pl.")] = "it",
    client: Annotated[str | None, typer.Option("--client", help="A client's slug: its hours and words count.")] = None,
) -> None:
    """Tell what is read from a text, and why; or read JSON lines from standard input, one answer each."""
    if text in STREAMS:
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
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
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as fault:
            answer = {"error": f"{type(fault).__name__}: {fault}"}
        yield json.dumps(answer, ensure_ascii=False).encode(errors="replace").decode()


def explanation(text: str, lang: str, slug: str | None) -> Iterator[str]:
    """What is read from a text, for a person."""
    client = None
    if slug is not None:
        from bot.cli.operate import read as looked_up
        from bot.cli.operate import the_client

        client = looked_up(lambda rows: the_client(rows, slug))
    yield from wished(text, lang, client)
    yield from when(text, lang, client)


def wished(text: str, lang: str, client: Client | None) -> Iterator[str]:
    """The wish of a text, why, and what else it may be."""
    from bot.reading import Ear
    from bot.reading.own import NOTHING_OWN, own_words
    from bot.reading.wishes import read_language, understand

    ear = Ear(lang, datetime.now(UTC), UTC)
    if (other := read_language(text, ear)) is not None:
        yield f"language: {other.value} (confidence {other.confidence:.2f})"
    wish = understand(text, ear, own_words(client) if client is not None else NOTHING_OWN)
    if wish is None:
        yield "wish: nothing"
        return
    because = wish.because
    yield f"wish: {' or '.join((wish.intent, *wish.alternatives))} (confidence {wish.confidence:.2f})"
    yield f'  like "{because.phrase}"'
    if because.words:
        yield f"  for its words: {', '.join(because.words)}"
    yield from (
        f"  next: {guess.label} {guess.confidence:.2f}" for guess in wish.runners_up if guess.confidence >= SHOWN
    )


def when(text: str, lang: str, client: Client | None) -> Iterator[str]:
    """The moments of a text, why, and what else they may be."""
    from bot.questions.opening_hours import opening_hours
    from bot.reading import Ear
    from bot.reading.moments import read_moment

    hours, zone = (opening_hours(client), client.zone) if client is not None else (None, None)
    now = datetime.now(UTC).astimezone(zone)
    moment = read_moment(text, Ear(lang, now, zone or now.tzinfo or UTC), hours)
    if moment is None:
        yield "when: nothing"
        return
    yield f"when: {moment.shown} ({moment.grain}, confidence {moment.confidence:.2f})"
    yield from (f"  {reason}" for reason in moment.because)
    yield from (f"  or {other.shown}" for other in moment.alternatives)
