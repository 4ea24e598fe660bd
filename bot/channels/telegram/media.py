"""The files that a message brings."""

from __future__ import annotations

from typing import Final

import telegram

from bot.update import Attachment
from storage.text import clean

KINDS: Final = {"voice": "voice", "audio": "audio", "video": "video", "video_note": "video", "document": "document"}
"""Where a message may hold a file, and what kind of attachment that is."""
MIMES: Final = {"voice": "audio/ogg", "audio": "audio/mpeg", "video": "video/mp4", "video_note": "video/mp4"}
"""What a file is where Telegram doesn't say."""


def attachments(message: telegram.Message) -> tuple[Attachment, ...]:
    """The file of a message, as a tuple of one; of a picture the largest size. An album comes as several messages."""
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return (Attachment("photo", "photo.jpg", "image/jpeg", largest.file_size or 0, largest.file_id),)
    for field, kind in KINDS.items():
        file = getattr(message, field)
        if file is not None:
            mime = getattr(file, "mime_type", None) or MIMES.get(field, "application/octet-stream")
            name = clean(getattr(file, "file_name", None) or "")
            return (Attachment(kind, name, clean(mime), file.file_size or 0, file.file_id),)
    return ()
