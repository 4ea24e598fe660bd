"""What channels keep of their accounts: the network's name of it, the webhook as it was set, and who polls it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, or_, update

from storage.models import Account, metadata

account = metadata.tables[Account.__tablename__]

ROW = account.c.id == bindparam("of_id")
OWN = account.c.polled_by == bindparam("who")
LEASE = (
    update(account)
    .where(ROW, or_(OWN, account.c.polled_by == "", account.c.lease_until < bindparam("now")))
    .values(polled_by=bindparam("who"), lease_until=bindparam("until"))
)
FREE = update(account).where(account.c.polled_by != "").values(polled_by="", lease_until=None)
RELEASE = update(account).where(ROW, OWN).values(polled_by="", lease_until=None)
NOTE = {
    name: update(account).where(ROW).values({name: bindparam("value")}) for name in ("username", "profile", "trouble")
}
WEBHOOK = update(account).where(ROW).values(address=bindparam("where"), secret=bindparam("digest"))


def lease(write: Connection, account_id: int, who: str, now: datetime, until: datetime) -> bool:
    """Lets ``who`` alone poll an account until then, and again; False while another does."""
    values: dict[str, Any] = {"of_id": account_id, "who": who, "now": now, "until": until}
    return write.execute(LEASE, values).rowcount == 1


def release(write: Connection, account_id: int, who: str) -> None:
    """Lets another poll an account at once."""
    write.execute(RELEASE, {"of_id": account_id, "who": who})


def free(write: Connection) -> None:
    """Lets anybody poll every account: for who knows that there is no other process."""
    write.execute(FREE)


def note(write: Connection, account_id: int, name: str, value: str) -> None:
    """Notes the ``username`` of an account, the digest of its ``profile`` or its ``trouble``."""
    write.execute(NOTE[name], {"of_id": account_id, "value": value})


def note_webhook(write: Connection, account_id: int, where: str, digest: str) -> None:
    """Notes where the network posts now, and the digest of the secret it was given; both empty for nowhere."""
    write.execute(WEBHOOK, {"of_id": account_id, "where": where, "digest": digest})
