"""Everything the house says is there in three languages, with every value in its place."""

import ast

import pytest

from tests.house.catalogs import LANGUAGES, TRANSLATED, Entry, catalog, messages, places
from tests.house.source import Source, called, parsed, sources

MARKERS = {"_", "_n"}


def unreadable(source: Source) -> list[str]:
    """Marked messages that are not plain literals, so that no catalog can hold them."""
    calls = [node for node in ast.walk(source.tree) if isinstance(node, ast.Call) and called(node) in MARKERS]
    texts = {call: call.args[:1] if called(call) == "_" else call.args[:2] for call in calls}
    return [source.at(call) for call in calls if not all(isinstance(text, ast.Constant) for text in texts[call])]


def misplaced(entry: Entry) -> set[str]:
    """The values that a translation loses or invents; a plural form may say the number in words ("one day")."""
    wanted = set[str]().union(*map(places, entry.message))
    spare = {"n"} if len(entry.message) > 1 else set[str]()
    return set[str]().union(*((places(form) ^ wanted) - spare for form in entry.forms if form))


def test_the_rule_finds_what_no_catalog_can_hold() -> None:
    source = parsed("_('plain')\n_(f'{day} is taken')\n_n('{n} day', days)\n_(text)\n_('a' 'b')")
    assert unreadable(source) == ["sample.py:2", "sample.py:3", "sample.py:4"]


def test_the_rule_finds_a_lost_and_an_invented_value() -> None:
    assert misplaced(Entry(("{day:on} at {time}",), ("{day:on}, {hour}",))) == {"time", "hour"}
    assert misplaced(Entry(("{n} day", "{n} days"), ("un giorno", "{n} giorni"))) == set()


def test_every_message_is_a_literal() -> None:
    assert [place for source in sources("bot") for place in unreadable(source)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    done = {entry.message for entry in catalog(language) if all(entry.forms) and not entry.fuzzy}
    assert {place: message for message, place in messages().items() if message not in done} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_holds_nothing_else(language: str) -> None:
    assert [entry.message for entry in catalog(language) if entry.message not in messages()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_is_in_its_place(language: str) -> None:
    assert {entry.message: values for entry in catalog(language) if (values := misplaced(entry))} == {}
