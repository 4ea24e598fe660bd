"""How the log is written: text or JSON lines, never a token or a customer's words at info level."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from bot.settings import Log

__all__ = ["Log", "set_up"]


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up(log: Log) -> None:
    """Sends the log to standard error, from the level on that the settings say."""
    handler = logging.StreamHandler()
    text = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if log.form == "json" else text)
    logging.basicConfig(level=log.level.upper(), handlers=[handler], force=True)
    # Theirs name addresses, and an address of a bot holds its token.
    for name in ("httpx", "httpcore", "telegram", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
