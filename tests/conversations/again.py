"""What is delivered again changes nothing: a play in which everything comes twice is the plain one as well."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Connection

from bot.turn import Door
from bot.update import Reply, Update

CHANGES: Final = {
    "sqlite": "SELECT total_changes()",
    "postgresql": "SELECT pg_current_xact_id_if_assigned()::text",
}
"""What any row that is written would change: also one that is taken back."""


class Again:
    """Looks on while turns run; ``faults`` are those that wrote, or replied otherwise, when their update came again."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self._replies: dict[tuple[str, str, str], Reply | None] = {}

    def watch(self, door: Door) -> None:
        """Looks on at this door."""
        turn = door._turn

        def watched(write: Connection, update: Update) -> Reply | None:
            if update.key not in self._replies:
                self._replies[update.key] = reply = turn(write, update)
                return reply
            before = changes(write)
            reply = turn(write, update)
            if changes(write) != before:
                self.faults.append(f"{update.key} wrote again")
            if reply != self._replies[update.key]:
                self.faults.append(f"{update.key} was replied {reply}, and before {self._replies[update.key]}")
            return reply

        door._turn = watched  # type: ignore[method-assign]


def changes(write: Connection) -> Any:
    """How much was written so far, by the connection or in its transaction."""
    return write.exec_driver_sql(CHANGES[write.dialect.name]).scalar_one()
