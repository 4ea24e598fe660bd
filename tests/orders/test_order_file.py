"""An order file is read whole or not at all, and what is wrong is named by line and column."""

from __future__ import annotations

import pytest

from bot.office.order_changes import MOST
from bot.office.order_file import BadOrders, read_orders, slices
from bot.values import Client

SHOP = Client(1, "shop", 1, "Shop", ("it", "en"), "Europe/Rome", country="IT", currency="EUR")


def faults(text: str | bytes) -> list[str]:
    content = text.encode() if isinstance(text, str) else text
    with pytest.raises(BadOrders) as caught:
        read_orders(content, "orders.csv", SHOP)
    return list(caught.value.faults)


def test_all_columns() -> None:
    text = (
        "number,status,name,phone,email,expected_on,total,note,items,items\n"
        "1042,in_progress,Anna  Rossi,333 123 4567,Anna@Example.com,2026-11-26,120.50,Call first,"
        "2 x Tube | Tyre,3× Lock\n"
    )
    assert read_orders(text.encode(), "orders.csv", SHOP) == [
        {
            "number": "1042",
            "status": "in_progress",
            "name": "Anna Rossi",
            "phone": "+393331234567",
            "email": "Anna@example.com",
            "expected_on": "2026-11-26",
            "total": 12050,
            "note": "Call first",
            "items": [
                {"name": "Tube", "quantity": 2},
                {"name": "Tyre", "quantity": 1},
                {"name": "Lock", "quantity": 3},
            ],
        }
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\N{ZERO WIDTH NO-BREAK SPACE}"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write(separator: str, mark: str, end: str) -> None:
    rows = [["Number", "Expected on", "Note"], ["a-1", "26/11/2026", '"two\nlines"'], ["", "", ""], ["7", "", ""]]
    text = mark + end.join(separator.join(row) for row in rows) + end
    assert read_orders(text.encode(), "orders.csv", SHOP) == [
        {"number": "A-1", "expected_on": "2026-11-26", "note": "two\nlines"},
        {"number": "7"},
    ]


@pytest.mark.parametrize(
    ("cell", "minor"),
    [
        ("85", 8500), ("85.5", 8550), ("85,50", 8550), ("1.234,50", 123450), ("1,234.50", 123450), ("1 234,50", 123450),
        ("1.234.567", 123456700), ("12 EUR", 1200), ("0", 0),
    ],
)  # fmt: skip
def test_amounts(cell: str, minor: int) -> None:
    assert read_orders(f"number;total\n1;{cell}".encode(), "orders.csv", SHOP) == [{"number": "1", "total": minor}]


@pytest.mark.parametrize("cell", ["-5", "1.2.3", "12.345,678", "1,234,50", "abc", "1e5", "99999999", "٣", "NaN"])
def test_no_amounts(cell: str) -> None:
    (fault,) = faults(f"number;total\n1;{cell}")
    assert fault.startswith("orders.csv, line 2: column 'total': must be an amount of EUR")


@pytest.mark.parametrize(
    ("cell", "status"),
    [("shipped", "shipped"), ("In Progress", "in_progress"), ("in lavorazione", "in_progress"), ("GOTOWE", "ready")],
)
def test_statuses(cell: str, status: str) -> None:
    assert read_orders(f"number,status\n1,{cell}".encode(), "orders.csv", SHOP) == [{"number": "1", "status": status}]


def test_every_fault_is_named_with_its_line() -> None:
    text = (
        "number,status,phone,email,expected_on,note\n"
        '1,ready,333 1234567,,,"over\ntwo lines"\n'
        "2,gone,12,anna@,31/02/2026,\n"
        "??,ready,,,,\n"
        "\n"
        "4,ready,,,\n"
        "1,ready,,,,\n"
    )
    assert faults(text) == [
        "orders.csv, line 4: column 'status': must be one of requested, accepted, in_progress, ready, shipped, "
        "delivered, cancelled, not 'gone'",
        "orders.csv, line 4: column 'phone': must be a phone number such as +39 02 1234 5678, not '12'",
        "orders.csv, line 4: column 'email': must be an e-mail address, not 'anna@'",
        "orders.csv, line 4: column 'expected_on': must be a day such as 2026-11-26 or 26/11/2026, not '31/02/2026'",
        "orders.csv, line 5: column 'number': must be a number such as 1042 or A-1042, not '??'",
        "orders.csv, line 7: has 5 cells and not 6, as the first line has",
        "orders.csv, line 8: column 'number': 1 stands on line 2 already",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"", "line 1: there must be a column 'number'"),
        (b"status\nready", "line 1: there must be a column 'number'"),
        (b"number,number\n1,2", "line 1: column 'number' stands there twice"),
        (b"number\n1\n\xff\xfe", "line 3: is not written in UTF-8; save the file as CSV UTF-8"),
        (b'number,note\n1,"open', "line 2: unexpected end of data"),
        (b"number,phone\n1,333 1234567 or later", "line 2: column 'phone': must be a phone number such as"),
        (b"number,name\n1," + b"x" * 81, "line 2: column 'name': must not be longer than 80 characters"),
        (b"number,items\n1," + b"a|" * 51, "line 2: column 'items': has 51 items, the most are 50"),
        (b"number\n" + b"1" * 33, "line 2: column 'number': must be a number such as 1042 or A-1042"),
        (b"number\n12 34", "line 2: column 'number': must be a number such as 1042 or A-1042, not '12 34'"),
    ],
)
def test_what_cannot_be_taken(text: bytes, fault: str) -> None:
    (found,) = faults(text)
    assert found.startswith(f"orders.csv, {fault}")


def test_an_unknown_column_is_named() -> None:
    (fault,) = faults("number,colour\n1,red")
    assert "there is no column 'colour'; there are number, status, name" in fault


def test_a_dash_empties_and_nothing_leaves() -> None:
    assert read_orders(b"number,phone,note,items\n1,-,,-", "orders.csv", SHOP) == [
        {"number": "1", "phone": None, "items": None}
    ]


def test_what_cannot_be_seen_is_left_out() -> None:
    text = "number,name,note\n\u200b1,An\x00na \u202eR,a <b> {x} %s 🚲"
    assert read_orders(text.encode(), "orders.csv", SHOP) == [
        {"number": "1", "name": "Anna R", "note": "a <b> {x} %s 🚲"}
    ]


def test_a_large_file_comes_in_slices() -> None:
    text = "number\n" + "\n".join(str(number) for number in range(1, MOST * 2 + 2))
    parts = list(slices(read_orders(text.encode(), "orders.csv", SHOP)))
    assert [len(part) for part in parts] == [MOST, MOST, 1]
    assert [line["number"] for part in parts for line in part] == [str(number) for number in range(1, MOST * 2 + 2)]
