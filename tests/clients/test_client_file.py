"""Client files read whole: what is wrong with them, line by line, and what they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.office.client_file import BadFile, parse, write
from bot.office.client_file.place import statements
from tests.clients.conftest import BARBER, EXAMPLES

BAD = """\
slug = "Bike"
langages = ["en"]
languages = ["en", "it"]
timezone = "Europe/Dublino"

[hours]
mon-fri = [
  "9:00-13:00",
  "12:00-18:00",
]
fri = ["22:00-2:00", "x"]

[services.cut]
name = { en = "Cut", de = "Schnitt" }
minutes = "30m"
price = 35.505

[telegram]
token = "123456:secret"

[[closures]]
from = 2026-12-24
to = 2026-12-20

[[closures]]
from = "Christmas"
"""


def faults(text: str) -> list[str]:
    with pytest.raises(BadFile) as wrong:
        parse(text, "bike.toml")
    assert str(wrong.value) == "\n".join(wrong.value.faults)
    return list(wrong.value.faults)


def test_everything_that_is_wrong_is_told_at_once_with_its_line() -> None:
    assert faults(BAD) == [
        "bike.toml, line 1: 'name' is missing",
        "bike.toml, line 1: 'slug' must be of small letters, digits, - and _ (at most 40), not 'Bike'",
        "bike.toml, line 2: 'langages' is not known here; did you mean 'languages'?",
        "bike.toml, line 4: 'timezone' must be a time zone such as \"Europe/Rome\", not 'Europe/Dublino'",
        "bike.toml, line 7: 'hours': 'mon-fri' has intervals that overlap",
        "bike.toml, line 11: 'hours': 'fri' must be two times such as \"9:00-13:00\", not 'x'",
        "bike.toml, line 11: 'hours': 'fri' must end after it begins, not '22:00-2:00'; "
        'what runs past midnight is two: "22:00-24:00", and "0:00-2:00" on the next day',
        "bike.toml, line 14: service 'cut': 'name.de' is not one of the client's languages (en, it)",
        "bike.toml, line 15: service 'cut': 'minutes' must be a whole number from 5 to 1440, not '30m'",
        "bike.toml, line 16: service 'cut': 'price' must be an amount of EUR such as 80.00, not '35.505'",
        "bike.toml, line 18: 'telegram': 'account' is missing",
        "bike.toml, line 19: 'telegram': 'token' does not belong in a file: "
        'name the environment variable that holds it, token_env = "..."',
        "bike.toml, line 23: closure 1: 'to' must not be before 'from'",
        "bike.toml, line 25: closure 2: 'to' must be a date such as 2026-08-15, without quotes, not 'Christmas'",
        "bike.toml, line 26: closure 2: 'from' must be a date such as 2026-08-15, without quotes, not 'Christmas'",
    ]


def test_a_secret_in_the_file_is_not_repeated() -> None:
    assert "secret" not in str(faults(BAD))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = 1\na = 2", "bike.toml, line 2: Cannot overwrite a value"),
        ('a = 1\n\nx = "a', "bike.toml, line 3: Unterminated string"),
        ("a = [1", "bike.toml, line 1: Unclosed array"),
    ],
)
def test_what_is_no_toml_names_its_line(text: str, fault: str) -> None:
    assert faults(text) == [fault]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('"anna", "bruno"]', '"anna", "carla"]', "service 'cut': 'resources' names 'carla', which is not one of"),
        ("[texts.greeting]", "[texts.greting]", "text 'greting' is not known here; did you mean 'greeting'?"),
        ("[services.shave]", "[services.Shave]", "service 'Shave' must be of small letters"),
        ("[contacts.anna]", "[[contacts]]", "'contacts' must be a table"),
        (
            '[services.shave]\nname = { it = "Barba", en = "Shave" }',
            "[services.shave]",
            "service 'shave': 'name' is missing",
        ),
        ("[[coverage]]", "[coverage.giulia]", "'coverage' must be written as [[coverage]]"),
        ('phone = "+39 02 2951 0100"', 'region = "MI"', "'region' must be left out"),
    ],
)
def test_what_does_not_fit(old: str, new: str, fault: str) -> None:
    assert BARBER.count(old) == 1
    line = BARBER[: BARBER.index(old)].count("\n") + 1
    assert any(said.startswith(f"bike.toml, line {line}: {fault}") for said in faults(BARBER.replace(old, new)))


def test_a_closure_of_nobody_and_one_said_twice() -> None:
    below = BARBER.count("\n") + 1
    said = faults(BARBER + "\n[[closures]]\nfrom = 2026-12-25\n" * 2)
    assert said == [f"bike.toml, line {below + 4}: closure 2 stands here twice (2026-12-25)"]
    said = faults(f'{BARBER}\n[[closures]]\nfrom = 2026-12-24\nresource = "carla"\n')
    assert said == [
        f"bike.toml, line {below + 3}: closure 1: 'resource' names 'carla', which is not one of [resources]"
    ]


def test_a_service_that_names_no_resources_has_them_all() -> None:
    content = parse(BARBER.replace('resources = ["anna", "bruno"]\n', ""), "barber.toml")
    assert content["services"]["cut"]["resources"] == ["anna", "bruno"]


def test_what_is_not_said_has_the_default_of_the_house() -> None:
    content = parse(BARBER, "barber.toml")
    assert content["reminders"] == [1440, 120]
    assert content["services"]["cut"] == {
        "name": {"it": "Taglio", "en": "Haircut"},
        "also": {},
        "minutes": 30,
        "price": 2500,
        "resources": ["anna", "bruno"],
        "before": 0,
        "after": 0,
        "step": 15,
        "notice": 60,
        "horizon": 60,
        "cancel_until": 1440,
        "daily_cap": None,
        "approval": False,
        "asks_staff": False,
    }


def test_a_file_from_another_system_says_the_same() -> None:
    assert parse("\ufeff" + BARBER.replace("\n", "\r\n"), "barber.toml") == parse(BARBER, "barber.toml")
    assert faults(BAD.replace("\n", "\r\n")) == faults(BAD)


def test_a_small_file_is_written_as_it_was() -> None:
    assert write(parse(BARBER, "barber.toml")) == BARBER


def test_the_file_in_the_readme_can_be_loaded_as_it_stands() -> None:
    text = (EXAMPLES[0].parents[1] / "README.md").read_text(encoding="utf-8")
    shown = text.partition("```toml\n")[2].partition("```")[0]
    assert len(shown.splitlines()) <= 10
    assert parse(shown, "README.md")["slug"] == "barber"


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read_as_it_is_written(path: Path) -> None:
    content = parse(path.read_text(), path.name)
    assert parse(write(content), "written.toml") == content


def test_lines_are_found_through_values_of_several_lines() -> None:
    text = 'a = """\nb = 1\n[c]\n"""\n[d]\ne = [\n  "[f]",\n]\ng.h = { i = 1 }\n[[j]]\nk = 1\n[[j]]\nk = 2\n'
    assert statements(text) == {
        ("a",): 1,
        ("d",): 5,
        ("j",): 10,
        ("d", "e"): 6,
        ("d", "g"): 9,
        ("d", "g", "h"): 9,
        ("d", "g", "h", "i"): 9,
        ("j", 0): 10,
        ("j", 0, "k"): 11,
        ("j", 1): 12,
        ("j", 1, "k"): 13,
    }
