"""Plain words and presses, which nearly all updates are, read without python-telegram-bot's objects.

These took a seventh of the CPU of a turn, most of it for the calendar's buttons that come back with a press. What is
not exactly as it is expected here is left to the library, and to parse.py.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from bot.channels.telegram.parse import inside, person, press, words
from bot.update import Json, Update, Writer
from storage.clients import Account
from storage.text import clean

OF_TEXT: Final = {"entities"}
"""What may come with plain words beside who, where and when: it says nothing that the words don't."""


def read(data: Json, account: Account, now: datetime) -> tuple[Update, str] | None:
    """The update, and the id of the press to be answered if it is one; None for all that is not plain."""
    match data:
        case {
            "update_id": int(number),
            "message": {
                "message_id": int(message_id),
                "from": {"id": int(), "first_name": str()} as user,
                "chat": {"id": int(chat_id), "type": "private"},
                "date": int(date),
                "text": str(text),
                **rest,
            },
        } if len(data) == 2 and rest.keys() <= OF_TEXT:
            fields = {**words(clean(text), account), "message": str(message_id)}
            return inside(number, chat_id, writer(user), account, datetime.fromtimestamp(date, UTC), fields), ""
        case {
            "update_id": int(number),
            "callback_query": {
                "id": str(query_id),
                "from": {"id": int(), "first_name": str()} as user,
                "message": {
                    "message_id": int(message_id),
                    "chat": {"id": int(chat_id), "type": "private"},
                    "date": int(date),
                    "reply_markup": {"inline_keyboard": list(rows)},
                },
                "data": str(key),
            },
        } if len(data) == 2 and date:  # without a date the message is too old to be shown
            label = next((one["text"] for row in rows for one in row if one.get("callback_data") == key), "")
            fields = press(key, label, message_id, query_id)
            return inside(number, chat_id, writer(user), account, now, fields), query_id
    return None


def writer(user: dict[str, Json]) -> Writer:
    """What Telegram tells of a person."""
    return person(user["id"], user["first_name"], user.get("last_name"), user.get("language_code"))
