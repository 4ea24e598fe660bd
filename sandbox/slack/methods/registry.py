"""The registry in which methods enter themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sandbox.slack.fields import Fields
from sandbox.slack.workspace import Workspace

Run = Callable[[Workspace, Fields], dict[str, Any]]


@dataclass(frozen=True)
class Method:
    """A method: the fields it has, and what it does; it gives the answer without ``ok``."""

    name: str
    fields: frozenset[str]
    run: Run


METHODS: Final[dict[str, Method]] = {}


def method(name: str, *fields: str) -> Callable[[Run], Run]:
    """Enter a function as a method with these fields."""

    def enter(run: Run) -> Run:
        METHODS[name] = Method(name, frozenset(fields), run)
        return run

    return enter
