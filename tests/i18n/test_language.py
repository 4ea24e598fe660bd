"""Which language a customer is spoken to in."""

import pytest

from bot.i18n import choose_language
from bot.values import Client


@pytest.mark.parametrize(
    ("chosen", "network", "spoken", "language"),
    [
        ("pl", "it", ("it", "en"), "pl"),  # a choice is a choice
        ("", "pl", ("it", "en", "pl"), "pl"),
        ("", "en-GB", ("it", "en"), "en"),
        ("", "EN_us", ("it", "en"), "en"),
        ("", "pl-PL", ("it", "en"), "it"),  # the client doesn't speak it
        ("", "de", ("it", "de"), "it"),  # we don't
        ("", "", ("pl", "en"), "pl"),
        ("de", "", ("pl", "en"), "pl"),
        ("", "english", ("it", "en"), "it"),  # no code of a language
        ("", "", ("de", "pl"), "pl"),
        ("", "", (), "en"),
    ],
)
def test_the_choice(chosen: str, network: str, spoken: tuple[str, ...], language: str) -> None:
    client = Client(1, "acme", 1, "Acme", spoken, "Europe/Rome")
    assert choose_language(chosen, network, client) == language
