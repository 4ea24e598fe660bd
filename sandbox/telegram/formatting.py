"""Telegram's HTML: a few tags, four named entities, and a 400 for everything else.

The rules and the words of the errors are those of the Bot API server: a tag must be one of its own, every tag must be
closed in order, and attributes other than the known ones are read and ignored.
"""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.text import Entity, units

_TYPES = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_PLAIN = re.compile("[^<&]+")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The bare text and the entities of a message written in Telegram's HTML; ApiError 400 if it does not parse."""
    return _Parser(source).parse()


@dataclass
class _Open:
    name: str
    argument: str
    offset: int
    text_at: int


class _Parser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if plain := _PLAIN.match(self.source, self.at):
                self.put(plain.group())
                self.at = plain.end()
            elif self.peek() == "&":
                self.put(self.character())
            elif self.peek(1) == "/":
                self.end_tag()
            else:
                self.start_tag()
        if self.open:
            raise _unparsed(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return "".join(self.text), sorted(self.entities, key=lambda e: (e["offset"], -e["length"]))

    def peek(self, ahead: int = 0) -> str:
        return self.source[self.at + ahead : self.at + ahead + 1]

    def put(self, text: str) -> None:
        self.text.append(text)
        self.offset += units(text)

    def character(self) -> str:
        """The next character, decoded; an entity that Telegram does not know stays as it was written."""
        if self.peek() == "&":
            end = self.source.find(";", self.at, self.at + 12)
            decoded = _decode(self.source[self.at + 1 : end]) if end > 0 else None
            if decoded is not None:
                self.at = end + 1
                return decoded
        self.at += 1
        return self.source[self.at - 1]

    def place(self, at: int) -> str:
        return f"at byte offset {len(self.source[:at].encode())}"

    def until(self, stop: str) -> str:
        begin = self.at
        while self.at < len(self.source) and not self.peek().isspace() and self.peek() not in stop:
            self.at += 1
        return self.source[begin : self.at]

    def blanks(self) -> None:
        while self.peek().isspace():
            self.at += 1

    def start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self.until(">").lower()
        if not self.peek():
            raise _unparsed(f"Unclosed start tag {self.place(begin)}")
        if name not in _TYPES:
            raise _unparsed(f'Unsupported start tag "{name}" {self.place(begin)}')
        argument = self.attributes(name, begin)
        if name == "span" and argument != "tg-spoiler":
            raise _unparsed(f'Tag "span" must have class "tg-spoiler" {self.place(begin)}')
        self.open.append(_Open(name, argument, self.offset, len(self.text)))

    def attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self.blanks()
            if self.peek() == ">":
                self.at += 1
                return argument
            name = self.until("=>/\"'").lower()
            if not self.peek():
                raise _unparsed(f'Unclosed start tag "{tag}" {self.place(begin)}')
            if not name:
                raise _unparsed(f'Empty attribute name in the tag "{tag}" {self.place(begin)}')
            self.blanks()
            value = self.value(tag, begin) if self.peek() == "=" else ""
            argument = _argument(tag, name, value) or argument

    def value(self, tag: str, begin: int) -> str:
        self.at += 1
        self.blanks()
        quote = self.peek()
        if quote not in ("'", '"'):
            token = self.until(">")
            if not self.peek() or not all(ch.isalnum() or ch in ".-" for ch in token):
                raise _unparsed(f"Unexpected end of name token {self.place(begin)}")
            return token.lower()
        self.at += 1
        value: list[str] = []
        while self.peek() and self.peek() != quote:
            value.append(self.character())
        self.at += 1
        if not self.peek():
            raise _unparsed(f'Unclosed start tag "{tag}" {self.place(begin)}')
        return "".join(value)

    def end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _unparsed(f"Unexpected end tag {self.place(begin)}")
        self.at += 2
        name = self.until(">").lower()
        self.blanks()
        if self.peek() != ">":
            raise _unparsed(f"Unclosed end tag {self.place(begin)}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            wanted = f'expected "</{tag.name}>", found "</{name}>"'
            raise _unparsed(f"Unmatched end tag {self.place(begin)}, {wanted}")
        if self.offset > tag.offset:
            self.close(tag)

    def close(self, tag: _Open) -> None:
        entity: dict[str, Any] = {
            "type": _TYPES[tag.name],
            "offset": tag.offset,
            "length": self.offset - tag.offset,
        }
        if tag.name == "a":
            url = tag.argument or "".join(self.text[tag.text_at :])
            if "." not in url and not url.startswith(("tg:", "http://", "https://")):
                return  # an address that is none gives plain text, without an error
            entity["url"] = url
        elif tag.name == "blockquote" and tag.argument:
            entity["type"] = "expandable_blockquote"
        elif tag.name == "code" and tag.argument and self.open and self.open[-1].name == "pre":
            self.open[-1].argument = tag.argument
            return
        elif tag.name == "pre" and tag.argument:
            entity["language"] = tag.argument
        self.entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    if (tag, name) == ("a", "href"):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class"):
        return value
    return "1" if (tag, name) == ("blockquote", "expandable") else ""


def _decode(name: str) -> str | None:
    if name in _NAMED:
        return _NAMED[name]
    digits, base = (name[2:], 16) if name[:2] in ("#x", "#X") else (name[1:], 10)
    if not name.startswith("#") or not digits.isalnum() or not digits.isascii():
        return None
    try:
        code = int(digits, base)
    except ValueError:
        return None
    return chr(code) if 0 < code < 0x10FFFF and not 0xD800 <= code < 0xE000 else None


def _unparsed(why: str) -> ApiError:
    return bad_request(f"can't parse entities: {why}")
