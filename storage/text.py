"""Text as both databases can keep it, and every network take it: PostgreSQL has no NUL, UTF-8 no half characters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.update import Attachment, Json, Update

ESCAPE: Final = re.compile(r"(\\\\)|\\u0000")
"""In JSON: an escaped backslash, behind which nothing is escaped, or a NUL."""


def clean(text: str) -> str:
    """The text without NUL; the halves of a surrogate pair are joined, and one alone becomes U+FFFD."""
    if text.isascii():
        return text.replace("\0", "") if "\0" in text else text
    try:
        text.encode()
    except UnicodeEncodeError:
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\0", "")


def clean_json(written: str) -> str:
    """A JSON document whose strings are clean."""
    if "\\u0000" in written:
        written = ESCAPE.sub(lambda found: found[1] or "", written)
    return clean(written)


def clean_values(value: Json) -> Json:
    """A JSON value whose strings are clean, its keys too."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [clean_values(one) for one in value]
    if isinstance(value, dict):
        return {clean(name): clean_values(one) for name, one in value.items()}
    return value


def clean_update(update: Update) -> Update:
    """The update with clean text wherever somebody may have written it: what comes after need not think of it."""
    writer = update.writer
    written = f"{update.name}{update.text}{update.message}{writer.id}{writer.name}{writer.language}"
    if not update.data and not update.attachments and clean(written) == written:
        return update
    return replace(
        update,
        name=clean(update.name),
        text=clean(update.text),
        message=clean(update.message),
        writer=replace(writer, id=clean(writer.id), name=clean(writer.name), language=clean(writer.language)),
        attachments=tuple(map(clean_file, update.attachments)),
        data=clean_values(dict(update.data)),
    )


def clean_file(one: Attachment) -> Attachment:
    """The file with clean names."""
    return replace(one, name=clean(one.name), mime=clean(one.mime), remote=clean(one.remote))
