"""Whatever is written, every reader answers, raises nothing but Invalid, and its span lies within the text."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import Ear, Reading, rest
from bot.reading.changes import read_for_whom
from bot.reading.choices import read_choice, read_yes_no
from bot.reading.dates import read_day
from bot.reading.names import read_introduction, read_name, read_words
from bot.reading.own import Own
from bot.reading.phones import read_email, read_phone
from bot.reading.shifts import read_end, read_shifted_day, read_shifted_time
from bot.reading.times import read_part, read_time
from bot.reading.wishes import has_urgent, read_control, read_language, read_wish, understand
from bot.values import LANGUAGES, Invalid
from tests.reading.ears import ear

Reader = Callable[[str, Ear], Reading | None]

READERS: dict[str, Reader] = {
    "day": read_day,
    "time": read_time,
    "part": read_part,
    "phone": lambda text, ear: read_phone(text, ear, "IT"),
    "email": read_email,
    "choice": lambda text, ear: read_choice(text, ear, [(1, ["Taglio", text]), (2, ["Piega lunga", ""]), (3, [])]),
    "yes_no": read_yes_no,
    "wish": read_wish,
    "language": read_language,
    "control": read_control,
    "name": lambda text, ear: read_name(text),
    "words": lambda text, ear: read_words(text, 50),
    "introduction": lambda text, ear: read_introduction(text),
    "for whom": read_for_whom,
    "shifted day": lambda text, ear: read_shifted_day(text, ear, ear.now),
    "shifted time": lambda text, ear: read_shifted_time(text, ear, ear.now),
    "end": read_end,
}

# Pieces of what the readers look for, so that hypothesis meets their borders.
PIECES = st.sampled_from(
    [
        *(
            "24",
            "11",
            "31",
            "02",
            "2026",
            "15",
            "00",
            "61",
            "99",
            "0",
            "3",
            "/",
            ".",
            "-",
            ":",
            ",",
            "+",
            "(",
            ")",
            "'",
        ),
        *("h", "am", "pm", "il", "the", "l'", "alle", "at", "o", "w", "we", "di", "e", "mezza", "next", "prossimo"),
        *("lunedì", "friday", "środę", "mar", "sat", "maja", "mają", "may", "domani", "tomorrow", "jutro", "stasera"),
        *(
            "actually",
            "wrong number",
            "per mia",
            "figlia",
            "hour later",
            "dopo",
            "mi chiamo",
            "tydzień",
            "anzi",
            "ieri",
            "24-go",
            "3rd",
            "r.",
            "non",
            "not",
            "nie",
            "prenotare",
            "@",
            "a.it",
            "no",
            "sì",
            "tak",
            "ok",
            "ma",
        ),
        *("?", "!", "\x00", "\u200b", "\u202e", "\ud83d", "👍", "½", "ﷺ", "４", "٣", "ł"),
    ]
)
MIXED = st.lists(st.one_of(PIECES, st.just(" ")), max_size=16).map("".join)


@given(text=st.one_of(st.text(), MIXED), language=st.sampled_from([*LANGUAGES, "xx"]))
def test_any_text(text: str, language: str) -> None:
    for name, reader in READERS.items():
        try:
            reading = reader(text, ear(language))
        except Invalid:
            continue
        if reading is not None:
            start, end = reading.span
            assert 0 <= start <= end <= len(text), name
            assert reading.value not in reading.alternatives, name
            assert 0 < reading.confidence <= 1, name
            assert len(rest(text, reading)) <= len(text), name


@given(text=st.one_of(st.text(), MIXED), words=st.lists(st.one_of(st.text(), MIXED), max_size=3))
def test_any_urgent_words(text: str, words: list[str]) -> None:
    assert has_urgent(text, words) in (True, False)


LONG = 4096


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "1",
        "1.",
        "24/11 ",
        "1 ",
        "on ",
        "non un una ",
        "a@",
        "a.b@c.",
        ".",
        "+1",
        "(1) ",
        "lunedì ",
        "alle 3 ",
        "ﷺ",
    ],
)
def test_a_word_of_a_whole_message_is_read_to_its_end(reader: str, piece: str) -> None:
    text = (piece * LONG)[: LONG * 4]
    try:
        reading = READERS[reader](text, ear("it"))
    except Invalid:
        return
    assert reading is None or reading.span[1] <= len(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("around", ["{}", "{} vera?", "xyzzy {}", "{} qqq żźć"])
def test_the_words_that_speak_for_a_wish_stand_in_it(language: str, around: str) -> None:
    held = Path(__file__).with_name("intents") / f"held.{language}.jsonl"
    for line in held.read_text().splitlines():
        wish = understand(around.format(json.loads(line)["text"]), ear(language))
        assert wish is None or set(wish.words) <= {*re.findall(r"\w+", wish.said)}


@pytest.mark.parametrize("text", ["Ma sei una persona vera?", "sei vera", "vera persona"])
def test_words_that_speak_for_nothing_are_passed_over(text: str) -> None:
    wish = understand(text, ear("it"))
    assert wish is None or wish.because.phrase


@given(st.one_of(st.text(), MIXED), st.sampled_from(LANGUAGES))
def test_a_wish_can_be_explained_whatever_was_written(text: str, language: str) -> None:
    own = Own((("Taglio", "service"), (text, "goods")), {language: ((text, "book"),)})
    wish = understand(text, ear(language), own)
    assert wish is None or wish.because.phrase
