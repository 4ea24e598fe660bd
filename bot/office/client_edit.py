"""A client edited part by part: each part is read by the forms of the client file, so that nothing else passes."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.office import client_file
from bot.office.client_file import DOCUMENT, SECRETS, Content
from bot.office.client_file.forms import Form
from bot.office.client_file.tables import Fields, Rows
from bot.office.client_state import put
from bot.office.clients import at, free, present
from bot.reading import fold
from bot.update import Json
from bot.values import LANGUAGES, Refusal
from storage import client_rows

FIXED: Final = frozenset({"slug", "telegram", "slack"})
"""What no page edits by itself: the client's name in the house, and its accounts."""
MEANWHILE: Final = _("This was changed in the meantime. Here is how it reads now.")


class BadEdit(Exception):
    """An edit that can't be taken; ``faults`` are the paths of what is wrong, ``reasons`` the same in plain English."""

    def __init__(self, faults: Sequence[Sequence[str]], reasons: Sequence[str]) -> None:
        super().__init__("\n".join(reasons))
        self.faults = [list(path) for path in faults]
        self.reasons = list(reasons)


def digest_of(content: Content, path: Sequence[str], keys: Collection[str] = ()) -> str:
    """Tells one state of a part from another: of what stands at a path, or of these ``keys`` at the top."""
    found = at(content, tuple(path)) if path else {key: content.get(key) for key in sorted(keys)}
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:16]


def edit(write: Connection, client_id: int, path: Sequence[str], said: Json, seen: str = "") -> Content:
    """Makes the part at ``path`` say what is ``said``, as a client file would; None takes a key or an entry away.

    ``path`` is empty for what stands at the top of a file, of which ``said`` names the keys that change; else a table
    and perhaps one entry of it, new under a new key. ``seen`` is the digest of the part as its editor saw it. What the
    client's file said when it was last loaded stays remembered, so that loading it again overwrites nothing.
    Gives the new content. Raises BadEdit, and Refusal where the part has changed since it was seen.
    """
    client_rows.lock(write, client_id)
    before = present(write, client_id)
    if seen and digest_of(before, path, () if path else said) != seen:
        raise Refusal(MEANWHILE)
    content, faults = client_file.check(changed(before, path, said))
    if faults:
        raise BadEdit([tuple(map(str, fault.path)) for fault in faults], [fault.text for fault in faults])
    if content != before:
        put(write, client_id, content, {}, by_file=False)
    return content


def give_account(
    write: Connection, client_id: int, channel: str, account: str, sealed: Mapping[str, Sequence[str]]
) -> None:
    """Gives the client an account on a channel: its name, and of its secrets those that are new, sealed, by name.

    Raises BadEdit for a name that is none, CannotLoad for another client's.
    """
    client_rows.lock(write, client_id)
    before = present(write, client_id)
    raw = tomllib.loads(client_file.write(before), parse_float=Decimal)
    raw[channel] = {**raw.get(channel, {}), "account": account}
    content, faults = client_file.check(raw)
    if faults:
        raise BadEdit([tuple(map(str, fault.path)) for fault in faults], [fault.text for fault in faults])
    free(write, content)
    secrets = {name: (one[0], one[1]) for name, one in sealed.items() if name in SECRETS[channel]}
    put(write, client_id, content, {channel: secrets}, by_file=False)


def changed(before: Content, path: Sequence[str], said: Json) -> dict[str, Any]:
    """The client as a file would say it, with one part said anew."""
    raw: dict[str, Any] = tomllib.loads(client_file.write(before), parse_float=Decimal)
    if not path:
        whole = merged(raw, {key: value for key, value in said.items() if key not in FIXED})
        return pruned(whole, whole.get("languages", ())) if "languages" in said else whole
    section, *rest = path
    if section in FIXED or section not in DOCUMENT.schema:
        raise LookupError(f"{section} is no part that can be edited")
    form = DOCUMENT.inner(section)
    if isinstance(form, Rows):
        replace_row(raw.setdefault(section, []), list(before[section]), rest[0], dated(said))
    elif rest:
        replace_in(raw.setdefault(section, {}), rest[0], said, form.inner(rest[0]))
    else:
        replace_in(raw, section, said, form)
    if section == "resources" and said is None:
        without_resource(raw, rest[0])
    return raw


def merged(table: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """A table with some of its keys said anew, and without those of which nothing is said."""
    return {key: value for key, value in {**table, **said}.items() if value is not None}


def replace_in(table: dict[str, Any], key: str, said: Json, form: Form) -> None:
    """Sets a key, or takes it away; of a table with known keys only those that are named."""
    if said is None:
        table.pop(key, None)
    else:
        table[key] = merged(table.get(key, {}), said) if isinstance(form, Fields) else said


def replace_row(rows: list[Any], labels: Sequence[str], label: str, said: Json) -> None:
    """Sets the row that has this label; a new one comes last."""
    place = labels.index(label) if label in labels else len(rows)
    before = rows[place] if place < len(rows) else {}
    rows[place : place + 1] = [] if said is None else [merged(before, said)]


def dated(said: Json) -> Json:
    """A row with its days as dates, where they are any."""
    if not isinstance(said, Mapping):
        return said
    row = dict(said)
    for key in ("from", "to"):
        with suppress(TypeError, ValueError, KeyError):
            row[key] = date.fromisoformat(row[key])
    return row


def without_resource(raw: dict[str, Any], key: str) -> None:
    """Takes away what is said of a resource that is gone: it gives no service, and no closure is its own."""
    for service in raw.get("services", {}).values():
        if "resources" in service:
            service["resources"] = [one for one in service["resources"] if one != key]
    raw["closures"] = [closed for closed in raw.get("closures", ()) if closed.get("resource") != key]


def key_of(name: str, taken: Collection[str]) -> str:
    """The key of something new, after its name, that is not ``taken`` yet."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:36] or "new"
    free = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(key for key in free if key not in taken)


def pruned(said: Any, languages: Sequence[str]) -> Any:
    """The same without words in languages that the client does not speak any more."""
    if isinstance(said, list):
        return [pruned(one, languages) for one in said]
    if not isinstance(said, dict):
        return said
    if said and set(said) <= set(LANGUAGES):
        kept = {language: words for language, words in said.items() if language in languages}
        return kept or next(iter(said.values()))
    return {key: pruned(one, languages) for key, one in said.items()}
