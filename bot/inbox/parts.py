"""The parts of a client that have a page: each with the fields of its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.i18n import _
from bot.inbox.fields import DURATION, WEEK, Field
from bot.values import Msgid

PHONE: Final = _("A phone number such as +39 02 8646 0102.")
EMAIL: Final = _("An e-mail address.")
WHOLE: Final = _("A whole number.")
SHORT: Final = _("At most 60 letters, on one line.")
DEFAULTS: Final = {"refuse": _("refuse"), "allow": _("allow")}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a client: its fields, at ``path`` in the client file; of each entry there, where there are ``entries``.

    ``another`` is what making a new entry is called.
    """

    title: Msgid
    path: tuple[str, ...]
    fields: tuple[Field, ...]
    entries: bool = False
    another: Msgid | None = None
    hint: Msgid | None = None


HOURS: Final = Field("hours", _("Hours"), "week", WEEK)
PARTS: Final[dict[str, Part]] = {
    "profile": Part(
        _("The client"),
        (),
        (
            Field("name", _("Its name"), hint=SHORT, needed=True),
            Field("languages", _("Languages"), "languages", _("At least one; the first one is its own.")),
            Field("timezone", _("Time zone"), hint=_("A time zone such as Europe/Rome."), needed=True),
            Field("country", _("Country"), hint=_("Two capital letters, such as IT: its public holidays.")),
            Field("region", _("Region"), hint=_("As its public holidays have it; empty where they have none.")),
            Field("currency", _("Currency"), hint=_("Three capital letters, such as EUR."), needed=True),
            Field("colour", _("Colour"), "colour", _("How it is told from the others at the desk.")),
            Field("address", _("Address"), hint=_("At most 200 letters, on one line.")),
            Field("phone", _("Phone"), "tel", PHONE),
            Field("email", _("E-mail"), "email", EMAIL),
        ),
    ),
    "hours": Part(_("Hours"), ("hours",), (HOURS,)),
    "closures": Part(
        _("Closures"),
        ("closures",),
        (
            Field("from", _("From"), "day", _("A day."), needed=True),
            Field("to", _("To (included)"), "day", _("A day, not before the first; empty for one day.")),
            Field("hours", _("Only at these hours"), "span", _("Two times such as 13:00-19:00; empty for all day.")),
            Field("resource", _("Only for"), "choice", None),
            Field("reason", _("Reason"), hint=SHORT),
        ),
        entries=True,
        another=_("Another closure"),
    ),
    "coverage": Part(
        _("Coverage"),
        ("coverage",),
        (
            Field("staff", _("Who answers"), "choice", None, needed=True),
            Field("timezone", _("On the clock of"), hint=_("A time zone such as Europe/Rome."), needed=True),
            HOURS,
        ),
        entries=True,
        another=_("Somebody else answers too"),
        hint=_("When somebody at the desk answers for it: promises are made from this."),
    ),
    "services": Part(
        _("Services"),
        ("services",),
        (
            Field("name", _("Its name"), "words", SHORT, needed=True),
            Field("also", _("What customers call it besides"), "lists", _("With commas.")),
            Field("minutes", _("How long, in minutes"), "number", _("A whole number from 5 to 1440."), needed=True),
            Field("price", _("Price"), "money", _("An amount such as 80.50; empty where it is asked for.")),
            Field("resources", _("Who or what gives it"), "several", None),
            Field("asks_staff", _("The customer chooses with whom"), "flag"),
            Field("approval", _("A person approves each"), "flag"),
            Field("before", _("Kept free before"), "duration", DURATION),
            Field("after", _("Kept free after"), "duration", DURATION),
            Field("step", _("Starts every … minutes"), "number", _("A whole number from 1 to 1440.")),
            Field("notice", _("Booked at least so long before"), "duration", DURATION),
            Field("horizon", _("Booked at most so many days ahead"), "days", _("A whole number of days.")),
            Field("cancel_until", _("Called off at least so long before"), "duration", DURATION),
            Field("daily_cap", _("At most so many a day"), "number", _("A whole number; empty for no limit.")),
        ),
        entries=True,
        another=_("Another service"),
    ),
    "resources": Part(
        _("Who and what is booked"),
        ("resources",),
        (
            Field("name", _("Its name"), hint=SHORT, needed=True),
            Field("kind", _("What it is"), "choice", None, {"staff": _("a person"), "room": _("a room")}),
            Field("seats", _("How many customers at once"), "number", _("A whole number from 1 to 500.")),
            Field("hours", _("Own hours"), "week", WEEK),
        ),
        entries=True,
        another=_("Another person or room"),
        hint=_("Without hours of its own it keeps the client's."),
    ),
    "contacts": Part(
        _("Contacts"),
        ("contacts",),
        (
            Field("name", _("Its name"), hint=SHORT, needed=True),
            Field("role", _("What she or he does"), "words", SHORT),
            Field("phone", _("Phone"), "tel", PHONE),
            Field("email", _("E-mail"), "email", EMAIL),
        ),
        entries=True,
        another=_("Another contact"),
        hint=_("The client's own people, for whom messages are taken."),
    ),
    "catalogue": Part(
        _("Catalogue"),
        ("catalogue",),
        (
            Field("name", _("Its name"), "words", SHORT, needed=True),
            Field("price", _("Price"), "money", _("An amount such as 80.50; empty where it is asked for.")),
        ),
        entries=True,
        another=_("Another item"),
        hint=_("What can be ordered."),
    ),
    "urgent": Part(
        _("Urgent matters"),
        ("urgent",),
        (
            Field("phone", _("Phone for urgent matters"), "tel", PHONE),
            Field("words", _("Words that mean it is urgent"), "lists", _("With commas; a star stands for any ending.")),
        ),
    ),
    "answers": Part(
        _("How fast we answer"),
        ("answer_within",),
        (
            Field("default", _("As a rule"), "duration", DURATION),
            Field("urgent", _("If it is urgent"), "duration", DURATION),
            Field("chat", _("Conversation"), "duration", DURATION),
            Field("message", _("Message"), "duration", DURATION),
            Field("decision", _("Decision"), "duration", DURATION),
            Field("order", _("Order"), "duration", DURATION),
            Field("task", _("Task"), "duration", DURATION),
            Field("call", _("Call"), "duration", DURATION),
        ),
        hint=_("Counted while the client is open and somebody answers. What is empty follows the rule."),
    ),
    "rules": Part(
        _("Rules"),
        (),
        (
            Field("reminders", _("Reminders"), "durations", _("Such as 1d, 2h before; at most five.")),
            Field("quiet", _("Nothing unasked is sent"), "span", _("Two times such as 21:00-8:00."), needed=True),
            Field("closed_on_holidays", _("Closed on public holidays"), "flag"),
            Field("takes_orders", _("Takes orders"), "flag"),
            Field("hold_minutes", _("A time is kept so many minutes"), "number", _("A whole number from 1 to 120.")),
            Field("offer_minutes", _("A freed time is offered so many minutes"), "number", WHOLE),
            Field("decide_within", _("Decisions are made within"), "duration", DURATION),
            Field("late_default", _("A late cancellation nobody decides"), "choice", None, DEFAULTS),
            Field("approval_default", _("A booking nobody approves"), "choice", None, DEFAULTS),
            Field("keeps_days", _("Conversations are kept so many days"), "number", _("A number from 30 to 3650.")),
        ),
    ),
}
