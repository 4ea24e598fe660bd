"""The environment is read in `bot/settings.py` and nowhere else, so that one file lists every setting."""

import ast

import pytest

from tests.house.source import Source, called, parsed, sources

READERS = {"os.environ", "os.environb", "os.getenv", "os.getenvb"}


def reads(source: Source) -> list[str]:
    found: list[ast.stmt | ast.expr] = []
    for node in ast.walk(source.tree):
        match node:
            case ast.Attribute() if called(node) in READERS:
                found.append(node)
            case ast.ImportFrom(module="os", names=names) if READERS & {f"os.{each.name}" for each in names}:
                found.append(node)
            case ast.ImportFrom(module=str(module)) if module.split(".")[0] == "pydantic_settings":
                found.append(node)
            case ast.Import(names=names) if any(each.name.split(".")[0] == "pydantic_settings" for each in names):
                found.append(node)
            case ast.keyword(arg="envvar", value=value):
                found.append(value)
    return [source.at(node) for node in found]


@pytest.mark.parametrize(
    "text",
    [
        "import os\nhome = os.environ['HOME']",
        "import os\nhome = os.getenv('HOME')",
        "from os import path, environ",
        "from pydantic_settings import BaseSettings",
        "import pydantic_settings",
        "option = typer.Option(envvar='CENTRALINO_KEY')",
    ],
)
def test_the_rule_finds_a_reader(text: str) -> None:
    assert len(reads(parsed(text))) == 1


def test_the_rule_leaves_the_rest_of_os_alone() -> None:
    assert reads(parsed("import os\nfrom os import path\nprint(os.getpid(), self.environ)")) == []


def test_only_the_settings_read_the_environment() -> None:
    found = {place for source in sources("bot", "storage", "sandbox") for place in reads(source)}
    assert {place for place in found if not place.startswith("bot/settings.py:")} == set()
