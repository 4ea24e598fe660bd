"""A customer has something that can't wait."""

from __future__ import annotations

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office.hearing import hear
from bot.office.tickets import customer_waits
from bot.questions.greeting import Part, own_words
from bot.questions.hand_over import hand_over
from bot.questions.phone import shown_phone
from bot.values import Holder
from storage import tickets


@command("urgent", _("It's urgent"), notice=True)
@wish("urgent")
async def urgent(turn: Turn) -> None:
    """The client's urgent words at once; then a person, before everything else. It works while the desk holds, too."""
    words = str(turn.given.get("words", ""))
    if words and being_handled(turn):
        customer_waits(turn.write, turn.client, turn.conversation, turn.now)
        return
    parts = urgent_words(turn)
    if parts:
        turn.say_lines(parts)
    hand_over(turn, (_("Urgent: {what}"), {"what": words}) if words else (_("Urgent"), {}), urgent=True)
    standing = tickets.open_chat(turn.rows, turn.conversation.id)
    if standing is not None:
        hear(turn.write, turn.client, "urgent", turn.now, urgent=True, ticket=standing.id)


def being_handled(turn: Turn) -> bool:
    """Whether a person has this as an urgent matter already, so that another urgent word adds nothing."""
    if turn.conversation.holder is Holder.BOT:
        return False
    standing = tickets.open_chat(turn.rows, turn.conversation.id)
    return standing is not None and standing.urgent


def urgent_words(turn: Turn) -> list[Part]:
    """What the client wants to be said at once, and the number on call where that does not name it."""
    text, phone = turn.client.text("urgent"), turn.client.urgent_phone
    parts = own_words(turn, text)
    if phone and digits(phone) not in digits(text.read(turn.language)):
        parts.append((_("If it can't wait, please call: {phone}."), {"phone": shown_phone(phone)}))
    return parts


def digits(text: str) -> str:
    """The digits of a text."""
    return "".join(sign for sign in text if sign.isdigit())
