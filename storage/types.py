"""Column types of the hot tables, which driver statements read and write without SQLAlchemy's conversions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Integer, Text, TypeDecorator

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


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, given back in UTC; a naive one is a ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"a moment without its time zone: {value}")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.utcoffset() is None else value.astimezone(UTC)  # SQLite keeps no zone


class JsonText(TypeDecorator[Any]):
    """A JSON value kept as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else dump(value)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Any | None:
        return None if value is None else load(value)
