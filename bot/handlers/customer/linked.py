"""Who is reached in a chat off her page: a member of the desk, or one of the client's people."""

from __future__ import annotations

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import linking, slips
from bot.values import Contact, Refusal
from storage import alerts, links

GONE = _("This has been dealt with meanwhile.")


@action("link", notice=True)
async def link(turn: Turn) -> None:
    """A code from the inbox links this chat; who it belongs to is greeted by name."""
    code = str(turn.given.get("argument", ""))
    found = linking.redeem(turn.write, turn.client, turn.conversation.id, code, turn.now)
    if found is None:
        raise Refusal(_("This code is no longer valid. A new one is made in the inbox."))
    if found.language:
        turn.change(language=found.language)
    told = _("Linked: {name}. You'll be alerted here.") if found.of_desk else _("Linked: {name}. Messages come here.")
    turn.say(told, name=found.name)


@action("seen", notice=True)
async def seen(turn: Turn) -> None:
    """Who was alerted has seen it: the next in the chain is left in peace."""
    staff_id, contact_id = links.here(turn.rows, turn.conversation.id)
    ticket_id = argument(turn)
    if alerts.see(turn.write, ticket_id, turn.now, staff_id=staff_id, contact_id=contact_id) is None:
        turn.answer(GONE)
    else:
        turn.answer(_("Noted: you have seen it."))


@action("called_back", notice=True)
async def called_back(turn: Turn) -> None:
    """The contact has dealt with a message herself."""
    contact = its_contact(turn)
    slips.acknowledge(turn.write, turn.client, argument(turn), contact.name, turn.now)
    turn.answer(_("Thank you, it is noted."))


@action("to_desk", notice=True)
async def to_desk(turn: Turn) -> None:
    """The contact lets the desk call back instead."""
    contact = its_contact(turn)
    slips.give_back(turn.write, turn.client, argument(turn), contact.name, turn.now)
    turn.answer(_("The assistant takes it from here."))


def argument(turn: Turn) -> int:
    """The ticket that a button is about, as row id; none where somebody made it up."""
    said = str(turn.given.get("argument", ""))
    return int(said) if said.isdecimal() and len(said) < 19 else 0


def its_contact(turn: Turn) -> Contact:
    """The contact who is reached here, where the message is still to be dealt with. Raises Refusal."""
    _staff, contact_id = links.here(turn.rows, turn.conversation.id)
    contact = next((one for one in turn.client.contacts if one.id == contact_id), None)
    standing = slips.stands(turn.rows, turn.client, argument(turn))
    if contact is None or not standing:
        raise Refusal(GONE)
    return contact
