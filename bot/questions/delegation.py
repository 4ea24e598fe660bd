"""The form of a task: its kind, what that kind asks for, by when, how urgent, for whom, how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.i18n import _
from bot.office import task_kinds
from bot.office.tasks import Wanted
from bot.posts import Block, Input, Modal, Text
from bot.rules.recurring import EVERY
from bot.update import Json
from bot.values import Client, Message, Msgid

ONCE: Final = "once"
OFTEN: Final[Mapping[str, Msgid]] = {
    ONCE: _("Once"),
    "workday": _("Every working day"),
    "week": _("Every week"),
    "month": _("Every month"),
    "last_workday": _("On the last working day of the month"),
}
PRIORITY: Final[Mapping[str, Msgid]] = {"normal": _("Normal"), "urgent": _("Urgent")}
PREFIX: Final = "field_"
"""Stands before the name of a field that only a kind of task has."""
TITLE: Final = 150
LONGEST: Final = 2800
NOT_REMOTE: Final = _("This can't be done from afar.")
NO_TITLE: Final = _("Say in a few words what is to be done.")
PAST: Final = _("This time has passed.")
FROM_WHEN: Final = _("Choose the first day and time, from which on it comes again.")


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands in the form, or is to stand there. ``link`` is where it was said; ``task_id`` a task that changes."""

    kind: str = task_kinds.OTHER
    title: str = ""
    details: str = ""
    fields: Mapping[str, Json] | None = None
    due: int | None = None  # seconds since 1970
    urgent: bool = False
    for_whom: str = ""
    every: str = ONCE
    link: str = ""
    task_id: int = 0
    slip_id: int = 0


def form(client: Client, draft: Draft) -> Modal:
    """The form of a task; a change of its kind shows what that kind asks for. What can't be done is said over it."""
    kinds = tuple((kind.key, task_kinds.name_of(client, kind.key)) for kind in task_kinds.kinds(client))
    people = tuple((contact.key, contact.name) for contact in client.contacts)
    again = tuple(OFTEN.items())
    priority = tuple(PRIORITY.items())
    refused = task_kinds.not_remote(client, draft.title, draft.details)
    parts: list[Block | Input] = [Block(lines=(refused.says or NOT_REMOTE,))] if refused is not None else []
    parts += [
        Input(name="kind", label=_("Kind of task"), form="choice", options=kinds, value=draft.kind, acts="task_kind"),
        Input(name="title", label=_("What is to be done?"), value=draft.title[:TITLE], most=TITLE),
        *kind_fields(client, draft),
        Input(name="details", label=_("Details"), form="long", value=draft.details[:LONGEST], needed=False),
        Input(name="due", label=_("Due"), form="moment", value=draft.due, needed=False),
        Input(
            name="priority",
            label=_("Priority"),
            form="choice",
            options=priority,
            value="urgent" if draft.urgent else "normal",
        ),
    ]
    if people:
        parts.append(
            Input(
                name="for_whom",
                label=_("For"),
                form="choice",
                options=people,
                value=draft.for_whom or None,
                needed=False,
            )
        )
    if not draft.task_id:
        parts.append(Input(name="every", label=_("How often?"), form="choice", options=again, value=draft.every))
        parts.append(Input(name="files", label=_("Files"), form="files", needed=False))
    return Modal(
        act="delegated" if not draft.task_id else "task_edited",
        title=_("A task for the desk"),
        parts=tuple(parts),
        submit=_("Delegate") if not draft.task_id else _("Save this"),
        private={"link": draft.link, "id": str(draft.task_id or ""), "slip": draft.slip_id},
    )


def kind_fields(client: Client, draft: Draft) -> list[Input]:
    """What the kind of the task asks for."""
    known = draft.fields or {}
    return [
        Input(name=PREFIX + one.key, label=one.name, form=one.form, value=known.get(one.key), needed=one.needed)
        for one in task_kinds.fields_of(client, draft.kind)
    ]


def read(given: Mapping[str, Any]) -> Draft:
    """What stands in a form, from what its submission or a press in it brought."""
    values, private = given.get("values") or {}, given.get("private") or {}
    due = values.get("due")
    return Draft(
        kind=str(values.get("kind") or task_kinds.OTHER),
        title=" ".join(str(values.get("title") or "").split()),
        details=str(values.get("details") or "").strip(),
        fields={
            name.removeprefix(PREFIX): value
            for name, value in values.items()
            if name.startswith(PREFIX) and value not in (None, "")
        },
        due=int(due) if due else None,
        urgent=values.get("priority") == "urgent",
        for_whom=str(values.get("for_whom") or ""),
        every=str(values.get("every") or ONCE),
        link=str(private.get("link") or ""),
        task_id=int(private.get("id") or 0),
        slip_id=int(private.get("slip") or 0),
    )


def faults(client: Client, draft: Draft, now: datetime) -> dict[str, Text]:
    """What is wrong with a form, by the names of its fields."""
    wrong: dict[str, Text] = {}
    refused = task_kinds.not_remote(client, draft.title, draft.details)
    if not draft.title:
        wrong["title"] = NO_TITLE
    elif refused is not None:
        wrong["title"] = refused.says or NOT_REMOTE
    if draft.due is not None and draft.due <= now.timestamp():
        wrong["due"] = PAST
    elif draft.every in EVERY and draft.due is None:
        wrong["due"] = FROM_WHEN
    found: Mapping[str, Message] = task_kinds.check(client, draft.kind, draft.fields or {}, now)
    return wrong | {PREFIX + name: why for name, why in found.items()}


def wanted(client: Client, draft: Draft) -> Wanted:
    """The task that a form describes."""
    contact = client.contact(draft.for_whom)
    known = {one.key for one in task_kinds.fields_of(client, draft.kind)}
    return Wanted(
        draft.kind,
        draft.title,
        draft.details,
        {name: value for name, value in (draft.fields or {}).items() if name in known},
        due_at=datetime.fromtimestamp(draft.due, UTC) if draft.due is not None else None,
        urgent=draft.urgent,
        for_whom=contact.name if contact is not None else "",
        link=draft.link,
        slip_id=draft.slip_id or None,
    )


def of_words(text: str, link: str = "", **known: Any) -> Draft:
    """A form that begins with what was said, its first line the title, and with what else is ``known`` of it."""
    first, _line, rest = text.strip().partition("\n")
    first = first[:1].upper() + first[1:]
    if len(first) > TITLE:
        return Draft(title=f"{first[: TITLE - 1]}…", details=text.strip(), link=link, **known)
    return Draft(title=first, details=rest.strip(), link=link, **known)
