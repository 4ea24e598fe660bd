"""A whole installation on SQLite as one archive, made while it is in use: the database, then the files it names."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Final

from sqlalchemy import URL, make_url

from storage.sqlite import database_path

DATABASE: Final = "centralino.db"
FILES: Final = "files"


def pack(url: str | URL, files: Path, archive: Path) -> None:
    """Writes the archive, for its owner alone; a ``.gz`` at its end compresses it. It is there whole or not at all.

    Raises ValueError where the database is not SQLite or can't be copied, and OSError where a file can't be written.
    """
    source = path_of(url)
    mode = "w:gz" if archive.suffix in {".gz", ".tgz"} else "w"
    # In the folder of the archive: elsewhere there may be no room, and from here it is renamed.
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=archive.absolute().parent) as folder:
        copy, packed = Path(folder, DATABASE), Path(folder, "archive")
        copy_live(source, copy)
        with os.fdopen(os.open(packed, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as raw:
            with tarfile.open(fileobj=raw, mode=mode) as tar:  # type: ignore[call-overload]
                tar.add(copy, DATABASE)
                if files.is_dir():  # after the database, so that no row names a file that is missing
                    tar.add(files, FILES)
            raw.flush()
            os.fsync(raw.fileno())
        packed.replace(archive)


def copy_live(source: Path, copy: Path) -> None:
    """Copies a database that is in use, as it is at one moment. Raises ValueError where that can't be done."""
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as live, closing(sqlite3.connect(copy)) as to:
            live.backup(to)  # in one step, which is one moment; in WAL mode it keeps no writer waiting
            to.execute("PRAGMA journal_mode=DELETE")  # one file
    except sqlite3.Error as error:
        raise ValueError(f"The database {source} can't be copied: {error}") from error


def unpack(archive: Path, url: str | URL, files: Path) -> None:
    """Puts back what ``pack`` has written, where there is nothing yet.

    Raises FileExistsError where there is a database already, ValueError where this is no such archive.
    """
    target = path_of(url)
    if target.exists():
        raise FileExistsError(f"There is a database at {target} already. Move it away first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=target.parent) as folder:
        try:
            with tarfile.open(archive) as tar:
                tar.extractall(folder, filter="data")
            copy = Path(folder, DATABASE)
            with closing(sqlite3.connect(copy)) as opened:
                sound = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        except (tarfile.TarError, sqlite3.DatabaseError) as error:
            raise ValueError(f"{archive} is no backup: {error}") from error
        if not sound:
            raise ValueError(f"The database in {archive} is damaged.")
        if Path(folder, FILES).is_dir():
            shutil.copytree(Path(folder, FILES), files, dirs_exist_ok=True)
        copy.chmod(0o600)
        copy.replace(target)


def path_of(url: str | URL) -> Path:
    """Where the database is. Raises ValueError for PostgreSQL, saying what does it there."""
    url = make_url(url)
    if url.get_backend_name() != "sqlite":
        raise ValueError(
            "This is for SQLite. A PostgreSQL database is saved by `pg_dump --format=custom --file=FILE NAME` and put "
            "back by `pg_restore --dbname=NAME FILE`; copy the folder of files after it."
        )
    return database_path(url)
