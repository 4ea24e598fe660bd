"""A customer comes in: the greeting, and the menu."""

from __future__ import annotations

from bot.ability import action, command, wish
from bot.dialog import Turn
from bot.i18n import _
from bot.office import linking
from bot.questions.arrival import news
from bot.questions.greeting import hello, opening
from bot.questions.menu import menu, menu_buttons
from bot.rules.hours import is_open
from bot.update import Kind


@command("start", _("Menu"))
@wish("greet")
async def start(turn: Turn) -> None:
    """Greets; a deep link goes on to the service or order it names. Any other stays in the message it came with."""
    payload = str(turn.given.get("payload", ""))
    if payload.startswith(linking.START):  # one of us: she is not greeted as a customer
        turn.begin("link", argument=payload.removeprefix(linking.START))
        return
    linked = destination(turn, payload)
    if linked is not None:
        first = hello(turn) if turn.heard_before is None else []
        if parts := [*first, *news(turn, anew=True)]:
            turn.say_lines(parts)
        turn.begin(linked[0], argument=linked[1])
        return
    if turn.conversation.dialogs and turn.update.kind is not Kind.COMMAND:  # a word in passing: the question stands
        return
    parts = [*hello(turn), *opening(turn), *news(turn, anew=True)]
    if not turn.client.hours or is_open(turn.client, turn.now):
        parts.append((_("How can I help?"), {}))
    turn.say_lines(parts, buttons=menu_buttons(turn))


def destination(turn: Turn, payload: str) -> tuple[str, str] | None:
    """The ability that a deep link names, and its argument: ``book-haircut`` or ``haircut``, ``order-1042``."""
    what, _dash, name = payload.partition("-")
    if what == "order" and name:
        return "order", name
    for key in (name if what == "book" else "", payload):
        service = turn.client.service(key)
        if service is not None:
            return "book", service.key
    return None


@action("menu")
@wish("repeat")
async def back_to_menu(turn: Turn) -> None:
    """The menu alone; where something is under way its question comes next anyway."""
    if not turn.conversation.dialogs:
        menu(turn, _("What can I do for you?"))
