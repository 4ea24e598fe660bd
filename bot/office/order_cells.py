"""What the cells of an order file say: each is read as its column asks, or a ValueError tells what it must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Final

from babel.numbers import get_currency_precision

from bot.i18n import show
from bot.office.orders import STATUS, order_number
from bot.reading import Ear, Reading, fold
from bot.reading.names import NAME_LIMIT
from bot.reading.phones import read_email, read_phone
from bot.reading.team import standings
from bot.update import Json
from bot.values import LANGUAGES, Client, Invalid, Standing

NOTE_LIMIT: Final = 1000
MOST_ITEMS: Final = 50
ITEM: Final = re.compile(r"(?:(?P<count>[0-9]{1,4}) ?[x×] ?)?(?P<name>.+)")
AMOUNT: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:(?P<group>[.,])[0-9]{3})(?:(?P=group)[0-9]{3})*|[0-9]+)(?:(?P<point>[.,])(?P<rest>[0-9]{1,2}))?"
)
WHEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""Phones and addresses read the same at any time."""


def number(cell: str, _: Client) -> str:
    """An order's number, as we keep it."""
    said = order_number(cell)
    if said is None:
        raise ValueError(f"must be a number such as 1042 or A-1042, not {told(cell)}")
    return said


def status(cell: str, client: Client) -> str:
    """A status, by its name or as customers read it."""
    said = statuses().get(fold(cell).replace(" ", "_"))
    if said is None:
        raise ValueError(f"must be one of {', '.join(Standing)}, not {told(cell)}")
    return said.value


@cache
def statuses() -> Mapping[str, Standing]:
    """All that a status may be called, folded."""
    shown = {
        fold(show(STATUS[one], language, UTC)).replace(" ", "_"): one for one in Standing for language in LANGUAGES
    }
    called = {said.replace(" ", "_"): Standing(status) for said, status in standings().items()}
    return called | shown | {one.value: one for one in Standing}


def name(cell: str, _: Client) -> str:
    """A person's name."""
    return within(" ".join(cell.split()), NAME_LIMIT)


def phone(cell: str, client: Client) -> str:
    """A phone number as E.164, read as one dials it in the client's country."""
    return proof(cell, lambda: read_phone(cell, ear(client), client.country), "a phone number such as +39 02 1234 5678")


def email(cell: str, client: Client) -> str:
    """An e-mail address."""
    return proof(cell, lambda: read_email(cell, ear(client)), "an e-mail address")


def proof(cell: str, read: Callable[[], Reading | None], wanted: str) -> str:
    """What was read, if it is all that the cell says."""
    try:
        found = read()
    except Invalid:
        found = None
    if found is None or (cell[: found.span[0]] + cell[found.span[1] :]).strip(" ()."):
        raise ValueError(f"must be {wanted}, not {told(cell)}")
    return str(found.value)


def ear(client: Client) -> Ear:
    """How the client writes."""
    return Ear(client.languages[0], WHEN, client.zone)


def expected_on(cell: str, _: Client) -> str:
    """A day, as ISO, of 2026-11-26, 26/11/2026, 26.11.2026 or 26-11-2026."""
    local = re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", cell)
    try:
        day = date(int(local[4]), int(local[3]), int(local[1])) if local else date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"must be a day such as 2026-11-26 or 26/11/2026, not {told(cell)}") from None
    return day.isoformat()


def total(cell: str, client: Client) -> int:
    """Minor units of the client's currency: pennies behind a point or a comma, the other between thousands."""
    plain = re.sub(r"\s", "", cell.removesuffix(client.currency))
    found = AMOUNT.fullmatch(plain)
    minor = Decimal("nan")
    if found and not (found["group"] and found["group"] == found["point"]):
        amount = Decimal(re.sub(r"[.,]", "", found["whole"]) + "." + (found["rest"] or "0"))
        minor = amount.scaleb(get_currency_precision(client.currency))
    if not minor.is_finite() or minor != minor.to_integral_value() or minor >= 1 << 31:
        raise ValueError(f"must be an amount of {client.currency} such as 85.50, not {told(cell)}")
    return int(minor)


def note(cell: str, _: Client) -> str:
    """Words for the customer."""
    return within(cell, NOTE_LIMIT)


def items(cell: str, _: Client) -> list[Mapping[str, Json]]:
    """What was ordered, of "2 x Inner tube | Tyre"."""
    found = [ITEM.fullmatch(" ".join(part.split())) for part in cell.split("|") if part.strip()]
    if len(found) > MOST_ITEMS:
        raise ValueError(f"has {len(found)} items, the most are {MOST_ITEMS}")
    return [{"name": within(one["name"], 200), "quantity": int(one["count"] or 1)} for one in found if one]


def within(text: str, limit: int) -> str:
    """The text, if it is not too long."""
    if len(text) > limit:
        raise ValueError(f"must not be longer than {limit} characters")
    return text


def told(cell: str) -> str:
    """A cell as it is named in a fault."""
    return repr(cell if len(cell) <= 40 else f"{cell[:40]}…")


CELLS: Final[Mapping[str, Callable[[str, Client], Json]]] = {
    "number": number,
    "status": status,
    "name": name,
    "phone": phone,
    "email": email,
    "expected_on": expected_on,
    "total": total,
    "note": note,
    "items": items,
}
"""The columns of an order file, and how each is read."""
