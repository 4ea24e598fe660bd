"""The hot path: the driver statements that every update passes, prepared once, in one place.

Times are epoch microseconds and JSON is text here; see storage/types.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, insert, select, update

from bot.update import Attachment, InConversation, Json, OfClient, Thread, Update
from bot.values import Conversation, Customer, Holder
from storage.cause import CAUSE
from storage.database import Prepared
from storage.models import (
    Account,
    ClientRow,
    ConversationRow,
    CustomerRow,
    File,
    Job,
    MessageRow,
    ThreadRow,
    UpdateRow,
    metadata,
)
from storage.text import clean
from storage.types import dump, load, micros, moment

updates = metadata.tables[UpdateRow.__tablename__]
message = metadata.tables[MessageRow.__tablename__]
job = metadata.tables[Job.__tablename__]
conversation = metadata.tables[ConversationRow.__tablename__]
customer = metadata.tables[CustomerRow.__tablename__]
thread = metadata.tables[ThreadRow.__tablename__]
client = metadata.tables[ClientRow.__tablename__]
account = metadata.tables[Account.__tablename__]
file = metadata.tables[File.__tablename__]


@dataclass(frozen=True, slots=True)
class Located:
    """What an update is about: the client at its version, and the talk with its customer where there is one."""

    client_id: int
    version: int
    conversation: Conversation | None = None
    customer: Customer | None = None


# --- the update -------------------------------------------------------------------------------------------------------

REPLAY = Prepared(
    select(updates.c.reply).where(
        updates.c.channel == bindparam("channel"),
        updates.c.account == bindparam("account"),
        updates.c.id == bindparam("id"),
    )
)
RECORD = Prepared(insert(updates).values({column.name: bindparam(column.name, required=True) for column in updates.c}))


def replay(rows: Connection, update: Update) -> tuple[Json] | None:
    """Where the update was taken before: what was then replied, in a tuple of one."""
    row = REPLAY.row(rows, channel=update.channel, account=update.account, id=update.id)
    return (load(row[0]) if row[0] else None,) if row is not None else None


def record(
    write: Connection, update: Update, now: datetime, located: Located | None, result: str, reply: Json = None
) -> None:
    """Enters the update with what became of it, as the last of its turn.

    Where another process has done so meanwhile the turn loses that race, and finds it when it runs again.
    """
    target = update.target
    if isinstance(target, Thread):
        place = target.lane
    else:
        place = f"{type(target).__name__}:{target.id}" if target is not None else str(update.data.get("place", ""))
    talk = located.conversation if located is not None else None
    RECORD.run(
        write,
        channel=update.channel,
        account=update.account,
        id=update.id,
        face=update.face.value,
        kind=update.kind.value,
        name=clean(update.name[:64]),
        actor=update.writer.id,
        target=place,
        conversation_id=talk.id if talk is not None else None,
        client_id=located.client_id if located is not None else None,
        result=result,
        reply=dump(reply) if reply else None,
        at=micros(now),
    )


# --- its target -------------------------------------------------------------------------------------------------------

TALK = (
    select(
        conversation.c.id,
        conversation.c.client_id,
        conversation.c.customer_id,
        thread.c.channel,
        thread.c.account,
        thread.c.address,
        conversation.c.language,
        conversation.c.holder,
        conversation.c.epoch,
        thread.c.reachable,
        conversation.c.dialogs,
        conversation.c.awaiting,
        conversation.c.puts,
        conversation.c.puzzled,
        conversation.c.last_in_at,
        conversation.c.handed_back_at,
        customer.c.name,
        customer.c.phone,
        customer.c.email,
        customer.c.language.label("chosen"),
        customer.c.verified_by,
        customer.c.reminders,
        client.c.version,
        customer.c.blocked_at.is_not(None).label("blocked"),
    )
    .join_from(conversation, thread, thread.c.id == conversation.c.thread_id)
    .join(customer, customer.c.id == conversation.c.customer_id)
    .join(client, client.c.id == conversation.c.client_id)
)
BY_THREAD = Prepared(
    TALK.where(
        thread.c.channel == bindparam("channel"),
        thread.c.account == bindparam("account"),
        thread.c.address == bindparam("address"),
        conversation.c.ended_at.is_(None),
    ).with_for_update(of=conversation, key_share=True)
)
BY_ID = Prepared(TALK.where(conversation.c.id == bindparam("id")).with_for_update(of=conversation, key_share=True))
VERSION = Prepared(select(client.c.id, client.c.version).where(client.c.id == bindparam("id")))
OWNER = Prepared(
    select(client.c.id, client.c.version)
    .join(account, account.c.client_id == client.c.id)
    .where(account.c.channel == bindparam("channel"), account.c.name == bindparam("name"))
)
KNOWN_THREAD = Prepared(
    select(thread.c.id, thread.c.customer_id).where(
        thread.c.channel == bindparam("channel"),
        thread.c.account == bindparam("account"),
        thread.c.address == bindparam("address"),
    )
)
NEW_CUSTOMER = Prepared(
    insert(customer)
    .values(
        client_id=bindparam("client_id"),
        created_at=bindparam("created_at"),
        folded=bindparam("folded"),
        reminders=True,
        **dict.fromkeys(("name", "phone", "email", "language", "verified_by"), ""),
    )
    .returning(customer.c.id)
)
NEW_THREAD = Prepared(
    insert(thread)
    .values(
        reachable=True,
        **{
            name: bindparam(name)
            for name in ("client_id", "customer_id", "channel", "account", "address", "writer", "created_at")
        },
    )
    .returning(thread.c.id)
)
NEW_CONVERSATION = Prepared(
    insert(conversation).values(
        holder=Holder.BOT.value,
        epoch=0,
        puts=0,
        puzzled=0,
        last_text="",
        **{name: bindparam(name) for name in ("client_id", "customer_id", "thread_id", "language")},
    )
)


def locate(write: Connection, target: Thread | InConversation | OfClient) -> Located | None:
    """Finds what an update is about, and locks its conversation; None where there is no such thing yet."""
    if isinstance(target, OfClient):
        row = VERSION.row(write, id=target.id)
        return Located(row[0], row[1]) if row is not None else None
    if isinstance(target, Thread):
        row = BY_THREAD.row(write, channel=target.channel, account=target.account, address=target.address)
    else:
        row = BY_ID.row(write, id=target.id)
    return located(row) if row is not None else None


def located(row: tuple[Any, ...]) -> Located:
    """The values in a row of TALK."""
    talk = Conversation(
        id=row[0],
        client_id=row[1],
        customer_id=row[2],
        thread=Thread(row[3], row[4], row[5]),
        language=row[6],
        holder=Holder(row[7]),
        epoch=row[8],
        reachable=bool(row[9]),
        dialogs=tuple(load(row[10])) if row[10] else (),
        awaiting=load(row[11]) if row[11] else None,
        puts=row[12],
        puzzled=row[13],
        last_in_at=moment(row[14]) if row[14] is not None else None,
        handed_back_at=moment(row[15]) if row[15] is not None else None,
    )
    person = Customer(row[2], row[1], row[16], row[17], row[18], row[19], row[20], bool(row[21]), bool(row[23]))
    return Located(row[1], row[22], talk, person)


def owner(rows: Connection, channel: str, name: str) -> tuple[int, int]:
    """The client, and its version, whose account this is; raises LookupError where it is nobody's."""
    row = OWNER.row(rows, channel=channel, name=name)
    if row is None:
        raise LookupError(f"no client has the {channel} account {name}")
    return row[0], row[1]


def open_talk(
    write: Connection, target: Thread, client_id: int, writer: str, language: str, now: datetime, *, folded: str = ""
) -> None:
    """Makes the conversation of somebody who writes for the first time, or again after her last one has ended.

    By the words in ``folded`` she is searched for.
    """
    where = {"channel": target.channel, "account": target.account, "address": target.address}
    known = KNOWN_THREAD.row(write, **where)
    thread_id, customer_id = known if known is not None else open_thread(write, where, client_id, writer, now, folded)
    NEW_CONVERSATION.run(write, client_id=client_id, customer_id=customer_id, thread_id=thread_id, language=language)


def open_thread(
    write: Connection, where: Mapping[str, str], client_id: int, writer: str, now: datetime, folded: str
) -> tuple[int, int]:
    """Makes the customer and thread of somebody new, and gives the thread's id and the customer's."""
    created_at = micros(now)
    person = NEW_CUSTOMER.row(write, client_id=client_id, created_at=created_at, folded=folded)
    assert person is not None
    place = NEW_THREAD.row(
        write, **where, client_id=client_id, customer_id=person[0], writer=writer, created_at=created_at
    )
    assert place is not None
    return place[0], person[0]


SAVE = Prepared(
    update(conversation)
    .where(conversation.c.id == bindparam("of_id"))
    .values(
        **{
            name: bindparam(name)
            for name in (
                "holder",
                "epoch",
                "language",
                "dialogs",
                "awaiting",
                "puts",
                "puzzled",
                "last_in_at",
                "handed_back_at",
            )
        }
    )
)


def save_conversation(write: Connection, talk: Conversation) -> None:
    """Writes the conversation's row: the turn does so, once, at its end."""
    SAVE.run(
        write,
        of_id=talk.id,
        holder=talk.holder.value,
        epoch=talk.epoch,
        language=talk.language,
        dialogs=dump(list(talk.dialogs)) if talk.dialogs else None,
        awaiting=dump(talk.awaiting) if talk.awaiting else None,
        puts=talk.puts,
        puzzled=talk.puzzled,
        last_in_at=micros(talk.last_in_at) if talk.last_in_at is not None else None,
        handed_back_at=micros(talk.handed_back_at) if talk.handed_back_at is not None else None,
    )


# --- messages ---------------------------------------------------------------------------------------------------------

SAY = Prepared(
    insert(message)
    .values(
        audience="customer",
        pressed="",
        **{
            name: bindparam(name)
            for name in (
                "client_id",
                "conversation_id",
                "by",
                "text",
                "folded",
                "parts",
                "state",
                "external_id",
                "epoch",
                "at",
            )
        },
    )
    .returning(message.c.id)
)
BY_EXTERNAL = Prepared(
    select(message.c.id, message.c.text, message.c.pressed)
    .where(message.c.conversation_id == bindparam("conversation_id"), message.c.external_id == bindparam("external_id"))
    .order_by(message.c.id.desc())
    .limit(1)
)
REWRITE = Prepared(
    update(message)
    .where(message.c.id == bindparam("of_id"))
    .values(
        text=bindparam("text"),
        pressed="",
        edited_at=bindparam("edited_at"),
        folded=bindparam("folded"),
    )
)
CHOOSE = Prepared(
    update(message)
    .where(message.c.id == bindparam("of_id"))
    .values(text=bindparam("text"), pressed=bindparam("pressed"), edited_at=bindparam("edited_at"))
)
ATTACH = insert(file)


def keep_message(
    write: Connection,
    talk: Conversation,
    by: str,
    text: str,
    now: datetime,
    *,
    parts: Json = None,
    state: str = "",
    external_id: str | None = None,
    folded: str = "",
) -> int:
    """Keeps one message of a talk and gives its id; ``state`` is empty for what came in.

    By the words in ``folded`` (bot.reading.findable) it is searched for; empty, it is not.
    """
    row = SAY.row(
        write,
        client_id=talk.client_id,
        conversation_id=talk.id,
        by=by,
        text=clean(text),
        folded=folded,
        parts=dump(parts) if parts else None,
        state=state,
        external_id=external_id,
        epoch=talk.epoch,
        at=micros(now),
    )
    assert row is not None
    return int(row[0])


def keep_files(write: Connection, talk: Conversation, message_id: int, files: Sequence[Attachment]) -> None:
    """Keeps what is known of the files of a message; the bytes of those that came are fetched later."""
    write.execute(
        ATTACH,
        [
            {
                "client_id": talk.client_id,
                "conversation_id": talk.id,
                "message_id": message_id,
                "kind": one.kind,
                "name": clean(one.name)[:255],
                "mime": one.mime[:127],
                "size": one.size,
                "remote": one.path or one.remote,
                "sha256": one.sha256,
                "state": "stored" if one.sha256 else "remote",
            }
            for one in files
        ],
    )


def find_message(rows: Connection, talk: Conversation, external_id: str) -> tuple[int, str, str] | None:
    """Our row of what the network calls ``external_id``: its id, its text and the button chosen under it."""
    row = BY_EXTERNAL.row(rows, conversation_id=talk.id, external_id=external_id)
    return (row[0], row[1], row[2]) if row is not None else None


def rewrite(write: Connection, message_id: int, text: str, now: datetime, *, folded: str = "") -> None:
    """Changes what a message reads, and by which words it is searched for."""
    REWRITE.run(write, of_id=message_id, text=clean(text), edited_at=micros(now), folded=folded)


def choose(write: Connection, message_id: int, text: str, now: datetime, pressed: str) -> None:
    """Notes which button was pressed under a message, which now reads so; it is searched for by the same words."""
    CHOOSE.run(write, of_id=message_id, text=clean(text), edited_at=micros(now), pressed=clean(pressed))


# --- what leaves the house --------------------------------------------------------------------------------------------

APART: Final = "rehearsal"
"""The channel whose talks are played: nothing of theirs leaves the house."""


def keep_apart(write: Connection, located: Located | None) -> None:
    """Notes whether this turn is about a talk that is played: it then writes nothing that others would hear."""
    talk = located.conversation if located is not None else None
    write.info[APART] = talk is not None and talk.thread.channel == APART


def is_apart(write: Connection) -> bool:
    """Whether this turn is about a talk that is played."""
    return bool(write.info.get(APART))


# --- jobs -------------------------------------------------------------------------------------------------------------

SEND = Prepared(
    insert(job).values(
        attempts=0,
        state="due",
        **{
            name: bindparam(name)
            for name in (
                "client_id",
                "conversation_id",
                "message_id",
                "kind",
                "lane",
                "subject",
                "due_at",
                "payload",
                "cause",
            )
        },
    )
)


def send(
    write: Connection,
    lane: str,
    kind: str,
    payload: Json,
    now: datetime,
    *,
    client_id: int | None = None,
    conversation_id: int | None = None,
    message_id: int | None = None,
    subject: str | None = None,
) -> None:
    """Writes a job that is due now and keeps its place in its lane: one call of a network."""
    if is_apart(write) and not lane.startswith(f"{APART}:"):
        return
    SEND.run(
        write,
        client_id=client_id,
        conversation_id=conversation_id,
        message_id=message_id,
        kind=kind,
        lane=lane,
        subject=subject,
        due_at=micros(now),
        payload=dump(payload),
        cause=CAUSE.get() or None,
    )
