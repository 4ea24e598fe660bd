"""What happened is shown to those of the client's people who are to hear it, one after the other where nobody acts.

Who has said that she is busy is passed over meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Final

from bot.ability import action
from bot.dialog import Turn
from bot.office import posting
from bot.office.busy import is_busy
from bot.office.hearing import standing
from bot.office.orders import STATUS
from bot.posts import Post
from bot.questions import told_message, told_news
from bot.rules.hearing import Chain, after_quiet, chain
from bot.update import Face, OfClient
from bot.values import CHANNEL, Contact
from storage import appointments, callers, decisions, jobs, members, orders, posts, slips, tickets

MOST_STEPS: Final = 10
CHANGES: Final = frozenset({"settled", "decided", "rebooked", "ordered"})
"""What happens to something that a post stands of."""


@action("news", Face.CLOCK)
async def news(turn: Turn) -> None:
    """Shows ``what`` happened (message, booking, order, decision); in quiet hours only what is ``urgent``.

    What only changes a post that stands is shown at any hour.
    """
    what, urgent = str(turn.given["what"]), bool(turn.given.get("urgent"))
    if what in CHANGES:
        SHOW[what](turn)
        return
    at = turn.now if urgent else after_quiet(turn.client, turn.now)
    if at > turn.now:
        target, data = OfClient(turn.client.id), dict(turn.given)
        jobs.later(turn.write, "news", at, target, client_id=turn.client.id, data=data, subject=subject(turn))
        return
    SHOW[what](turn)


def subject(turn: Turn) -> str | None:
    """What waiting news of a message are about, so that they can be called off."""
    return f"news:{turn.given['ticket']}" if turn.given["what"] in {"message", "urgent"} else None


# --- messages: somebody has to take them on ---------------------------------------------------------------------------


def message(turn: Turn) -> None:
    """Shows a message to the next in the chain, and lets the clock look whether she takes it on."""
    client, ticket = turn.client, tickets.by_id(turn.rows, turn.client.id, int(turn.given["ticket"]))
    found = slips.taken(turn.rows, client.id, ticket.id) if ticket is not None else None
    if ticket is None or found is None or found.state == "done" or ticket.data.get("given_by"):
        return
    contact = told_message.whom(client, found.contact_id)
    links = hearers(turn, "message", contact, urgent=ticket.urgent)
    heard = heard_by(turn, f"slip:{ticket.id}")
    place = next_of(turn, links, heard)
    if place is None:
        return
    post = told_message.message_post(client, ticket, found, before=name_of(turn, heard[-1]) if heard else "")
    show(turn, f"slip:{ticket.id}:{len(heard)}", post, place, ticket.customer_id)
    if not heard:
        slips.passed(turn.write, client.id, ticket.id, turn.now)
    if len(heard) + 1 < MOST_STEPS:
        again(turn, links)


def settled(turn: Turn) -> None:
    """Shows everywhere that a message was taken on, and calls off who was to hear of it next."""
    client, ticket = turn.client, tickets.by_id(turn.rows, turn.client.id, int(turn.given["ticket"]))
    found = slips.taken(turn.rows, client.id, ticket.id) if ticket is not None else None
    if ticket is None or found is None:
        return
    jobs.call_off(turn.write, f"news:{ticket.id}", turn.now)
    post = told_message.message_post(client, ticket, found)
    for step in range(MOST_STEPS):
        key = f"slip:{ticket.id}:{step}"
        if posts.find(turn.rows, client.id, key) is not None:
            posting.put(turn.write, client, key, post, turn.now)


def urgent(turn: Turn) -> None:
    """Shows that a customer has something that can't wait: to one after the other, until somebody sees to it."""
    client, ticket = turn.client, tickets.by_id(turn.rows, turn.client.id, int(turn.given["ticket"]))
    if ticket is None:
        return
    links, by = hearers(turn, "urgent", urgent=True), str((ticket.data or {}).get("seen_by") or "")
    post = told_message.urgent_post(client, ticket, caller_name(turn, ticket.customer_id))
    if by:
        jobs.call_off(turn.write, f"news:{ticket.id}", turn.now)
        for place in range(MOST_STEPS):
            if posts.find(turn.rows, client.id, f"urgent:{ticket.id}:{place}") is not None:
                posting.put(turn.write, client, f"urgent:{ticket.id}:{place}", post, turn.now)
        return
    heard = heard_by(turn, f"urgent:{ticket.id}")
    next_one = next_of(turn, links, heard)
    if next_one is None or (heard and (ticket.state == "done" or ticket.due_at is None)):
        return
    show(turn, f"urgent:{ticket.id}:{len(heard)}", post, next_one, ticket.customer_id)
    again(turn, links)


# --- everything else --------------------------------------------------------------------------------------------------


def booking(turn: Turn) -> None:
    """Shows an appointment of these days: each has one post, which changes with it."""
    one = appointments.by_id(turn.rows, turn.client, int(turn.given["appointment"]))
    if one is None:
        return
    post = told_news.booking_post(turn.client, one, str(turn.given["happened"]))
    stem = f"appointment:{one.id}"
    hear = hearers(turn, "booking").to if turn.given["what"] == "booking" else ()
    for place in dict.fromkeys([*hear, *standing(turn.rows, turn.client, stem)]):
        show(turn, f"{stem}:{place}", post, place, one.customer_id or None)


def order(turn: Turn) -> None:
    """Shows a new order; and, once it has changed, how it stands now."""
    found = orders.by_number(turn.rows, turn.client.id, str(turn.given["number"]))
    if found is None:
        return
    post = told_news.order_post(turn.client, found, STATUS[found.status])
    fresh, stem = turn.given["what"] == "order", f"order:{found.id}"
    for place in hearers(turn, "order").to if fresh else standing(turn.rows, turn.client, stem):
        show(turn, f"{stem}:{place}", post, place, found.customer_id)


def decision(turn: Turn) -> None:
    """Shows what is to be decided; and, once it is, how it was."""
    client, ticket_id = turn.client, int(turn.given["ticket"])
    ticket, found = tickets.by_id(turn.rows, client.id, ticket_id), decisions.by_id(turn.rows, client, ticket_id)
    one = appointments.by_id(turn.rows, client, found.appointment_id) if found is not None else None
    if ticket is None or found is None or one is None:
        return
    post = told_news.decision_post(client, ticket, found, one, caller_name(turn, found.customer_id))
    fresh, stem = turn.given["what"] == "decision", f"decision:{ticket_id}"
    links = hearers(turn, "decision", urgent=bool(turn.given.get("urgent")))
    for place in links.to if fresh else standing(turn.rows, client, stem):
        show(turn, f"{stem}:{place}", post, place, found.customer_id)


SHOW: Final[dict[str, Callable[[Turn], None]]] = {
    "message": message,
    "settled": settled,
    "urgent": urgent,
    "booking": booking,
    "rebooked": booking,
    "order": order,
    "ordered": order,
    "decision": decision,
    "decided": decision,
}


def caller_name(turn: Turn, customer_id: int | None) -> str:
    """What a customer is called; empty where that is not known."""
    caller = callers.by_id(turn.rows, turn.client.id, customer_id) if customer_id is not None else None
    return caller.called if caller is not None else ""


# --- to whom ----------------------------------------------------------------------------------------------------------


def hearers(turn: Turn, what: str, contact: Contact | None = None, *, urgent: bool = False) -> Chain:
    """Who hears, without those who have left the workspace."""
    links = chain(turn.client, what, turn.now, contact=contact, urgent=urgent)
    left = members.gone(turn.rows, turn.client.id)
    there = tuple(key for key in links.to if key == CHANNEL or user(turn, key) not in left)
    return Chain(there if there or not links.to else (CHANNEL,), links.within)


def heard_by(turn: Turn, stem: str) -> list[str]:
    """Who was shown it already, in turn; somebody who is no longer in the client's file as nobody."""
    keys = {one.slack: one.key for one in turn.client.contacts if one.slack}
    posted = [posts.find(turn.rows, turn.client.id, f"{stem}:{step}") for step in range(MOST_STEPS)]
    return [keys.get(one.address, "") if one.address else CHANNEL for one in posted if one is not None]


def next_of(turn: Turn, links: Chain, heard: Sequence[str]) -> str | None:
    """Who hears next: not who has heard, nor who is busy; the channel where everybody is from the first."""
    here = [key for key in links.to if not busy(turn, key)] or ([CHANNEL] if links.to and not heard else [])
    return next((key for key in here if key not in heard), None)


def busy(turn: Turn, key: str) -> bool:
    """Whether a contact has said that she is busy now."""
    contact = turn.client.contact(key)
    return contact is not None and is_busy(turn.client, contact, turn.now)


def again(turn: Turn, links: Chain) -> None:
    """Lets the clock look, when its time is over, whether the next in the chain is to hear."""
    at, target = turn.now + timedelta(minutes=links.within), OfClient(turn.client.id)
    data = dict(turn.given)
    jobs.later(turn.write, "news", at, target, client_id=turn.client.id, data=data, subject=subject(turn))


def user(turn: Turn, key: str) -> str:
    """The id that a contact has in the workspace."""
    contact = turn.client.contact(key)
    return contact.slack if contact is not None else ""


def name_of(turn: Turn, key: str) -> str:
    """What a contact is called; of the channel nothing, for it is no person."""
    contact = turn.client.contact(key)
    return contact.name if contact is not None else ""


def show(turn: Turn, key: str, post: Post, place: str, customer_id: int | None) -> None:
    """Puts a post where somebody hears of it: the channel, or a contact's direct messages."""
    where = "" if place == CHANNEL else user(turn, place)
    posting.put(turn.write, turn.client, key, post, turn.now, place=where, about=customer_id)
