"""The digests that reach a client's people instead of a storm: a brief in the morning, a report in the evening."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection

from bot.rules.hearing import next_daily
from bot.update import OfClient
from bot.values import Client
from storage import jobs

KINDS: Final = ("morning", "evening")


def keep(write: Connection, client: Client, now: datetime) -> None:
    """Lets the clock make the client's digests, from now on, at the times that its file says now."""
    for kind in KINDS:
        jobs.call_off(write, subject(client, kind), now)
        minute = client.morning_brief if kind == "morning" else client.evening_report
        if client.slack and minute >= 0:
            at = next_daily(client, minute, now)
            data = {"kind": kind, "at": at.isoformat()}
            target, about = OfClient(client.id), subject(client, kind)
            jobs.later(write, "digest", at, target, client_id=client.id, data=data, subject=about)


def subject(client: Client, kind: str) -> str:
    """What these jobs are about."""
    return f"digest:{client.id}:{kind}"
