"""Why words of a customer were read as they were."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from typing import Final

from bot.reading import Ear
from bot.reading.own import own_words
from bot.reading.wishes import Because, understand
from bot.values import Client

KEPT: Final = 2000
_known: OrderedDict[tuple[int, int, str, str], Because | None] = OrderedDict()


def why(client: Client, language: str, text: str, at: datetime) -> Because | None:
    """The phrase that the text looks most like, and the words that spoke for it; looked up once for each version."""
    key = client.id, client.version, language, text
    if key not in _known:
        wish = understand(text, Ear(language, at, client.zone), own_words(client))
        _known[key] = wish.because if wish is not None else None
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return _known[key]
