"""How a bot presents itself, in three languages, and only when that has changed."""

import pytest

from bot.channels.telegram import profile
from sandbox.telegram import Person
from tests.telegram.house import TOKEN, House


async def presented(house: House) -> None:
    """Runs until everything was published once; a stop lets what is under way come to its end."""
    bot = house.telegram.bots[TOKEN]
    async with house.running():
        await house.telegram.bell.until(lambda: bool(bot.text_for("short_description", "pl")))


async def test_commands_and_descriptions_are_published_in_each_language_once(house: House) -> None:
    await presented(house)
    bot = house.telegram.bots[TOKEN]
    assert sorted(code for _scope, code in bot.commands) == ["", "en", "it", "pl"]
    commands = house.telegram.person(TOKEN, "Anna", "en").commands
    assert {"command": "say", "description": "Say something"} in commands
    assert "start" not in [command["command"] for command in commands]
    texts = {bot.text_for("description", code) for code in ("en", "it", "pl")}
    assert len(texts) == 3
    assert all(text.startswith("Shop\n\n") for text in texts)
    assert all(0 < len(bot.text_for("short_description", code)) <= 120 for code in ("", "en", "it", "pl"))
    calls = len(house.telegram.calls)
    await presented(house)
    assert len(house.telegram.calls) == calls


async def test_what_has_changed_is_published_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await presented(house)
    monkeypatch.setattr(profile, "UNLISTED", {"start", "say"})
    async with house.running():
        await house.telegram.bell.until(
            lambda: all(
                "say" not in [command["command"] for command in found]
                for found in house.telegram.bots[TOKEN].commands.values()
            )
        )


async def test_a_token_that_is_refused_is_noted_with_the_account(
    house: House, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    house.telegram.fail("getMe", code=401, times=None)
    async with house.running() as app:
        await house.telegram.call("getMe")
        trouble = ""
        while not trouble:
            rows = await app.database.read(lambda rows: rows.exec_driver_sql("select trouble from account").all())
            trouble = rows[0][0]
        assert trouble == "Unauthorized"
        anna.start()
        assert (await anna.hears()).message.text == "Hello Anna"  # type: ignore[union-attr]
    assert "shop" in caplog.text
    assert TOKEN not in caplog.text
