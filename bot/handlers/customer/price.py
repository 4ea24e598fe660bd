"""A customer asks what something costs."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ability import action, wish
from bot.dialog import Turn, button
from bot.i18n import _
from bot.questions.choice import Choice, one_of
from bot.questions.greeting import Part
from bot.questions.menu import offer_person
from bot.values import Item, Service

MOST = 15
"""Things whose prices are told at once."""


@action("price", title=_("Prices"))
@wish("price")
async def price(turn: Turn) -> None:
    """The price of what the words name, else all prices; a person knows those that stand nowhere."""
    client = turn.client
    asked = named(turn)
    things: Sequence[Service | Item] = [asked] if asked is not None else [*client.services, *client.catalogue]
    if not any(one.price is not None for one in things):
        offer_person(turn, _("I don't have a price for that. Shall I ask a person?"))
        return
    book = isinstance(asked, Service) and not turn.conversation.dialogs
    buttons = [[button(_("Book an appointment"), "book", asked.key)]] if asked is not None and book else []
    turn.say_lines([told(turn, one) for one in things[:MOST]], buttons=buttons)


def named(turn: Turn) -> Service | Item | None:
    """The one thing that the words name."""
    client = turn.client
    things: list[Service | Item] = [*client.services, *client.catalogue]
    choices = [Choice(place, one.name, one, words(one)) for place, one in enumerate(things)]
    read = one_of(turn, lambda: choices).spot(str(turn.given.get("said", "")), turn.ear)
    return things[int(str(read.value))] if read is not None and not read.alternatives else None


def words(one: Service | Item) -> tuple[str, ...]:
    """What else it may be called."""
    return one.synonyms if isinstance(one, Service) else ()


def told(turn: Turn, one: Service | Item) -> Part:
    """A thing and its price, on a line."""
    if one.price is None:
        return (_("{item}: the price is on request"), {"item": one.name})
    return (_("{item}: {price}"), {"item": one.name, "price": turn.client.money(one.price)})
