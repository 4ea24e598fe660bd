"""An album comes as several messages and is answered once."""

from __future__ import annotations

from bot.update import Attachment, Kind
from tests.door import Desk

RECEIVED = "Received. Shall I pass it to a person? [Yes, a person please] [No, thank you]"


async def picture(desk: Desk, number: int, album: str) -> list[str]:
    photo = Attachment("photo", remote=f"r{number}")
    return await desk.send(Kind.FILES, message=f"p{number}", attachments=(photo,), data={"media_group_id": album})


async def test_an_album_is_answered_once_and_kept_whole(desk: Desk) -> None:
    assert await picture(desk, 1, "a") == [RECEIVED]
    assert await picture(desk, 2, "a") == []
    assert await picture(desk, 3, "a") == []
    assert len(await desk.query("select 1 from file")) == 3
    assert await picture(desk, 4, "b") == [RECEIVED]
