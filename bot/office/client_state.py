"""A client's present state as the content of a client file, and the content written into the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection

from bot.office.client_file import DOCUMENT, RULES, SECRETS, SERVICE_RULES, TEXTS, Content, label
from bot.office.client_file.amounts import DAYS
from bot.update import Json
from bot.values import Client, ClientText, Cover, Hours, TaskKind
from storage import client_rows, feeds
from storage.clients import Account

PROFILE: Final = (
    "name",
    "languages",
    "timezone",
    "country",
    "region",
    "currency",
    "colour",
    "address",
    "phone",
    "email",
)
LISTED: Final = ("task_kinds", "not_remote")
"""Tables of the file that stand in the client's rules, in their order."""
TEXT_OF: Final = {"services": ("service", "name"), "contacts": ("contact", "role"), "catalogue": ("item", "name")}
"""Where the words of an entry stand in client_text, and under which key in the file."""

Sealed = Mapping[str, Mapping[str, tuple[str, str]]]
"""New secrets, sealed, by channel and name: (ciphertext, digest)."""


# --- rows to content --------------------------------------------------------------------------------------------------


def content_of(client: Client, accounts: Iterable[Account]) -> Content:
    """The content of the file that would make the client what it is."""
    keys = {resource.id: resource.key for resource in client.resources}
    content: Content = {
        "slug": client.slug,
        **{name: plain(getattr(client, name)) for name in (*PROFILE, *RULES)},
        "hours": week((opening.weekday, opening.opens, opening.closes) for opening in client.hours),
        "answer_within": dict(client.answer_within),
        "closures": labelled("closures", closures(client, keys)),
        "coverage": labelled("coverage", covers(client.coverage)),
        "resources": {
            resource.key: {
                "name": resource.name,
                "kind": resource.kind,
                "seats": resource.seats,
                "hours": hours_of(resource.hours),
                "busy": list(resource.busy),
            }
            for resource in client.resources
        },
        "services": {
            service.key: {
                "name": spoken(service.name),
                "minutes": service.minutes,
                "price": service.price,
                "resources": [keys[one] for one in service.resources],
                "also": {language: list(words) for language, words in service.also},
                **{name: getattr(service, name) for name in SERVICE_RULES},
            }
            for service in client.services
        },
        "contacts": {
            one.key: {
                "name": one.name,
                "role": spoken(one.role),
                "phone": one.phone,
                "email": one.email,
                "slack": one.slack,
                "rights": list(one.rights),
            }
            for one in client.contacts
        },
        "hears": labelled("hears", [{name: plain(said) for name, said in asdict(one).items()} for one in client.hears]),
        "task_kinds": {one.key: task_kind(one) for one in client.task_kinds},
        "not_remote": {
            one.key: {"words": {language: list(said) for language, said in one.words.items()}, "says": spoken(one.says)}
            for one in client.not_remote
        },
        "catalogue": {one.key: {"name": spoken(one.name), "price": one.price} for one in client.catalogue},
        "texts": {key: spoken(client.texts[key]) for key in TEXTS if key in client.texts},
        "urgent": {
            "phone": client.urgent_phone,
            "words": {language: list(said) for language, said in client.urgent_words.items()},
        },
        **{one.channel: account_content(one) for one in accounts if one.active and one.channel in SECRETS},
    }
    completed: Content = DOCUMENT.complete(content)
    return completed


def plain(value: Any) -> Json:
    return list(value) if isinstance(value, tuple) else value


def spoken(text: ClientText) -> dict[str, str]:
    return dict(text.texts)


def task_kind(kind: TaskKind) -> Json:
    return {
        "name": spoken(kind.name),
        "words": {language: list(said) for language, said in kind.words.items()},
        "fields": {
            one.key: {"name": spoken(one.name), "form": one.form, "needed": one.needed}
            for one in kind.fields
            if isinstance(one.name, ClientText)
        },
    }


def week(found: Iterable[tuple[int, int, int]]) -> dict[str, Json]:
    """Intervals by weekday."""
    by_day: dict[str, Json] = {}
    for weekday, opens, closes in sorted(found):
        by_day.setdefault(DAYS[weekday], []).append([opens, closes])
    return by_day


def hours_of(hours: Iterable[Hours]) -> dict[str, Json]:
    return week((opening.weekday, opening.opens, opening.closes) for opening in hours)


def closures(client: Client, keys: Mapping[int, str]) -> Iterator[Json]:
    for closed in client.closures:
        if closed.resource_id is None or closed.resource_id in keys:  # one laid aside keeps none that anybody sees
            yield {
                "from": closed.first.isoformat(),
                "to": closed.last.isoformat(),
                "hours": [closed.opens, closed.closes],
                "resource": "" if closed.resource_id is None else keys[closed.resource_id],
                "reason": closed.reason,
            }


def covers(coverage: Iterable[Cover]) -> Iterator[Json]:
    of: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
    for cover in coverage:
        of.setdefault((cover.instead_of or cover.staff, cover.timezone), []).append(
            (cover.weekday, cover.start, cover.end)
        )
    for (staff, timezone), stretches in of.items():
        yield {"staff": staff, "timezone": timezone, "hours": week(stretches)}


def labelled(section: str, rows: Iterable[Json]) -> dict[str, Json]:
    return {label(section, row): row for row in rows}


def account_content(account: Account) -> Json:
    known = DOCUMENT.inner(account.channel)
    said = {key: value for key, value in account.settings.items() if known.inner(key) is not known}
    return {"account": account.name, **said}


# --- content to rows --------------------------------------------------------------------------------------------------


def put(write: Connection, client_id: int | None, content: Content, sealed: Sealed, *, by_file: bool = True) -> int:
    """Makes the client's rows say what the content says, raising its version. Gives the client's id.

    Not ``by_file``: it was edited elsewhere, and what its file last said is remembered as it was.
    """
    columns = columns_of(content)
    if not by_file:
        del columns["loaded"]
    client_id = client_rows.put_client(write, client_id, columns)
    client_rows.clear(write, client_id)
    gone: list[str] = []
    ids: dict[str, dict[str, int]] = {}
    for section, table in {
        "resources": "resource", "services": "service", "contacts": "contact", "catalogue": "catalogue_item"
    }.items():  # fmt: skip
        entries = {key: entry_columns(section, entry) for key, entry in content[section].items()}
        ids[section], dropped = client_rows.put_entries(write, table, client_id, entries)
        gone += [f"{TEXT_OF[section][0]}.{key}" for key in dropped if section in TEXT_OF]
    client_rows.put_texts(write, client_id, dict(texts_of(content)), [*gone, *TEXTS])
    put_times(write, client_id, content, ids["resources"])
    feeds.put(write, client_id, {ids["resources"][key]: one["busy"] for key, one in content["resources"].items()})
    givers = {key: [ids["resources"][one] for one in entry["resources"]] for key, entry in content["services"].items()}
    client_rows.put_gives(write, {ids["services"][key]: found for key, found in givers.items()})
    put_accounts(write, client_id, content, sealed)
    return client_id


def columns_of(content: Content) -> dict[str, Any]:
    rules = {name: content[name] for name in RULES}
    rules["answer_within"] = {
        kind: minutes for kind, minutes in content["answer_within"].items() if minutes is not None
    }
    rules["urgent_words"], rules["urgent_phone"] = content["urgent"]["words"], content["urgent"]["phone"]
    rules["hears"] = list(content["hears"].values())
    rules |= {name: [{"key": key, **said} for key, said in content[name].items()] for name in LISTED}
    profile = {name: content[name] for name in PROFILE}
    return {"slug": content["slug"], **profile, "rules": rules, "loaded": content}


def entry_columns(section: str, entry: Mapping[str, Json]) -> dict[str, Any]:
    if section == "services":
        rules = {name: entry[name] for name in ("also", *SERVICE_RULES)}
        return {"minutes": entry["minutes"], "price": entry["price"], "rules": rules}
    names = {
        "resources": ("name", "kind", "seats"),
        "contacts": ("name", "phone", "email", "slack", "rights"),
        "catalogue": ("price",),
    }
    return {name: entry[name] for name in names[section]}


def texts_of(content: Content) -> Iterator[tuple[str, dict[str, str]]]:
    """The client's words by the key they are stored under."""
    yield from ((key, said) for key, said in content["texts"].items() if said)
    for section, (prefix, name) in TEXT_OF.items():
        yield from ((f"{prefix}.{key}", entry[name]) for key, entry in content[section].items())


def put_times(write: Connection, client_id: int, content: Content, ids: Mapping[str, int]) -> None:
    """Hours, closures and coverage."""
    hours: list[Json] = [
        {"resource_id": who, "weekday": DAYS.index(day), "opens_minute": opens, "closes_minute": closes}
        for who, said in [
            (None, content["hours"]),
            *((ids[key], one["hours"]) for key, one in content["resources"].items()),
        ]
        for day, stretches in said.items()
        for opens, closes in stretches
    ]
    closed = [
        {
            "resource_id": ids[one["resource"]] if one["resource"] else None,
            "first": date.fromisoformat(one["from"]),
            "last": date.fromisoformat(one["to"]),
            "opens_minute": one["hours"][0],
            "closes_minute": one["hours"][1],
            "reason": one["reason"],
        }
        for one in content["closures"].values()
    ]
    client_rows.put_rows(write, "hours", client_id, hours)
    client_rows.put_rows(write, "closure", client_id, closed)
    for one in content["coverage"].values():
        staff_id = client_rows.put_staff(write, client_id, one["staff"], one["timezone"])
        covered = [
            {
                "staff_id": staff_id,
                "timezone": one["timezone"],
                "weekday": DAYS.index(day),
                "start_minute": start,
                "end_minute": end,
            }
            for day, stretches in one["hours"].items()
            for start, end in stretches
        ]
        client_rows.put_rows(write, "coverage", client_id, covered)


def put_accounts(write: Connection, client_id: int, content: Content, sealed: Sealed) -> None:
    """The accounts, with the secrets that are new; those known before stay, under a new name too."""
    before = {one.channel: one for one in client_rows.accounts_of(write, client_id) if one.active}
    for channel, names in SECRETS.items():
        said = content[channel]
        if said is None:
            client_rows.put_account(write, client_id, channel, None, {})
            continue
        known = before.get(channel)
        ciphers = {"token": known.token, **known.settings.get("sealed", {})} if known else {}
        digests = dict(known.settings.get("digests", {})) if known else {}
        for name, (cipher, digest) in sealed.get(channel, {}).items():
            ciphers[name], digests[name] = cipher, digest
        settings = {key: value for key, value in said.items() if key != "account"}
        settings |= {"sealed": {name: ciphers[name] for name in names[1:] if name in ciphers}, "digests": digests}
        columns = {"token": ciphers.get("token", ""), "settings": settings}
        if known is None or known.name != said["account"] or digests != known.settings.get("digests"):
            columns |= client_rows.UNKNOWN  # another bot or address: webhook and commands are still to be set
        client_rows.put_account(write, client_id, channel, said["account"], columns)
