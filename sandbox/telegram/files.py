"""Files that travelled through a bot; a file id is good for that bot only, as with the real one."""

import hashlib
import mimetypes
import struct
from dataclasses import dataclass
from typing import Any

from sandbox.telegram.errors import bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024


@dataclass(frozen=True)
class File:
    """One file: its bytes, and what Telegram says of it. `size` may be claimed larger than the bytes, for tests."""

    id: str
    unique_id: str
    path: str
    name: str
    mime: str
    size: int
    data: bytes

    def json(self) -> dict[str, Any]:
        """The part that every Telegram object with a file has."""
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


class Files:
    """The files one bot has sent or received."""

    def __init__(self, owner: int) -> None:
        self._owner = owner
        self._files: dict[str, File] = {}

    def add(self, folder: str, name: str, mime: str, data: bytes, size: int | None = None) -> File:
        """Keep a file; `folder` is Telegram's word for its kind (documents, photos, voice, stickers)."""
        digest = hashlib.sha256(f"{folder}/{name}".encode() + data).hexdigest()
        number = len(self._files)
        suffix = name[name.rfind(".") :] if "." in name else mimetypes.guess_extension(mime) or ""
        mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
        file = File(
            id=f"F{self._owner}-{number}-{digest[:24]}",
            unique_id=f"U{digest[:14]}",
            path=f"{folder}/file_{number}{suffix}",
            name=name,
            mime=mime,
            size=len(data) if size is None else size,
            data=data,
        )
        self._files[file.id] = file
        return file

    def get(self, file_id: str) -> File:
        """The file with this id; ApiError 400 if this bot has none."""
        if file_id not in self._files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._files[file_id]

    def at(self, path: str) -> File | None:
        """The file at a path that getFile gave."""
        return next((file for file in self._files.values() if file.path == path), None)


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG, in pixels; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg_size(data) if data.startswith(b"\xff\xd8") else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
