"""Which bytes of kept files nobody names any more: they were a customer's who is erased, or are too old."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, select, text, update

from storage.models import CannedFile, File, PendingReply, metadata

file = metadata.tables[File.__tablename__]
canned = metadata.tables[CannedFile.__tablename__]
pending = metadata.tables[PendingReply.__tablename__]

living = file.alias("living")
LOOSE = (
    select(file.c.sha256)
    .where(
        text("file.state = 'erased'"),
        file.c.sha256 != "",
        ~select(living.c.id).where(living.c.sha256 == file.c.sha256, living.c.state != "erased").exists(),
        ~select(canned.c.name).where(canned.c.sha256 == file.c.sha256).exists(),
    )
    .distinct()
)
WAITING: Final = select(pending.c.files).where(text("pending_reply.state IN ('waiting', 'held')"))
GONE = update(file).where(file.c.sha256 == bindparam("digest"), text("file.state = 'erased'")).values(sha256="")


def loose(rows: Connection) -> list[str]:
    """The digests of files that no living message, no canned reply and no reply that waits names."""
    waiting = {str(one["sha256"]) for files in rows.execute(WAITING).scalars() for one in files or ()}
    return [digest for digest in rows.execute(LOOSE).scalars() if digest not in waiting]


def gone(write: Connection, digest: str) -> None:
    """Notes that the bytes of a digest are erased."""
    write.execute(GONE, {"digest": digest})
