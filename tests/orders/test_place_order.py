"""Placing an order: from the catalogue or in free words, read back, then a number, a ticket and a promise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import pytest

from bot.update import Kind
from tests.orders.shop import Shop, in_lines

ITEMS: Final = "[Inner tube · €8.50] [Tyre · €34.00] [Hand-built wheel]"
WHAT: Final = f"What would you like to order? {ITEMS}"
NAME: Final = "What name shall I put the order under?"
PHONE: Final = "On which number can we reach you? [Share my number]"
READ_BACK: Final = "[Yes, order it] [Change something] [Add a note]"


def back(lines: str, question: str = "Shall I place the order?") -> list[str]:
    """An order by Anna, read back."""
    return [f"Let me read it back.\n{lines}\nName: Anna\nPhone: +39 333 123 4567\n{question} {READ_BACK}"]


async def who(shop: Shop) -> list[str]:
    """The customer says who she is."""
    assert await shop.write("Anna") == [PHONE]
    return await shop.write("+39 333 123 4567")


async def order(shop: Shop) -> tuple[Any, ...]:
    """The one order there is."""
    (row,) = await shop.query("select number, status, total, note, name, phone from orders")
    return row


async def test_by_buttons(either_shop: Shop) -> None:
    shop = either_shop
    assert await shop.write("/buy") == [WHAT]
    assert await shop.press("Inner tube · €8.50") == [
        "Inner tube: how many? [1] [2] [3] [4] [5] [6] [None, take it off]"
    ]
    assert await shop.press("2") == [f"2 × Inner tube. Anything else? {ITEMS} [That's all]"]
    await shop.press("Tyre · €34.00")
    assert await shop.press("1") == [f"2 × Inner tube and 1 × Tyre. Anything else? {ITEMS} [That's all]"]
    assert await shop.press("That's all") == [NAME]
    assert await who(shop) == back(
        "Inner tube: 2 · €17.00\nTyre: 1 · €34.00", "Total: €51.00. Shall I place the order?"
    )
    assert await shop.press("Yes, order it") == [
        "Your order is with us. Number: 1001.\nA person will answer here by 16:00.\n"
        "I'll tell you here whenever it changes. [Order status]"
    ]
    assert await order(shop) == ("1001", "requested", 5100, "", "Anna", "+393331234567")
    assert await shop.query("select kind, number, subject, state from ticket") == [
        ("order", 1001, "Order 1001: 2 × Inner tube, 1 × Tyre", "open")
    ]
    assert await shop.query("select name, phone, verified_by from customer") == [("Anna", "+393331234567", "")]
    assert await shop.press("Order status") == [
        "Order 1001.\nStatus: requested, since 23 November.\n2 × Inner tube\n1 × Tyre\nTotal: €51.00.\n"
        "I'll tell you here whenever it changes. [No more notices, thank you]"
    ]


async def test_she_hears_of_what_becomes_of_it(shop: Shop) -> None:
    await shop.write("/buy 2 tyres")
    await shop.write("that's all")
    await who(shop)
    await shop.press("Yes, order it")
    assert (await shop.operate("set_order", number="1001", status="accepted", expected="2026-11-25"))["told"] == 1
    assert (await shop.fall_due())[0].startswith(
        "Order 1001.\nStatus: accepted, since 23 November.\nExpected: Wednesday 25 November."
    )


@pytest.mark.parametrize(
    ("language", "words", "asked"),
    [
        ("en", "I'd like to order 2 inner tubes and a tyre", "2 × Inner tube and 1 × Tyre. Anything else?"),
        (
            "it",
            "Vorrei ordinare due camere d'aria e un copertone",
            "2 × Camera d'aria e 1 × Copertone. Desidera altro?",
        ),
        ("pl", "chcę zamówić dwie dętki i jedną oponę", "2 × Dętka i 1 × Opona. Czy coś jeszcze?"),
    ],
)
async def test_all_in_one_sentence(shop: Shop, language: str, words: str, asked: str) -> None:
    shop.language = language
    assert (await shop.write(words))[0].split(" [")[0] == asked


async def test_a_known_customer_is_asked_no_name_and_phone(shop: Shop) -> None:
    await shop.write("/buy")
    await shop.change("update customer set name = 'Anna', phone = '+393331234567'")
    await shop.write("tyre")
    await shop.write("1")
    assert await shop.press("That's all") == back("Tyre: 1 · €34.00", "Total: €34.00. Shall I place the order?")


async def test_a_line_is_changed_and_taken_off(shop: Shop) -> None:
    await shop.write("/buy 2 inner tubes, 1 tyre")
    await shop.write("no")
    await who(shop)
    assert await shop.press("Change something") == ["What would you like to change? [Inner tube] [Tyre] [Name] [Phone]"]
    await shop.press("Inner tube")
    assert await shop.write("three") == back(
        "Inner tube: 3 · €25.50\nTyre: 1 · €34.00", "Total: €59.50. Shall I place the order?"
    )
    await shop.press("Change something")
    await shop.press("Tyre")
    assert await shop.press("None, take it off") == back(
        "Inner tube: 3 · €25.50", "Total: €25.50. Shall I place the order?"
    )
    await shop.press("Change something")
    await shop.press("Inner tube")
    assert await shop.press("None, take it off") == [WHAT]
    assert await shop.query("select * from orders") == []


async def test_what_has_no_price(shop: Shop) -> None:
    await shop.write("/buy 2 wheels")
    await shop.write("no")
    assert await who(shop) == back("Hand-built wheel: 2", "We'll tell you the price first. Shall I place the order?")
    await shop.press("Back")
    await shop.press("Back")
    await shop.press("Back")
    await shop.press("Tyre · €34.00")
    await shop.write("1")
    await shop.press("That's all")
    assert await who(shop) == back(
        "Hand-built wheel: 2\nTyre: 1 · €34.00",
        "Total: €34.00, and what has no price yet, which we'll tell you first. Shall I place the order?",
    )
    await shop.press("Yes, order it")
    assert (await order(shop))[2] is None


async def test_a_price_that_changes_meanwhile_is_read_back_again(shop: Shop) -> None:
    await shop.write("/buy 2 tyres")
    await shop.write("no")
    await who(shop)
    await shop.change_client("update catalogue_item set price = 4000 where key = 'tyre'")
    assert await shop.press("Yes, order it") == back("Tyre: 2 · €80.00", "Total: €80.00. Shall I place the order?")
    await shop.press("Yes, order it")
    assert (await order(shop))[2] == 8000


async def test_what_is_sold_no_more_is_asked_again(shop: Shop) -> None:
    await shop.write("/buy 2 tyres")
    await shop.write("no")
    await who(shop)
    await shop.change_client("update catalogue_item set active = false where key = 'tyre'")
    assert await shop.press("Yes, order it") == [
        "That can't be ordered any more.\nWhat would you like to order? [Inner tube · €8.50] [Hand-built wheel]"
    ]


async def test_a_note(shop: Shop) -> None:
    await shop.write("/buy 1 tyre")
    await shop.write("no")
    await who(shop)
    assert await shop.press("Add a note") == ["What should we know?"]
    await shop.write("Without <b>valves</b>")
    await shop.press("Yes, order it")
    assert (await order(shop))[3] == "Without <b>valves</b>"
    assert await shop.query("select subject from ticket") == [("Order 1001: 1 × Tyre · Without <b>valves</b>",)]


@pytest.mark.parametrize("quantity", ["1000", "9999", "12345"])
async def test_a_quantity_has_its_limit(shop: Shop, quantity: str) -> None:
    await shop.write("/buy tyre")
    said = await shop.write(quantity)
    assert said[0].split("\n")[0] in {
        "Please give a number up to 999.",
        "I didn't quite get that. Please put it another way or choose below.",
    }
    assert "Tyre: how many?" in said[0]


async def test_twenty_lines_are_the_most(shop: Shop) -> None:
    await shop.write("/buy")
    for _line in range(19):
        assert "Anything else?" in (await shop.write("1 tyre"))[0]
    assert await shop.write("1 tyre") == [NAME]


async def test_a_long_catalogue_has_pages(shop: Shop) -> None:
    for place in range(3, 14):
        key, name = f"k{place}", f"Part {place}"
        await shop.change_client(
            "insert into catalogue_item (client_id, key, price, position, active)"
            f" values (1, '{key}', {place * 100}, {place}, true)"
        )
        await shop.change_client(
            f"insert into client_text (client_id, key, language, text) values (1, 'item.{key}', 'en', '{name}')"
        )
    assert (await shop.write("/buy"))[0].endswith("[Part 9 · €9.00] [›]")
    key, message = await shop.find("›")
    await shop.handle(shop.made(Kind.PRESS, name=key, text="›", message=message))
    [(kind, payload)] = await shop.sent()
    last = "[Part 10 · €10.00] [Part 11 · €11.00] [Part 12 · €12.00] [Part 13 · €13.00] [‹]"
    assert (kind, in_lines(payload)) == ("edit", f"What would you like to order? {last}")


async def test_in_free_words(shop: Shop) -> None:
    await shop.change_client("update catalogue_item set active = false")
    assert await shop.write("/buy") == ["What would you like to order? Please describe it in your own words."]
    await shop.write("A cake for <ten>")
    assert await who(shop) == [
        "Let me read it back.\nOrder: A cake for <ten>\nName: Anna\nPhone: +39 333 123 4567\n"
        f"We'll tell you the price first. Shall I place the order? {READ_BACK}"
    ]
    await shop.press("Yes, order it")
    assert await order(shop) == ("1001", "requested", None, "A cake for <ten>", "Anna", "+393331234567")
    assert await shop.query("select subject from ticket") == [("Order 1001: A cake for <ten>",)]


async def test_who_takes_no_orders_says_so(shop: Shop) -> None:
    await shop.change_client("update catalogue_item set active = false")
    await shop.change_client("update client set rules = '{}'")
    assert await shop.write("/buy") == ["Orders can't be placed here. You can leave a message, or ask for a person."]


async def test_a_number_that_a_file_brought_is_not_given_again(shop: Shop) -> None:
    await shop.add_order("1001")
    await shop.add_order("1002")
    await shop.write("/buy 1 tyre")
    await shop.write("no")
    await who(shop)
    assert "Number: 1003." in (await shop.press("Yes, order it"))[0]


async def test_without_a_promise_none_is_made(shop: Shop) -> None:
    await shop.change_client("delete from coverage")
    await shop.write("/buy 1 tyre")
    await shop.write("no")
    await who(shop)
    assert await shop.press("Yes, order it") == [
        "Your order is with us. Number: 1001.\nI'll tell you here whenever it changes. [Order status]"
    ]


async def test_a_proven_number_is_not_replaced_by_a_written_one(shop: Shop) -> None:
    await shop.write("/buy")
    await shop.change("update customer set name = 'Anna', phone = '+393331234567', verified_by = 'contact'")
    await shop.write("1 tyre")
    await shop.write("no")
    await shop.press("Change something")
    await shop.press("Phone")
    await shop.write("+39 02 1234 5678")
    await shop.press("Yes, order it")
    assert (await order(shop))[5] == "+390212345678"
    assert await shop.query("select phone, verified_by from customer") == [("+393331234567", "contact")]


async def test_her_own_contact(shop: Shop) -> None:
    await shop.write("/buy 1 tyre")
    await shop.write("no")
    await shop.write("Anna")
    said = await shop.send(Kind.CONTACT, data={"phone": "393331234567", "own": True})
    assert said == back("Tyre: 1 · €34.00", "Total: €34.00. Shall I place the order?")


async def test_the_total_of_a_night(shop: Shop) -> None:
    """At night the promise is for the morning, counted from when somebody answers."""
    shop.now = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    await shop.write("/buy 1 tyre")
    await shop.write("no")
    await who(shop)
    assert "A person will answer here by 13:00 on Tuesday 24 November." in (await shop.press("Yes, order it"))[0]
