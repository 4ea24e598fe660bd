"""The desk and the operator keep orders up to date: one at a time, or as a file says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from bot.ability import action
from bot.dialog import Turn
from bot.office import order_changes
from bot.office.orders import order_number
from bot.update import Face
from bot.values import Standing


@action("set_order", Face.VA, Face.OPERATOR)
async def set_order(turn: Turn) -> None:
    """Sets how an order stands: ``number``, ``status``, and perhaps ``expected`` (ISO) and ``note``.

    Answers with ``number``, ``status`` and ``told``, the number of conversations that hear of it.
    """
    given = turn.given
    try:
        status = Standing(given["status"])
        expected = date.fromisoformat(given["expected"]) if given.get("expected") else None
        number = order_number(str(given["number"])) or str(given["number"])
        told = order_changes.set_status(
            turn.write, turn.client, number, status, turn.now, expected_on=expected, note=given.get("note") or ""
        )
    except (LookupError, ValueError) as wrong:
        turn.answer(error=str(wrong.args[0]))
    else:
        turn.answer(number=number, status=status.value, told=told)


@action("import_orders", Face.VA, Face.OPERATOR)
async def import_orders(turn: Turn) -> None:
    """Takes orders of a file: ``orders``, at most 500 lines as ``order_file.read_orders`` gives them.

    Answers with how many are ``added``, ``changed`` and ``same``, and how many conversations are ``told``.
    """
    turn.answer(**asdict(order_changes.take(turn.write, turn.client, turn.given["orders"], turn.now)))
