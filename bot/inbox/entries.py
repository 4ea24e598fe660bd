"""A ticket as its reader sees it in a list: why it is next, how far its alerts have come, what was last said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.i18n import _, decode, plain
from bot.inbox.her import Her
from bot.inbox.pages import span
from bot.inbox.reading import spoken, what_file
from bot.office.tickets import KINDS
from bot.questions.phone import shown_phone
from bot.rules.hours import is_covered, is_open
from bot.update import Json
from bot.values import Client, Holder, Msgid
from storage.queue import Listed
from storage.search import Said

SOON: Final = timedelta(hours=1)
"""What is promised within this is soon."""
CHAIN: Final = {
    "owner": _("Alerted"),
    "desk": _("The desk is alerted"),
    "contact": _("The client is alerted"),
    "call": _("Please call the client"),
}
"""How far an alert has come along the chain of a ticket; the last where nobody of the client's can be reached."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A ticket in the list, with what is worked out for its reader."""

    ticket: Listed
    client: Client
    is_open: bool
    is_covered: bool
    why: str
    tone: str  # late | soon | calm
    chain: str  # whom an alert has reached
    last: str
    last_by: str
    last_file: str  # what was sent, where that is a file without words
    found_at: datetime | None  # when the words that were searched for were said
    kind: Msgid


def duty(client: Client, now: datetime) -> tuple[bool, bool]:
    """Whether a client is open, and covered."""
    return is_open(client, now), is_covered(client, now)


def read(about: Json, client: Client, who: Her, now: datetime) -> str:
    """What the house says a ticket is about, in its reader's language, on the client's clock."""
    message, values = decode(about)
    return plain(message, values, who.member.language, client.zone, now)


def entry(
    one: Listed,
    client: Client,
    who: Her,
    now: datetime,
    said: Said | None = None,
    known: tuple[bool, bool] | None = None,
) -> Entry:
    """A ticket as its reader sees it in the list, with its last words, or with those that were searched for.

    ``known`` is the client's ``duty``, where it was looked up.
    """
    why, tone = reason(one, who, now)
    one = one._replace(subject=read(one.about, client, who, now)) if one.about else one
    by, text, parts, at = one.last_by, one.last_text, one.last_parts, one.last_at
    if said is not None:
        by, text, parts, at = said.by, said.text, said.parts, said.at
    return Entry(
        one,
        client,
        *(known or duty(client, now)),
        why,
        tone,
        chain(one, client, who, now),
        spoken(by, text, parts, client, who, at or now),
        by or "",
        what_file(one.last_file, who.member.language) if one.last_file and said is None else "",
        at if said is not None else None,
        KINDS.get(one.kind, Msgid(one.kind)),
    )


def reason(one: Listed, who: Her, now: datetime) -> tuple[str, str]:
    """Why a ticket stands where it does, and how it is to look."""

    def words(message: Msgid, **values: Any) -> str:
        return plain(message, values, who.member.language, who.zone, now)

    if one.state == "done":
        return (words(_("Done {at:near}"), at=one.done_at) if one.done_at else words(_("Done"))), "calm"
    if one.state == "snoozed":
        until = one.snoozed_until
        return (words(_("Back {at:near}"), at=until) if until else words(_("Until the customer writes"))), "calm"
    if one.due_at is None:
        answered = one.kind == "chat" and one.holder == Holder.DESK
        return words(_("Answered")) if answered else words(_("No time promised")), "calm"
    message, tone = promise(one.due_at, who, now)
    return words(message, at=one.due_at, span=span(one.due_at, now)), tone


def chain(one: Listed, client: Client, who: Her, now: datetime) -> str:
    """How far the chain of a ticket has come, and whether somebody there has seen it."""
    if one.state == "done" or one.stage not in CHAIN:
        return ""

    def words(message: Msgid, **values: Any) -> str:
        return plain(message, values, who.member.language, who.zone, now)

    parts = [words(CHAIN[one.stage])]
    if one.stage == "call" and (client.urgent_phone or client.phone):
        parts.append(shown_phone(client.urgent_phone or client.phone))
    if one.seen_at is not None:
        parts.append(words(_("seen {at:short}"), at=one.seen_at))
    return " · ".join(parts)


def promise(due_at: datetime, who: Her, now: datetime) -> tuple[Msgid, str]:
    """How a promise is spoken of: late, soon, today or later."""
    if due_at <= now:
        return _("Late by {span}"), "late"
    if due_at - now <= SOON:
        return _("Promised {span:in}"), "soon"
    if due_at.astimezone(who.zone).date() == now.astimezone(who.zone).date():
        return _("Promised {at:by}"), "calm"
    return _("Due: {at:short}"), "calm"
