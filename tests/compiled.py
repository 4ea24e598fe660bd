"""One store of compiled statements for all engines: each would compile all of them anew, a fifth of the run."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache


class Compiled(LRUCache[Any, Any]):
    """Keeps what was compiled by the kind of database, where SQLAlchemy asks by the engine's own dialect."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(of_its_kind(key), default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(of_its_kind(key), value)


COMPILED: Final = Compiled(5_000)


def of_its_kind(key: Any) -> Any:
    """The key with the name of the dialect that stands first in it."""
    dialect, *rest = key
    return dialect.name, *rest


def share() -> None:
    """Lets every connection of this process take its statements from the one store."""
    event.listen(Engine, "engine_connect", take)


def take(connection: Connection) -> None:
    """The one store for this connection."""
    connection.execution_options(compiled_cache=COMPILED)
