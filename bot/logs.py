"""How the log is written: text or JSON lines, never a token or a customer's words at info level."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

from bot.settings import Log
from storage.cause import CAUSE

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
        if record.cause:  # type: ignore[attr-defined]
            line["update"] = record.cause  # type: ignore[attr-defined]
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


class Text(logging.Formatter):
    """A line for people; at its end the update that it is about."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the name is theirs
        cause = record.cause  # type: ignore[attr-defined]
        return super().formatMessage(record) + (f" [{cause}]" if cause else "")


def with_cause(record: logging.LogRecord) -> bool:
    """Notes on a record, in the task or thread that logs it, the update that it is about."""
    record.cause = CAUSE.get()
    return True


def set_up(log: Log) -> None:
    """Sends the log to standard error, from the level on that the settings say."""
    handler = logging.StreamHandler()
    handler.addFilter(with_cause)
    text = Text("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
    handler.setFormatter(JsonLines() if log.form == "json" else text)
    logging.basicConfig(level=log.level.upper(), handlers=[handler], force=True)
    # Theirs name addresses, and an address of a bot holds its token.
    for name in ("httpx", "httpcore", "telegram", "slack_bolt", "slack_sdk", "aiohttp.access"):
        logging.getLogger(name).setLevel(logging.WARNING)
