"""Clients loaded into a database: what changes, what doesn't, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, update

from bot.office import clients
from bot.office.client_file import parse
from bot.office.client_state import Sealed
from bot.office.clients import CannotLoad, EditedElsewhere, Plan, wanted_secrets
from bot.secrets import Vault, make_key
from bot.values import Client
from storage import clients as stored
from storage.database import Database
from storage.models import metadata
from tests.clients.conftest import EXAMPLES, Edit

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
tables = metadata.tables
TOKEN = ("~ 'telegram': a new token",)


async def load(database: Database, content: Any, sealed: Sealed | None = None, *, overwrite: bool = False) -> Plan:
    return await database.transact(lambda write: clients.apply(write, content, sealed, overwrite=overwrite))


async def the_client(database: Database, slug: str = "barber") -> Client:
    def read(rows: Connection) -> Client:
        found = stored.find(rows, slug)
        assert found is not None
        return stored.cached(rows, *found)

    return await database.read(read)


async def edit(database: Database, table: str, **values: Any) -> None:
    """An edit made elsewhere: the rows of a table, and the client's version."""

    def write_it(write: Connection) -> None:
        write.execute(update(tables[table]).values(**values))
        stored.touch(write, 1)

    await database.transact(write_it)


async def select_all(database: Database, table: str, *columns: str) -> list[tuple[Any, ...]]:
    named = [tables[table].c[column] for column in columns]
    found = await database.read(lambda rows: rows.execute(select(*named).order_by(*named)).all())
    return [tuple(row) for row in found]


# --- the same again ---------------------------------------------------------------------------------------------------


async def test_a_client_is_loaded_and_shown_again(database: Database) -> None:
    contents = [parse(path.read_text(), path.name) for path in EXAMPLES]
    assert [content["slug"] for content in contents] == ["bikes", "dentista", "salon"]
    for content in contents:
        assert (await load(database, content)).lines == (f"new client '{content['slug']}': {content['name']}",)
    for content in contents:
        slug = content["slug"]
        shown = await database.read(lambda rows, slug=slug: clients.show(rows, slug))  # type: ignore[misc]
        assert parse(shown, "shown.toml") == content
        before = await the_client(database, slug)
        assert (await load(database, parse(shown, "shown.toml"))).lines == ()
        assert await the_client(database, slug) is before, "nothing changed, so the version stood"


async def test_every_table_of_the_file_becomes_the_value(database: Database, barber: Edit) -> None:
    await load(database, barber())
    client = await the_client(database)
    assert (client.name, client.languages, client.phone) == ("Al Barbiere", ("it", "en"), "+39 02 2951 0100")
    assert [(one.weekday, one.opens, one.closes) for one in client.hours[:2]] == [(0, 540, 780), (0, 900, 1140)]
    assert [(one.staff, one.timezone, one.start) for one in client.coverage[:1]] == [("Giulia", "Europe/Rome", 540)]
    anna, bruno = client.resources
    assert (anna.name, anna.hours, bruno.hours[0].closes) == ("Anna", (), 720)
    cut, shave = client.services
    assert (cut.name.read("en"), cut.minutes, cut.price, cut.resources) == ("Haircut", 30, 2500, (anna.id, bruno.id))
    assert (shave.price, shave.resources) == (None, (bruno.id,))
    assert client.contacts[0].role.texts == (("it", "titolare"), ("en", "owner"))
    assert client.catalogue[0].price == 1200
    assert client.text("greeting").read("pl") == "Solo su appuntamento."
    assert client.urgent_words == {"it": ("urgente",), "en": ("urgent",)}
    assert client.reminders == (1440, 120)


async def test_a_word_of_the_second_language_stands_after_the_first(database: Database, barber: Edit) -> None:
    await load(database, barber(('languages = ["it", "en"]', 'languages = ["en", "it"]')))
    assert (await the_client(database)).services[0].name.texts == (("en", "Haircut"), ("it", "Taglio"))


# --- what changes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('"Al Barbiere"', '"Da Anna"', '~ \'name\': "Al Barbiere" -> "Da Anna"'),
        ("minutes = 30", "minutes = 40", "~ service 'cut': 'minutes': 30 -> 40"),
        ("price = 25.00", "price = 27.5", "~ service 'cut': 'price': 25.00 -> 27.50"),
        ("price = 25.00\n", "", "~ service 'cut': 'price': 25.00 -> nothing"),
        ("minutes = 30", 'minutes = 30\nnotice = "2h"', "~ service 'cut': 'notice': \"1h\" -> \"2h\""),
        ('en = "By appointment."', 'en = "Walk in."', "~ text 'greeting': 'en': \"By appointment.\" -> \"Walk in.\""),
        ('en = "By appointment."', "", "~ text 'greeting': 'en': \"By appointment.\" -> nothing"),
        ('mon-fri = ["9:00-13:00", "15', 'mon-thu = ["9:00-13:00", "15', "~ 'hours': 'fri': [\"9:00-13:00\", "),
        (
            'mon = ["9:00-12:00"]',
            'tue = ["9:00-12:00"]',
            "~ resource 'bruno': 'hours.mon': [\"9:00-12:00\"] -> nothing",
        ),
        ('role = { it = "titolare", en', 'role = { it = "capo", en', "~ contact 'anna': 'role.it': \"titolare\" -> "),
        ('staff = "Giulia"', 'staff = "Marta"', "- coverage 'Giulia (Europe/Rome)'"),
        ("[texts.greeting]", "[[closures]]\nfrom = 2026-12-24\n[texts.greeting]", "+ closure '2026-12-24'"),
        ('token_env = "BARBER_TOKEN"', "", "~ 'telegram': 'token_env': \"BARBER_TOKEN\" -> \"\""),
        (
            'words = { it = ["urgente"]',
            'words = { it = ["aiuto"]',
            "~ 'urgent': 'words.it': [\"urgente\"] -> [\"aiuto\"]",
        ),
    ],
)
async def test_a_change_is_told_and_made(database: Database, barber: Edit, old: str, new: str, line: str) -> None:
    await load(database, barber())
    before = await the_client(database)
    content = barber((old, new))
    planned = await database.read(lambda rows: clients.plan(rows, content))
    assert any(said.startswith(line) for said in planned.lines), planned.lines
    assert (await load(database, content)).lines == planned.lines
    after = await the_client(database)
    assert after.version > before.version
    assert (await database.read(lambda rows: clients.plan(rows, content))).lines == ()
    assert (await the_client(database)).version == after.version


async def test_another_order_is_a_change(database: Database, barber: Edit) -> None:
    await load(database, barber())
    turned = barber()
    turned["services"] = dict(reversed(turned["services"].items()))
    assert (await load(database, turned)).lines == ("~ 'services': in the order shave, cut",)
    assert [service.key for service in (await the_client(database)).services] == ["shave", "cut"]
    assert (await load(database, turned)).lines == ()


# --- what vanishes ----------------------------------------------------------------------------------------------------


SHAVE = ('[services.shave]\nname = { it = "Barba", en = "Shave" }\nminutes = 20\nresources = ["bruno"]\n', "")


async def test_what_the_file_leaves_out_is_deleted(database: Database, barber: Edit) -> None:
    await load(database, barber())
    assert (await load(database, barber(SHAVE))).lines == ("- service 'shave'",)
    assert await select_all(database, "service", "key", "active") == [("cut", True)]
    keys = {key for (key,) in await select_all(database, "client_text", "key")}
    assert keys == {"service.cut", "contact.anna", "item.wax", "greeting"}


async def test_what_something_refers_to_is_laid_aside_and_taken_up_again(database: Database, barber: Edit) -> None:
    await load(database, barber())
    shave = (await the_client(database)).services[1]

    def book(write: Connection) -> None:
        write.execute(
            insert(tables["appointment"]).values(
                client_id=1, service_id=shave.id, resource_id=shave.resources[0], seat=0, starts_at=NOW, ends_at=NOW,
                blocked_from=0, blocked_to=20, status="done", uid="u", sequence=0, code="c", name="", for_whom="",
                note="", created_at=NOW,
            )
        )  # fmt: skip

    await database.transact(book)
    await load(database, barber(SHAVE))
    assert await select_all(database, "service", "key", "active") == [("cut", True), ("shave", False)]
    client = await the_client(database)
    assert client.service("shave") is None
    assert client.text("service.shave").read("en") == "Shave", "the appointment still has its name"
    assert (await load(database, barber())).lines == ("+ service 'shave'",)
    assert (await the_client(database)).services[1].id == shave.id


async def test_everything_else_may_go(database: Database, barber: Edit) -> None:
    await load(database, barber())
    bare = parse('slug = "barber"\nname = "Al Barbiere"\nlanguages = ["it"]\ntimezone = "Europe/Rome"', "bare.toml")
    await load(database, bare)
    for table in ("service", "resource", "contact", "catalogue_item", "hours", "coverage", "client_text", "account"):
        assert await select_all(database, table, "client_id") == [], table
    assert await select_all(database, "staff", "name") == [("Giulia",)], "a member of the desk is nobody's client"


# --- what was edited elsewhere ----------------------------------------------------------------------------------------


async def test_what_was_edited_elsewhere_is_not_overwritten(database: Database, barber: Edit) -> None:
    await load(database, barber())
    await edit(database, "contact", phone="+39 02 2951 0199")
    edited = (await the_client(database)).version
    with pytest.raises(EditedElsewhere) as refused:
        await load(database, barber())
    assert refused.value.lines == ("~ contact 'anna': 'phone': \"+39 02 2951 0199\" -> \"\"",)
    assert "client show barber" in str(refused.value)
    assert (await the_client(database)).version == edited
    assert (await the_client(database)).contacts[0].phone == "+39 02 2951 0199"
    await load(database, barber(), overwrite=True)
    assert (await the_client(database)).contacts[0].phone == ""


async def test_a_refused_file_changes_nothing_at_all(database: Database, barber: Edit) -> None:
    await load(database, barber())
    await edit(database, "contact", phone="+39 02 2951 0199")
    with pytest.raises(EditedElsewhere):
        await load(database, barber(("minutes = 30", "minutes = 40")))
    assert (await the_client(database)).services[0].minutes == 30


async def test_an_edit_taken_over_into_the_file_is_no_conflict(database: Database, barber: Edit) -> None:
    await load(database, barber())
    await edit(database, "client", name="Da Anna")
    content = barber(('"Al Barbiere"', '"Da Anna"'))
    assert (await load(database, content)).lines == ()
    back = await load(database, barber())
    assert back.lines == ('~ \'name\': "Da Anna" -> "Al Barbiere"',), "from then on the file may change it again"


async def test_an_entry_added_elsewhere_is_not_lost(database: Database, barber: Edit) -> None:
    await load(database, barber())

    def add(write: Connection) -> None:
        write.execute(
            insert(tables["contact"]).values(
                client_id=1, key="zoe", name="Zoe", phone="", email="", position=9, active=True
            )
        )

    await database.transact(add)
    with pytest.raises(EditedElsewhere) as refused:
        await load(database, barber())
    assert refused.value.lines == ("- contact 'zoe'",)


async def test_a_key_that_older_files_could_not_say_is_no_conflict(database: Database, barber: Edit) -> None:
    await load(database, barber())
    old = barber()
    del old["keeps_days"], old["services"]["cut"]["approval"]
    await edit(database, "client", loaded=old)
    content = barber(("minutes = 30", "minutes = 30\napproval = true"), ("[hours]", "keeps_days = 365\n[hours]"))
    assert (await load(database, content)).conflicts == ()


# --- accounts and their secrets ---------------------------------------------------------------------------------------


@pytest.fixture
def vault() -> Vault:
    return Vault([make_key()])


def token(vault: Vault, secret: str) -> Sealed:
    return {"telegram": {"token": vault.seal(secret)}}


async def account(database: Database, name: str = "barber") -> stored.Account:
    found = await database.read(lambda rows: stored.find_account(rows, "telegram", name))
    assert found is not None
    return found


async def test_a_token_is_kept_sealed_and_only_a_new_one_is_a_change(
    database: Database, barber: Edit, vault: Vault
) -> None:
    content = barber()
    assert wanted_secrets(content) == {("telegram", "token"): "BARBER_TOKEN"}
    first = await load(database, content)
    assert first.notes == ("'telegram': no token yet; set BARBER_TOKEN and load again",)
    planned = await load(database, content, token(vault, "123:one"))
    assert (planned.lines, planned.notes) == (TOKEN, ())
    kept = await account(database)
    assert vault.open(kept.token) == "123:one"
    assert "123:one" not in repr(kept.settings)
    assert (await load(database, content, token(vault, "123:one"))).lines == ()
    assert (await load(database, content)).lines == (), "without the variable the token stays"
    assert (await account(database)).token == kept.token
    assert (await load(database, content, token(vault, "123:two"))).lines == TOKEN
    assert vault.open((await account(database)).token) == "123:two"


async def test_a_new_token_is_another_bot_that_nothing_was_told_yet(
    database: Database, barber: Edit, vault: Vault
) -> None:
    await load(database, barber(), token(vault, "123:one"))
    told = {"username": "one_bot", "secret": "s", "address": "https://x", "profile": "p", "position": 7, "trouble": "t"}
    await database.transact(lambda write: write.execute(update(tables["account"]).values(**told)))
    await load(database, barber(("minutes = 30", "minutes = 40")), token(vault, "123:one"))
    kept = await account(database)
    assert {name: getattr(kept, name) for name in told} == told
    await load(database, barber(), token(vault, "123:two"))
    kept = await account(database)
    assert not any(getattr(kept, name) for name in told)


async def test_a_token_goes_with_an_account_that_gets_another_name(
    database: Database, barber: Edit, vault: Vault
) -> None:
    await load(database, barber(), token(vault, "123:one"))
    await load(database, barber(('account = "barber"', 'account = "al-barbiere"')))
    assert await select_all(database, "account", "name", "active") == [("al-barbiere", True)]
    assert vault.open((await account(database, "al-barbiere")).token) == "123:one"


async def test_an_account_that_somebody_wrote_to_is_laid_aside(database: Database, barber: Edit) -> None:
    await load(database, barber())

    def write_to_it(write: Connection) -> None:
        who = insert(tables["customer"]).values(
            client_id=1, name="", phone="", email="", language="", verified_by="", created_at=NOW
        )
        customer = write.execute(who.returning(tables["customer"].c.id)).scalar_one()
        write.execute(
            insert(tables["thread"]).values(
                client_id=1, customer_id=customer, channel="telegram", account="barber", address="7", writer="",
                created_at=NOW,
            )
        )  # fmt: skip

    await database.transact(write_to_it)
    await load(database, barber(('account = "barber"', 'account = "al-barbiere"')))
    assert await select_all(database, "account", "name", "active") == [("al-barbiere", True), ("barber", False)]
    assert [one.name for one in await database.read(stored.accounts)] == ["al-barbiere"]
    assert (await load(database, barber(('account = "barber"', 'account = "al-barbiere"')))).lines == ()
    await load(database, barber())
    assert await select_all(database, "account", "name", "active") == [("barber", True)]


async def test_an_account_belongs_to_one_client(database: Database, barber: Edit) -> None:
    await load(database, barber())
    with pytest.raises(CannotLoad, match="'barber' belongs to 'barber'"):
        await load(database, barber(('slug = "barber"', 'slug = "other"')))


async def test_slack_keeps_all_its_secrets_sealed(database: Database, barber: Edit, vault: Vault) -> None:
    slack = '[slack]\naccount = "barber"\nchannel = "#desk"\ntoken_env = "A"\nsigning_secret_env = "B"\n'
    content = barber(("[telegram]", f"{slack}\n[telegram]"))
    assert set(wanted_secrets(content)) == {("slack", "token"), ("slack", "signing_secret"), ("telegram", "token")}
    sealed = {"slack": {name: vault.seal(f"very secret {name}") for name in ("token", "signing_secret")}}
    await load(database, content, sealed)
    (kept,) = await database.read(lambda rows: stored.accounts(rows, "slack"))
    assert vault.open(kept.token) == "very secret token"
    assert vault.open(kept.settings["sealed"]["signing_secret"]) == "very secret signing_secret"
    assert "very secret" not in repr(kept)
    assert kept.settings["channel"] == "#desk"
    shown = await database.read(lambda rows: clients.show(rows, "barber"))
    assert parse(shown, "shown.toml") == content


# --- reading ----------------------------------------------------------------------------------------------------------


async def test_nobody_of_this_name(database: Database) -> None:
    assert await database.read(lambda rows: stored.find(rows, "nobody")) is None
    assert await database.read(stored.all_clients) == []
    with pytest.raises(CannotLoad, match="no client 'nobody'"):
        await database.read(lambda rows: clients.show(rows, "nobody"))


async def test_the_cache_holds_one_version_of_a_client(database: Database, barber: Edit) -> None:
    await load(database, barber())
    first = await the_client(database)
    assert await the_client(database) is first
    await edit(database, "contact", name="Anna Bianchi")
    second = await the_client(database)
    assert second.contacts[0].name == "Anna Bianchi"
    assert second.version > first.version
    assert [client.slug for client in await database.read(stored.all_clients)] == ["barber"]


async def test_a_version_that_was_rolled_back_never_returns(database: Database, barber: Edit) -> None:
    await load(database, barber())

    def rename_and_fail(write: Connection) -> None:
        write.execute(update(tables["contact"]).values(name="Nobody"))
        stored.touch(write, 1)
        found = stored.find(write, "barber")
        assert found is not None
        assert stored.cached(write, *found).contacts[0].name == "Nobody"
        raise LookupError("undone")

    with pytest.raises(LookupError):
        await database.transact(rename_and_fail)
    assert (await the_client(database)).contacts[0].name == "Anna Neri"
    await edit(database, "contact", name="Anna Bianchi")
    assert (await the_client(database)).contacts[0].name == "Anna Bianchi"
