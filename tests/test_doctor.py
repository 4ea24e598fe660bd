"""What the doctor finds, and that a house in order is found in order."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, update

from bot.doctor import Ask, Finding, Level, examine
from bot.doctor.clients import examine_client, without
from bot.office import clients
from bot.office.client_file import parse
from bot.secrets import Vault, make_key, vault
from bot.settings import Settings
from bot.values import Client, ClientText, Closure, Contact, Cover, Hours, Item, Resource, Service
from storage.clients import Account
from storage.database import open_database
from storage.models import metadata

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
EXAMPLES = sorted((Path(__file__).parents[1] / "examples").glob("*.toml"))


# --- a client ---------------------------------------------------------------------------------------------------------


def said(*languages: str) -> ClientText:
    return ClientText(tuple((language, f"words in {language}") for language in languages))


CUT = Service(1, "cut", said("it", "en"), 30, (1,))
GOOD = Client(
    id=1,
    slug="barber",
    version=1,
    name="Al Barbiere",
    languages=("it", "en"),
    timezone="Europe/Rome",
    country="IT",
    hours=tuple(Hours(day, 600, 1080) for day in range(5)),
    coverage=tuple(Cover("Giulia", day, 540, 1140, "Europe/Rome") for day in range(5)),
    resources=(Resource(1, "anna", "Anna", "staff"),),
    services=(CUT,),
    texts={"urgent": said("it", "en"), "service.cut": said("it", "en")},
    urgent_words={"it": ("urgente",), "en": ("urgent",)},
)


def found(client: Client, now: datetime = NOW) -> list[tuple[Level, str]]:
    findings = list(examine_client(client, now))
    assert all(finding.advice().endswith((".", "?")) and finding.client == "barber" for finding in findings)
    return [(finding.level, finding.said()) for finding in findings]


def test_a_client_in_order() -> None:
    assert found(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "level", "what"),
    [
        ({"hours": ()}, Level.ERROR, "It is closed all week."),
        (
            {"closures": (Closure(date(2026, 1, 1), date(2028, 1, 1)),)},
            Level.WARNING,
            "It does not open within 60 days.",
        ),
        ({"country": ""}, Level.NOTE, "It has no country, so no public holiday closes it."),
        ({"coverage": ()}, Level.ERROR, "Nobody at the desk answers for it."),
        (
            {"coverage": (*GOOD.coverage[1:], Cover("Giulia", 0, 660, 1080, "Europe/Rome"))},
            Level.WARNING,
            "It is open while nobody covers the desk: Mon 10:00-11:00.",
        ),
        (
            {"coverage": tuple(Cover("Giulia", day, 540, 1140, "Europe/London") for day in range(4))},
            Level.WARNING,
            "It is open while nobody covers the desk: Fri 10:00-18:00.",
        ),
        (
            {"coverage": (Cover("Giulia", 6, 540, 1140, "Europe/Rome"),)},
            Level.WARNING,
            "No time can be promised: within 14 days nobody covers it long enough while it is open.",
        ),
        (
            {"services": (CUT, replace(CUT, id=2, key="shave", resources=()))},
            Level.ERROR,
            "Nobody offers the service “shave”.",
        ),
        (
            {"services": (CUT, replace(CUT, id=2, key="spa", minutes=500))},
            Level.WARNING,
            "The service “spa” has no free time within 60 days, even with no bookings.",
        ),
        (
            {"services": (replace(CUT, horizon=5, notice=7 * 1440),)},
            Level.WARNING,
            "The service “cut” has no free time within 5 days, even with no bookings.",
        ),
        (
            {"resources": (*GOOD.resources, Resource(2, "sauna", "Sauna", "room"))},
            Level.WARNING,
            "No service needs Sauna.",
        ),
        (
            {"services": (replace(CUT, name=said("it")),)},
            Level.WARNING,
            "The name of the service “cut” is missing in: en.",
        ),
        (
            {"texts": {**GOOD.texts, "greeting": said("en")}},
            Level.WARNING,
            "The text “Greeting” is missing in: it.",
        ),
        (
            {"contacts": (Contact(1, "anna", "Anna", said("it")), Contact(2, "bruno", "Bruno", said()))},
            Level.WARNING,
            "What Anna does is missing in: en.",
        ),
        ({"catalogue": (Item(1, "wax", said()),)}, Level.WARNING, "The name of the item “wax” is missing in: it, en."),
        ({"urgent_words": {"it": ("urgente",)}}, Level.WARNING, "There are no urgent words in: en."),
        ({"texts": {}}, Level.ERROR, "It has urgent words but no text to answer them."),
        ({"urgent_words": {}}, Level.WARNING, "It has an urgent text but no urgent words."),
        ({"texts": {}, "urgent_words": {}}, Level.WARNING, "It has no urgent text."),
        (
            {"reminders": (180, 1440)},
            Level.NOTE,
            "The reminder of an appointment at 10:00, 3 hours ahead, falls into quiet hours (21:00-8:00).",
        ),
        (
            {"quiet": (12 * 60, 14 * 60), "reminders": (21 * 60,)},
            Level.NOTE,
            "The reminder of an appointment at 10:00, 21 hours ahead, falls into quiet hours (12:00-14:00).",
        ),
    ],
)
def test_a_client_that_is_not(changes: dict[str, Any], level: Level, what: str) -> None:
    assert (level, what) in found(replace(GOOD, **changes))


def test_a_holiday_hides_no_weekday_that_nobody_covers() -> None:
    covered = tuple(cover for cover in GOOD.coverage if cover.weekday != 1)
    tuesday_the_eighth = datetime(2026, 12, 7, 9, tzinfo=UTC)  # 8 December is a holiday
    what = "It is open while nobody covers the desk: Tue 10:00-18:00."
    assert (Level.WARNING, what) in found(replace(GOOD, coverage=covered), tuesday_the_eighth)


def test_what_is_left_of_a_stretch() -> None:
    def at(hour: int) -> datetime:
        return datetime(2026, 11, 24, hour, tzinfo=UTC)

    stretches = ((at(9), at(13)), (at(15), at(19)))
    taken = ((at(8), at(10)), (at(11), at(12)), (at(14), at(20)))
    assert list(without(stretches, taken)) == [(at(10), at(11)), (at(12), at(13))]
    assert list(without(stretches, ())) == list(stretches)


# --- an installation --------------------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CENTRALINO_KEY", "CENTRALINO_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


Change = Callable[[Connection], Any]


@pytest.fixture
def installed(migrated_sqlite: str) -> Callable[..., Awaitable[Settings]]:
    """`await installed(change, ..., secrets)` is an installation with the examples and what was changed since."""

    async def install(*changes: Change, secrets: Vault | None = None) -> Settings:
        own = secrets or vault(migrated_sqlite, None)
        database = open_database(migrated_sqlite)
        for number, path in enumerate(EXAMPLES):
            content = parse(path.read_text(), path.name)
            workspace = {name: own.seal(f"{name}-{number}") for name in ("token", "signing_secret")}
            sealed = {"telegram": {"token": own.seal(f"{number}:abc")}, "slack": workspace}
            await database.transact(lambda write, it=content, new=sealed: clients.apply(write, it, new))  # type: ignore[misc]
        for change in changes:
            await database.transact(change)
        await database.close()
        return Settings(database_url=migrated_sqlite)

    return install


async def trouble(settings: Settings, ask: Ask | None = None) -> list[str]:
    """What is found, but for the notes."""
    return [str(one) for one in await examine(settings, NOW, ask) if one.level is not Level.NOTE]


async def test_the_examples_are_in_order(installed: Any) -> None:
    assert await trouble(await installed()) == []


async def test_tokens_are_tried_where_that_is_asked_for(installed: Any) -> None:
    async def ask(account: Account, token: str) -> str | None:
        return "Unauthorized" if (account.name, token) == ("bikes-dublin", "0:abc") else None

    assert await trouble(await installed(), ask) == [
        "error: bikes: Its telegram account “bikes-dublin” does not answer: Unauthorized. "
        "Check the token with who gave it out, and give it again. ([telegram])"
    ]


async def test_tokens_that_cannot_be_read(installed: Any) -> None:
    settings = await installed(secrets=Vault([make_key()]))
    vault(settings.database_url, None)
    assert (await trouble(settings))[0] == (
        "error: bikes: The token of its telegram account “bikes-dublin” can't be read: sealed with a key that is not "
        "in CENTRALINO_KEY. Put the old key after the new one in CENTRALINO_KEY, or give the token again. ([telegram])"
    )


async def test_a_key_file_that_is_gone_is_not_made_anew(installed: Any, tmp_path: Path) -> None:
    settings = await installed()
    (tmp_path / "test.db.key").unlink()
    assert len([line for line in await trouble(settings) if "there is no key to open it with" in line]) == 6
    assert not (tmp_path / "test.db.key").exists()


async def test_a_key_file_that_others_may_read(installed: Any, tmp_path: Path) -> None:
    settings = await installed()
    (tmp_path / "test.db.key").chmod(0o644)
    assert (await trouble(settings))[0].startswith("error: Others may read the key file")


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ({"active": False}, "error: salon: It has no Telegram account, so no customer can write to it."),
        (
            {"token": ""},
            "error: salon: Its telegram account “salon-krakow” has no token. Give it one, or",
        ),
        ({"trouble": "Conflict"}, "warning: salon: Its telegram account “salon-krakow” is in trouble: Conflict."),
    ],
)
async def test_accounts(installed: Any, values: dict[str, Any], line: str) -> None:
    account = metadata.tables["account"]
    its_bot = (account.c.name == "salon-krakow") & (account.c.channel == "telegram")
    change = update(account).where(its_bot).values(**values)
    (only,) = await trouble(await installed(lambda write: write.execute(change)))
    assert only.startswith(line)


async def test_two_accounts_of_one_bot(installed: Any, sqlite_url: str) -> None:
    account = metadata.tables["account"]
    token = vault(sqlite_url, None).seal("1:same").cipher
    others = (account.c.name != "salon-krakow") & (account.c.channel == "telegram")
    change = update(account).where(others).values(token=token)
    assert await trouble(await installed(lambda write: write.execute(change))) == [
        "error: The accounts 'bikes-dublin' and 'dentista-milano' have the same token. "
        "Give each client a bot of its own."
    ]


async def test_no_database_yet(sqlite_url: str, tmp_path: Path) -> None:
    (only,) = await trouble(Settings(database_url=sqlite_url))
    assert only == f"error: There is no database at {tmp_path}/test.db. Run `python -m bot migrate`."
    assert list(tmp_path.iterdir()) == []


async def test_a_database_without_its_tables(sqlite_url: str) -> None:
    await open_database(sqlite_url).close()
    (only,) = await trouble(Settings(database_url=sqlite_url))
    assert only == "error: The database is not as this version needs it. Run `python -m bot migrate`."


async def test_a_database_without_clients(migrated_sqlite: str) -> None:
    (only,) = await trouble(Settings(database_url=migrated_sqlite))
    assert only.startswith("warning: There is no client yet.")


async def test_a_database_that_does_not_answer(unused_tcp_port: int) -> None:
    url = f"postgresql+psycopg://desk:the-word@127.0.0.1:{unused_tcp_port}/desk"
    no_key, no_answer = await trouble(Settings(database_url=url))
    assert no_key.startswith("error: CENTRALINO_KEY must be set")
    assert no_answer.startswith("error: The database postgresql+psycopg://desk:***@127.0.0.1")
    assert "the-word" not in no_answer


async def test_the_folder_of_files_and_settings_that_are_none(
    installed: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = await installed()
    monkeypatch.setenv("CENTRALINO_LISTN", "127.0.0.1:8080")
    (tmp_path / "files").write_text("not a folder")
    assert await trouble(settings) == [
        "warning: CENTRALINO_LISTN is no setting. Did you mean CENTRALINO_LISTEN?",
        f"error: Attachments can't be kept in {tmp_path}/files. "
        "Make it a folder that this user may write to, or set CENTRALINO_FILES.",
    ]


def test_a_finding_is_one_line() -> None:
    assert str(Finding(Level.ERROR, "", "It rains.", "Stay in.")) == "error: It rains. Stay in."
