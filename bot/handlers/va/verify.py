"""The desk vouches for who a customer is."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import customers
from bot.questions.phone import written_number
from bot.update import Face


@action("verify", Face.VA, Face.OPERATOR)
async def verify(turn: Turn) -> None:
    """The customer of the talk is verified by the word of ``by``, perhaps with the ``phone`` that is vouched for.

    She hears it. Answers with the ``customer``, as row id, the ``phone`` that stands for her, and how many other
    records of hers were ``merged`` into it.
    """
    if not turn.talks:
        turn.answer(error="This is not about a conversation.")
        return
    said = str(turn.given.get("phone") or "")
    phone = written_number(said, turn.client.country) if said else ""
    if phone is None:
        turn.answer(error=f"{said} is no phone number.")
        return
    merged = len(customers.unseen(turn.rows, turn.client, phone or turn.customer.phone))
    turn.customer = customers.verify(turn.write, turn.customer, "va", turn.now, phone)
    turn.say(_("Thank you, that's right. From now on I know who you are."))
    turn.answer(customer=turn.customer.id, phone=turn.customer.phone, merged=merged)
