"""What Telegram tells us, as an Update of ours. Pure: nothing is looked up and nothing is sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

import telegram
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram.media import attachments
from bot.update import Face, Kind, Thread, Update, Writer
from storage.clients import Account
from storage.text import clean

NAME: Final = "telegram"
"""What threads, accounts and lanes call this network."""
TAKEN: Final = ("message", "edited_message", "callback_query", "my_chat_member", "channel_post")
"""The kinds of updates that we ask for."""

COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]+))?(?:\s+(.*))?", re.DOTALL)
GONE: Final = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}
OTHERS: Final = ("sticker", "poll", "dice", "game", "story", "checklist", "paid_media", "gift", "users_shared")
"""What a message may hold that no dialog can use. The messages of the network's own service are not among them."""

Fields = dict[str, Any]


def parse(update: telegram.Update, account: Account, now: datetime) -> Update | None:
    """The update as the house takes it; None where there is nothing for us in it.

    ``now`` is when a press happened, of which Telegram doesn't tell the time.
    """
    if update.callback_query is not None:
        return pressed(update.update_id, update.callback_query, account, now)
    if update.my_chat_member is not None:
        return member(update.update_id, update.my_chat_member, account)
    if update.edited_message is not None:
        return edited(update.update_id, update.edited_message, account)
    message = update.message or update.channel_post
    return written(update.update_id, message, account) if message is not None else None


def written(number: int, message: telegram.Message, account: Account) -> Update | None:
    """A message; a group that becomes another one says so in messages of the service, which mean nothing to us."""
    if message.chat.type != ChatType.PRIVATE:
        moved = message.migrate_to_chat_id or message.migrate_from_chat_id
        return None if moved else outside(number, message.chat, message.from_user, account, message.date)
    fields = content(message, account)
    if fields is None:
        return None
    fields["message"] = str(message.message_id)
    return inside(number, message.chat.id, writer(message.from_user), account, message.date, fields)


def inside(number: int, chat_id: int, writer: Writer, account: Account, at: datetime, fields: Fields) -> Update:
    """An update of a private chat."""
    return Update(
        id=str(number),
        channel=NAME,
        account=account.name,
        face=Face.CUSTOMER,
        target=Thread(NAME, account.name, str(chat_id)),
        at=at,
        writer=writer,
        **fields,
    )


def outside(number: int, chat: telegram.Chat, user: telegram.User | None, account: Account, at: datetime) -> Update:
    """An update of a group or channel, where we don't talk."""
    return Update(
        id=str(number),
        channel=NAME,
        account=account.name,
        face=Face.CUSTOMER,
        kind=Kind.OUTSIDE,
        target=None,
        at=at,
        writer=writer(user),
        data={"place": Thread(NAME, account.name, str(chat.id)).lane},
    )


def writer(user: telegram.User | None) -> Writer:
    """What Telegram tells of a person."""
    return person(user.id, user.first_name, user.last_name, user.language_code) if user is not None else Writer()


def person(id: int, first_name: str, last_name: str | None, language: str | None) -> Writer:
    """A person as Telegram names her."""
    return Writer(str(id), clean(f"{first_name} {last_name}" if last_name else first_name), clean(language or ""))


# --- what is not a message --------------------------------------------------------------------------------------------


def pressed(number: int, query: telegram.CallbackQuery, account: Account, now: datetime) -> Update | None:
    """A button of ours; its label is looked for on the message, which is not there any more when it is old."""
    message = query.message
    if message is None or query.data is None or message.chat.type != ChatType.PRIVATE:
        return None
    markup = message.reply_markup if isinstance(message, telegram.Message) else None
    rows = markup.inline_keyboard if markup is not None else ()
    label = next((button.text for row in rows for button in row if button.callback_data == query.data), "")
    fields = press(query.data, label, message.message_id, query.id)
    return inside(number, message.chat.id, writer(query.from_user), account, now, fields)


def press(key: str, label: str, message_id: int, query_id: str) -> Fields:
    """The press of the button with this key, which reads so, under this message."""
    data = {"callback": query_id}
    return {"kind": Kind.PRESS, "name": clean(key), "text": clean(label), "message": str(message_id), "data": data}


def member(number: int, change: telegram.ChatMemberUpdated, account: Account) -> Update | None:
    """The bot was blocked or let in again; or it was put into a group or channel."""
    present = change.new_chat_member.status not in GONE
    if change.chat.type == ChatType.PRIVATE:
        fields = {"kind": Kind.REACH, "data": {"reachable": present}}
        return inside(number, change.chat.id, writer(change.from_user), account, change.date, fields)
    return outside(number, change.chat, change.from_user, account, change.date) if present else None


def edited(number: int, message: telegram.Message, account: Account) -> Update | None:
    """An earlier message that now reads otherwise; a live location that moves is none."""
    text = message.text or message.caption
    if text is None or message.chat.type != ChatType.PRIVATE:
        return None
    fields = {"kind": Kind.EDITED, "text": clean(text), "message": str(message.message_id)}
    at = message.edit_date or message.date
    return inside(number, message.chat.id, writer(message.from_user), account, at, fields)


# --- what a message holds ---------------------------------------------------------------------------------------------


def content(message: telegram.Message, account: Account) -> Fields | None:
    """The kind of a message and what it brings; None for one of the network's own service."""
    if message.text is not None:
        return words(clean(message.text), account)
    for name, read in READERS.items():
        if getattr(message, name) is not None:
            return read(message)
    files = attachments(message)
    if files:
        data = {"media_group_id": message.media_group_id} if message.media_group_id else {}
        return {"kind": Kind.FILES, "text": clean(message.caption or ""), "attachments": files, "data": data}
    other = next((name for name in OTHERS if getattr(message, name)), None)
    return {"kind": Kind.OTHER, "name": other} if other is not None else None


def words(text: str, account: Account) -> Fields:
    """A command to this bot, or plain words; a command to another bot is words too."""
    found = COMMAND.fullmatch(text)
    if found is None:
        return {"kind": Kind.TEXT, "text": text}
    name, bot, rest = found.groups()
    if bot and account.username and bot.lower() != account.username.lower():
        return {"kind": Kind.TEXT, "text": text}
    return {"kind": Kind.COMMAND, "name": name.lower(), "text": (rest or "").strip()}


def contact(message: telegram.Message) -> Fields:
    """A phone number, with its plus; it is one's own where Telegram says that it belongs to who sent it."""
    shared, user = message.contact, message.from_user
    assert shared is not None
    phone = clean(shared.phone_number)
    own = user is not None and shared.user_id == user.id
    if own and phone.isdigit():
        phone = f"+{phone}"
    return {"kind": Kind.CONTACT, "data": {"phone": phone, "own": own}}


def venue(message: telegram.Message) -> Fields:
    """A place with a name."""
    shared = message.venue
    assert shared is not None
    return {**where(shared.location), "text": clean(", ".join(filter(None, (shared.title, shared.address))))}


def location(message: telegram.Message) -> Fields:
    """A point on the map."""
    assert message.location is not None
    return where(message.location)


def where(point: telegram.Location) -> Fields:
    return {"kind": Kind.LOCATION, "data": {"latitude": point.latitude, "longitude": point.longitude}}


READERS: Final[dict[str, Callable[[telegram.Message], Fields]]] = {
    "contact": contact,
    "venue": venue,  # before the location, which a venue has too
    "location": location,
}
