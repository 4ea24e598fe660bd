"""Updates as Telegram sends them become updates of ours; each payload has its line here."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import telegram

from bot.channels.telegram import plain
from bot.channels.telegram.parse import parse
from bot.update import Attachment, Face, Kind, Thread, Update, Writer
from storage.clients import Account

PAYLOADS = Path(__file__).parents[1] / "payloads"
ACCOUNT = Account(1, 1, "telegram", "bianchi", username="studio_bianchi_bot")
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ZOFIA = Writer("412345678", "Zofia Żółkiewska", "pl")
PRIVATE = Thread("telegram", "bianchi", "412345678")
LARGE = Attachment("photo", "photo.jpg", "image/jpeg", 98211, "AgACAgIAAxk_large")

FIELDS = ("kind", "name", "text", "attachments", "data")
EXPECTED: dict[str, dict[str, Any] | None] = {
    "text": {"kind": Kind.TEXT, "text": "Dzień dobry 😀, czy jest wolny termin w środę?"},
    "text-forwarded": {"kind": Kind.TEXT, "text": "domani alle 15"},
    "text-reply": {"kind": Kind.TEXT, "text": "martedì"},
    "text-odd": {"kind": Kind.TEXT, "text": "ab\ufffdc\u202e\u200b{name} %s <b>"},
    "command": {"kind": Kind.COMMAND, "name": "book"},
    "command-at": {"kind": Kind.COMMAND, "name": "book", "text": "pulizia denti\ndomani"},
    "command-other-bot": {"kind": Kind.TEXT, "text": "/book@another_bot"},
    "start": {"kind": Kind.COMMAND, "name": "start"},
    "start-payload": {"kind": Kind.COMMAND, "name": "start", "text": "order-1042_spring"},
    "press": {"kind": Kind.PRESS, "name": "4:1", "text": "Sbiancamento", "data": {"callback": "1771015210293847561"}},
    "press-inaccessible": {"kind": Kind.PRESS, "name": "1:0", "data": {"callback": "1771015210293847562"}},
    "press-inline-message": None,
    "contact-own": {"kind": Kind.CONTACT, "data": {"phone": "+48601234567", "own": True}},
    "contact-foreign": {"kind": Kind.CONTACT, "data": {"phone": "+39 333 123 4567", "own": False}},
    "contact-without-user": {"kind": Kind.CONTACT, "data": {"phone": "333 1234567", "own": False}},
    "location": {"kind": Kind.LOCATION, "data": {"latitude": 45.4723, "longitude": 9.2042}},
    "location-live-moves": None,
    "venue": {
        "kind": Kind.LOCATION,
        "text": "Studio Bianchi, Via Melzo 12",
        "data": {"latitude": 45.4723, "longitude": 9.2042},
    },
    "photo": {"kind": Kind.FILES, "text": "Il dente che mi fa male", "attachments": (LARGE,)},
    "photo-of-album": {
        "kind": Kind.FILES,
        "attachments": (LARGE,),
        "data": {"media_group_id": "13812345678901234"},
    },
    "voice": {
        "kind": Kind.FILES,
        "attachments": (Attachment("voice", "", "audio/ogg", 31337, "AwACAgIAAxk_voice"),),
    },
    "document": {
        "kind": Kind.FILES,
        "text": "Preventivo",
        "attachments": (Attachment("document", "preventivo Żółć.pdf", "application/pdf", 48213, "BQACAgIAAxk_doc"),),
    },
    "animation": {
        "kind": Kind.FILES,
        "attachments": (Attachment("document", "ok.mp4", "video/mp4", 1000, "CgACAgIAAxk_gif"),),
    },
    "video-note": {
        "kind": Kind.FILES,
        "attachments": (Attachment("video", "", "video/mp4", 220011, "DQACAgIAAxk_round"),),
    },
    "audio": {"kind": Kind.FILES, "attachments": (Attachment("audio", "", "audio/mpeg", 0, "CQACAgIAAxk_audio"),)},
    "sticker": {"kind": Kind.OTHER, "name": "sticker"},
    "poll": {"kind": Kind.OTHER, "name": "poll"},
    "dice": {"kind": Kind.OTHER, "name": "dice"},
    "edited": {"kind": Kind.EDITED, "text": "giovedì, non mercoledì"},
    "edited-caption": {"kind": Kind.EDITED, "text": "nowy podpis"},
    "blocked": {"kind": Kind.REACH, "data": {"reachable": False}},
    "unblocked": {"kind": Kind.REACH, "data": {"reachable": True}},
    "group-message": {"kind": Kind.OUTSIDE, "data": {"place": "telegram:bianchi:-1001987654321"}},
    "group-anonymous": {"kind": Kind.OUTSIDE, "data": {"place": "telegram:bianchi:-1001987654321"}},
    "group-added": {"kind": Kind.OUTSIDE, "data": {"place": "telegram:bianchi:-1001987654321"}},
    "group-removed": None,
    "group-migrated": None,
    "channel-post": {"kind": Kind.OUTSIDE, "data": {"place": "telegram:bianchi:-1001234567890"}},
    "channel-added": {"kind": Kind.OUTSIDE, "data": {"place": "telegram:bianchi:-1001234567890"}},
    "pinned": None,
    "auto-delete-timer": None,
    "reaction": None,
    "inline-query": None,
    "of-next-year": None,
}


def payload(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((PAYLOADS / f"telegram-{name}.json").read_text())
    return found


def parsed(name: str, account: Account = ACCOUNT) -> Update | None:
    return parse(telegram.Update.de_json(payload(name)), account, NOW)


def test_every_payload_has_its_line() -> None:
    assert {path.stem.removeprefix("telegram-") for path in PAYLOADS.glob("telegram-*.json")} == set(EXPECTED)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")  # durations, of which we read none
@pytest.mark.parametrize("name", EXPECTED)
def test_a_payload_is_read(name: str) -> None:
    update, expected = parsed(name), EXPECTED[name]
    if update is None:
        assert expected is None
        return
    assert {field: value for field in FIELDS if (value := getattr(update, field))} == expected
    assert update.key == ("telegram", "bianchi", str(payload(name)["update_id"]))
    assert update.face is Face.CUSTOMER
    assert update.target == (None if update.kind is Kind.OUTSIDE else PRIVATE)


PLAIN = {"text", "text-odd", "command", "command-at", "command-other-bot", "start", "start-payload", "press"}


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize("name", EXPECTED)
def test_what_is_plain_is_read_in_the_same_way_without_the_library(name: str) -> None:
    found = plain.read(payload(name), ACCOUNT, NOW)
    assert (found is not None) == (name in PLAIN)
    if found is not None:
        update, press = found
        assert update == parsed(name)
        assert press == update.data.get("callback", "")


def test_who_wrote_and_when_and_which_message() -> None:
    update = parsed("text")
    assert update is not None
    assert (update.writer, update.message) == (ZOFIA, "2211")
    assert update.at == datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def test_a_press_happens_now_on_the_message_of_the_button() -> None:
    update = parsed("press")
    assert update is not None
    assert (update.at, update.message) == (NOW, "2231")


def test_an_edit_happens_when_it_is_made_and_names_the_message() -> None:
    update = parsed("edited")
    assert update is not None
    assert update.at == datetime(2026, 11, 23, 11, 1, tzinfo=UTC)
    assert update.message == str(payload("edited")["edited_message"]["message_id"])


def test_a_bot_that_does_not_know_its_name_takes_every_command() -> None:
    update = parsed("command-other-bot", Account(1, 1, "telegram", "bianchi"))
    assert update is not None
    assert (update.kind, update.name) == (Kind.COMMAND, "book")


def test_nothing_of_a_writer_can_break_the_database() -> None:
    update = parsed("text-odd")
    assert update is not None
    assert update.writer.name == "Zofia\ufffd Żółkiewska"
