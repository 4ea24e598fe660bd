"""Which language a customer is spoken to in."""

from __future__ import annotations

import re
from typing import Final

from bot.values import LANGUAGES, Client

FALLBACK: Final = "en"


def choose_language(chosen: str, network_language: str, client: Client) -> str:
    """The customer's own choice, else the network's guess ("pl", "en-GB"), else the client's first language.

    The guess counts only where both we and the client speak it. The result is always one of ``LANGUAGES``.
    """
    if chosen in LANGUAGES:
        return chosen
    spoken = [language for language in client.languages if language in LANGUAGES]
    guess = re.split("[-_]", network_language.lower(), maxsplit=1)[0]
    if guess in spoken:
        return guess
    return spoken[0] if spoken else FALLBACK
