"""A client is handed to a colleague from day to day, and comes back by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import relays
from bot.office.tickets import open_ticket
from bot.update import OfClient
from bot.values import Client, Refusal
from storage import clients, covers, jobs, staff
from storage.staff import Member

BRIEF: Final = _("Cover: please read the brief on the client's page")


def plan(
    write: Connection,
    client: Client,
    who: Member,
    colleague_id: int,
    first: date,
    last: date,
    now: datetime,
    *,
    word: str = "",
    texts: Mapping[str, str] | None = None,
) -> int:
    """Plans that a colleague works for the client in her place, on these days of hers; gives the cover's id.

    ``word`` is for the colleague; ``texts`` (by language) is what every caller is told once while it lasts. It begins
    and ends by the clock, at midnight where she is, and at once where the first day has begun. Raises Refusal.
    """
    colleague = staff.by_id(write, colleague_id)
    zone = ZoneInfo(who.timezone)
    if colleague is None or not colleague.active or colleague.id == who.id:
        raise Refusal(_("A colleague has to cover."))
    if last < first or last < now.astimezone(zone).date():
        raise Refusal(_("The last day is not before the first, and not past."))
    for other in covers.standing(write, client.id):
        if other.staff_id == who.id and other.first <= last and first <= other.last:
            raise Refusal(_("On some of these days {name} covers already."), name=other.colleague)
    cover_id = covers.add(write, client.id, who.id, colleague.id, first, last, word, now)
    begins, ends = midnight(first, zone), midnight(last + timedelta(days=1), zone)
    data = {"cover": cover_id, "texts": dict(texts or {}), "until": ends.isoformat()}
    for name, at in (("begin_cover", begins), ("end_cover", ends)):
        jobs.later(
            write, name, at, OfClient(client.id), client_id=client.id, data=data, subject=f"cover:{cover_id}:{name}"
        )
    if begins <= now:
        jobs.call_off(write, f"cover:{cover_id}:begin_cover", now)
        begin(write, client, cover_id, now, ends, texts)
    return cover_id


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins there, as aware UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def begin(
    write: Connection, client: Client, cover_id: int, now: datetime, until: datetime, texts: Mapping[str, str] | None
) -> None:
    """The colleague works for the client from now on: she is given it, and what the other held of it is hers."""
    one = covers.by_id(write, client.id, cover_id)
    if one is None or one.state != "planned":
        return
    known = staff.works_for(write, one.colleague_id, client.id) is not None
    if not known:
        staff.give(write, one.colleague_id, client.id)
    moved = covers.held(write, client.id, one.staff_id)
    covers.pass_on(write, moved, one.colleague_id)
    covers.change(write, one._replace(state="begun", given=not known, tickets=moved))
    clients.touch(write, client.id)  # who is on duty has changed
    opened = open_ticket(write, client, "task", (BRIEF, {}), now, data={"cover": cover_id})
    covers.pass_on(write, [opened.id], one.colleague_id)
    if texts:
        relays.enter(write, client, texts, now, repeat="once", until=until)


def end(write: Connection, client: Client, cover_id: int, now: datetime) -> None:
    """All is as it was: what she held and is not done comes back, and the colleague is not given the client for it.

    Of who was given the client for the cover alone, everything that she holds of it goes back.
    """
    one = covers.by_id(write, client.id, cover_id)
    if one is None or one.state not in {"planned", "begun"}:
        return
    for name in ("begin_cover", "end_cover"):
        jobs.call_off(write, f"cover:{cover_id}:{name}", now)
    if one.state == "planned":
        covers.change(write, one._replace(state="withdrawn"))
        return
    holds = covers.held(write, client.id, one.colleague_id)
    back = holds if one.given else [ticket for ticket in holds if ticket in one.tickets]
    covers.pass_on(write, back, one.staff_id)
    if one.given:
        staff.take(write, one.colleague_id, client.id)
    covers.change(write, one._replace(state="ended"))
    clients.touch(write, client.id)
