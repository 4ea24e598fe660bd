"""Writes out what a turn says: each message in the reader's language, with the jobs that send it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

from bot.dialog import Spoken, Turn
from bot.dialog.reader import Options
from bot.i18n import _, encode, plain, render, show
from bot.reading import findable
from bot.update import Face, Json, Update
from bot.values import LANGUAGES, Client, Conversation, Message, Plural
from storage import messages, reach, road

CHOICE: Final = "→"
"""Stands before the choice that was made under a message."""
OURS: Final = "en"
"""The language of the command line, and of whom we know nothing."""


def write_out(turn: Turn) -> None:
    """Writes the turn's messages, their jobs, and the conversation's row, once."""
    if not turn.talks:
        if turn.scene.spoken:
            raise LookupError("nobody hears this: the update has no conversation")
        return
    for message_id, text, choice in turn.marks:
        mark(turn, message_id, text, choice)
    for spoken in turn.scene.spoken:
        say(turn, spoken)
    if turn.scene.spoken:
        note_offers(turn)
    if turn.read_as and turn.message_id:
        read = [[str(message), encode(values)] for message, values in turn.read_as.values()]
        messages.set_parts(turn.rows, turn.message_id, read)
    road.save_conversation(turn.rows, turn.conversation)


def say(turn: Turn, spoken: Spoken) -> None:
    """Keeps one message and writes what sends it, or edits the one it replaces."""
    talk, now = turn.conversation, turn.now
    text = text_of(turn, spoken)
    payload: dict[str, Json] = {"text": text, "keyboard": keyboard(turn, spoken.buttons, spoken.token)}
    before = road.find_message(turn.rows, talk, spoken.edits) if spoken.edits else None
    if before is not None:
        if text != before[1]:
            road.rewrite(turn.rows, before[0], text, now, folded=words_of(spoken))
        post(turn, "edit", {**payload, "message": before[0]}, before[0])
        return
    parts = [
        [part.singular if isinstance(part, Plural) else str(part), encode(values)] for part, values in spoken.parts
    ]
    heard = talk.reachable and not turn.customer.blocked
    state = "waiting" if heard else "dropped"
    message_id = road.keep_message(
        turn.rows, talk, spoken.speaker, text, now, parts=parts, state=state, folded=words_of(spoken)
    )
    if not heard:
        return
    asks = any(option.asks for option in chain.from_iterable(spoken.buttons))
    if turn.clears_keyboard(asks=asks, inline=bool(spoken.buttons) and not asks):
        payload["clear"] = True
    if text:
        post(turn, "send", payload, message_id)
    kept = [one for one in spoken.attach if one.path]
    if kept:
        road.keep_files(turn.rows, talk, message_id, kept)
    for one in spoken.attach:
        bytes_of = {"path": one.path} if one.path else {"content": one.content}
        post(turn, "file", {"name": one.name, "mime": one.mime, "kind": one.kind, **bytes_of}, message_id)


def words_of(spoken: Spoken) -> str:
    """By what a message is searched for: a person's words; the bot's are found by what they are about."""
    if spoken.speaker == "bot":
        return ""
    return findable(" ".join(str(values["text"]) for _message, values in spoken.parts if "text" in values))


def text_of(turn: Turn, spoken: Spoken) -> str:
    """A message rendered for the customer, a line a part."""
    language, zone, now = turn.language, turn.client.zone, turn.now
    return "\n".join([render(message, values, language, zone, now) for message, values in spoken.parts])


def note_offers(turn: Turn) -> None:
    """Notes which buttons words may press now: what is offered beside a question, and what else a question lets do.

    ``first``: no question was put after the offer, so that a yes or no is meant for it.
    """
    first, acts, moves = False, [], []
    for spoken in turn.scene.spoken:
        offered, asks = False, spoken.token
        for option in chain.from_iterable(spoken.buttons):
            if option.act and not asks:
                offered = True
                acts.append([option.act, label(turn, option.label), option.means])
            elif option.move and option.move.startswith(("change", "want:")):
                moves.append([option.move, label(turn, option.label)])
        first = offered or (first and not asks)
    awaiting = dict(turn.conversation.awaiting or {})
    before = awaiting.pop("offers", None)
    if acts or moves:
        turn.change(awaiting={**awaiting, "offers": {"first": first, "acts": acts, "moves": moves}})
    elif before is not None:
        turn.change(awaiting=awaiting or None)


def mark(turn: Turn, message_id: int, text: str, choice: str) -> None:
    """Shows under a message of ours what was chosen, if we know what it read, without its buttons."""
    shown = f"{text}\n{CHOICE} {html.escape(choice, quote=False)}" if choice else text
    road.choose(turn.rows, message_id, shown, turn.now, choice[:120] or CHOICE)
    if turn.conversation.reachable:
        post(turn, "edit", {"text": shown, "keyboard": [], "message": message_id}, message_id)


def keyboard(turn: Turn, rows: Options, token: int) -> Json:
    """The rows as label, key, what it shares, and address of each button."""
    language, zone, now = turn.language, turn.client.zone, turn.now
    shown, index = [], 0
    for row in rows:
        buttons = []
        for option in row:
            label, act = option.label, option.act
            read = label if type(label) is str else show(label, language, zone, "", now)
            buttons.append([read, f"={act}" if act else f"{token}:{index}", option.asks])
            index += 1
        shown.append(buttons)
    return shown


def label(turn: Turn, value: Any) -> str:
    """What a button reads."""
    return show(value, turn.language, turn.client.zone, "", turn.now)


def post(turn: Turn, kind: str, payload: Json, message_id: int | None) -> None:
    """Writes a job that is sent in the order of the thread."""
    talk: Conversation = turn.conversation
    road.send(
        turn.rows,
        talk.thread.lane,
        kind,
        payload,
        turn.now,
        client_id=talk.client_id,
        conversation_id=talk.id,
        message_id=message_id,
    )


def told(update: Update, client: Client | None, message: Message, values: Mapping[str, Any] | None = None) -> str:
    """A message to who acted, in her own language as far as it is known: an operator reads English."""
    guess = re.split("[-_]", update.writer.language.lower(), maxsplit=1)[0]
    if update.face is Face.OPERATOR:
        language = OURS
    elif guess in LANGUAGES:
        language = guess
    else:
        language = client.languages[0] if client is not None else OURS
    zone = client.zone if client is not None else UTC
    return plain(message, values or {}, language, zone, update.at)


def outside(write: Connection, update: Update, client: Client, now: datetime) -> str:
    """One polite line in a group or channel, the first time anything is written there."""
    lane = str(update.data["place"])
    if not reach.first_outside(write, lane):
        return "silent"
    message = _("I can help you in a private chat only: please write to me there.")
    text = render(message, {}, client.languages[0], client.zone, now)
    road.send(write, lane, "send", {"text": text, "keyboard": []}, now, client_id=client.id)
    return "told"
