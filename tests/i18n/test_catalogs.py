"""Every message is there in every language, with its values and its markup, and in the voice of the house."""

import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from bot.i18n.catalog import FOLDER
from bot.i18n.show import SPEECH
from bot.i18n.syntax import PLACEHOLDER, TOKEN
from bot.values import LANGUAGES

Key = tuple[str, ...]
"""A message: its text, or its singular and its plural."""

BOT = Path(__file__).parents[2] / "bot"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
# Rules and readers, which may not import the markers, make their messages by the types themselves.
KEYWORDS = {**DEFAULT_KEYWORDS, "_n": (1, 2), "Msgid": None, "Plural": (1, 2)}
TRANSLATED = [language for language in LANGUAGES if language != "en"]
FORMS = set(SPEECH["en"].forms) | {"in", "or"}
OPENING = {"by": r"entro|by|do", "until": r"fino ad?|until|do", "from": r"da|from|od", "since": r"dal|since|od"}
AVOIDED = {
    "en": r"\b(oops|virtual)\b",
    # Lei, never tu; a button speaks in the first person, and leaving a dialog is no "annulla".
    "it": r"\b(benvenut\w|richiamat[oaie]|virtuale|prenota|annulla|scegli|invia|scrivi|clicca)\b",
    "pl": r"\b(pan|pani|pana|panu|panią|wirtualn\w+|wybierz|anuluj|kliknij|napisz)\b",
}


@cache
def messages() -> dict[Key, str]:
    """Every message that the code holds, and where."""
    found: dict[Key, str] = {}
    for file, line, text, *_ in extract_from_dir(str(BOT), METHODS, keywords=KEYWORDS):
        found.setdefault((text,) if isinstance(text, str) else tuple(text), f"{file}:{line}")
    return found


@cache
def entries(language: str) -> dict[Key, tuple[Key, bool]]:
    """What the catalog holds: the forms of each message, and whether they are only guessed."""
    with (FOLDER / language / "LC_MESSAGES" / "bot.po").open("rb") as file:
        source = [entry for entry in read_po(file, locale=language) if entry.id]
    found = {}
    for entry in source:
        key = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)
        found[key] = (forms, entry.fuzzy)
    return found


def said(language: str) -> dict[str, Key]:
    """Every text that a reader of the language may be told, and its message."""
    own = {form: key for key, (forms, _) in entries(language).items() for form in forms if form}
    return own if language != "en" else {**{form: key for key in messages() for form in key}, **own}


def names(text: str) -> set[str]:
    return {place["name"] for place in PLACEHOLDER.finditer(text)}


def tags(text: str) -> list[str]:
    return sorted(token[0] for token in TOKEN.finditer(text) if not token["name"])


def test_messages_are_found() -> None:
    assert len(messages()) > 20


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    done = {key for key, (forms, fuzzy) in entries(language).items() if all(forms) and not fuzzy}
    assert {place: key for key, place in messages().items() if key not in done} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalog_holds_nothing_else(language: str) -> None:
    assert entries(language).keys() - messages().keys() == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_has_its_place(language: str) -> None:
    wrong = []
    for text, key in said(language).items():
        wanted = set.union(*map(names, key))
        spare = {"n"} if len(key) > 1 else set[str]()  # a form may say the number in words
        if (names(text) ^ wanted) - spare:
            wrong.append(text)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_known_and_no_brace_is_left_over(language: str) -> None:
    forms = {text: {place["form"] or "" for place in PLACEHOLDER.finditer(text)} - FORMS for text in said(language)}
    assert {text: unknown for text, unknown in forms.items() if unknown} == {}
    assert [text for text in forms if set("{}") & set(PLACEHOLDER.sub("", text))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_markup_is_the_messages_and_closed(language: str) -> None:
    assert [text for text, key in said(language).items() if tags(text) != tags(key[0])] == []
    left = {text: re.findall(r"</?[a-z][^>]*>|&\w+;", TOKEN.sub("", text)) for text in said(language)}
    assert {text: found for text, found in left.items() if found} == {}
    assert [text for text in left if not nested(text)] == []


def nested(text: str) -> bool:
    """Whether each tag is closed, the last opened first."""
    open_tags: list[str] = []
    for token in TOKEN.finditer(text):
        if token["href"] is not None:
            open_tags.append("a")
        elif token["tag"] and not token["tag"].startswith("</"):
            open_tags.append(token["tag"][1:-1])
        elif token["tag"] and (not open_tags or open_tags.pop() != token["tag"][2:-1]):
            return False
    return not open_tags


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_said_before_a_form_that_says_it(language: str) -> None:
    doubled = re.compile("|".join(rf"\b({word}) \{{\w+:{form}\}}" for form, word in OPENING.items()), re.IGNORECASE)
    assert [text for text in said(language) if doubled.search(text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_voice(language: str) -> None:
    assert {text: found for text in said(language) if (found := lapses(text, language))} == {}


def lapses(text: str, language: str) -> list[str]:
    """What the front desk does not say: exclamations, emoji, and words of another tone."""
    signs = [sign for sign in text if sign == "!" or unicodedata.category(sign) in ("So", "Sk", "Cs")]
    return signs + [word[0] for word in re.finditer(AVOIDED[language], text, re.IGNORECASE)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("You're booked!", "en"),
        ("Benvenuta da noi", "it"),
        ("Annulla", "it"),
        ("Czy Pani potwierdza?", "pl"),
        ("Wybierz dzień", "pl"),
        ("Fatto 👍", "it"),
    ],
)
def test_a_lapse_is_heard(text: str, language: str) -> None:
    assert len(lapses(text, language)) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [("Può prenotare, annullare o scrivere.", "it"), ("Można wybrać dzień. Spanie u Anny.", "pl")],
)
def test_other_words_are_no_lapse(text: str, language: str) -> None:
    assert lapses(text, language) == []


def test_tags_must_nest() -> None:
    assert nested('<b><a href="{x}">y</a></b> {z}')
    assert not nested("<b><i>x</b></i>")
    assert not nested("<b>x")
