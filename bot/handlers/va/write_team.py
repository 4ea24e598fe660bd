"""The desk writes to the client's team."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import team_talk, tickets
from bot.questions.worked import worked
from bot.update import Attachment, Face, OfClient
from bot.values import Refusal
from storage import jobs, team_lines


@action("write_team", Face.VA)
async def write_team(turn: Turn) -> None:
    """Lets the client's team read ``text``, with ``files``, about ``ticket``: no customer does. Answers with its id."""
    ticket = tickets.the_ticket(turn.rows, turn.client, turn.given)
    text, files = str(turn.given.get("text") or "").strip(), list(turn.given.get("files") or ())
    if not text and not files:
        raise Refusal(_("There is nothing to say."))
    attached = [Attachment(**one) for one in files]
    said = team_talk.write(turn.write, turn.client, ticket, text, turn.update.writer.name, turn.now, attached)
    worked(turn, "message", ticket_id=ticket.id)
    turn.answer(message=said)


@action("bring_team", Face.VA)
async def bring_team(turn: Turn) -> None:
    """Tries again to bring ``message`` (a row id) to the client's team."""
    found = team_lines.one(turn.rows, turn.client.id, int(turn.given["message"]))
    if found is None or found.state == "sent":
        raise Refusal(_("This message did not fail."))
    data, client_id = {"message": found.id}, turn.client.id
    jobs.later(turn.write, "team_message", turn.now, OfClient(client_id), client_id=client_id, data=data)
