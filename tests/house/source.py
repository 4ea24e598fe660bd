"""The code of the house as the house tests read it: parsed, never imported."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Source:
    """One Python file: where it stands, from the root of the repository, and its syntax tree."""

    path: str
    tree: ast.Module

    def at(self, node: ast.stmt | ast.expr | ast.ExceptHandler) -> str:
        """Where a node stands, as editors and terminals link it."""
        return f"{self.path}:{node.lineno}"


def parsed(text: str, path: str = "sample.py") -> Source:
    """A sample written in a test, to prove that a rule finds what it forbids."""
    return Source(path, ast.parse(text))


def sources(*folders: str) -> Iterator[Source]:
    """Every Python file below these folders, in a stable order; a folder that does not exist has none."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            yield Source(file.relative_to(ROOT).as_posix(), ast.parse(file.read_text()))


def called(node: ast.AST) -> str:
    """The dotted name that a call calls, or that an expression is; empty where it has none."""
    match node:
        case ast.Call(func=function):
            return called(function)
        case ast.Attribute(value=value, attr=name):
            return f"{called(value)}.{name}"
        case ast.Name(id=name):
            return name
    return ""
