"""Transactions begin and end in the engines of `storage/`: others are handed one, and may open savepoints in it."""

import ast
import re

import pytest

from tests.house.source import Source, called, parsed, sources

MAKERS = {"create_engine", "create_async_engine", "sqlite3.connect", "psycopg.connect", "sessionmaker"}
WHOLE = {"connection", "driver", "engine", "rows", "write"}
"""What stands for the transaction itself; a savepoint, or a session within one, is its opener's to end."""
ENGINES = {
    f"storage/{name}.py"
    for name in ("backup", "database", "transaction", "sqlite", "postgres", "migrate", "migrations/env")
}
STATEMENT = re.compile(r"\s*(BEGIN|START TRANSACTION|COMMIT|END TRANSACTION|ROLLBACK(?! TO))\b(?!\s+[a-z])")


def is_control(call: ast.Call) -> bool:
    """Whether a call begins or ends a transaction, or makes what could."""
    receiver, _, method = called(call).rpartition(".")
    if called(call) in MAKERS or method in MAKERS:
        return True
    return method in {"begin", "commit", "rollback"} and receiver.rpartition(".")[2].lstrip("_") in WHOLE


def controls(source: Source) -> list[str]:
    found: list[ast.expr] = []
    for node in ast.walk(source.tree):
        match node:
            case ast.Call() if is_control(node):
                found.append(node)
            case ast.Constant(value=str(text)) if STATEMENT.match(text):
                found.append(node)
    return [source.at(node) for node in found]


@pytest.mark.parametrize(
    "text",
    [
        "with engine.begin() as connection: pass",
        "turn.write.commit()",
        "self._connection.rollback()",
        "engine = sqlalchemy.create_engine(url)",
        "raw = sqlite3.connect(path)",
        "cursor.execute('BEGIN IMMEDIATE')",
        "cursor.execute('COMMIT')",
    ],
)
def test_the_rule_finds_a_transaction(text: str) -> None:
    assert len(controls(parsed(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "savepoint = connection.begin_nested()\nsavepoint.rollback()",
        "self._session.commit()",
        "stack.begin(ability)",
        "cursor.execute('ROLLBACK TO run')",
        "'Begin with the day.'",
        "'COMMIT before the acknowledgement, as a sentence'",
    ],
)
def test_the_rule_leaves_savepoints_and_words_alone(text: str) -> None:
    assert controls(parsed(text)) == []


def test_only_the_engines_begin_transactions() -> None:
    others = (source for source in sources("bot", "storage") if source.path not in ENGINES)
    assert [place for source in others for place in controls(source)] == []
