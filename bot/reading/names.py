"""Free words: names and messages, cleaned of what can't be seen and kept within limits."""

from __future__ import annotations

import re
import unicodedata

from bot.reading import Reading, fold, folded
from bot.reading.folding import bag
from bot.values import Invalid, Msgid

NAME_LIMIT = 80
"""Characters of a person's name."""

_HELLO = r"(?:buongiorno|buonasera|salve|ciao|hi|hello|good morning|dzien dobry|czesc|si|yes|tak|ok|certo|sure|jasne)"
_SURELY = (
    r"mi chiamo|il mio nome e'?|(?:a|al) nome(?: di)?|my name is|my name's|my name|(?:under|in) the name(?: of)?|"
    r"put it under|name is|nazywam sie|mam na imie|moje imie(?: to)?|na nazwisko|na imie|imie i nazwisko"
)
_PERHAPS = r"io sono|sono|i am|i'm|im|it is|it's|its|this is|jestem|tu|z tej strony|tutaj"
_INTRODUCED = re.compile(
    rf"(?:{_HELLO}[ ,.!]+){{0,2}}(?:(?:per|it's|its|under|for|na|to) )?(?:{_SURELY}|{_PERHAPS})[ :]+(?=\S)"
)
_SAID = re.compile(rf"(?<!\w)(?:(?P<surely>{_SURELY})|{_PERHAPS})[ :]+(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*\.?")
_NEXT = bag(
    "e ed and i oraz per vorrei would please alle all domani oggi jutro dzis tomorrow today at on na w o ma but il la "
    "the my moj mio mia numero numer number tel telefono telefon phone cell grazie thanks dziekuje prosze con with "
    "z ale or for dla un una a an in not non nie"
)
_NUMBER = re.compile(r"(?<!\w)[+(]?[0-9][0-9 ()./-]{4,}|\S+@\S+")
_LABEL = re.compile(
    r"(?:[ ,;:.(-]|(?<!\w)(?:and|e|i|a|my|il|mio|moj|the|is|to|number|numero|numer|nr|phone|mobile|cell|cellulare|tel|"
    r"telefono|telefon|mail|email|e-mail)(?!\w))+$"
)
_THANKS = re.compile(
    r"[ ,.;!]+(?:(?:grazie|thanks|thank you|thx|dziekuje|dzieki|please|pls|prosze|per favore)"
    r"(?: mille| very much| bardzo)?[ .!]*)+$"
)
_SIGNED = re.compile(
    r"(?:^|[,;.\n] ?)(?P<name>[^\W\d_a-z][\w'’-]{1,30}(?: [^\W\d_a-z][\w'’-]{1,30}){1,2})[,;:]? "
    r"(?:(?:tel|nr|cell|cel|phone|mobile|numer|numero)[.:]? )?(?=[+(]?[0-9](?:[0-9 ()./-]{5,}))"
)
_MOST_WORDS = 6
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
    """A person's name on one line, without the "my name is" around it; a number to call behind it is left alone.

    None for a question, a sentence, or nothing but a number ("my number is ..."). Raises ``Invalid`` if it is longer
    than ``NAME_LIMIT`` or has no letter.
    """
    name = " ".join(clean(text).split())
    if not name:
        return None
    if len(name) > 4 * NAME_LIMIT:
        raise Invalid(_TOO_LONG, limit=NAME_LIMIT)
    number = _NUMBER.search(name)
    cut = number is not None and number.start() > 0
    if cut and number is not None:
        name = name[: number.start()]
        if _LABEL.match(folded(name).text):
            return None
        name = _without(name, _LABEL)
    introduced = _INTRODUCED.match(folded(name).text)
    if introduced:
        name = name[folded(name).at[introduced.end()] :]
    name = _without(name, _THANKS).rstrip(" .,;!")
    if len(name) > NAME_LIMIT:
        raise Invalid(_TOO_LONG, limit=NAME_LIMIT)
    if not any(character.isalpha() for character in name):
        raise Invalid(Msgid("Please write the name in letters, for example Anna Rossi."))
    words = len(name.split())
    if words > _MOST_WORDS or (name.endswith("?") and words > 2):
        return None
    end = _NUMBER.search(text) if cut else None
    return Reading(name, (0, end.start() if end is not None else len(text)))


def read_introduction(text: str) -> Reading | None:
    """The name with which somebody introduces herself in a text that is about something else; None if none does.

    Two or three words with capitals right before a number to call are a name, too.
    """
    signed = _SIGNED.search(text)
    if signed is not None:
        introduced = _INTRODUCED.match(folded(signed["name"]).text)
        start = signed.start("name") + (introduced.end() if introduced else 0)
        return Reading(text[start : signed.end("name")], signed.span("name"))
    line = folded(text)
    for said in _SAID.finditer(line.text):
        start = line.at[said.end()]
        end = _name_ends(text, start, surely=said["surely"] is not None)
        if end > start:
            return Reading(text[start:end].rstrip("."), (line.at[said.start()], end))
    return None


def _name_ends(text: str, start: int, *, surely: bool) -> int:
    """Where a name that begins here ends: with its capital letters, or, where it has none, before a small word."""
    end, capital = start, text[start].isupper()
    if not capital and not surely:
        return start
    for count, word in enumerate(_WORD.finditer(text, start)):
        if count == 4 or text[end : word.start()].strip():
            break
        if word[0][0].isupper() != capital or (not capital and fold(word[0]) in _NEXT):
            break
        end = word.end()
    return end


def _without(text: str, pattern: re.Pattern[str]) -> str:
    """The text without what the pattern finds at its end."""
    line = folded(text)
    found = pattern.search(line.text)
    return text[: line.at[found.start()]] if found is not None and found.start() > 0 else text
