"""What every payload of Slack's has: whose workspace it is, who acted, and the files that came with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.update import Attachment, Face, Json, Kind, OfClient, Update, Writer

NAME: Final = "slack"
"""What the channel is called in threads, accounts and lanes."""
MOST_FILES: Final = 20
KINDS: Final = {"image": "photo", "audio": "audio", "video": "video"}


@dataclass(frozen=True, slots=True)
class Workspace:
    """What reading a payload needs to know: whose workspace it is, who we are there, and what members are called."""

    account: str
    client_id: int
    bot_user: str
    emoji: str
    now: datetime
    name_of: Callable[[str], str]
    language_of: Callable[[str], str]
    guest: Callable[[str], bool]


def made(id: str, kind: Kind, user: str, workspace: Workspace, **fields: Any) -> Update:
    """An update of this member's."""
    return Update(
        id=id,
        channel=NAME,
        account=workspace.account,
        face=Face.TEAM,
        kind=kind,
        target=OfClient(workspace.client_id),
        at=workspace.now,
        writer=Writer(user, workspace.name_of(user), workspace.language_of(user), workspace.guest(user)),
        **fields,
    )


def said_at(message: Json) -> dict[str, Json]:
    """When a message was written, in seconds since 1970: "tomorrow" in it is the day after that."""
    return {"said_at": int(float(message["ts"]))}


def link(domain: str, place: str, ts: str) -> str:
    """Where a message is read in a browser."""
    return f"https://{domain}.slack.com/archives/{place}/p{ts.replace('.', '')}" if domain else ""


def files_of(message: Json, account: str) -> tuple[Attachment, ...]:
    """The files of a message or of a field; one that was deleted has no bytes any more.

    What they are fetched by names the account too: only its token opens them.
    """
    return tuple(
        Attachment(
            KINDS.get(str(file.get("mimetype", "")).partition("/")[0], "document"),
            str(file.get("name") or file.get("title") or file["id"]),
            str(file.get("mimetype") or "application/octet-stream"),
            int(file.get("size") or 0),
            f"{account}:{file.get('url_private_download') or file.get('url_private') or ''}",
        )
        for file in (message.get("files") or ())[:MOST_FILES]
        if file.get("mode") not in {"tombstone", "hidden_by_limit"}
    )
