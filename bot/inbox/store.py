"""The bytes of files that the desk sends: kept in a folder by their digest, so that the same is kept once."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.i18n import _
from bot.values import Msgid

LARGEST: Final = 20 * 1024 * 1024
"""Bytes that a file may have."""
LARGEST_PHOTO: Final = 10 * 1024 * 1024
"""Bytes up to which networks show a picture; a larger one goes as a document."""
TYPES: Final = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".txt": "text/plain",
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".zip": "application/zip",
    ".doc": "application/msword",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xls": "application/vnd.ms-excel",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
}
"""What may be sent, by the end of its name; anything else is refused."""
PHOTOS: Final = ("image/jpeg", "image/png")

TOO_LARGE: Final = _("{name} is too large: 20 MB are the most.")
UNKNOWN: Final = _("{name} is of a kind that is not sent from here.")
EMPTY: Final = _("{name} is empty.")


class NotKept(Exception):
    """A file that is not taken: the ``reason`` is a message with the file's ``name``."""

    def __init__(self, reason: Msgid, name: str) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.name = name


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: what bot.update.Attachment says of it."""

    kind: str
    name: str
    mime: str
    size: int
    path: str
    sha256: str


class Store:
    """The folder of files; it is made with the first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()

    async def keep(self, name: str, content: bytes) -> Kept:
        """Keeps a file under its digest. Raises NotKept for what may not be sent."""
        name = name.replace("\\", "/").rpartition("/")[2].strip()[:120] or "file"
        mime = TYPES.get(Path(name).suffix.lower())
        if mime is None:
            raise NotKept(UNKNOWN, name)
        if not content:
            raise NotKept(EMPTY, name)
        if len(content) > LARGEST:
            raise NotKept(TOO_LARGE, name)
        digest = hashlib.sha256(content).hexdigest()
        path = self.path(digest)
        await asyncio.to_thread(put, path, content)
        kind = "photo" if mime in PHOTOS and len(content) <= LARGEST_PHOTO else "document"
        return Kept(kind, name, mime, len(content), str(path), digest)

    def path(self, digest: str) -> Path:
        """Where the file of a digest is, or would be."""
        return self.folder / digest[:2] / digest

    async def read(self, digest: str) -> bytes:
        """The bytes of a file. Raises OSError where they are not there any more."""
        return await asyncio.to_thread(self.path(digest).read_bytes)

    async def forget(self, digest: str) -> None:
        """Erases the bytes of a digest."""
        await asyncio.to_thread(lambda: self.path(digest).unlink(missing_ok=True))


def put(path: Path, content: bytes) -> None:
    """Writes a file whole, for its owner alone, unless it is there."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    half.replace(path)
