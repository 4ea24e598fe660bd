"""Home pages of a client's people: shown when they look, and shown anew a moment after what they show has changed."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection

from bot.office import posting
from bot.posts import Home
from bot.update import OfClient
from bot.values import Client
from storage import jobs, members, posts

SOON: Final = timedelta(seconds=5)
"""What changes within this is shown at once."""


def changed(write: Connection, client: Client, now: datetime) -> None:
    """Notes that something has changed which a home page may show; however much does in a moment, it is shown once."""
    subject = f"homes:{client.id}"
    if client.slack and not jobs.stands(write, subject) and members.with_homes(write, client.id):
        jobs.later(write, "homes", now + SOON, OfClient(client.id), client_id=client.id, subject=subject)


def show(
    write: Connection, client: Client, user: str, home: Home, page: int, now: datetime, language: str, before: str = ""
) -> None:
    """Shows a member a page of her home, unless it says what it said ``before``; tomorrow it says something else."""
    says = posting.put_home(write, client, user, home, now, language, before)
    if says != before:
        members.showed_home(write, client.id, user, page, says)
    subject = f"homes:{client.id}:tomorrow"
    if not jobs.stands(write, subject):
        day = client.local(now).date() + timedelta(days=1)
        at = datetime.combine(day, time(), client.zone)
        jobs.later(write, "homes", at, OfClient(client.id), client_id=client.id, subject=subject)


def erase(write: Connection, client: Client, now: datetime) -> None:
    """Forgets what the pages said, and shows them anew: somebody whom they may name is erased."""
    shown = members.with_homes(write, client.id)
    about = [posting.of_home(client, one.user) for one in shown]
    for one, subject in zip(shown, about, strict=True):
        jobs.call_off(write, subject, now)
        members.showed_home(write, client.id, one.user, one.page or 0, "")
    if shown:
        posts.forget_jobs(write, client.id, about)
    changed(write, client, now)
