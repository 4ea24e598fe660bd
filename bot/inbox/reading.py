"""What was said, as a member of the desk reads it: the bot's words in her own language."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from typing import Final

from markupsafe import Markup, escape

from bot.i18n import _, decode, plain, render
from bot.inbox.her import Her
from bot.update import Json
from bot.values import Client

TAG: Final = re.compile(r"<[^>]+>")
FILES: Final = {
    "photo": _("Photo"),
    "voice": _("Voice message"),
    "audio": _("Recording"),
    "video": _("Video"),
    "document": _("File"),
}
WORDLESS: Final = {"sticker": _("Sticker")}
"""What is sent and no words, as it is kept; of the other things somebody might write the name."""
PLACE: Final = re.compile(r"(?:(?P<named>.+) )?(?P<lat>-?\d{1,2}\.\d+) (?P<lon>-?\d{1,3}\.\d+)\Z", re.DOTALL)
"""A place that was shared, as it is kept: what it is called, and its degrees."""
ON_MAP: Final = _("Place on the map")
MAP: Final = "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}"
NAMED: Final = frozenset({"document", "audio"})
"""Files that somebody has given a name."""


def spoken(by: str | None, text: str | None, parts: Json, client: Client, who: Her, at: datetime) -> str:
    """The last words of a talk on one line, without markup."""
    if by is None:
        return ""
    if by == "customer":
        said, place = " ".join((text or "").split()), PLACE.match(text or "")
        if place is not None:
            return place["named"] or plain(ON_MAP, {}, who.member.language, UTC)
        return plain(WORDLESS[said], {}, who.member.language, UTC) if said in WORDLESS else said
    lines = read(parts, client, who, at, marked_up=False)
    if lines is None:
        lines = html.unescape(TAG.sub("", text or ""))
    return " ".join(lines.split())


def wrote(text: str, who: Her) -> Markup:
    """What a customer wrote; of a place that she shared, a link to the map, and what is no words by its name."""
    if text in WORDLESS:
        return escape(plain(WORDLESS[text], {}, who.member.language, UTC))
    place = PLACE.match(text)
    if place is None:
        return escape(text)
    link = Markup('<a href="{}" rel="noopener noreferrer nofollow" target="_blank">{}</a>')
    named = place["named"] or plain(ON_MAP, {}, who.member.language, UTC)
    return link.format(MAP.format(lat=place["lat"], lon=place["lon"]), named)


def what_file(told: str, language: str) -> str:
    """What a message is that is a file without words, told as "kind/name": its name, or of what kind it is."""
    kind, _slash, name = told.partition("/")
    return name if name and kind in NAMED else plain(FILES.get(kind, FILES["document"]), {}, language, UTC)


def read(parts: Json, client: Client, who: Her, at: datetime, *, marked_up: bool = True) -> str | None:
    """What a message of ours was made of, in the reader's language; None where that can't be told.

    What a person wrote is a value, and stays as it was written.
    """
    fill = render if marked_up else plain
    try:
        return (
            "\n".join(
                fill(message, decode(values), who.member.language, client.zone, at) for message, values in parts or ()
            )
            or None
        )
    except (KeyError, TypeError, ValueError):  # a message of an earlier release
        return None
