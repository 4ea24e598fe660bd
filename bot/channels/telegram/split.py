"""Texts that are too long for one message."""

from __future__ import annotations

import re
from typing import Final

LIMIT: Final = 4096
"""UTF-16 units that Telegram takes in one message, the markup not counted."""

TOKEN: Final = re.compile(r"<(?P<end>/?)(?P<tag>\w+)[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)
BREAKS: Final = ("paragraph", "line", "word")


def units(text: str) -> int:
    """Its length as Telegram counts it: letters beyond the first plane are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int = LIMIT) -> tuple[str, str]:
    """What fits into one message, and the rest; both are whole HTML.

    The cut is at a paragraph, else a line, else a word, else between two letters, and never in a tag or an entity.
    Tags that are open at the cut are closed before it and opened again behind it.
    """
    text = text.lstrip()
    if units(text) <= limit:
        return text, ""
    cut = place(text, limit)
    if cut is None:
        return text, ""
    opened = open_tags(text[:cut])
    head = text[:cut].rstrip() + "".join(f"</{name}>" for name, _tag in reversed(opened))
    rest = text[cut:].lstrip()
    return head, "".join(tag for _name, tag in opened) + rest if has_words(rest) else ""


def last(text: str, limit: int = LIMIT) -> str:
    """The last of the messages that a text is sent as."""
    head, rest = split(text, limit)
    while rest:
        head, rest = split(rest, limit)
    return head


def place(text: str, limit: int) -> int | None:
    """Where to cut; None where it all fits, but for its markup. A cut that leaves little in the message is no good."""
    found = dict.fromkeys(BREAKS, 0)
    room, before = limit, ""
    for token in TOKEN.finditer(text):
        if token["tag"]:
            continue
        letter = token[0] if len(token[0]) == 1 else "&"
        if letter == "\n":
            found["paragraph" if before == "\n" else "line"] = token.start()
        elif letter == " ":
            found["word"] = token.start()
        room -= units(letter)
        if room < 0:
            good = (at for at in map(found.__getitem__, BREAKS) if at * 4 > token.start())
            return next(good, token.start())
        before = letter
    return None


def open_tags(text: str) -> list[tuple[str, str]]:
    """The tags that are open at the end of a text: the name and the whole tag of each."""
    opened: list[tuple[str, str]] = []
    for token in TOKEN.finditer(text):
        if token["end"] and opened:
            opened.pop()
        elif token["tag"] and not token["end"]:
            opened.append((token["tag"], token[0]))
    return opened


def has_words(text: str) -> bool:
    """Whether there is anything in it but markup and blanks."""
    return bool(re.sub(r"<[^<>]*>", "", text).strip())
