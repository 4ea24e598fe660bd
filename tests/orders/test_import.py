"""An order file taken: new orders, changes of known ones, and who hears of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.office.order_changes import MOST
from bot.office.order_file import read_orders, slices
from bot.update import Face
from bot.values import Client
from tests.orders.shop import NOON, Shop

CLIENT = Client(1, "shop", 1, "Shop", ("en",), "Europe/Rome", country="IT", currency="EUR")


async def take(shop: Shop, text: str) -> list[Any]:
    """What the acts that take a file bring back."""
    lines = read_orders(text.encode(), "orders.csv", CLIENT)
    return [await shop.operate("import_orders", orders=part) for part in slices(lines)]


async def test_new_and_known_orders(either_shop: Shop) -> None:
    shop = either_shop
    await shop.add_order("1042")
    await shop.add_order("1043")
    shop.now = NOON + timedelta(days=1)
    text = (
        "number,status,name,phone,email,expected_on,total,note,items\n"
        "1042,ready,,,,2026-11-30,,Gate B,\n"
        "1043,,,,,,,,\n"
        "1044,,Jan Nowak,+48 601 234 567,jan@example.com,2026-12-01,85.50,Ring twice,2 x Tube | Tyre\n"
    )
    assert await take(shop, text) == [{"added": 1, "changed": 1, "same": 1, "told": 0}]
    rows = await shop.query(
        "select number, status, name, phone, email, total, note, cast(expected_on as varchar) from orders"
        " order by number"
    )
    assert rows == [
        ("1042", "ready", "Anna Rossi", "+393331234567", "anna@example.com", 12000, "Gate B", "2026-11-30"),
        ("1043", "in_progress", "Anna Rossi", "+393331234567", "anna@example.com", 12000, "", None),
        ("1044", "accepted", "Jan Nowak", "+48601234567", "jan@example.com", 8550, "Ring twice", "2026-12-01"),
    ]
    events = "select o.number, e.status, e.note from order_event e join orders o on o.id = e.order_id order by e.id"
    assert (await shop.query(events))[2:] == [("1042", "ready", "Gate B"), ("1044", "accepted", "Ring twice")]
    await shop.write("/order 1044")
    assert await shop.write("jan@example.com") == [
        "Order 1044.\nStatus: accepted, since 24 November.\nExpected: Tuesday 1 December.\n2 × Tube\n1 × Tyre\n"
        "Total: €85.50.\nNote: Ring twice\nShall I tell you whenever it changes? [Yes, tell me]"
    ]


async def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    text = "number,status,phone,items,expected_on\n1,ready,333 123 4567,Tube,2026-12-01\n2,shipped,-,-,-\n"
    assert await take(shop, text) == [{"added": 2, "changed": 0, "same": 0, "told": 0}]
    assert await take(shop, text) == [{"added": 0, "changed": 0, "same": 2, "told": 0}]
    assert await shop.query("select count(*) from order_event") == [(2,)]


async def test_a_dash_empties(shop: Shop) -> None:
    await shop.add_order("1042", note="Old")
    assert await take(shop, "number,email,note,items,total\n1042,-,-,-,-\n") == [
        {"added": 0, "changed": 1, "same": 0, "told": 0}
    ]
    assert await shop.query("select email, note, total, phone from orders") == [("", "", None, "+393331234567")]


async def test_whoever_watches_hears_of_what_matters_to_her(either_shop: Shop) -> None:
    shop = either_shop
    await shop.add_order("1042")
    await shop.write("/order 1042")
    await shop.write("anna@example.com")
    await shop.press("Yes, tell me")
    assert (await take(shop, "number,name\n1042,Anna Bianchi\n"))[0]["told"] == 0
    assert (await take(shop, "number,status\n1042,shipped\n"))[0]["told"] == 1
    assert (await shop.fall_due())[0].startswith("Order 1042.\nStatus: shipped, 23 November.")
    assert await shop.query("select count(*) from order_event") == [(2,)]


async def test_another_clients_orders_are_left_alone(shop: Shop) -> None:
    await shop.add_order("1042", client_id=2)
    assert (await take(shop, "number,status\n1042,shipped\n"))[0]["added"] == 1
    assert await shop.query("select client_id, status from orders order by client_id") == [
        (1, "shipped"),
        (2, "in_progress"),
    ]


async def test_a_large_file(either_shop: Shop) -> None:
    shop = either_shop
    text = "number,status,phone\n" + "".join(f"{number},ready,333 123 4567\n" for number in range(1, MOST + 2))
    assert [one["added"] for one in await take(shop, text)] == [MOST, 1]
    again = text.replace("ready", "shipped")
    assert [one["changed"] for one in await take(shop, again)] == [MOST, 1]
    assert await shop.query("select status, count(*) from orders group by status") == [("shipped", MOST + 1)]


async def test_the_desk_may_import_too(shop: Shop) -> None:

    lines = read_orders(b"number\n7", "orders.csv", CLIENT)
    assert (await shop.operate("import_orders", face=Face.VA, orders=lines))["added"] == 1
