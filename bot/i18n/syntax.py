"""What the text of a message may hold besides words: ``{name}``, ``{name:form}`` and the markup b, i, code and a."""

from __future__ import annotations

import re
from typing import Final

_PLACE: Final = r"\{(?P<name>[a-z_][a-z0-9_]*)(?::(?P<form>[a-z]+))?\}"
_TAG: Final = r"(?P<tag></?(?:b|i|code)>|</a>)|<a href=\"(?P<href>[^\"<>]*)\">"

PLACEHOLDER: Final = re.compile(_PLACE)
"""A value to fill in. Any other brace is a character like others."""
TOKEN: Final = re.compile(f"{_TAG}|{_PLACE}")
"""A value or a tag. Any other ``<`` is a character like others."""


def words(text: str) -> str:
    """The text without its values and markup: what a translator would see."""
    return TOKEN.sub("", text).strip()
