"""What single tokens say: digits, signs, and the phrases of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from bot.reading.moments.figures import figure
from bot.reading.moments.line import Item, Line
from bot.reading.moments.tokens import Token


def lexemes(line: Line, index: int) -> Iterator[Item]:
    """What a token says by itself, and the phrases of the vocabulary that begin with it."""
    token = line.tokens[index]
    if token.kind == "figure":
        yield from (Item(kind, index, index + 1, value, sure, name) for kind, value, sure, name in figure(line, index))
        if token.text in line.words.entries:  # "2moro"
            yield from _words(line, index, token)
    elif token.kind == "split":
        yield Item("day_word", index, index + 1, token.day, name="counted from today")
    elif token.kind == "sign":
        if token.text in "-/" and line.glued(index) and line.glued(index + 1):
            yield Item("slash", index, index + 1, token.text)
        if token.text == "-":
            yield Item("to", index, index + 1, "-")
            yield Item("dash", index, index + 1, "-")
        elif token.text == "°":
            yield Item("nth", index, index + 1, "o")
        elif token.text == "@":
            yield Item("at", index, index + 1, "@")
    else:
        yield from _words(line, index, token)


def _words(line: Line, index: int, token: Token) -> Iterator[Item]:
    entries, sure = line.words.at(token.text)
    for entry in entries:
        end = _end(line, index + 1, entry.rest) if entry.rest else index + 1
        if not end:
            continue
        if entry.strict and line.written(index).casefold() != entry.strict:
            continue
        yield Item(entry.kind, index, end, entry.value, entry.sure * sure)


def _end(line: Line, index: int, rest: tuple[str, ...]) -> int:
    """Where a phrase ends whose further words begin here, hyphens and points left out; 0 if they do not stand here."""
    for word in rest:
        if index < len(line.tokens) and line.tokens[index].text in "-./":
            index += 1
        if index >= len(line.tokens) or line.tokens[index].text != word:
            return 0
        index += 1
    return index
