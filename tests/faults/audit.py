"""Whether everything has had exactly one effect, and what was said was heard, in order."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from itertools import groupby

from tests.faults.crowd import Crowd, Customer


def audit(crowd: Crowd, in_flight: Counter[str]) -> int:
    """Raises AssertionError where something was lost, done twice or said out of order.

    `in_flight` says how many sends of each lane were under way when their process was killed: only these may have
    come twice. Gives how many have.
    """
    once_taken(crowd)
    once_booked(crowd)
    wanted = said(crowd)
    twice = {customer.lane: heard_twice(customer, wanted[customer.lane]) for customer in crowd.customers}
    for lane, count in twice.items():
        assert count <= in_flight[lane], f"{lane}: {count} came twice, {in_flight[lane]} in flight"
    return sum(twice.values())


def once_taken(crowd: Crowd) -> None:
    """Every update is recorded once, and so is every message of a customer's."""
    house = crowd.town.house
    recorded = Counter(house.rows("SELECT account, id FROM updates WHERE channel = 'telegram'"))
    posted = Counter((one.account, str(update)) for one in crowd.customers for update in one.updates)
    assert recorded == posted
    kept: dict[str, list[str]] = defaultdict(list)
    for address, text in house.rows(
        "SELECT address, text FROM message JOIN conversation ON conversation.id = conversation_id"
        " JOIN thread ON thread.id = thread_id WHERE \"by\" = 'customer'"
    ):
        kept[address].append(text)
    for customer in crowd.customers:
        assert sorted(kept[str(customer.person.id)]) == sorted(customer.written)
    assert house.rows("SELECT result, count(*) FROM updates WHERE result = 'defect' GROUP BY result") == []


def once_booked(crowd: Crowd) -> None:
    """Every customer has her one appointment, on a seat that nobody else has."""
    rows = crowd.town.house.rows("SELECT customer_id, resource_id, seat, starts_at, status FROM appointment")
    assert [status for *_, status in rows if status != "booked"] == []
    assert len(rows) == len({row[0] for row in rows}) == len({row[1:4] for row in rows}) == len(crowd.customers)


def said(crowd: Crowd) -> dict[str, list[str]]:
    """What the house said to each lane, in order: all of it was sent."""
    wanted: dict[str, list[str]] = defaultdict(list)
    for lane, kind, payload, state in crowd.town.house.rows(
        "SELECT lane, kind, payload, state FROM job WHERE lane IS NOT NULL AND kind <> 'edit' ORDER BY id"
    ):
        assert state == "done", f"{lane}: a {kind} is {state}"
        content = json.loads(payload)
        wanted[lane].append(content["name"] if kind == "file" else plain(content["text"]))
    assert crowd.town.house.rows("SELECT id FROM message WHERE \"by\" = 'bot' AND state <> 'sent'") == []
    return wanted


def heard_twice(customer: Customer, wanted: list[str]) -> int:
    """How much came twice to a customer who was to hear this; AssertionError where something is missing or early."""
    heard = [
        event.message.file.name if event.message.file else event.message.text
        for event in customer.person.chat.events
        if event.kind == "sent" and event.by == "bot" and event.message is not None
    ]
    return more(customer.lane, heard, wanted)


def more(where: str, heard: list[str], wanted: list[str]) -> int:
    """How much more was heard than wanted, all of it said again at once; AssertionError where it is anything else."""
    runs = [(text, len(list(run))) for text, run in groupby(heard)]
    due = [(text, len(list(run))) for text, run in groupby(wanted)]
    assert [text for text, _ in runs] == [text for text, _ in due], f"{where}: {heard} instead of {wanted}"
    assert all(count >= least for (_, count), (_, least) in zip(runs, due, strict=True)), where
    return len(heard) - len(wanted)


def plain(text: str) -> str:
    """The text of a message without its markup."""
    return html.unescape(re.sub(r"<[^>]+>", "", text)).strip()
