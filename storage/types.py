"""Column types of the hot tables, which driver statements read and write without SQLAlchemy's conversions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import BigInteger, Connection, Dialect, Integer, Text, TypeDecorator

from bot.update import Json
from storage.text import clean_json

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND: Final = timedelta(microseconds=1)

Id = BigInteger().with_variant(Integer, "sqlite")
"""A row's id: 64 bits, and on SQLite the rowid itself."""


def micros(moment: datetime) -> int:
    """An aware moment as epoch microseconds."""
    return (moment - EPOCH) // MICROSECOND


def moment(value: int) -> datetime:
    """Epoch microseconds as an aware UTC moment."""
    return EPOCH + value * MICROSECOND


def stored(connection: Connection, moment: datetime) -> Any:
    """An aware moment as a driver statement compares it with a UTCDateTime column: on SQLite that is text."""
    if connection.dialect.name != "sqlite":
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


JSON_ALONE: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
"""Other values than those of JSON are an error, as they are to the standard encoder."""


def dump(value: Json) -> str:
    """JSON as we store it: compact, letters as they are, its text clean."""
    try:
        written = orjson.dumps(value, option=JSON_ALONE).decode()
    except orjson.JSONEncodeError:  # half a character, or a number beyond 64 bits
        written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return clean_json(written)


load: Final = orjson.loads
"""What ``dump`` wrote."""


class Micros(TypeDecorator[datetime]):
    """An aware datetime kept as epoch microseconds."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else micros(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return None if value is None else moment(value)


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else dump(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        return None if value is None else load(value)
