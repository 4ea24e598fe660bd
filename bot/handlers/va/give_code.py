"""The desk makes a code by which a customer can show who she is."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.office import customers
from bot.questions.phone import written_number
from bot.update import Face


@action("give_code", Face.VA, Face.OPERATOR)
async def give_code(turn: Turn) -> None:
    """A code for the customer of the talk or, on a client, for whoever it knows by ``phone`` and has never written.

    The desk gives it to her by another way, on the phone say, and she writes it here. Answers with the ``code`` and
    ``until`` when it is good (ISO).
    """
    if turn.talks:
        customer_id = turn.customer.id
    else:
        phone = written_number(str(turn.given.get("phone") or ""), turn.client.country)
        known = customers.unseen(turn.rows, turn.client, phone) if phone else []
        if not known:
            turn.answer(error="Nobody who has not written yet is known by that phone number.")
            return
        customer_id = known[0].id
    code, until = customers.give_code(turn.write, turn.client, customer_id, turn.now)
    turn.answer(code=code, until=until.isoformat())
