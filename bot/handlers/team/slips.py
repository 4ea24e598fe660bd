"""A member takes a message on: she has called back, answers the customer, or gives it to the assistant."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import Row

from bot.ability import action
from bot.dialog import Turn
from bot.i18n import _
from bot.office import slips, team_talk
from bot.office.hearing import hear
from bot.posts import Block, Input, Modal, line
from bot.questions import told_message, told_news
from bot.questions.member import argument, by, of_those_named, value
from bot.update import Face, InConversation
from bot.values import Msgid, Refusal
from storage import callers, jobs, reach, tickets
from storage import slips as kept
from storage.slips import Taken

LONGEST: Final = 3000
GONE: Final = _("This message is not kept any more.")
TAKEN: Final = _("{name} has taken this on already.")
LANGUAGE: Final[dict[str, Msgid]] = {"it": _("Italian"), "en": _("English"), "pl": _("Polish")}
SEES: Final = "→ ✓"
"""What the desk reads of who sees to something: it needs no translation beside her name."""
NETWORK: Final = {"telegram": "Telegram"}


@action("slip_called", Face.TEAM)
async def slip_called(turn: Turn) -> None:
    """She has called back."""
    of_those_named(turn)
    ticket, _found = the_slip(turn)
    slips.acknowledge(turn.write, turn.client, ticket.id, by(turn).name, turn.now)


@action("slip_give", Face.TEAM)
async def slip_give(turn: Turn) -> None:
    """The assistant is to call back, or do what the message asks for."""
    of_those_named(turn)
    ticket, _found = the_slip(turn)
    slips.give_back(turn.write, turn.client, ticket.id, by(turn).name, turn.now)


@action("urgent_seen", Face.TEAM)
async def urgent_seen(turn: Turn) -> None:
    """She sees to what can't wait: nobody after her is asked, and the desk reads it."""
    of_those_named(turn)
    ticket = the_ticket(turn)
    if ticket.data.get("seen_by"):
        raise Refusal(TAKEN, name=str(ticket.data["seen_by"]))
    name = by(turn).name
    tickets.put_data(turn.write, ticket.id, {**ticket.data, "seen_by": name})
    team_talk.answered(turn.write, turn.client, ticket.id, name, SEES, turn.now)
    hear(turn.write, turn.client, "urgent", turn.now, urgent=True, ticket=ticket.id)


@action("slip_open", Face.TEAM)
async def slip_open(turn: Turn) -> None:
    """Shows a message to who is entitled to it, where its post does not say it."""
    of_those_named(turn)
    ticket, found = the_message(turn)
    post = told_message.message_post(turn.client, ticket, found, opened=True)
    turn.open(told_news.reading("slip_open", line(_("Message {n}"), n=found.number), post))


@action("urgent_open", Face.TEAM)
async def urgent_open(turn: Turn) -> None:
    """Shows what can't wait to who is entitled to it, where its post does not say it."""
    of_those_named(turn)
    ticket = the_ticket(turn)
    caller = callers.by_id(turn.rows, turn.client.id, ticket.customer_id) if ticket.customer_id is not None else None
    post = told_message.urgent_post(turn.client, ticket, caller.called if caller is not None else "", opened=True)
    turn.open(told_news.reading("urgent_open", _("What was written"), post))


@action("slip_reply", Face.TEAM)
async def slip_reply(turn: Turn) -> None:
    """Opens the form of an answer to the customer: it says to whom it goes, in which language, and on which network."""
    of_those_named(turn)
    ticket, found = the_slip(turn)
    talk = the_talk(turn, ticket)
    caller = callers.by_id(turn.rows, turn.client.id, ticket.customer_id)
    to = line(_("This goes to the customer: {name}."), name=(caller.called if caller else "") or found.name)
    tongue = line(_("Language: {language}"), language=LANGUAGE[talk.language])
    network = line(_("On: {network}"), network=NETWORK.get(talk.channel, talk.channel))
    words = Input(name="words", label=_("Your answer"), form="long", most=LONGEST)
    turn.open(
        Modal(
            act="slip_replied",
            title=_("Answer a customer"),
            parts=(Block(lines=(to, tongue, network)), words),
            submit=_("Send to the customer"),
            private={"id": str(ticket.id)},
        )
    )


@action("slip_replied", Face.TEAM)
async def slip_replied(turn: Turn) -> None:
    """Sends the answer in her name: the only way from here to a customer."""
    of_those_named(turn)
    ticket, _found = the_slip(turn)
    words = value(turn, "words", LONGEST)
    if not words:
        turn.wrong(words=_("There is nothing to say."))
        return
    the_talk(turn, ticket)
    data = {"text": words, "by": by(turn).name}
    target = InConversation(ticket.conversation_id)
    jobs.later(turn.write, "team_reply", turn.now, target, client_id=turn.client.id, data=data)
    slips.acknowledge(turn.write, turn.client, ticket.id, by(turn).name, turn.now)


def the_ticket(turn: Turn) -> Row[Any]:
    """The ticket that a button is about. Raises Refusal where it is not kept any more."""
    ticket = tickets.by_id(turn.rows, turn.client.id, argument(turn)[0])
    if ticket is None:
        raise Refusal(GONE)
    return ticket


def the_message(turn: Turn) -> tuple[Row[Any], Taken]:
    """The message that a button is about, with its ticket. Raises Refusal where it is not kept any more."""
    ticket = the_ticket(turn)
    found = kept.taken(turn.rows, turn.client.id, ticket.id)
    if found is None:
        raise Refusal(GONE)
    return ticket, found


def the_slip(turn: Turn) -> tuple[Row[Any], Taken]:
    """The open message that a button is about. Raises Refusal, saying whose it is, where somebody has it."""
    ticket, found = the_message(turn)
    whose = ticket.data.get("given_by")
    if found.state == "done":
        whose = str(ticket.outcome).rpartition(" by ")[2] or _("the assistant")
    if whose:
        raise Refusal(TAKEN, name=whose)
    return ticket, found


def the_talk(turn: Turn, ticket: Row[Any]) -> reach.Reached:
    """The customer's talk. Raises Refusal where she can't be written to."""
    talk = reach.talk(turn.rows, turn.client.id, ticket.conversation_id) if ticket.conversation_id else None
    if talk is None or not talk.reachable:
        raise Refusal(_("This customer can't be written to: please call."))
    return talk
