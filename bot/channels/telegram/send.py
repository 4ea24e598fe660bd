"""Jobs as calls of the Bot API, and its refusals as outcomes.

They go out without python-telegram-bot's own objects, which took a third of a turn's CPU, most of it for the buttons
of a calendar and for reading them back from the answer. Its errors stay.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.keyboard import asks, markup
from bot.channels.telegram.request import Flooded
from bot.channels.telegram.served import Served
from bot.channels.telegram.split import last, split
from bot.outcome import Blocked, Failed, Outcome, Sent, TryAgain
from bot.update import Json
from storage.jobs import Claimed
from storage.text import clean

PLAINLY: Final = {"parse_mode": str(ParseMode.HTML), "link_preview_options": {"is_disabled": True}}
"""Goes with every text: marked up, and without a preview of what it links to."""
ANYTHING: Final = "application/octet-stream"
UNCHANGED: Final = "not modified"
UNEDITABLE: Final = ("message to edit not found", "message can't be edited", "message_id_invalid")
NOBODY: Final = (
    "chat not found",
    "peer_id_invalid",
    "user not found",
    "chat_write_forbidden",
    "have no rights to send",
)


async def perform(served: Served, chat_id: int, job: Claimed) -> Outcome:
    """Makes the one call of a job."""
    try:
        return await KINDS[job.kind](served, chat_id, job.payload)
    except TelegramError as error:
        return outcome_of(error)


async def send(served: Served, chat_id: int, payload: Json) -> Sent:
    """A text; what is too long for one message is left for the next call, with the buttons."""
    text, rest = split(clean(payload["text"]))
    buttons = None if rest else markup(payload.get("keyboard", ()), clear=payload.get("clear", False))
    sent = await call(served, "sendMessage", {"chat_id": chat_id, "text": text}, buttons)
    return Sent(str(sent["message_id"]), {**payload, "text": rest} if rest else None)


async def call(served: Served, method: str, fields: dict[str, Json], buttons: Json) -> Json:
    """Calls a method that shows a text, and gives its result. Raises TelegramError."""
    fields = {**fields, **PLAINLY}
    if buttons is not None:
        fields["reply_markup"] = buttons
    return await served.request.call(served.address(method), fields)


async def edit(served: Served, chat_id: int, payload: Json) -> Sent:
    """Another text in place of a message's, of a long one its last part; sent anew where there is none to edit."""
    message_id = payload["external"]
    buttons = payload.get("keyboard", ())
    if not message_id or asks(buttons):
        return await send(served, chat_id, payload)
    fields = {"chat_id": chat_id, "message_id": int(message_id), "text": last(clean(payload["text"]))}
    try:
        await call(served, "editMessageText", fields, markup(buttons))
    except BadRequest as error:
        said = str(error).lower()
        if any(words in said for words in UNEDITABLE) and buttons:
            return await send(served, chat_id, payload)
        if UNCHANGED not in said and not any(words in said for words in UNEDITABLE):
            raise
    return Sent(message_id)


async def file(served: Served, chat_id: int, payload: Json) -> Sent | Failed:
    """A file of ours: a picture is shown, anything else is a document."""
    path = payload.get("path")
    try:
        content = await asyncio.to_thread(Path(path).read_bytes) if path else payload["content"].encode()
    except OSError:
        return Failed("this file is not kept any more")
    method, field = ("sendPhoto", "photo") if payload.get("kind") == "photo" else ("sendDocument", "document")
    told = clean(payload["name"]) or field, content, clean(payload["mime"]) or ANYTHING
    sent = await served.request.call(served.address(method), {"chat_id": chat_id}, {field: told})
    return Sent(str(sent["message_id"]))


KINDS: Final[dict[str, Callable[[Served, int, Any], Awaitable[Sent | Failed]]]] = {
    "send": send,
    "edit": edit,
    "file": file,
}


def outcome_of(error: TelegramError) -> Outcome:
    """What a refusal means. What it quotes of our text is left out of the reason, which is logged."""
    if isinstance(error, Flooded):
        return TryAgain(str(error), error.seconds)
    reason = re.sub(r'"[^"]*"', '"..."', str(error))
    if isinstance(error, Forbidden):
        return Blocked(reason)
    if isinstance(error, BadRequest):
        return Blocked(reason) if any(words in reason.lower() for words in NOBODY) else Failed(reason)
    if isinstance(error, ChatMigrated):
        return Failed("the group has become another one")
    return TryAgain(f"{type(error).__name__}: {reason}")
