"""One ability a file: every handler module enters itself in the registry, and holds at most one command."""

import ast
from collections.abc import Iterator

from tests.house.source import Source, called, parsed, sources

FACES = {"customer", "team", "va", "clock", "network"}


def registrars(source: Source) -> set[str]:
    """The names by which this module knows what `bot.ability` registers with."""
    names = {"bot.ability"}
    for node in source.tree.body:
        match node:
            case ast.ImportFrom(module="bot.ability", names=imported):
                names |= {each.asname or each.name for each in imported}
            case ast.ImportFrom(module="bot", names=imported):
                names |= {each.asname or each.name for each in imported if each.name == "ability"}
    return names


def entries(source: Source) -> Iterator[tuple[str, set[str]]]:
    """The functions that a module registers, each with what it is registered as."""
    known = registrars(source)
    for node in source.tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            marks = {called(mark) for mark in node.decorator_list}
            kinds = {mark.rpartition(".")[2] for mark in marks if mark in known or mark.rpartition(".")[0] in known}
            if kinds:
                yield node.name, kinds


def commands(source: Source) -> list[str]:
    return [name for name, kinds in entries(source) if "command" in kinds]


def handlers() -> list[Source]:
    return [source for source in sources("bot/handlers") if not source.path.endswith("__init__.py")]


def test_the_rule_sees_what_a_module_registers() -> None:
    source = parsed(
        "from bot.ability import command, wish\nfrom bot import ability\n"
        "@command('book')\n@wish('booking')\nasync def book(turn): pass\n"
        "@ability.action('again')\nasync def again(turn): pass\n"
        "@cache\ndef cached(): pass\n"
    )
    assert list(entries(source)) == [("book", {"command", "wish"}), ("again", {"action"})]
    assert commands(source) == ["book"]


def test_every_handler_belongs_to_a_face() -> None:
    strays = [source.path for source in handlers() if source.path.split("/")[2] not in FACES]
    assert strays == []


def test_every_handler_module_enters_itself() -> None:
    assert [source.path for source in handlers() if not list(entries(source))] == []


def test_no_handler_module_holds_two_commands() -> None:
    crowded = {source.path: names for source in handlers() if len(names := commands(source)) > 1}
    assert crowded == {}
