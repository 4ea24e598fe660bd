"""Telegram: many bots over one HTTP session, by webhook or long polling."""

import sys

# The library loads httpx, which nobody here uses, and that its command line with all that paints on a terminal, where
# it is at hand: 4 MiB and a tenth of a start. It does as well without.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]

from bot.channels.telegram.channel import Telegram  # noqa: E402

__all__ = ["Telegram"]
