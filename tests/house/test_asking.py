"""A question ends the run: the engine closes the coroutine at the `await`, and nothing may stand in the way of that.

An `await` in `finally` would ask while the run is being closed; an `except` that catches everything would swallow the
closing itself (GeneratorExit) and go on as if an answer had come.
"""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Source, called, parsed, sources

EVERYTHING = {"BaseException", "GeneratorExit", "builtins.BaseException", "builtins.GeneratorExit"}


def catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(called(kind) in EVERYTHING for kind in kinds)


def found_in(statement: ast.Try | ast.TryStar) -> Iterator[ast.expr | ast.ExceptHandler]:
    for last in statement.finalbody:
        yield from (node for node in ast.walk(last) if isinstance(node, ast.Await))
    yield from (handler for handler in statement.handlers if catches_everything(handler))


def obstacles(source: Source) -> list[str]:
    found: list[ast.expr | ast.ExceptHandler] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Try | ast.TryStar):
            found += found_in(node)
        elif isinstance(node, ast.Call) and called(node).endswith("suppress"):
            found += [kind for kind in node.args if called(kind) in EVERYTHING]
    return [source.at(node) for node in found]


@pytest.mark.parametrize(
    "text",
    [
        "async def book(turn):\n    try: pass\n    finally:\n        await turn.ask('day')",
        "async def book(turn):\n    try: pass\n    finally:\n        if turn:\n            await turn.confirm()",
        "try: pass\nexcept: pass",
        "try: pass\nexcept BaseException: pass",
        "try: pass\nexcept (ValueError, GeneratorExit): pass",
        "with contextlib.suppress(BaseException): pass",
    ],
)
def test_the_rule_finds_an_obstacle(text: str) -> None:
    assert len(obstacles(parsed(text))) == 1


def test_the_rule_leaves_ordinary_errors_alone() -> None:
    text = "async def book(turn):\n    try: await turn.ask('day')\n    except Invalid: await turn.ask('week')"
    assert obstacles(parsed(text)) == []


def test_nothing_stands_in_the_way_of_a_question() -> None:
    assert [place for source in sources("bot/handlers", "bot/questions") for place in obstacles(source)] == []
