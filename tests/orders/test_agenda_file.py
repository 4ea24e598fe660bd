"""A client's agenda as a file: what it says, what is wrong with it, and taking it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.office.agenda_file import read_agenda
from bot.office.order_file import BadOrders
from bot.values import Client, ClientText, Resource, Service

CUT = Service(1, "cut", ClientText((("it", "Taglio"), ("en", "Haircut"))), 30, (1, 2))
COLOUR = Service(2, "colour", ClientText((("it", "Colore"),)), 60, (1,))
CLIENT = Client(
    1, "salon", 1, "Salone", ("it", "en"), "Europe/Rome", country="IT", services=(CUT, COLOUR),
    resources=(Resource(1, "anna", "Anna Bò", "staff"), Resource(2, "bruno", "Bruno", "staff")),
)  # fmt: skip
HEAD = "date;time;service;resource;name;phone;note\n"


def read(text: str) -> list[dict[str, Any]]:
    return read_agenda(text.encode(), "agenda.csv", CLIENT)


def test_what_the_lines_say() -> None:
    assert read(
        HEAD + "26/11/2026;9.30;taglio;anna bo;Eva Neri;333 123 4567;con cane\n2026-11-26;15:00;colour;;Ugo;;\n"
    ) == [
        {
            "at": "2026-11-26T09:30",
            "service": "cut",
            "resource": "anna",
            "name": "Eva Neri",
            "phone": "+393331234567",
            "note": "con cane",
        },
        {"at": "2026-11-26T15:00", "service": "colour", "resource": "anna", "name": "Ugo"},
    ]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("26/11;9:30;cut;anna;Eva;;", "line 2: column 'date': must be a day"),
        ("26/11/2026;25:30;cut;anna;Eva;;", "line 2: column 'time': must be a time"),
        ("26/11/2026;9:30;perm;anna;Eva;;", "line 2: column 'service': must be one of cut, colour"),
        ("26/11/2026;9:30;cut;carla;Eva;;", "line 2: column 'resource': must be one of anna, bruno"),
        ("26/11/2026;9:30;cut;;Eva;;", "line 2: column 'resource': must be one of anna, bruno, who give cut"),
        ("26/11/2026;9:30;colour;bruno;Eva;;", "line 2: column 'resource': must be one of anna, who give colour"),
        ("26/11/2026;9:30;cut;anna;;;", "line 2: column 'name': must say whose it is"),
        ("26/11/2026;9:30;cut;anna;Eva;12;", "line 2: column 'phone': must be a phone number"),
    ],
)
def test_a_bad_line_is_named(line: str, fault: str) -> None:
    with pytest.raises(BadOrders) as error:
        read(HEAD + line + "\n")
    assert any(fault in one for one in error.value.faults), error.value.faults


def test_a_line_that_stands_twice_and_columns_that_lack() -> None:
    line = "26/11/2026;9:30;cut;anna;Eva;;\n"
    with pytest.raises(BadOrders, match="line 3: is line 2 again"):
        read(HEAD + line * 2)
    with pytest.raises(BadOrders, match="there must be a column 'service'"):
        read("date;time;name\n")
