"""Text as Telegram keeps it: cleaned, trimmed, measured in UTF-16 units, with the entities it finds by itself."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

Entity = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_ENTITIES = 100

_SPACE = " \n\t\r\v\f"
_CLEANED = {code: " " for code in range(32) if chr(code) != "\n"} | dict.fromkeys((13, *range(8232, 8239)), "")
"""Control characters become blanks; carriage returns and direction overrides go."""
_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/]))"
    r"|(?P<url>(?:https?://|(?<![\w@.])www\.)[^\s<>\"']*[\w/#=&])"
    r"|(?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-zA-Z]{2,})"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w))"
    r"|(?P<hashtag>(?<![\w#])#(?!\d+\b)\w{1,256})"
    r"|(?P<phone_number>(?<![\w+])\+\d(?:[ ()-]?\d){7,14}(?!\d))"
)


@dataclass(frozen=True)
class Formatted:
    """A text and its entities, offsets and lengths in UTF-16 units."""

    text: str
    entities: list[Entity] = field(default_factory=list)


def units(text: str) -> int:
    """The length of a text in UTF-16 units, the measure of all Telegram's limits and offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def formatted(text: str, entities: list[Entity], *, tidy: bool = True) -> Formatted:
    """The text as Telegram would keep it, with given and found entities in order."""
    if tidy:
        text, entities = _tidy(text, entities)
    taken = [(e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] in ("code", "pre", "text_link")]
    found = [e for e in _found(text) if not any(e["offset"] < end and start < _end(e) for start, end in taken)]
    ordered = sorted([*entities, *found], key=lambda e: (e["offset"], -e["length"]))
    return Formatted(text, ordered[:MAX_ENTITIES])


def visible(text: str) -> bool:
    """Whether there is anything to see; Telegram calls a text of blanks and format characters empty."""
    return any(unicodedata.category(ch)[0] not in "ZC" or unicodedata.category(ch) == "Co" for ch in text)


def _end(entity: Entity) -> int:
    return int(entity["offset"] + entity["length"])


def _found(text: str) -> list[Entity]:
    return [
        {"type": match.lastgroup, "offset": units(text[: match.start()]), "length": units(match.group())}
        for match in _FOUND.finditer(text)
    ]


def _tidy(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    body = text.translate(_CLEANED).rstrip(_SPACE)
    left = len(body) - len(body.lstrip(_SPACE))
    body = body[left:]
    if not entities:
        return body, []
    size = units(body)
    wide = text.encode("utf-16-le", "surrogatepass")

    def place(offset: int) -> int:
        """Where a place of the text is in its body; within a pair of units it is before the pair."""
        before = wide[: 2 * offset].decode("utf-16-le", "ignore").translate(_CLEANED)
        return min(max(units(before) - left, 0), size)

    placed = [e | {"offset": place(e["offset"]), "length": place(_end(e)) - place(e["offset"])} for e in entities]
    return body, [e for e in placed if e["length"] > 0]
