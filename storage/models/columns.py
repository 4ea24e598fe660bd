"""What the tables are made of: their base, keys, references, moments, and the names of constraints."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar, Final, get_args, get_type_hints

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, MetaData, String, Table, Text

from storage.types import Id, Micros, UTCDateTime

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
TYPES: Final = {str: String, int: Integer, bool: Boolean, datetime: UTCDateTime, date: Date}
"""The types of columns that their annotations alone tell of."""


class Row:
    """The base of the tables: a class is one, with a column for each annotated name; it enters ``metadata``, no more.

    A name stands alone, with its default, or with a ``column``; one whose annotation has None may be NULL.
    """

    __tablename__: ClassVar[str]
    __table_args__: ClassVar[tuple[Any, ...]] = ()

    def __init_subclass__(cls) -> None:
        hints = get_type_hints(cls)
        columns = [_named(name, hints[name], vars(cls).get(name, REQUIRED)) for name in cls.__annotations__]
        Table(cls.__tablename__, metadata, *columns, *cls.__table_args__)


REQUIRED: Final = object()


def _named(name: str, hint: Any, said: Any) -> Column[Any]:
    """The column of a name: what is said of it, or what its annotation says and its default."""
    if isinstance(said, Column):
        said.name = said.key = name
        return said
    kinds = [kind for kind in get_args(hint) or (hint,) if kind is not type(None)]
    default = {} if said is REQUIRED else {"default": said}
    return Column(name, TYPES[kinds[0]], nullable=type(None) in get_args(hint), **default)


def column(*args: Any, **options: Any) -> Any:
    """A column of which more is to be said than its annotation and its default."""
    return Column(*args, **options)


def key() -> Any:
    """A row's own id."""
    return Column(Id, primary_key=True, autoincrement=True)


def to(
    target: str, *, index: bool = False, nullable: bool = False, cascade: bool = False, primary: bool = False
) -> Any:
    """A reference to another table's id."""
    reference = ForeignKey(f"{target}.id", ondelete="CASCADE" if cascade else None)
    return Column(Id, reference, index=index, nullable=nullable, primary_key=primary)


def instant(nullable: bool = True, index: bool = False) -> Any:
    """A moment of a hot table."""
    return Column(Micros, nullable=nullable, index=index)


def words(default: str = "") -> Any:
    """Text of any length."""
    return Column(Text, nullable=False, server_default=default)
