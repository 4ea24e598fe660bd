"""The desk and the operator keep orders up to date: one at a time, or as a file says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.ability import action
from bot.dialog import Turn
from bot.office import order_cells, order_changes
from bot.office.orders import order_number
from bot.update import Face
from bot.values import Client, Standing


@action("set_order", Face.VA, Face.OPERATOR)
async def set_order(turn: Turn) -> None:
    """Sets how an order stands: ``number``, ``status``, and perhaps ``expected`` (a day) and ``note``.

    Answers with ``number``, ``status`` and ``told``, the number of conversations that hear of it.
    """
    client, given = turn.client, turn.given
    number = order_number(str(given["number"])) or str(given["number"])
    try:
        status = Standing(said("status", order_cells.status, given.get("status"), client))
        day = said("expected day", order_cells.expected_on, given.get("expected"), client)
        note = said("note", order_cells.note, given.get("note"), client)
        expected = date.fromisoformat(day) if day else None
        told = order_changes.set_status(turn.write, client, number, status, turn.now, expected_on=expected, note=note)
    except (LookupError, ValueError) as wrong:
        turn.answer(error=str(wrong))
    else:
        turn.answer(number=number, status=status.value, told=told)


@action("import_orders", Face.VA, Face.OPERATOR)
async def import_orders(turn: Turn) -> None:
    """Takes orders of a file: ``orders``, at most 500 lines as ``order_file.read_orders`` gives them.

    Answers with how many are ``added``, ``changed`` and ``same``, and how many conversations are ``told``.
    """
    turn.answer(**asdict(order_changes.take(turn.write, turn.client, turn.given["orders"], turn.now)))


def said(what: str, read: Callable[[str, Client], str], given: Any, client: Client) -> str:
    """What was given, read as an order file's cell is; empty where nothing was."""
    if not given:
        return ""
    try:
        return read(str(given), client)
    except ValueError as wrong:
        raise ValueError(f"The {what} {wrong}.") from None
