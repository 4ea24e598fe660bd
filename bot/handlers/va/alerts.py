"""How the desk, and the client's people, are reached off their pages."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office.linking import GOOD_FOR
from bot.update import Face
from bot.values import DAY, Refusal
from storage import links, staff


@action("link_code", Face.VA, Face.OPERATOR)
async def link_code(turn: Turn) -> None:
    """The code with this ``digest`` links, once and soon, whoever sends it to a bot of ours.

    It is for the client's ``contact`` (a key), else for the member herself, at any bot of a client she is given; the
    operator says for which (``staff``, a name).
    """
    digest, until = str(turn.given["digest"]), turn.now + GOOD_FOR
    if turn.given.get("contact"):
        contact = the_contact(turn)
        links.give_code(turn.write, digest, until, turn.now, client_id=turn.client.id, contact_id=contact)
    else:
        links.give_code(turn.write, digest, until, turn.now, staff_id=the_member(turn))


@action("unlink", Face.VA)
async def unlink(turn: Turn) -> None:
    """The client's ``contact``, else the member herself, is reached off her page no more."""
    if turn.given.get("contact"):
        links.unlink(turn.write, contact_id=the_contact(turn))
    else:
        links.unlink(turn.write, staff_id=int(turn.update.writer.id))


@action("alerting", Face.VA)
async def alerting(turn: Turn) -> None:
    """Keeps of which ``kinds`` of ticket the member wants to be alerted, and her ``quiet`` hours (two minutes)."""
    start, end = (int(minute) for minute in turn.given["quiet"])
    kinds = set(turn.given["kinds"])
    if not (0 <= start < DAY and 0 <= end < DAY) or not kinds <= set(links.KINDS):
        raise Refusal(_("From when to when?"))
    links.want(turn.write, int(turn.update.writer.id), kinds, (start, end))


def the_member(turn: Turn) -> int:
    """The member who acts, or for whom the operator does, as row id."""
    if turn.update.face is Face.VA:
        return int(turn.update.writer.id)
    name = str(turn.given.get("staff") or "").casefold()
    found = next((one.id for one in staff.everybody(turn.rows) if one.name.casefold() == name), None)
    if found is None:
        raise Refusal(_("Nobody at the desk is called so."))
    return found


def the_contact(turn: Turn) -> int:
    """The client's contact that is meant, as row id."""
    contact = turn.client.contact(str(turn.given["contact"]))
    if contact is None:
        raise Refusal(_("This contact is gone."))
    return contact.id
