"""What a client file may say: every table and key of it, with its form and its default."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any, Final

from bot.office.client_file import amounts, forms
from bot.office.client_file.place import Place
from bot.office.client_file.tables import NEEDED, Each, Fields, Rows, Several, Week, Words, table, words
from bot.update import Json
from bot.values import DAY, Client, Hears, Service, TaskField

ORDERED: Final = ("resources", "services", "contacts", "catalogue", "hears", "task_kinds")
"""The tables whose order is the order that people see."""
ENTRIES: Final = (*ORDERED, "closures", "coverage", "not_remote")
"""The tables whose entries come and go as a whole."""
RULES: Final = (
    "closed_on_holidays", "reminders", "quiet", "hold_minutes", "offer_minutes", "decide_within", "late_default",
    "approval_default", "keeps_days", "takes_orders", "slack_shows", "team_quiet", "morning_brief", "evening_report",
)  # fmt: skip
"""What stands at the top of a file and in the client's rules, under the names of ``bot.values.Client``."""
SERVICE_RULES: Final = (
    "before", "after", "step", "notice", "horizon", "cancel_until", "daily_cap", "approval", "asks_staff"
)  # fmt: skip
"""The rules of a service, under the names of ``bot.values.Service``."""
FEED: Final = r"(?:https?|webcal)://[^\s\"]{3,2000}"
"""What the address of a foreign calendar looks like."""
SECRETS: Final = {"telegram": ("token",), "slack": ("token", "signing_secret", "app_token")}
"""The secrets of each channel's account; a file names for each the environment variable that holds it."""

NO_SECRETS: Final = {
    secret: f'does not belong in a file: name the environment variable that holds it, {secret}_env = "..."'
    for secret in SECRETS["slack"]
}
KINDS: Final = ("default", "urgent", "chat", "message", "decision", "order", "task", "call")
TEXTS: Final = ("greeting", "closed", "urgent", "privacy", "address", "directions", "script", "do", "dont")
ONE_LINE: Final = 60
SAID: Final = 1500


def default(of: type, name: str) -> Any:
    """The default of a value's field, as JSON has it."""
    found = next(field.default for field in fields(of) if field.name == name)
    assert found is not MISSING, f"{of.__name__}.{name} has no default"
    return list(found) if isinstance(found, tuple) else found


def by_default(of: type, **known: forms.Form) -> dict[str, tuple[forms.Form, Any]]:
    """Keys that need not be said, with the defaults of the value they become."""
    return {name: (form, default(of, name)) for name, form in known.items()}


class Stretch(Fields):
    """The days of a closure: ``to`` is ``from`` where it is left out."""

    def read(self, value: Any, at: Place) -> Json:
        said = dict(table(value))
        closed = super().read(said | {"to": said.get("to", said.get("from"))}, at)
        if closed["from"] and closed["to"] and closed["to"] < closed["from"]:
            (at / "to").fault("must not be before 'from'")
        return closed


RESOURCE: Final = Fields(
    {
        "name": (forms.text(ONE_LINE), NEEDED),
        "kind": (forms.one_of("staff", "room"), "staff"),
        "seats": (forms.whole(1, 500), 1),
        "hours": (Week(), {}),
        "busy": (Several(forms.shaped(FEED, "the address of a calendar, like https://example.org/busy.ics"), 10), []),
    }
)
SERVICE: Final = Fields(
    {
        "name": (words(ONE_LINE), NEEDED),
        "also": (Words(Several(forms.text(ONE_LINE), 30)), {}),
        "minutes": (forms.whole(5, DAY), NEEDED),
        "price": (amounts.money, None),
        "resources": (Several(forms.slug), None),
        **by_default(
            Service,
            before=amounts.duration,
            after=amounts.duration,
            step=forms.whole(1, DAY),
            notice=amounts.duration,
            horizon=amounts.days,
            cancel_until=amounts.duration,
            daily_cap=forms.whole(1, 1000),
            approval=forms.flag,
            asks_staff=forms.flag,
        ),
    }
)
CONTACT: Final = Fields(
    {
        "name": (forms.text(ONE_LINE), NEEDED),
        "role": (words(ONE_LINE), {}),
        "phone": (forms.phone, ""),
        "email": (forms.email, ""),
        "slack": (forms.shaped("[UW][A-Z0-9]{1,20}", 'the id of a member in Slack such as "U024BE7LH"'), ""),
        "rights": (Several(forms.one_of("decide", "spend", "close")), []),
    }
)
ITEM: Final = Fields({"name": (words(ONE_LINE), NEEDED), "price": (amounts.money, None)})
CLOSURE: Final = Stretch(
    {
        "from": (amounts.day, NEEDED),
        "to": (amounts.day, NEEDED),
        "hours": (amounts.interval, [0, DAY]),
        "resource": (forms.slug, ""),
        "reason": (forms.text(ONE_LINE), ""),
    }
)
COVERAGE: Final = Fields(
    {"staff": (forms.text(ONE_LINE), NEEDED), "timezone": (forms.timezone, NEEDED), "hours": (Week(), NEEDED)}
)
NEWS: Final = ("message", "urgent", "booking", "order", "decision")
HEARS: Final = Fields(
    {
        "to": (Several(forms.slug), NEEDED),
        "what": (Several(forms.one_of(*NEWS)), []),
        "contact": (forms.slug, ""),
        **by_default(Hears, urgency=forms.one_of("any", "urgent", "normal")),
        "days": (amounts.weekdays, []),
        **by_default(Hears, hours=amounts.interval, within=amounts.duration),
    }
)
TASK_FIELD: Final = Fields(
    {
        "name": (words(ONE_LINE), NEEDED),
        **by_default(TaskField, form=forms.one_of("text", "number", "day", "moment"), needed=forms.flag),
    }
)
TASK_KIND: Final = Fields(
    {
        "name": (words(ONE_LINE), {}),
        "words": (Words(Several(forms.text(ONE_LINE), 100)), {}),
        "fields": (Each(TASK_FIELD), {}),
    }
)
NOT_REMOTE: Final = Fields(
    {"words": (Words(Several(forms.text(ONE_LINE), 100)), NEEDED), "says": (words(300, lines=True), {})}
)
URGENT: Final = Fields({"phone": (forms.phone, ""), "words": (Words(Several(forms.text(ONE_LINE), 100)), {})})
TELEGRAM: Final = Fields({"account": (forms.slug, NEEDED), "token_env": (forms.variable, "")}, NO_SECRETS)
SLACK: Final = Fields(
    {
        "account": (forms.slug, NEEDED),
        "workspace": (forms.text(ONE_LINE), ""),
        "channel": (forms.text(ONE_LINE), ""),
        "emoji": (forms.shaped("[a-z0-9_+-]{1,60}", 'the name of an emoji such as "bell"'), "bell"),
        **{f"{secret}_env": (forms.variable, "") for secret in SECRETS["slack"]},
    },
    NO_SECRETS,
)


def closure_label(closed: Json) -> str:
    """What tells one closure from another."""
    days = closed["from"] if closed["from"] == closed["to"] else f"{closed['from']} to {closed['to']}"
    hours = "" if closed["hours"] == [0, DAY] else f", {amounts.say_span(*closed['hours'])}"
    return days + hours + (f", {closed['resource']}" if closed["resource"] else "")


def cover_label(cover: Json) -> str:
    """What tells one staff member's coverage from another's."""
    return f"{cover['staff']} ({cover['timezone']})"


def hears_label(rule: Json) -> str:
    """What tells one rule of who hears what from another."""
    said = [", ".join(rule["what"]) or "everything", rule["contact"] and f"for {rule['contact']}"]
    said += ["" if rule["urgency"] == "any" else rule["urgency"], amounts.say_weekdays(rule["days"])]
    said.append("" if rule["hours"] == [0, DAY] else amounts.say_span(*rule["hours"]))
    return ", ".join(part for part in said if part)


DOCUMENT: Final = Fields(
    {
        "slug": (forms.slug, NEEDED),
        "name": (forms.text(ONE_LINE), NEEDED),
        "languages": (forms.languages, NEEDED),
        "timezone": (forms.timezone, NEEDED),
        "country": (forms.country, ""),
        "region": (forms.region, ""),
        "currency": (forms.currency, "EUR"),
        "colour": (forms.shaped("#[0-9a-fA-F]{6}", 'a colour such as "#2a6f97"'), ""),
        "address": (forms.text(200), ""),
        "phone": (forms.phone, ""),
        "email": (forms.email, ""),
        **by_default(
            Client,
            closed_on_holidays=forms.flag,
            reminders=Several(amounts.duration, 5),
            quiet=amounts.span,
            hold_minutes=forms.whole(1, 120),
            offer_minutes=forms.whole(5, DAY),
            decide_within=amounts.duration,
            late_default=forms.one_of("allow", "refuse"),
            approval_default=forms.one_of("allow", "refuse"),
            keeps_days=forms.whole(30, 3650),
            takes_orders=forms.flag,
            slack_shows=forms.one_of("everything", "reference"),
            team_quiet=amounts.span,
            morning_brief=amounts.daily,
            evening_report=amounts.daily,
        ),
        "hours": (Week(), {}),
        "answer_within": (Fields(dict.fromkeys(KINDS, (amounts.duration, None))), {}),
        "closures": (Rows(CLOSURE, label=closure_label), {}),
        "coverage": (Rows(COVERAGE, label=cover_label), {}),
        "resources": (Each(RESOURCE), {}),
        "services": (Each(SERVICE), {}),
        "catalogue": (Each(ITEM), {}),
        "contacts": (Each(CONTACT), {}),
        "hears": (Rows(HEARS, label=hears_label), {}),
        "task_kinds": (Each(TASK_KIND), {}),
        "not_remote": (Each(NOT_REMOTE), {}),
        "texts": (Fields({key: (words(SAID, lines=True), None) for key in TEXTS}), {}),
        "urgent": (URGENT, {}),
        "telegram": (TELEGRAM, None),
        "slack": (SLACK, None),
    }
)
