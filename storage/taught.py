"""What the desk taught the reader: words of customers, and what they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from storage.models import MessageRow, TaughtRow, metadata

taught = metadata.tables[TaughtRow.__tablename__]
message = metadata.tables[MessageRow.__tablename__]

OF_CLIENT = (
    select(taught.c.language, taught.c.text, taught.c.intent)
    .where(taught.c.client_id == bindparam("client"))
    .order_by(taught.c.id)
)
SAID = select(message.c.text).where(
    message.c.id == bindparam("of_id"),
    message.c.conversation_id == bindparam("talk"),
    message.c.by == "customer",
)
FORGET = delete(taught).where(
    taught.c.client_id == bindparam("client"),
    taught.c.language == bindparam("of_language"),
    taught.c.folded == bindparam("of_folded"),
)


def of_client(rows: Connection, client_id: int) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Words and their intent, by language, in the order in which they were taught."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for language, text, intent in rows.execute(OF_CLIENT, {"client": client_id}):
        found[language].append((text, intent))
    return {language: tuple(phrases) for language, phrases in found.items()}


def said(rows: Connection, conversation_id: int, message_id: int) -> str | None:
    """What the customer wrote in a message of this talk; None where it is none of hers."""
    text: str | None = rows.execute(SAID, {"talk": conversation_id, "of_id": message_id}).scalar_one_or_none()
    return text


def teach(
    write: Connection,
    client_id: int,
    language: str,
    text: str,
    folded: str,
    intent: str,
    staff_id: int,
    message_id: int,
    now: datetime,
) -> None:
    """Keeps what these words mean, in the place of what they meant before. Raise the client's version, too."""
    write.execute(FORGET, {"client": client_id, "of_language": language, "of_folded": folded})
    new = {
        "client_id": client_id,
        "language": language,
        "text": text,
        "folded": folded,
        "intent": intent,
        "staff_id": staff_id,
        "message_id": message_id,
        "at": now,
    }
    write.execute(insert(taught), new)
