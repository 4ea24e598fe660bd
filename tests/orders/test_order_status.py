"""How an order stands: who may hear it, what is told, and how little a stranger learns."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest

from bot.update import Kind
from tests.orders.shop import NOON, Shop

NUMBER: Final = "What's the number of the order?"
PROOF: Final = "Order 1042: which phone number or e-mail address was given with it?"
NOT_FOUND: Final = f"I don't find an order with that number and that phone or e-mail.\n{NUMBER}"
ENOUGH: Final = (
    "I can't look any further for now, but a person can. Shall I ask one? [Yes, a person please] [No, thank you]"
)
SHALL_I: Final = "Shall I tell you whenever it changes? [Yes, tell me]"
FRAME: Final = "1 × Frame\nTotal: €120.00."


async def test_a_number_and_a_proof(either_shop: Shop) -> None:
    shop = either_shop
    await shop.add_order("1042", expected_on=date(2026, 11, 26))
    assert await shop.write("/order") == [NUMBER]
    assert await shop.write("1042") == [PROOF]
    assert await shop.write("+39 333 123 4567") == [
        f"Order 1042.\nStatus: in progress, since 23 November.\nExpected: Thursday 26 November.\n{FRAME}\n{SHALL_I}"
    ]


@pytest.mark.parametrize(
    ("language", "words", "told"),
    [
        (
            "it",
            ["dov'è il mio ordine 1042?", "ANNA@EXAMPLE.COM"],
            "Ordine 1042.\nStato: in lavorazione, dal 23 novembre.\nData prevista: giovedì 26 novembre.\n1 × Frame\n"
            "Totale: 120,00 €.\nVuole che La avvisi a ogni cambiamento? [Sì, desidero gli avvisi]",
        ),
        (
            "pl",
            ["stan zamówienia nr 1042", "anna@example.com"],
            "Zamówienie 1042.\nStan: w realizacji, od 23 listopada.\nPrzewidywany termin: czwartek, 26 listopada.\n"
            "1 × Frame\nRazem: 120,00 €.\nPowiadamiać o każdej zmianie? [Tak, proszę o powiadomienia]",
        ),
        (
            "en",
            ["where is my order 1042? my e-mail is anna@example.com"],
            "Order 1042.\nStatus: in progress, since 23 November.\nExpected: Thursday 26 November.\n"
            f"{FRAME}\n{SHALL_I}",
        ),
    ],
)
async def test_in_her_language(shop: Shop, language: str, words: list[str], told: str) -> None:
    shop.language = language
    await shop.add_order("1042", expected_on=date(2026, 11, 26))
    said = [await shop.write(one) for one in words]
    assert [" ".join(one.split()) for one in said[-1]] == [" ".join(told.split())]


async def test_an_unknown_number_and_a_wrong_proof_are_answered_alike(shop: Shop) -> None:
    await shop.add_order("1042")
    answers = []
    for number, proof in (("1042", "wrong@example.com"), ("9999", "anna@example.com"), ("9999", "+39 333 123 4567")):
        await shop.write("/order")
        answers.append([await shop.write(number), await shop.write(proof)])
    unknown = PROOF.replace("1042", "9999")
    assert answers == [[[PROOF], [NOT_FOUND]], [[unknown], [NOT_FOUND]], [[unknown], [NOT_FOUND]]]


async def test_another_clients_order_is_unknown(shop: Shop) -> None:
    await shop.add_order("1042", client_id=2)
    await shop.write("/order 1042")
    assert await shop.write("anna@example.com") == [NOT_FOUND]


async def test_an_order_without_phone_and_email_opens_to_nobody(shop: Shop) -> None:
    await shop.add_order("1042", phone="", email="")
    await shop.write("/order 1042")
    assert await shop.write("+39 333 123 4567") == [NOT_FOUND]


async def guess(shop: Shop, times: int) -> list[str]:
    """What is said to the last of so many wrong guesses."""
    said: list[str] = []
    for time in range(times):
        await shop.write(f"/order {2000 + time}")
        said = await shop.write("anna@example.com")
    return said


async def test_guesses_are_limited(either_shop: Shop) -> None:
    shop = either_shop
    await shop.add_order("1042")
    assert await guess(shop, 4) == [NOT_FOUND]
    assert await guess(shop, 1) == [ENOUGH]
    assert await shop.write("/order 1042") == [ENOUGH]  # the right one is not looked at either
    assert await shop.write("/order 3000") == [ENOUGH]


async def test_a_guess_is_never_given_back(shop: Shop) -> None:
    await shop.add_order("1042")
    for _time in range(4):
        await shop.write("/order 2000")
        await shop.write("anna@example.com")
        await shop.press("Never mind")
    await shop.write("/order 2000")
    await shop.press("Back")
    await shop.write("2001")
    assert await shop.write("anna@example.com") == [ENOUGH]
    assert await shop.query("select count from tries") == [(5,)]


async def test_guesses_come_back_after_an_hour(shop: Shop) -> None:
    await shop.add_order("1042")
    await guess(shop, 5)
    shop.now = NOON + timedelta(minutes=61)
    assert await shop.write("/order 1042") == [PROOF]
    assert await guess(shop, 1) == [NOT_FOUND]
    assert await shop.query("select count from tries") == [(1,)]


async def test_the_others_may_still_guess(shop: Shop) -> None:
    await shop.add_order("1042")
    await guess(shop, 5)
    other = shop.another("2")
    await other.write("/order 1042")
    assert (await other.write("anna@example.com"))[0].startswith("Order 1042.")


async def test_a_proof_opens_that_one_order_and_verifies_nobody(shop: Shop) -> None:
    await shop.add_order("1042")
    await shop.add_order("1043")
    await shop.write("/order 1042")
    await shop.write("+39 333 123 4567")
    assert await shop.write("/order 1043") == [PROOF.replace("1042", "1043")]
    assert await shop.query("select verified_by, phone from customer") == [("", "")]


async def test_an_open_order_needs_no_second_proof(shop: Shop) -> None:
    await shop.add_order("1042")
    await shop.write("/order 1042")
    await shop.write("+39 333 123 4567")
    assert await shop.write("/order") == [f"{NUMBER} [1042 · in progress]"]
    assert (await shop.press("1042 · in progress"))[0].startswith("Order 1042.")
    assert await shop.another("2").write("/order") == [NUMBER]


async def test_a_verified_customer_chooses_among_her_own(either_shop: Shop) -> None:
    shop = either_shop
    await shop.add_order("1042")
    await shop.add_order("1043", status="shipped", changed_at=NOON + timedelta(minutes=1))
    await shop.add_order("1044", phone="+393330000000")
    await shop.write("/order")
    await shop.press("Never mind")
    await shop.change("update customer set phone = '+393331234567'")
    assert await shop.write("/order") == [NUMBER]  # a number that is only written proves nothing
    await shop.press("Never mind")
    await shop.change("update customer set verified_by = 'contact'")
    assert await shop.write("/order") == [f"{NUMBER} [1043 · shipped] [1042 · in progress]"]
    assert await shop.press("1043 · shipped") == [f"Order 1043.\nStatus: shipped, 23 November.\n{FRAME}\n{SHALL_I}"]
    assert await shop.write("/order 1044") == [PROOF.replace("1042", "1044")]


async def test_her_own_contact_is_a_proof(shop: Shop) -> None:
    await shop.add_order("1042")
    await shop.write("/order 1042")
    said = await shop.send(Kind.CONTACT, data={"phone": "393331234567", "own": True})
    assert said[0].startswith("Order 1042.")


async def test_a_phone_that_is_none_is_asked_again_and_is_no_guess(shop: Shop) -> None:
    await shop.write("/order 1042")
    assert await shop.write("+39 12") == [
        f"That doesn't look like a phone number. Please write it in full, like +39 02 1234 5678.\n{PROOF}"
    ]
    assert await shop.query("select count from tries") == []


async def test_the_history_is_told(shop: Shop) -> None:
    await shop.add_order("1042", changed_at=NOON - timedelta(days=3))
    await shop.operate("set_order", number="1042", status="ready", note="Gate B")
    shop.now = NOON + timedelta(days=1)
    await shop.operate("set_order", number="1042", status="delivered")
    await shop.write("/order 1042")
    assert await shop.write("anna@example.com") == [
        f"Order 1042.\nStatus: delivered, 24 November.\n{FRAME}\nUntil now:\n23 November: ready. Gate B\n"
        "20 November: in progress"
    ]


async def test_an_ended_order_is_expected_no_more(shop: Shop) -> None:
    await shop.add_order("1042", status="cancelled", expected_on=date(2026, 11, 26))
    await shop.write("/order 1042")
    assert await shop.write("anna@example.com") == [f"Order 1042.\nStatus: cancelled, 23 November.\n{FRAME}"]


async def test_strange_words_are_escaped(shop: Shop) -> None:
    items = [{"name": "<b>{x} %s & 🚲", "quantity": 2}]
    await shop.add_order("1042", items=items, note="<script>", total=None)
    await shop.write("/order 1042")
    said = await shop.write("anna@example.com")
    assert said[0].splitlines()[2:4] == ["2 × <b>{x} %s & 🚲", "Note: <script>"]
