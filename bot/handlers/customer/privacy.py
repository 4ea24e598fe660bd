"""A customer asks what is kept of her, wants a copy of it, or wants it erased."""

from __future__ import annotations

from typing import Any

from bot.ability import command, wish
from bot.dialog import Turn
from bot.i18n import _, _n
from bot.office import privacy as data
from bot.questions.agreed import agreed
from bot.questions.choice import Choice, OneOf, one_of
from bot.questions.greeting import Part, own_words
from bot.update import Attachment


@command("privacy", _("Privacy"))
@wish("privacy")
async def privacy(turn: Turn) -> None:
    """What is kept and how long; then a copy, or the erasure after a confirmation, or nothing."""
    turn.say_lines(kept(turn))
    wanted = await turn.ask("wanted", _("What would you like to do?"), choice(turn))
    if wanted == "copy":
        content = data.copy(turn.rows, turn.who)
        file = Attachment("document", name=f"{turn.client.slug}.json", mime="application/json", content=content)
        turn.say(_("Here is a copy of all that is kept about you."), attach=file)
    elif wanted == "erase":
        await erase(turn)
    else:
        turn.say(_("All right."))


def choice(turn: Turn) -> OneOf[str]:
    """A reader of what she wants, which takes nothing from the words that led here: "my data" says none of it."""
    choices = [
        Choice("copy", _("A copy of my data"), "copy"),
        Choice("erase", _("Erase my data"), "erase"),
        Choice("nothing", _("Nothing, thank you"), "nothing"),
    ]
    reader = one_of(turn, lambda: choices)
    reader.leftovers = False
    return reader


def kept(turn: Turn) -> list[Part]:
    """What is kept and how long."""
    own, days = own_words(turn, turn.client.text("privacy")), turn.client.keeps_days
    what: list[Part] = own or [
        (_("We keep your contact details, your appointments and orders, and this conversation."), {})
    ]
    years: dict[str, Any] = {"n": days // 365}
    if days and days % 365 == 0:
        return [*what, (_n("Messages are erased after {n} year.", "Messages are erased after {n} years."), years)]
    return [*what, (_n("Messages are erased after {n} day.", "Messages are erased after {n} days."), {"n": days})]


async def erase(turn: Turn) -> None:
    """Erases what is kept, once she is sure."""
    sure = await turn.ask(
        "sure",
        _(
            "Your name, your numbers, this conversation and its files will be erased for good. Appointments and orders "
            "stay in our books without your name, and what is still to come stays booked. Shall I erase it all?"
        ),
        agreed(turn, _("Yes, erase my data"), _("No, keep it")),
    )
    if not sure:
        turn.say(_("All right, nothing is erased."))
        return
    data.erase(turn.write, turn.who)
    turn.customer = type(turn.customer)(turn.customer.id, turn.customer.client_id, reminders=turn.customer.reminders)
    turn.change(last_in_at=None)
    turn.say(
        _("It is done: your name and your numbers are gone, and this conversation follows within minutes. Goodbye.")
    )
