"""Whoever watches an order hears of every change: in her language, outside quiet hours, also while the desk answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from tests.orders.shop import NOON, Shop

NIGHT: Final = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)  # half past eleven in Rome
MORNING: Final = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
BUTTONS: Final = "[The whole order] [No more notices, thank you]"
NOT_OPEN: Final = "That order isn't open here. To see it, ask for the order status. [Order status]"


async def opened(shop: Shop, number: str = "1042") -> None:
    """The customer has proved that she may see the order."""
    await shop.write(f"/order {number}")
    await shop.write("anna@example.com")


async def watching(shop: Shop) -> None:
    """The customer is to hear of every change of order 1042."""
    await shop.add_order("1042")
    await opened(shop)
    await shop.press("Yes, tell me")


async def test_every_change_is_told(either_shop: Shop) -> None:
    shop = either_shop
    await shop.add_order("1042")
    await opened(shop)
    assert await shop.press("Yes, tell me") == [
        "Order 1042: I'll tell you here whenever it changes. [No more notices, thank you]"
    ]
    done = await shop.operate("set_order", number="1042", status="ready", expected="2026-11-26", note="Gate B")
    assert done == {"number": "1042", "status": "ready", "told": 1}
    assert await shop.fall_due() == [
        f"Order 1042.\nStatus: ready, since 23 November.\nExpected: Thursday 26 November.\nNote: Gate B {BUTTONS}"
    ]
    assert (await shop.press("The whole order"))[0].startswith("Order 1042.\nStatus: ready")
    assert await shop.press("No more notices, thank you") == [
        "Order 1042: I won't send any more notices. You can ask at any time."
    ]
    assert (await shop.operate("set_order", number="1042", status="shipped"))["told"] == 0
    assert await shop.fall_due() == []


async def test_in_the_language_of_each(shop: Shop) -> None:
    await watching(shop)
    other = shop.another("2", "pl")
    await other.write("/order 1042")
    await other.write("anna@example.com")
    await other.press("Tak, proszę o powiadomienia")
    assert (await shop.operate("set_order", number="1042", status="ready"))["told"] == 2
    assert await shop.fall_due() == [f"Order 1042.\nStatus: ready, since 23 November. {BUTTONS}"]
    assert await other.hear() == [
        "Zamówienie 1042.\nStan: gotowe, od 23 listopada. [Całe zamówienie] [Dziękuję, bez powiadomień]"
    ]


async def test_at_night_it_waits_and_tells_how_things_stand_by_then(shop: Shop) -> None:
    await watching(shop)
    shop.now = NIGHT
    await shop.operate("set_order", number="1042", status="ready")
    await shop.operate("set_order", number="1042", status="shipped")
    assert await shop.fall_due() == []
    shop.now = MORNING
    assert await shop.fall_due() == [f"Order 1042.\nStatus: shipped, 23 November. {BUTTONS}"]


async def test_who_no_longer_watches_by_then_hears_nothing(shop: Shop) -> None:
    await watching(shop)
    shop.now = NIGHT
    await shop.operate("set_order", number="1042", status="ready")
    await shop.press("No more notices, thank you")
    shop.now = MORNING
    assert await shop.fall_due() == []


async def test_also_while_the_desk_answers(shop: Shop) -> None:
    await watching(shop)
    await shop.change("update conversation set holder = 'desk'")
    await shop.operate("set_order", number="1042", status="ready")
    assert await shop.fall_due() == [f"Order 1042.\nStatus: ready, since 23 November. {BUTTONS}"]
    assert (await shop.press("The whole order"))[0].startswith("Order 1042.")
    assert (await shop.press("No more notices, thank you"))[0].startswith("Order 1042: I won't")
    assert await shop.query("select holder from conversation") == [("desk",)]


async def test_a_change_does_not_disturb_a_dialog(shop: Shop) -> None:
    await watching(shop)
    await shop.write("/buy tyre")
    await shop.operate("set_order", number="1042", status="ready")
    assert len(await shop.fall_due()) == 1
    assert (await shop.write("2"))[0].startswith("2 × Tyre. Anything else?")


async def test_an_old_button_works_and_the_question_comes_back(shop: Shop) -> None:
    await shop.add_order("1042")
    await opened(shop)
    asked = await shop.write("/buy")
    watching = await shop.press("Yes, tell me")
    assert watching == ["Order 1042: I'll tell you here whenever it changes. [No more notices, thank you]", *asked]


async def test_pressed_twice_is_once(shop: Shop) -> None:
    await watching(shop)
    assert await shop.press("Yes, tell me") == []
    assert shop.reply is not None
    assert shop.reply.toast == "Already taken."


async def test_a_forged_button_opens_nothing(either_shop: Shop) -> None:
    shop = either_shop
    await shop.add_order("1042")
    await shop.add_order("7", client_id=2)
    for ability in ("watch_order", "unwatch_order", "show_order"):
        for number in ("1042", "7", "9999", "", "' or 1=1", "1042:1"):
            assert await shop.forge(f"={ability}:{number}") == [NOT_OPEN]
    assert await shop.query("select * from order_watch") == []


async def test_nothing_new_is_not_told(shop: Shop) -> None:
    await watching(shop)
    assert await shop.operate("set_order", number="1042", status="in_progress") == {
        "number": "1042", "status": "in_progress", "told": 0,
    }  # fmt: skip
    assert (await shop.operate("set_order", number="1042", status="in_progress", note="Soon"))["told"] == 1
    assert await shop.fall_due() == [f"Order 1042.\nStatus: in progress, since 23 November.\nNote: Soon {BUTTONS}"]


async def test_since_is_when_the_status_began(shop: Shop) -> None:
    await watching(shop)
    shop.now = NOON + timedelta(days=2)
    await shop.operate("set_order", number="1042", status="in_progress", expected="2026-11-30")
    assert await shop.fall_due() == [
        f"Order 1042.\nStatus: in progress, since 23 November.\nExpected: Monday 30 November. {BUTTONS}"
    ]


async def test_what_cannot_be_set_is_said(shop: Shop) -> None:
    await shop.add_order("1042")
    assert await shop.operate("set_order", number="9", status="ready") == {"error": "shop has no order 9"}
    assert await shop.operate("set_order", number="1042", status="gone") == {
        "error": "The status must be one of requested, accepted, in_progress, ready, shipped, delivered, cancelled, "
        "not 'gone'."
    }
    assert await shop.operate("set_order", number="1042", status="ready", expected="soon") == {
        "error": "The expected day must be a day such as 2026-11-26 or 26/11/2026, not 'soon'."
    }
    assert await shop.query("select status from orders") == [("in_progress",)]
