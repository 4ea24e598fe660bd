"""Who is meant by an act of the desk that is for somebody: a known customer, or a name and a number."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import _
from bot.office.callers import Given
from bot.questions.phone import written_number
from bot.update import Json
from bot.values import Refusal


def given_caller(given: Mapping[str, Json], country: str) -> Given:
    """The caller whom an act's data name: ``customer`` (a row id), or ``name``, ``phone`` and ``language``.

    Raises Refusal where the number is none.
    """
    typed = str(given.get("phone") or "").strip()
    phone = written_number(typed, country) if typed else ""
    if phone is None:
        raise Refusal(_("{phone} is no telephone number."), phone=typed[:40])
    id = given.get("customer")
    name, language = (str(given.get(part) or "").strip()[:120] for part in ("name", "language"))
    return Given(int(id) if id else None, name, phone, language)
