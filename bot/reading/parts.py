"""Parts of the day: morning, afternoon, evening."""

from __future__ import annotations

import re

from bot.reading import Ear, Reading, folded
from bot.reading.calendar_words import PARTS
from bot.reading.folding import Folded, bag

_LED = r"(?:(?:di|del|della|al|alla|nel|nella|la|il|in|the|at|z|w|in the|in tarda|in prima) ){0,2}"
_PART = re.compile(
    rf"(?<!\w)(?:{_LED})({'|'.join(re.escape(part) for part in sorted(PARTS, key=len, reverse=True))})(?!\w)"
)
# "Good morning", "buona sera", "dobry wieczór" greet.
_GREETING = bag("good buon buona dobry buone dobrego")


def parts(line: Folded) -> list[tuple[int, int, tuple[int, int]]]:
    """Every part of the day in the line: where it stands, and from which minute of the day to which."""
    found = []
    for match in _PART.finditer(line.text):
        before = line.before(match.start())
        if before is None or before.text not in _GREETING:
            found.append((match.start(), match.end(), PARTS[match[1]]))
    return found


def read_part(text: str, ear: Ear) -> Reading | None:
    """The part of the day that is written, as [from, to] in minutes after midnight; the first of several."""
    line = folded(text)
    found = parts(line)
    if not found:
        return None
    start, end, (first, last) = found[0]
    others = tuple([one, other] for _, _, (one, other) in found[1:] if (one, other) != (first, last))
    return Reading([first, last], line.span(start, end), others, 0.5 if others else 1.0)
