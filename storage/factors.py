"""What a member proves herself with besides her password: the secret of her one-time codes, and recovery codes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from storage.models import RecoveryCode, Staff, metadata

staff = metadata.tables[Staff.__tablename__]
recovery = metadata.tables[RecoveryCode.__tablename__]

SET = (
    update(staff)
    .where(staff.c.id == bindparam("of_id"))
    .values(factor=bindparam("cipher"), factor_step=bindparam("step"))
)
TAKE_STEP = (
    update(staff)
    .where(staff.c.id == bindparam("of_id"), staff.c.factor_step < bindparam("step"))
    .values(factor_step=bindparam("step"))
)
ADD = insert(recovery)
DROP = delete(recovery).where(recovery.c.staff_id == bindparam("staff"))
TAKE = delete(recovery).where(recovery.c.staff_id == bindparam("staff"), recovery.c.digest == bindparam("digest"))
LEFT = select(func.count()).select_from(recovery).where(recovery.c.staff_id == bindparam("staff"))


def put(write: Connection, staff_id: int, cipher: str, step: int, digests: Iterable[str]) -> None:
    """Gives a member the sealed secret of her codes, whose last was that of ``step``, and her recovery codes anew."""
    write.execute(SET, {"of_id": staff_id, "cipher": cipher, "step": step})
    write.execute(DROP, {"staff": staff_id})
    codes = [{"staff_id": staff_id, "digest": digest} for digest in digests]
    if codes:
        write.execute(ADD, codes)


def drop(write: Connection, staff_id: int) -> None:
    """From now on her password is enough."""
    put(write, staff_id, "", 0, ())


def take_step(write: Connection, staff_id: int, step: int) -> bool:
    """Takes the code of a time step; False where that one, or a later one, was taken before."""
    return write.execute(TAKE_STEP, {"of_id": staff_id, "step": step}).rowcount > 0


def take_code(write: Connection, staff_id: int, digest: str) -> bool:
    """Takes a recovery code, which is gone then; False where there is none with this digest."""
    return write.execute(TAKE, {"staff": staff_id, "digest": digest}).rowcount > 0


def codes_left(rows: Connection, staff_id: int) -> int:
    """How many recovery codes a member has left."""
    return int(rows.execute(LEFT, {"staff": staff_id}).scalar_one())
