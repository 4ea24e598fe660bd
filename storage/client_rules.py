"""What stands in a client's ``rules``, in the types of ``bot.values.Client``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.update import Json
from bot.values import ClientText, Hears, NotRemote, TaskField, TaskKind


def own_rules(rules: Mapping[str, Json], languages: list[str]) -> dict[str, Any]:
    """The rules as fields of a client, whose first language comes first in every text."""
    values = dict(rules)
    for name in ("reminders", "quiet", "team_quiet"):
        if name in values:
            values[name] = tuple(values[name])
    if "urgent_words" in values:
        values["urgent_words"] = {language: tuple(said) for language, said in values["urgent_words"].items()}
    values["hears"] = tuple(hears(one) for one in values.get("hears", ()))
    values["task_kinds"] = tuple(task_kind(one, languages) for one in values.get("task_kinds", ()))
    values["not_remote"] = tuple(
        NotRemote(
            one["key"],
            {language: tuple(said) for language, said in one["words"].items()},
            spoken(one["says"], languages),
        )
        for one in values.get("not_remote", ())
    )
    return values


def hears(said: Mapping[str, Any]) -> Hears:
    """A rule of who hears what, as it is kept."""
    values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in said.items()}
    return Hears(**values)


def task_kind(said: Mapping[str, Json], languages: list[str]) -> TaskKind:
    """A kind of task as it is kept."""
    fields = tuple(
        TaskField(key, spoken(one["name"], languages), one["form"], one["needed"])
        for key, one in said["fields"].items()
    )
    known = {language: tuple(words) for language, words in said.get("words", {}).items()}
    return TaskKind(said["key"], spoken(said["name"], languages), fields, known)


def spoken(said: Mapping[str, str], languages: list[str]) -> ClientText:
    """The client's words, in the order of its languages."""
    return ClientText(tuple((language, said[language]) for language in languages if language in said))
