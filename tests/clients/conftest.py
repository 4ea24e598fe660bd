"""A database with the tables of the house, and a small client to put there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.office.client_file import Content, parse
from storage.database import Database, open_database

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))

BARBER = """\
slug = "barber"
name = "Al Barbiere"
languages = ["it", "en"]
timezone = "Europe/Rome"
phone = "+39 02 2951 0100"

[hours]
mon-fri = ["9:00-13:00", "15:00-19:00"]

[[coverage]]
staff = "Giulia"
timezone = "Europe/Rome"
hours = { mon-fri = ["9:00-19:00"] }

[resources.anna]
name = "Anna"

[resources.bruno]
name = "Bruno"
hours = { mon = ["9:00-12:00"] }

[services.cut]
name = { it = "Taglio", en = "Haircut" }
minutes = 30
price = 25.00
resources = ["anna", "bruno"]

[services.shave]
name = { it = "Barba", en = "Shave" }
minutes = 20
resources = ["bruno"]

[catalogue.wax]
name = { it = "Cera", en = "Wax" }
price = 12.00

[contacts.anna]
name = "Anna Neri"
role = { it = "titolare", en = "owner" }

[texts.greeting]
it = "Solo su appuntamento."
en = "By appointment."

[urgent]
words = { it = ["urgente"], en = ["urgent"] }

[telegram]
account = "barber"
token_env = "BARBER_TOKEN"
"""

Edit = Callable[..., Content]


@pytest.fixture
def barber() -> Edit:
    """`barber(("old", "new"), ...)` is the content of the barber's file with these words replaced."""

    def edited(*changes: tuple[str, str]) -> Content:
        text = BARBER
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
            text = text.replace(old, new)
        return parse(text, "barber.toml")

    return edited


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """An open database where every table exists and is empty."""
    opened = open_database(migrated_url)
    yield opened
    await opened.close()
