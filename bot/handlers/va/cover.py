"""The desk hands a client to a colleague from day to day."""

from __future__ import annotations

from datetime import date

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import cover, homes
from bot.update import Face
from bot.values import Refusal
from storage import covers, staff


@action("plan_cover", Face.VA)
async def plan_cover(turn: Turn) -> None:
    """Lets ``colleague`` (id) work for the client in the place of who asks, from ``first`` to ``last`` (ISO days).

    ``word`` is for the colleague, and ``texts`` by language for who calls meanwhile. Answers with the ``cover``.
    """
    given, who = turn.given, staff.by_id(turn.rows, int(turn.update.writer.id))
    assert who is not None, "who asks works here"
    try:
        first, last = (date.fromisoformat(str(given.get(name))) for name in ("first", "last"))
        colleague = int(given["colleague"])
    except ValueError:
        raise Refusal(_("Please say who covers, and from which day to which.")) from None
    texts = {language: str(said).strip() for language, said in dict(given.get("texts") or {}).items()}
    said = {language: words for language, words in texts.items() if words and language in turn.client.languages}
    word = str(given.get("word") or "").strip()
    made = cover.plan(turn.write, turn.client, who, colleague, first, last, turn.now, word=word, texts=said)
    turn.answer(cover=made)


@action("end_cover", Face.VA)
async def end_cover(turn: Turn) -> None:
    """Ends ``cover`` now, or withdraws it: who is covered may, who covers, and an administrator."""
    one = covers.by_id(turn.rows, turn.client.id, int(turn.given["cover"]))
    member = staff.by_id(turn.rows, int(turn.update.writer.id))
    assert member is not None, "who asks works here"
    if one is None or (member.role != "admin" and member.id not in {one.staff_id, one.colleague_id}):
        raise Refusal(_("This is between the two of them."))
    cover.end(turn.write, turn.client, one.id, turn.now)
    homes.changed(turn.write, turn.client, turn.now)
