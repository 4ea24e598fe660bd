"""What customers write of orders: a number, a proof, items and how many."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast
from zoneinfo import ZoneInfo

import pytest

from bot.dialog import Turn
from bot.office.orders import order_number
from bot.questions.basket import Quantity, Wish
from bot.questions.which_order import OrderNumber, Proof
from bot.reading import Ear, rest
from bot.update import Face, Json, Kind, Thread, Update
from bot.values import Client, ClientText, Conversation, Customer, Invalid, Item

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def item(key: str, en: str, it: str, pl: str, price: int | None = 100) -> Item:
    return Item(1, key, ClientText((("en", en), ("it", it), ("pl", pl))), price)


SHOP = Client(
    1, "shop", 1, "Shop", ("en", "it", "pl"), "Europe/Rome", country="IT",
    catalogue=(
        item("tube", "Inner tube", "Camera d'aria", "Dętka"),
        item("tyre", "Tyre", "Copertone", "Opona"),
        item("guard", "Chain guard", "Carter", "Osłona łańcucha"),
        item("lock", "Lock and chain", "Lucchetto e catena", "Zapięcie i łańcuch"),
        item("wheel", "Hand-built wheel", "Ruota su misura", "Koło na miarę", None),
    ),
)  # fmt: skip


def a_turn(language: str = "en") -> Turn:
    update = Update(
        id="1", channel="t", account="a", face=Face.CUSTOMER, kind=Kind.TEXT, target=Thread("t", "a", "1"), at=NOON
    )
    talk = Conversation(1, 1, 1, Thread("t", "a", "1"), language)
    return Turn(update, cast("object", None), NOON, SHOP, Customer(1, 1), talk)  # type: ignore[arg-type]


def ear(language: str = "en") -> Ear:
    return Ear(language, NOON, ZoneInfo("Europe/Rome"))


@pytest.mark.parametrize(
    ("said", "number", "left"),
    [
        ("1042", "1042", ""),
        (" #1042. ", "1042", ""),
        ("a-1042", "A-1042", ""),
        ("Order 1042", "1042", ""),
        ("order no. A/77-b", "A/77-B", ""),
        ("n. 7", "7", ""),
        ("ordine n° 1042", "1042", ""),
        ("zamówienie nr 1042", "1042", ""),
        ("where is my order 1042?", "1042", None),
        ("dov'è l'ordine numero 12, grazie", "12", None),
        ("Gdzie jest zamówienie 2026/11/7", "2026/11/7", "Gdzie jest"),
        ("it was 1042 I think, my phone is 333 123 4567", "1042", None),
        ("333 123 4567, order 1042", "1042", None),
        ("１０４２", "1042", ""),
    ],
)
def test_order_numbers(said: str, number: str, left: str | None) -> None:
    found = OrderNumber(a_turn()).read(said, ear())
    assert found is not None
    assert found.value == number
    assert left is None or rest(said, found) == left


@pytest.mark.parametrize(
    "said",
    [
        "", "hello", "my order", "+39 333 123 4567", "333 123 4567", "anna@example.com", "has my order of 12/11 come?",
        "tomorrow at 3", "order please", "no. order no order no. order no",
    ],
)  # fmt: skip
def test_no_order_numbers(said: str) -> None:
    assert OrderNumber(a_turn()).read(said, ear()) is None


@pytest.mark.parametrize("said", ["order no " * 450, "1" * 4096, "#" * 4096, "1-" * 2000, "a1 " * 1300])
def test_long_texts_are_read_at_once(said: str) -> None:
    found = OrderNumber(a_turn()).read(said, ear())
    assert found is None or order_number(found.value) == found.value
    assert Wish(a_turn(), first=True).read(said, ear()) is None


@pytest.mark.parametrize("number", ["", "-", "x" * 33, "1 2", "1--2", "<b>", "1042\n1", 7, None])
def test_a_number_is_checked(number: Json) -> None:
    with pytest.raises(Invalid):
        OrderNumber(a_turn()).check(number)


def test_a_number_is_kept_in_one_way() -> None:
    assert order_number(" a-1042\u200b ") == "A-1042" == OrderNumber(a_turn()).check("a-1042")


@pytest.mark.parametrize(
    ("said", "proof"),
    [
        ("333 123 4567", "+393331234567"),
        ("it was +353 87 123 4567", "+353871234567"),
        ("Anna@Example.COM", "Anna@example.com"),
    ],
)
def test_proofs(said: str, proof: str) -> None:
    found = Proof(a_turn("it")).read(said, ear("it"))
    assert found is not None
    assert Proof(a_turn()).check(found.value) == proof


def test_no_proofs() -> None:
    assert Proof(a_turn()).read("I don't know", ear()) is None
    for said in ("anna@", "+39 1"):
        with pytest.raises(Invalid):
            Proof(a_turn()).read(said, ear())


def test_only_her_own_contact_is_a_proof() -> None:
    for own, expected in ((True, "+393331234567"), (False, None)):
        update = Update(
            id="1", channel="t", account="a", face=Face.CUSTOMER, kind=Kind.CONTACT, target=None, at=NOON,
            data={"phone": "393331234567", "own": own},
        )  # fmt: skip
        found = Proof(a_turn()).take(update)
        assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("language", "said", "wanted", "left"),
    [
        ("en", "inner tube", ["tube", None], ""),
        ("en", "2 inner tubes", ["tube", 2], ""),
        ("en", "I'd like two tyres please", ["tyre", 2], None),
        ("en", "Tyre x 3", ["tyre", 3], ""),
        ("en", "the wheel", ["wheel", None], None),
        ("en", "2 inner tubes and a tyre", ["tube", 2], "and a tyre"),
        ("en", "3x tyre, 2 x tubes", ["tyre", 3], "2 x tubes"),
        ("en", "1 lock and chain", ["lock", 1], ""),
        ("it", "due camere d'aria e un copertone", ["tube", 2], "e un copertone"),
        ("it", "Lucchetto e catena", ["lock", None], ""),
        ("pl", "trzy opony", ["tyre", 3], ""),
        ("pl", "dętka i dwie opony", ["tube", None], "i dwie opony"),
    ],
)
def test_items(language: str, said: str, wanted: Json, left: str | None) -> None:
    found = Wish(a_turn(language), first=True).read(said, ear(language))
    assert found is not None
    assert found.value == wanted
    assert left is None or rest(said, found) == left


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "that's all"), ("en", "no"), ("it", "è tutto"), ("pl", "nie, dziękuję"), ("pl", "to wszystko")],
)
def test_that_is_all(language: str, said: str) -> None:
    found = Wish(a_turn(language), first=False).read(said, ear(language))
    assert found is not None
    assert Wish(a_turn(language), first=False).check(found.value) is None
    assert Wish(a_turn(language), first=True).read(said, ear(language)) is None


@pytest.mark.parametrize(
    ("said", "count"), [("3", 3), ("three", 3), ("tre", 3), ("trzy sztuki", 3), ("12 pcs", 12), ("0", 0)]
)
def test_quantities(said: str, count: int) -> None:
    found = Quantity(a_turn(), SHOP.catalogue[0]).read(said, ear())
    assert found is not None
    assert Quantity(a_turn(), SHOP.catalogue[0]).check(found.value) == count


@pytest.mark.parametrize("value", [-1, 1000, "3", None, True, 1.5])
def test_a_quantity_is_checked(value: Json) -> None:
    with pytest.raises(Invalid):
        Quantity(a_turn(), SHOP.catalogue[0]).check(value)


@pytest.mark.parametrize("value", [["gone", 1], ["", 0]])
def test_a_first_item_must_be_there(value: Json) -> None:
    with pytest.raises(Invalid):
        Wish(a_turn(), first=True).check(value)
