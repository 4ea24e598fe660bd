"""Who a customer is: her own contact, a code, the desk's word; and what she then finds again as hers."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, insert

from bot.update import Kind
from tests.desk.conftest import NOON, Desk, act
from tests.door import T

KNOWN = "+48600100200"
WRONG = "That code isn't right, or it is no longer valid."
RIGHT = "Thank you, that's right. From now on I know who you are."


async def imported(desk: Desk, phone: str = KNOWN) -> None:
    """The shop knows somebody by her phone, from its own books: she has an order, and another order has no owner."""

    def fill(write: Connection) -> None:
        customer = {"client_id": 1, "name": "Anna Nowak", "phone": phone, "email": "anna@example.com", "folded": ""}
        one = write.execute(
            insert(T["customer"])
            .values(created_at=NOON, language="", verified_by="", **customer)
            .returning(T["customer"].c.id)
        ).scalar_one()
        for number, owner in (("A-1", one), ("A-2", None)):
            write.execute(
                insert(T["orders"]).values(
                    client_id=1, number=number, customer_id=owner, phone=phone, changed_at=NOON, created_at=NOON
                )
            )

    await desk.database.transact(fill)


async def her_orders(desk: Desk) -> list[str]:
    rows = await desk.query(
        "select number from orders join customer on customer.id = orders.customer_id "
        "join thread on thread.customer_id = customer.id order by number"
    )
    return [number for (number,) in rows]


async def test_her_own_contact_proves_her_and_brings_what_is_hers(desk: Desk) -> None:
    await imported(desk)
    await desk.write("/start")
    said = await desk.send(Kind.CONTACT, data={"phone": "48600100200", "own": True})
    assert said == ["Thank you, your number is confirmed: +48 600 100 200."]
    assert await her_orders(desk) == ["A-1", "A-2"]
    rows = "select name, phone, email, verified_by from customer where merged_into is null"
    assert await desk.query(rows) == [("Anna Nowak", KNOWN, "anna@example.com", "contact")]


async def test_a_typed_number_proves_nothing(desk: Desk) -> None:
    await imported(desk)
    await desk.write("/message")
    for words in ("The roof leaks.", "Eva", "+48 600 100 200", "At any time", "yes"):
        await desk.write(words)
    assert await desk.query("select phone, verified_by from customer order by id") == [(KNOWN, ""), (KNOWN, "")]
    assert await her_orders(desk) == []


async def test_somebody_elses_contact_proves_nothing(desk: Desk) -> None:
    await imported(desk)
    await desk.write("/start")
    await desk.send(Kind.CONTACT, data={"phone": "48600100200", "own": False})
    assert await her_orders(desk) == []


async def test_a_proven_number_is_not_replaced_by_a_typed_one(desk: Desk) -> None:
    await imported(desk)
    await desk.write("/start")
    await desk.send(Kind.CONTACT, data={"phone": "39333111222", "own": True})
    await desk.write("/message")
    for words in ("The roof leaks.", "Eva", "+48 600 100 200", "At any time"):
        await desk.write(words)
    assert (await desk.write("yes"))[-1].startswith("Noted: message no. 1001. Reply to: +48 600 100 200")
    assert ("+39333111222", "contact") in await desk.query("select phone, verified_by from customer")
    assert await her_orders(desk) == []


async def test_the_contact_is_taken_while_a_dialog_asks_for_a_phone(desk: Desk) -> None:
    await imported(desk)
    await desk.write("/message")
    await desk.write("The roof leaks.")
    await desk.write("Eva")
    await desk.send(Kind.CONTACT, data={"phone": "48600100200", "own": True})
    assert await her_orders(desk) == ["A-1", "A-2"]


async def test_another_customer_with_the_same_number_stays_herself(desk: Desk) -> None:
    await desk.write("/start")
    await desk.send(Kind.CONTACT, data={"phone": "48600100200", "own": True})
    other = desk.another("2")
    await other.write("/start")
    await other.send(Kind.CONTACT, data={"phone": "48600100200", "own": True})
    assert await desk.query("select merged_into from customer") == [(None,), (None,)]


async def test_the_desks_word_proves_her(desk: Desk) -> None:
    await imported(desk)
    await desk.write("/human")
    reply = await act(desk, "verify", by="Giulia", phone="+48 600 100 200")
    assert reply.data == {"customer": 2, "phone": KNOWN, "merged": 1}
    assert (await desk.hear())[-1] == RIGHT
    assert await her_orders(desk) == ["A-1", "A-2"]
    assert (await act(desk, "verify", phone="12")).error == "12 is no phone number."


async def test_a_code_is_good_once_and_for_a_day(desk: Desk) -> None:
    await imported(desk)
    given = (await act(desk, "give_code", of_client=True, phone=KNOWN)).data
    assert str(given["code"]) not in str(await desk.query("select digest from proof"))
    await desk.write("/start")
    assert await desk.write("/code") == ["Please write the code you were given."]
    assert await desk.write(str(given["code"]).lower()[:4] + " " + str(given["code"])[4:]) == [RIGHT]
    assert await her_orders(desk) == ["A-1", "A-2"]
    assert ("Anna Nowak", "code") in await desk.query("select name, verified_by from customer")
    other = desk.another("2")
    assert (await other.write(f"/code {given['code']}"))[0].startswith(WRONG)


async def test_a_code_ends(desk: Desk) -> None:
    await desk.write("/human")
    given = (await act(desk, "give_code")).data
    await act(desk, "hand_back")
    desk.now += timedelta(hours=24)
    await desk.hear()
    assert (await desk.write(f"/code {given['code']}"))[0].startswith(WRONG)


async def test_five_wrong_codes_are_enough(desk: Desk) -> None:
    await desk.write("/human")
    given = (await act(desk, "give_code")).data
    await act(desk, "hand_back")
    await desk.write("/code")
    for number in range(4):
        assert (await desk.write(f"ABCDEFG{number}"))[0].startswith(WRONG)
    enough = "That code isn't right either, so I can't take another one today. Shall I ask a person?"
    assert (await desk.write("ABCDEFG9"))[0].startswith(enough)
    assert (await desk.write(f"/code {given['code']}"))[0].startswith(enough)
    assert await desk.query("select verified_by from customer") == [("",)]


async def test_a_code_for_nobody_is_an_error(desk: Desk) -> None:
    reply = await act(desk, "give_code", of_client=True, phone=KNOWN)
    assert reply.error == "Nobody who has not written yet is known by that phone number."
