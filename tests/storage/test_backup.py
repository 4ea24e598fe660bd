"""A backup of a database that is in use, and what is put back from it."""

from __future__ import annotations

import asyncio
import os
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from bot import cli
from storage.backup import pack, unpack
from storage.database import open_database

RUNNER = CliRunner()
INSERT = text("insert into updates (channel, account, id, face, kind, name, actor, target, result, at)"
              " values ('x', '', :id, '', '', '', '', '', '', 1)")  # fmt: skip
COUNT = text("select count(*), coalesce(max(cast(id as integer)), -1) from updates")


async def count(url: str) -> tuple[int, int]:
    """How many rows there are, and the last of them."""
    database = open_database(url)
    try:
        return await database.read(lambda rows: tuple(rows.execute(COUNT).one()))
    finally:
        await database.close()


async def test_what_is_in_use_is_saved_as_of_one_moment(migrated_sqlite: str, tmp_path: Path) -> None:
    files, archive, other = tmp_path / "files", tmp_path / "all.tar.gz", tmp_path / "other"
    (files / "ab").mkdir(parents=True)
    (files / "ab" / "abcd").write_bytes(b"photo")
    database = open_database(migrated_sqlite)
    saved = False

    async def write() -> None:
        number = 0
        while not saved:
            await database.transact(partial(insert, number))
            number += 2

    writing = asyncio.create_task(write())
    await asyncio.sleep(0)
    await asyncio.to_thread(pack, migrated_sqlite, files, archive)
    saved = True
    await writing
    await database.close()
    assert archive.stat().st_mode & 0o777 == 0o600
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.startswith(".")) == []

    restored = f"sqlite:///{other}/back.db"
    unpack(archive, restored, other / "files")
    rows, last = await count(restored)
    assert rows == last + 1 and 0 <= rows <= (await count(migrated_sqlite))[0]
    assert (other / "files" / "ab" / "abcd").read_bytes() == b"photo"
    with pytest.raises(FileExistsError, match="already"):
        unpack(archive, restored, other / "files")


def insert(number: int, write: Connection) -> None:
    """Two rows that are there together or not at all."""
    write.execute(INSERT, {"id": str(number)})
    write.execute(INSERT, {"id": str(number + 1)})


def test_the_commands(migrated_sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CENTRALINO_DATABASE_URL", migrated_sqlite)
    archive = str(tmp_path / "saved.tar")
    done = RUNNER.invoke(cli.app, ["backup", archive])
    assert done.exit_code == 0 and "the key" in done.output
    again = RUNNER.invoke(cli.app, ["restore", archive])
    assert again.exit_code == 1 and "already" in again.output
    monkeypatch.setenv("CENTRALINO_DATABASE_URL", f"sqlite:///{tmp_path}/new/centralino.db")
    assert RUNNER.invoke(cli.app, ["restore", archive]).exit_code == 0
    assert (tmp_path / "new" / "centralino.db").exists()
    Path(archive).write_bytes(os.urandom(2000))
    monkeypatch.setenv("CENTRALINO_DATABASE_URL", f"sqlite:///{tmp_path}/newer/centralino.db")
    wrong = RUNNER.invoke(cli.app, ["restore", archive])
    assert wrong.exit_code == 1 and "is no backup" in wrong.output
    assert not (tmp_path / "newer" / "centralino.db").exists()
    monkeypatch.setenv("CENTRALINO_DATABASE_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    other = RUNNER.invoke(cli.app, ["backup", archive])
    assert other.exit_code == 1 and "pg_dump" in other.output
