"""How the front desk speaks, as far as a machine can hear it: short, warm, exact, and never jolly."""

import re
import unicodedata

import pytest

from tests.house.catalogs import LANGUAGES, sentences

AVOIDED = {
    "en": r"\boops\b|\bvirtual\b",
    # The person who reads may be a woman or a man; "virtuale" is what the human assistant is called.
    "it": r"\bbenvenut[oaie]\b|\brichiamat[oaie]\b|\bvirtual[ei]\b",
    "pl": r"\bpan(i|a|u|em|ią|ie)?\b|\bwirtualn",
}


def lapses(text: str, language: str) -> list[str]:
    """The words and signs of a text that the front desk does not use."""
    signs = [sign for sign in text if sign == "!" or unicodedata.category(sign) == "So"]
    return signs + [word.group() for word in re.finditer(AVOIDED[language], text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You're booked!", "en"),
        ("Oops, that is taken.", "en"),
        ("Fatto 👍", "it"),
        ("Sarà richiamata entro le 15:20.", "it"),
        ("Czy Pani potwierdza?", "pl"),
    ],
)
def test_the_rule_hears_a_lapse(text: str, language: str) -> None:
    assert len(lapses(text, language)) == 1


def test_the_rule_hears_no_lapse_in_the_standard() -> None:
    assert lapses("Buongiorno. Sono l'assistente automatico; se preferisce una persona, basta chiedere.", "it") == []
    assert lapses("Odpowiada asystent automatyczny; w czym możemy pomóc?", "pl") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_we_say_is_a_lapse(language: str) -> None:
    assert {text: found for text in sentences(language) if (found := lapses(text, language))} == {}
