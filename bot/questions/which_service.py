"""Which of the client's services is meant."""

from __future__ import annotations

from typing import Any

from bot.dialog import Turn
from bot.dialog.asking import Ask
from bot.i18n import _
from bot.questions.choice import GONE, Choice, OneOf
from bot.update import Json
from bot.values import Invalid, Refusal, Service


class OneService(OneOf[Service]):
    """Takes one of the client's services, which it needs no list of all choices to check and to show."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn, lambda: [Choice(one.key, one.name, one, one.synonyms) for one in turn.client.services])

    def check(self, value: Json) -> Service:
        service = self.turn.client.service(str(value))
        if service is None:
            raise Invalid(GONE)
        return service

    def show(self, value: Any) -> Any:
        return value.name


def which_service(turn: Turn) -> Ask[Service]:
    """The question what is to be booked, unless a button says it or there is only one thing.

    Raises Refusal where there is nothing at all.
    """
    services = turn.client.services
    if not services:
        raise Refusal(_("There is nothing to book here. You can leave a message."))
    argument = turn.given.get("argument")
    given = turn.client.service(str(argument)) if argument else None
    only = given or (services[0] if len(services) == 1 else None)
    return turn.ask(
        "service",
        _("What would you like to book?"),
        OneService(turn),
        label=_("Service"),
        known=only.key if only is not None else None,
    )
