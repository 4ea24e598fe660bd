"""What the tables are made of: keys, references, moments, and the names of constraints."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, MetaData, Text
from sqlmodel import Field, SQLModel

from storage.types import Id, Micros

SQLModel.metadata.naming_convention = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
).naming_convention
metadata = SQLModel.metadata
SQLModel.model_config["defer_build"] = True  # rows are read from the database: pydantic checks none of them


def key() -> Any:
    """A row's own id."""
    return Field(default=None, sa_column=Column(Id, primary_key=True, autoincrement=True))


def to(
    target: str, *, index: bool = False, nullable: bool = False, cascade: bool = False, primary: bool = False
) -> Any:
    """A reference to another table's id."""
    reference = ForeignKey(f"{target}.id", ondelete="CASCADE" if cascade else None)
    column = Column(Id, reference, index=index, nullable=nullable, primary_key=primary)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def instant(nullable: bool = True, index: bool = False) -> Any:
    """A moment of a hot table."""
    column = Column(Micros, nullable=nullable, index=index)
    return Field(default=None, sa_column=column) if nullable else Field(sa_column=column)


def words(default: str = "") -> Any:
    """Text of any length."""
    return Field(default=default, sa_column=Column(Text, nullable=False, server_default=default))
