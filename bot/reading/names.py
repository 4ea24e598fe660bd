"""Free words: names and messages, cleaned of what can't be seen and kept within limits."""

from __future__ import annotations

import re
import unicodedata

from bot.reading import Reading, folded
from bot.values import Invalid, Msgid

NAME_LIMIT = 80
"""Characters of a person's name."""

_INTRODUCED = re.compile(
    r"(?:(?:buongiorno|ciao|hi|hello|dzien dobry|czesc)[ ,.!]+)?"
    r"(?:mi chiamo|il mio nome e'?|io sono|sono|a nome(?: di)?|my name is|my name's|i am|i'm|it is|it's|this is|"
    r"nazywam sie|mam na imie|moje imie(?: to)?|jestem|na nazwisko) +(?=\S)"
)
_TOO_LONG = Msgid("That is too long: please keep it under {limit} characters.")


def clean(text: str) -> str:
    """The text without control and zero-width characters, direction overrides and halves of characters.

    Line breaks are kept, at most two in a row; spaces are single and none stand around a line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    seen = (c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    lines = (" ".join(line.split()) for line in "".join(seen).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def read_words(text: str, limit: int) -> Reading | None:
    """Whatever was written, cleaned; None if nothing can be seen of it.

    Raises ``Invalid`` above ``limit`` characters.
    """
    words = clean(text)
    if len(words) > limit:
        raise Invalid(_TOO_LONG, limit=limit)
    return Reading(words, (0, len(text))) if words else None


def read_name(text: str) -> Reading | None:
    """A person's name on one line, without the "my name is" around it.

    Raises ``Invalid`` if it is longer than ``NAME_LIMIT`` or has no letter.
    """
    name = " ".join(clean(text).split())
    if not name:
        return None
    line = folded(name)
    introduced = _INTRODUCED.match(line.text)
    if introduced:
        name = name[line.at[introduced.end()] :]
    name = name.rstrip(" .,;!")
    if len(name) > NAME_LIMIT:
        raise Invalid(_TOO_LONG, limit=NAME_LIMIT)
    if not any(character.isalpha() for character in name):
        raise Invalid(Msgid("Please write the name in letters, for example Anna Rossi."))
    return Reading(name, (0, len(text)))
