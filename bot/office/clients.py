"""Client files loaded and shown: what would change, what was edited elsewhere since, and the change itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from bot.office import client_file
from bot.office.client_file import DOCUMENT, ENTRIES, ORDERED, SECRETS, Content, setting_of
from bot.office.client_file.place import Path, said
from bot.office.client_state import Sealed, content_of, put
from bot.update import Json
from storage import client_rows
from storage.clients import find, load

NOTHING: Final = "nothing"


class CannotLoad(Exception):
    """Why a client can't be loaded or shown, in words for whoever runs the command."""


class EditedElsewhere(CannotLoad):
    """The file would overwrite what was edited elsewhere since it was last loaded; ``lines`` name it."""

    def __init__(self, slug: str, lines: tuple[str, ...]) -> None:
        found = "\n".join(f"  {line}" for line in lines)
        super().__init__(
            f"Since '{slug}' was last loaded, this was edited elsewhere, and the file would overwrite it:\n{found}\n"
            f"Take it over from `python -m bot client show {slug}`, or load with --overwrite."
        )
        self.lines = lines


@dataclass(frozen=True, slots=True)
class Change:
    """What differs at one path of the content; None where there is nothing."""

    path: Path
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading a file would do: ``lines`` say it to a person, ``conflicts`` what it would overwrite.

    ``notes`` say what is still to be done by hand. ``client_id`` is None for a client that is new.
    """

    client_id: int | None
    lines: tuple[str, ...]
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def show(rows: Connection, slug: str) -> str:
    """The client's present state as a client file, which changes nothing when loaded. Raises CannotLoad if unknown."""
    found = find(rows, slug)
    if found is None:
        raise CannotLoad(f"There is no client '{slug}'.")
    return client_file.write(present(rows, found[0]))


def apply(write: Connection, content: Content, sealed: Sealed | None = None, *, overwrite: bool = False) -> Plan:
    """Creates or updates the client that the file describes, and gives what was done; nothing new changes nothing.

    Raises EditedElsewhere unless ``overwrite``, and CannotLoad if an account is another client's.
    """
    found = plan(write, content, sealed)
    if found.conflicts and not overwrite:
        raise EditedElsewhere(content["slug"], found.conflicts)
    known = found.client_id
    if known is None or found.lines:
        put(write, known, content, sealed or {})
    elif complete(client_rows.loaded(write, known)) != content:  # said elsewhere before the file said it
        client_rows.remember(write, known, content)
    return found


def plan(rows: Connection, content: Content, sealed: Sealed | None = None) -> Plan:
    """What loading this content would change. Raises CannotLoad if an account it names is another client's."""
    slug = content["slug"]
    free(rows, content)
    found = find(rows, slug)
    secrets, notes = secret_lines(rows, None if found is None else found[0], content, sealed or {})
    if found is None:
        return Plan(None, (f"new client '{slug}': {content['name']}", *secrets), (), notes)
    before, last = present(rows, found[0]), complete(client_rows.loaded(rows, found[0]))
    changes = list(differences(before, content))
    conflicts = tuple(line(change, content) for change in changes if at(last, change.path) != change.before)
    lines = tuple(line(change, content) for change in changes)
    return Plan(found[0], (*lines, *reordered(before, content), *secrets), conflicts, notes)


def free(rows: Connection, content: Content) -> None:
    """Raises CannotLoad if an account that this content names is another client's."""
    for channel in SECRETS:
        owner = content[channel] and client_rows.owner_of(rows, channel, content[channel]["account"])
        if owner and owner != content["slug"]:
            name = content[channel]["account"]
            raise CannotLoad(f"The {channel} account '{name}' belongs to '{owner}': give this client's another name.")


def present(rows: Connection, client_id: int) -> Content:
    """The client's state now, as the content of a file."""
    return content_of(load(rows, client_id), client_rows.accounts_of(rows, client_id))


def complete(content: Json) -> Content:
    """What a file said when it was loaded, with what such a file could not say yet. Nothing stays nothing."""
    completed: Content = DOCUMENT.complete(content) if content else {}
    return completed


# --- what differs -----------------------------------------------------------------------------------------------------


def differences(before: Json, after: Json, path: Path = ()) -> Iterator[Change]:
    """The changes from one content to another: whole entries that come or go, else the values inside."""
    if before == after:
        return
    whole = len(path) == 2 and path[0] in ENTRIES and (before is None or after is None)
    if whole or not (isinstance(before, dict) or isinstance(after, dict)):
        yield Change(path, before, after)
        return
    old, new = before or {}, after or {}
    for key in [*old, *(key for key in new if key not in old)]:
        yield from differences(old.get(key), new.get(key), (*path, key))


def reordered(before: Content, after: Content) -> Iterator[str]:
    """The tables whose entries stand in another order."""
    for section in ORDERED:
        both = [key for key in before[section] if key in after[section]]
        if both != [key for key in after[section] if key in before[section]]:
            yield f"~ '{section}': in the order {', '.join(after[section])}"


def at(content: Json, path: Path) -> Json:
    """The value at a path, None where there is nothing."""
    for key in path:
        content = content.get(key) if isinstance(content, Mapping) else None
    return content


def line(change: Change, content: Content) -> str:
    """A change in words."""
    name = said(change.path)
    if len(change.path) == 2 and change.path[0] in ENTRIES and (change.before is None or change.after is None):
        return f"+ {name}" if change.before is None else f"- {name}"
    form: Any = DOCUMENT
    for key in change.path:
        form = form.inner(str(key))
    setting = setting_of(content)
    before, after = (NOTHING if one is None else form.write(one, setting) for one in (change.before, change.after))
    return f"~ {name}: {before} -> {after}"


# --- secrets ----------------------------------------------------------------------------------------------------------


def wanted_secrets(content: Content) -> dict[tuple[str, str], str]:
    """The environment variable that holds each secret, by channel and name, where the file names one."""
    return {
        (channel, name): content[channel][f"{name}_env"]
        for channel, names in SECRETS.items()
        for name in names
        if content[channel] and content[channel][f"{name}_env"]
    }


def secret_lines(
    rows: Connection, client_id: int | None, content: Content, sealed: Sealed
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which secrets would change, and which are still missing; never what they are."""
    known = [] if client_id is None else client_rows.accounts_of(rows, client_id)
    changed, missing = [], []
    for channel, names in SECRETS.items():
        if not content[channel]:
            continue
        digests: Mapping[str, str] = next(
            (one.settings.get("digests", {}) for one in known if one.channel == channel and one.active), {}
        )
        for name in names:
            new = sealed.get(channel, {}).get(name)
            if new is not None and new[1] != digests.get(name):
                changed.append(f"~ '{channel}': a new {name}")
            elif new is None and name not in digests:
                variable = content[channel][f"{name}_env"]
                missing += [f"'{channel}': no {name} yet; set {variable} and load again"] if variable else []
    return tuple(changed), tuple(missing)
