"""Two rows of one person made one, and parted again where they were two persons after all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.i18n import _
from bot.reading import findable_person
from bot.values import Client, Refusal
from storage import merges, rehearsals


def merge(write: Connection, client_id: int, one: int, other: int, now: datetime, staff_id: int | None = None) -> None:
    """The customer ``one`` is the customer ``other``, who has all of hers from now on: talks, bookings, orders.

    What only ``one`` said of herself, or has proven, is known of ``other`` too. Raises Refusal where either is gone, or
    is played in a rehearsal.
    """
    said = merges.said(write, client_id, [one, other])
    if one == other or len(said) < 2 or rehearsals.any_played(write, [one, other]):
        raise Refusal(_("These two can't be made one."))
    mine, hers = said[one], said[other]
    known = {name: hers[name] or mine[name] for name in ("name", "phone", "email", "verified_by")}
    if mine["verified_by"] and not hers["verified_by"]:
        known["phone"] = mine["phone"] or hers["phone"]  # what was proven takes the place of what was typed
    known["folded"] = findable_person(known["name"], known["phone"], known["email"]) or hers["folded"]
    before = {"one": mine, "other": hers, "after": known}
    merges.join(write, client_id, one, other, before, staff_id, now)
    merges.say(write, other, known)


def undo(write: Connection, client: Client, merge_id: int, now: datetime) -> None:
    """Parts two customers again: what came from the one goes back to her; what came since stays. Raises Refusal."""
    row = merges.by_id(write, client.id, merge_id)
    if row is None or row.undone_at is not None:
        raise Refusal(_("These two are parted already."))
    said = merges.said(write, client.id, [row.one_id, row.other_id])
    if row.other_id not in said:
        raise Refusal(_("She was made one with somebody else since: undo that first."))
    merges.part(write, row, now)
    merges.say(write, row.other_id, unchanged(said[row.other_id], row.before))


def unchanged(now: Mapping[str, str], before: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """What the other's row said before, where it still says what the merge wrote."""
    after, other = before["after"], before["other"]
    return {name: other[name] for name in after if now[name] == after[name] and other[name] != after[name]}
