"""What people can write and still be answered: nothing of it breaks a send, a row or a page of the log."""

import logging

import pytest

from sandbox.telegram import Person
from tests.telegram.house import TOKEN, House, said

NAUGHTY = [
    "<b>bold</b> & <script>alert(1)</script>",
    "<b>unclosed",
    "&amp; &nbsp; &#0; &",
    "{text} {0} {braces:by} {{double}}",
    "%s %d %(name)s %",
    "'; DROP TABLE message; --",
    "\x01\x02\x1b[31mred\x7f",
    "\u200b\u200d\u2060\ufeffinvisible",
    "\u202eright to left\u202c שלום مرحبا",
    "👨‍👩‍👧‍👦🏳️‍🌈 𝕌𝕟𝕚𝕔𝕠𝕕𝕖 🇮🇹",
    "Z̷͚̈a̴l̷g̴o̵",
    "[link](http://x) *bold* _under_ `code`",
    "${jndi:ldap://x} $(id) `id`",
    "../../etc/passwd",
    "tab\tand\r\nlines\n\n\n\nend",
    "ﷺ" * 40,
]


@pytest.fixture
def house_url(migrated_url: str) -> str:
    """On both databases."""
    return migrated_url


async def test_every_naughty_text_is_kept_and_said_back_as_it_is(house: House, anna: Person) -> None:
    async with house.built():
        await house.take(*(anna.unsent.command("bold", text) for text in NAUGHTY))
        kept = [text for (text,) in await house.rows("select text from message where \"by\" = 'customer' order by id")]
        assert kept == [f"/bold {text}".rstrip() for text in NAUGHTY]
        told = [event.message for event in anna.unread() if event.message]
        assert len(told) == len(NAUGHTY)
        # Telegram itself takes blanks from the ends and turns some control characters into blanks.
        assert ["".join(one.text.split()) for one in told[:6]] == ["".join(text.split()) for text in NAUGHTY[:6]]
        assert {one.entities[0]["type"] for one in told if one.entities} >= {"bold"}
        assert await house.rows("select distinct state from job") == [("done",)]


@pytest.mark.parametrize(
    "text", ["ż" * 4090, "😀" * 2045, "<" * 4090, "&" * 4090, "a b " * 1022], ids=lambda text: text[:3]
)
async def test_the_longest_texts_come_back_whole(house: House, anna: Person, text: str) -> None:
    async with house.built():
        await house.take(anna.unsent.command("say", text))
        assert "".join(said(anna)) == text.rstrip()


@pytest.mark.parametrize("text", ["a\0b", "half \ud83d of a pair", "\udc00"])
async def test_what_no_database_can_keep_is_mended(house: House, anna: Person, text: str) -> None:
    async with house.built():
        update = anna.unsent.command("say", "x")
        update["message"]["text"] = f"/say {text}"
        update["message"]["from"]["first_name"] = f"A{text}"
        await house.take(update)
        (line,) = said(anna)
        assert "\0" not in line
        assert line.encode()
        assert await house.rows("select distinct state from job") == [("done",)]


async def test_nothing_that_is_written_nor_the_token_is_in_the_log(
    house: House, anna: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    house.telegram.fail("sendMessage", code=400, description='Bad Request: Unsupported start tag "my secret" at 5')
    house.telegram.drop("sendMessage", times=1)
    house.telegram.fail("answerCallbackQuery", code=500)
    async with house.built():
        await house.take(anna.unsent.command("say", "my secret"))
        await house.take(anna.unsent.command("say", "my secret"), anna.unsent.press_raw("=x", 1))
        await house.later(minutes=1)
        await house.post(b'{"update_id": 1, "message": "my secret"}')
    assert "failed" in caplog.text
    assert "my secret" not in caplog.text
    assert TOKEN not in caplog.text
