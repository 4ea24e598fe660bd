"""Who is at the desk: the member behind a request, her session, and the clients she is given."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from aiohttp import web
from sqlalchemy import Connection

from bot.values import Client
from storage import clients, sessions, staff
from storage.staff import Member

IDLE: Final = timedelta(hours=12)
"""A session that nobody used for so long is over."""
LONGEST: Final = timedelta(days=14)
"""A session is over after so long, however much it is used."""
OFTEN: Final = timedelta(minutes=1)
"""How often it is noted that a session is in use."""


@dataclass(frozen=True, slots=True)
class Her:
    """The member behind a request. ``clients`` are those she is given, by id; nothing else exists for her."""

    member: Member
    digest: str
    csrf: str
    seen_at: datetime
    clients: Mapping[int, Client]
    colleagues: Mapping[int, list[tuple[int, str]]]

    @property
    def zone(self) -> ZoneInfo:
        """Her own time zone."""
        return ZoneInfo(self.member.timezone)

    def client(self, slug: str) -> Client:
        """Her client called ``slug``; for anything else there is nothing here."""
        for one in self.clients.values():
            if one.slug == slug:
                return one
        raise web.HTTPNotFound


HER: Final = web.RequestKey("her", Her)
"""Where a request keeps who it is of."""


def digest_of(secret: str) -> str:
    """What is kept of a session's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf_of(secret: str) -> str:
    """What every form of a session carries: nobody who lacks its cookie can know it."""
    return hmac.new(secret.encode(), b"form", "sha256").hexdigest()


def new_secret() -> str:
    """The secret of a new session, or the token of a form."""
    return secrets.token_urlsafe(32)


def find(rows: Connection, secret: str, now: datetime) -> Her | None:
    """Who has this session, if it still stands."""
    session = sessions.find(rows, digest_of(secret))
    if session is None or now - session.seen_at > IDLE or now - session.created_at > LONGEST:
        return None
    given = [clients.cached(rows, *one) for one in staff.given(rows, session.member.id)]
    hers = {one.id: one for one in given}
    colleagues = staff.colleagues(rows, hers)
    return Her(session.member, digest_of(secret), csrf_of(secret), session.seen_at, hers, colleagues)


def her(request: web.Request) -> Her:
    """The member behind a request, who passed the guard."""
    return request[HER]
