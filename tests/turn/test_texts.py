"""Every text, however naughty, goes through the house on both databases and can be sent as it reads."""

from __future__ import annotations

import html
import json
from datetime import date
from typing import Any

import pytest

from bot.ability import command
from bot.dialog import Turn, button
from bot.i18n import decode
from bot.questions.choice import Choice, one_of
from bot.questions.text import text_of
from bot.reading.names import clean as seen
from bot.update import Attachment, Face, Kind, Thread, Update, Writer
from bot.values import ClientText, Form, Money, Msgid, Plural
from storage import jobs
from storage.text import clean
from storage.types import dump
from tests.door import NOON, Desk
from tests.turn.toys import M

NAUGHTY = {
    "nul": "a\0b",
    "nul_in_json": "\\u0000",
    "backslashes": "\\\\u0000 \\\0 \\",
    "half": "\ud83d x",
    "other_half": "x \ude00",
    "halves": "\ud83d\ude00",
    "rtl": "\u202eabc\u202c עברית العربية",
    "zero_width": "a\u200bb\ufeffc\u2060d",
    "controls": "a\x01\x1b[31mb\x7f\x85",
    "braces": "{n} {slot:on} {} {{x}} {0.__class__}",
    "percent": "%s %(x)s %% %",
    "quotes": "'; drop table message; -- \"x\" `y`",
    "markup": "<b>bold</b> & <a href=\"x\">y</a> &amp; <i>",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 e\u0301\u0327",
    "long": "😀" * 2048,
    "lines": "one\r\ntwo\u2028three\n\n\n\nfour\tfive",
    "noncharacters": "\uffff\ufffe\U0010ffff",
    "dollar": '{"$date": "2026-01-01"} $1 :name',
}  # fmt: skip


@pytest.fixture(autouse=True)
def free_words(abilities: None) -> None:
    @command("say", M("Say"))
    async def say(turn: Turn) -> None:
        words = await turn.ask("words", M("What shall I say?"), text_of(5000), label=M("Words"))
        await turn.confirm(M("Let me see: {shown}"), "words", shown=words)
        turn.say(M("You said <b>{words}</b>."), words=words)


async def payloads(desk: Desk) -> list[Any]:
    """What is to be sent to this customer: as delivery reads it, and fit for UTF-8."""
    rows = await desk.query(f"select payload from job where lane = '{desk.thread.lane}' order by id")
    read = [json.loads(payload) for (payload,) in rows]
    json.dumps(read, ensure_ascii=False).encode()
    return read


async def no_defect(desk: Desk) -> None:
    assert await desk.query("select name from updates where result = 'defect'") == []


async def test_a_text_in_a_dialog(either: Desk) -> None:
    for name, naughty in NAUGHTY.items():
        one = either.another(name)
        await one.handle(one.made(Kind.COMMAND, name="say"))
        await one.handle(one.made(Kind.TEXT, text=naughty, message=name))
        await one.handle(one.made(Kind.TEXT, text="yes"))
        assert (await one.query(f"select text from message where external_id = '{name}'")) == [(clean(naughty),)]
        said = [payload["text"] for payload in await payloads(one)]
        words = html.escape(seen(clean(naughty)), quote=False)
        assert said[1:] == [f"Let me see: {words}\nWords: {words}\nIs everything right?", f"You said <b>{words}</b>."]
        talk = await one.talk()
        kept = await one.query(
            f"select text from message where \"by\" = 'bot' and conversation_id = {talk} order by id"
        )
        assert [text for (text,) in kept] == said
    await no_defect(either)


async def test_a_text_that_nobody_awaits(either: Desk) -> None:
    for name, naughty in NAUGHTY.items():
        one = either.another(name)
        await one.handle(one.made(Kind.COMMAND, name="hours", message=name))
        for kind, fields in (
            (Kind.EDITED, {"text": naughty, "message": name}),
            (Kind.TEXT, {"text": naughty}),
            (Kind.COMMAND, {"name": naughty, "text": naughty}),
            (Kind.COMMAND, {"name": "hours", "text": naughty}),
            (Kind.PRESS, {"name": naughty, "text": naughty, "message": naughty}),
            (Kind.PRESS, {"name": "=visit:1", "text": naughty, "message": "x2"}),
            (Kind.OTHER, {"name": naughty, "text": naughty, "message": naughty}),
            (Kind.CONTACT, {"data": {"phone": naughty, "own": False}}),
        ):
            await one.handle(one.made(kind, **fields))
        assert (await one.query(f"select text from message where external_id = '{name}'")) == [(clean(naughty),)]
        await payloads(one)
    await no_defect(either)


async def test_a_file_a_writer_and_a_button(either: Desk) -> None:
    @command("label", M("Label"))
    async def label(turn: Turn) -> None:
        words = turn.update.data.get("words", "")
        chosen = await turn.ask("one", M("Which one?"), one_of(turn, lambda: [Choice("key", words, "x")]))
        turn.say(M("{chosen}"), chosen=chosen, buttons=[[button(words, "visit")]])

    for name, naughty in NAUGHTY.items():
        one = either.another(name)
        writer, files = Writer("1", naughty, naughty), (Attachment("document", naughty, naughty[:20], 1, naughty),)
        await one.handle(one.made(Kind.FILES, attachments=files, text=naughty, writer=writer))
        assert await one.query(f"select writer from thread where address = '{name}'") == [(clean(naughty)[:120],)]
        kept = await one.query("select name, remote from file order by id desc limit 1")
        assert kept == [(clean(naughty)[:255], clean(naughty))]
        await one.handle(one.made(Kind.COMMAND, name="label", data={"words": naughty}))
        await one.hear()
        key, message = await one.find(clean(naughty))
        press = one.made(Kind.PRESS, name=key, text=naughty, message=message, data={"words": naughty})
        await one.handle(press)
        marked, said = (await payloads(one))[-2:]
        assert marked["text"] == f"Which one?\n→ {html.escape(clean(naughty), quote=False)}"
        assert said["keyboard"][0][0][0] == clean(naughty)
    await no_defect(either)


async def test_what_the_desk_and_the_clock_bring(either: Desk) -> None:
    for name, naughty in NAUGHTY.items():
        one = either.another(name)
        await one.handle(one.made(Kind.COMMAND, name="hours"))
        reply = await one.act(Face.VA, "reply", text=naughty)
        assert reply is not None and reply.error == ""
        await one.act(Face.CLOCK, "remind", note=naughty, more=[{naughty: naughty}])
        said = [payload["text"] for payload in await payloads(one)]
        assert said[1:] == [html.escape(clean(naughty), quote=False), "A reminder."]
    await no_defect(either)


async def test_urgent_words_among_naughty_ones(either: Desk) -> None:
    for name, naughty in NAUGHTY.items():
        one = either.another(name)
        await one.handle(one.made(Kind.TEXT, text=f"fire {naughty}"))
        subjects = await one.query("select subject, urgent from ticket order by id desc limit 1")
        assert subjects == [(f"fire {clean(naughty)}"[:500], 1)]
    await no_defect(either)


async def test_what_is_kept_for_later(either: Desk) -> None:
    def later(write: Any) -> list[Any]:
        for naughty in NAUGHTY.values():
            jobs.later(write, "remind", NOON, None, client_id=1, data={"note": naughty})
        return jobs.claim(write, NOON, NOON, 99, 99)

    claimed = await either.database.transact(later)
    assert [one.payload["data"] for one in claimed] == [{"note": clean(naughty)} for naughty in NAUGHTY.values()]


@pytest.mark.parametrize("value", [*NAUGHTY.values(), [{"a\0": ["\ud800", "\\u0000"]}]])
def test_json_is_stored_clean_and_read_as_it_was(value: Any) -> None:
    stored = dump(value)
    stored.encode()
    assert "\0" not in stored
    assert json.loads(stored) == (clean(value) if isinstance(value, str) else [{"a": ["\ufffd", "\\u0000"]}])


# --- values and markup


async def test_every_value_is_escaped(desk: Desk) -> None:
    nasty = "<b>&</b>"

    @command("all", M("All"))
    async def everything(turn: Turn) -> None:
        turn.say(
            M("<b>{a}</b> {b} {c} {d}"), a=nasty, b=ClientText((("en", nasty),)), c=[nasty, nasty], d=Form(nasty, "")
        )
        turn.say(M('<a href="{url}">{url}</a>'), url='https://x/?a="><b>')
        turn.say(M("{who} at {when:time}, {price}"), who=Msgid(nasty), when=NOON, price=Money(100, "EUR"))

    await desk.write("/all")
    safe = "&lt;b&gt;&amp;&lt;/b&gt;"
    said = [one["text"] for one in await payloads(desk)]
    assert said[0] == f"<b>{safe}</b> {safe} {safe} and {safe} {safe}"
    assert said[1] == '<a href="https://x/?a=&quot;&gt;&lt;b&gt;">https://x/?a="&gt;&lt;b&gt;</a>'
    assert said[2] == "<b>&amp;</b> at 12:00, €1.00"


async def test_what_was_said_can_be_read_in_another_language(desk: Desk) -> None:
    @command("parts", M("Parts"))
    async def parts(turn: Turn) -> None:
        turn.say_lines(
            [
                (M("{day:on}"), {"day": Form(date(2026, 11, 24), "short")}),
                (Plural("{n} place", "{n} places"), {"n": 3}),
            ]
        )

    await desk.write("/parts")
    [(stored,)] = await desk.query("select parts from message where \"by\" = 'bot'")
    read = [(message, decode(values)) for message, values in json.loads(stored)]
    assert read == [
        ("{day:on}", {"day": Form(date(2026, 11, 24), "short")}),
        ("{n} place", {"n": 3}),
    ]


async def test_a_button_reads_plainly_in_the_language_of_the_customer(desk: Desk) -> None:
    @command("plain", M("Plain"))
    async def plain(turn: Turn) -> None:
        turn.say(M("Look."), buttons=[[button(M("Never mind"), "visit"), button(Form(NOON, "time"), "visit", "2")]])

    await desk.another("2", "it").write("/plain")
    [one] = await payloads(desk.another("2"))
    assert one["keyboard"] == [[["Lasciar stare", "=visit", ""], ["12:00", "=visit:2", ""]]]


async def test_clean_updates_are_not_copied() -> None:
    from storage.text import clean_update

    update = Update(
        id="1", channel="telegram", account="shop", face=Face.CUSTOMER, kind=Kind.TEXT,
        target=Thread("telegram", "shop", "1"), at=NOON, text="Dzień dobry 😀", writer=Writer("1", "Żaneta", "pl"),
    )  # fmt: skip
    assert clean_update(update) is update
