"""Transactions begin and end in `storage/database.py`: everybody else is handed one, and may open savepoints in it."""

import ast
import re

import pytest

from tests.house.source import Source, called, parsed, sources

MAKERS = {"create_engine", "create_async_engine", "sqlite3.connect", "psycopg.connect", "sessionmaker"}
STATEMENT = re.compile(r"\s*(BEGIN|START TRANSACTION|COMMIT|END TRANSACTION|ROLLBACK(?! TO))\b(?!\s+[a-z])")


def is_control(call: ast.Call) -> bool:
    """Whether a call begins or ends a transaction (releasing a savepoint of one's own is another thing)."""
    receiver, _, method = called(call).rpartition(".")
    if called(call) in MAKERS or method in MAKERS or method == "begin":
        return True
    return method in {"commit", "rollback"} and "savepoint" not in receiver


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
        "session.commit()",
        "connection.rollback()",
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
        "self.savepoint.commit()",
        "cursor.execute('ROLLBACK TO run')",
        "'Begin with the day.'",
        "'COMMIT before the acknowledgement, as a sentence'",
    ],
)
def test_the_rule_leaves_savepoints_and_words_alone(text: str) -> None:
    assert controls(parsed(text)) == []


def test_only_the_database_begins_transactions() -> None:
    found = {place for source in sources("bot", "storage") for place in controls(source)}
    assert {place for place in found if not place.startswith("storage/database.py:")} == set()
