"""How well and how fast days and times are read, beside ``dateparser``, on the phrases of tests/reading/phrases.

Run ``python -m bench.reading``. Right day: of all phrases, also of those that say none. Right minute: of those that
say a time. Silent: wrong in day or minute, and told with a confidence of 0.5 or more; ``dateparser`` tells none, so
all its wrong answers are silent. It reads both a whole text and a phrase inside one, whichever gives more.
"""

from __future__ import annotations

import json
import time
import warnings
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import dateparser  # type: ignore[import-untyped]
from dateparser.search import search_dates  # type: ignore[import-untyped]

from bot.reading import Ear
from bot.reading.moments import read_moment
from bot.values import LANGUAGES

PHRASES = Path(__file__).resolve().parents[1] / "tests" / "reading" / "phrases"
SURE = 0.5
ROUNDS = 3

Phrase = dict[str, Any]


class Answer(NamedTuple):
    """A moment, and how sure its reader is."""

    at: datetime
    sure: float


Reads = Callable[[Phrase], Answer | None]


def ours(phrase: Phrase) -> Answer | None:
    """What this house reads."""
    now = datetime.fromisoformat(phrase["reference_time"])
    moment = read_moment(phrase["text"], Ear(phrase["lang"], now, now.tzinfo or UTC))
    return Answer(moment.start, moment.confidence) if moment is not None else None


def theirs() -> Reads:
    """What ``dateparser`` reads: a whole text, else the first date that it finds in it."""

    def read(phrase: Phrase) -> Answer | None:
        now = datetime.fromisoformat(phrase["reference_time"])
        settings: Any = {
            "RELATIVE_BASE": now.replace(tzinfo=None),
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
        }
        languages = [phrase["lang"]]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = dateparser.parse(phrase["text"], languages=languages, settings=settings)
            if found is None:
                inside = search_dates(phrase["text"], languages=languages, settings=settings)
                found = inside[0][1] if inside else None
        return Answer(found.replace(tzinfo=found.tzinfo or now.tzinfo), 1.0) if found is not None else None

    return read


def right_day(phrase: Phrase, answer: Answer | None) -> bool:
    """Whether the day is right; of a doubtful phrase any of its likely days is."""
    if "either" in phrase:
        return answer is not None and answer.at.date().isoformat() in [day[:10] for day in phrase["either"]]
    meant = phrase["value"] or phrase["from"]
    if meant is None:
        return answer is None
    return answer is not None and answer.at.date().isoformat() == meant[:10]


def right_minute(phrase: Phrase, answer: Answer | None) -> bool:
    """Whether the minute is right too, where the phrase says one."""
    if not right_day(phrase, answer) or answer is None or phrase["grain"] != "minute":
        return right_day(phrase, answer)
    return answer.at == datetime.fromisoformat(phrase["value"] or phrase["from"])


def measure(reads: Reads, phrases: Iterable[Phrase]) -> str:
    """One line of the table."""
    told, costs, answers = list(phrases), [], []
    for phrase in told:
        answers.append((phrase, reads(phrase)))
        costs.append(min(_cost(reads, phrase) for _ in range(ROUNDS)))
    timed = [one for one in answers if one[0]["grain"] == "minute"]
    silent = sum(
        answer is not None and answer.sure >= SURE and not right_minute(phrase, answer) for phrase, answer in answers
    )
    days, minutes = (sum(right_day(*one) for one in answers), sum(right_minute(*one) for one in timed))
    shares = (days / len(told), minutes / len(timed), silent / len(told))
    return "".join(f"{share:9.1%}" for share in shares) + f"{median(costs) * 1000:10.3f}"


def _cost(reads: Reads, phrase: Phrase) -> float:
    begun = time.process_time()
    reads(phrase)
    return time.process_time() - begun


def main() -> None:
    """Prints a table of both readers, by language, for the phrases kept apart and for the others."""
    readers = {"Centralino": ours, "dateparser": theirs()}
    print(f"{'':32}{'day':>9}{'minute':>9}{'silent':>9}{'ms':>10}")
    for language in LANGUAGES:
        for part in ("-held-out", ""):
            lines = (PHRASES / f"dates-{language}{part}.jsonl").read_text().splitlines()
            phrases = [json.loads(line) for line in lines]
            for name, reads in readers.items():
                which = f"{language}{part} ({len(phrases)})"
                print(f"{which:20}{name:12}{measure(reads, phrases)}", flush=True)


if __name__ == "__main__":
    main()
