"""Reads a transcript: what people do, and every word the house must say to it.

    # Anything behind a hash is a comment.
    client: salon                      which example the talk is with
    clock: 2026-11-23 10:00            the client's own time; a later line of the kind lets time pass
    database: both                     plays on PostgreSQL as well

    customer (pl): /start              who acts, and in what language her Telegram is (said once)
    bot: Dzień dobry, tu Salon. [Umów termin] [...]
    customer: [Umów termin]            a press; (contact), (photo words) and the like are other acts
    bot to piotr: ...                  what another person hears; "bot" alone speaks to who acted last
    toast: ...                         over a pressed button
    file: wizyta.ics                   a document
    edit: ...                          a message that changed (the choice left under a pressed one is not written down)
    desk: reply 1001 Dzień dobry       the command line of the desk
    operator: orders set 1042 ready    any other command line
    says: ...                          and what it answers

``{name}`` stands for what can't be known (a code): it takes any word the first time and must be the same afterwards.
``[...]`` stands for any buttons. A line that begins with spaces continues the one before. The buttons for a person,
Back and leaving are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

HEARD = ("bot", "toast", "file", "edit", "says")
HEAD = ("client", "database")


@dataclass(frozen=True)
class Line:
    """One line: who (customer, piotr, bot, clock, desk...), to whom it is said, and what."""

    number: int
    who: str
    to: str
    text: str

    @property
    def heard(self) -> bool:
        """Whether the house must say it."""
        return self.who in HEARD


@dataclass
class Script:
    """A whole transcript."""

    name: str
    client: str
    both: bool
    lines: list[Line]
    languages: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> Script:
    """The transcript in the file; raises ValueError with the line that can't be read."""
    head = {"client": "", "database": "sqlite"}
    lines: list[Line] = []
    languages: dict[str, str] = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = raw.rstrip()
        if not text or text.lstrip().startswith("#"):
            continue
        if text[0] == " " and lines:
            last = lines[-1]
            lines[-1] = Line(last.number, last.who, last.to, f"{last.text} {text.strip()}")
            continue
        match = re.match(r"(\w+)(?: \((\w\w)\))?(?: to (\w+))?:(?: (.*))?$", text)
        if match is None:
            raise ValueError(f"{path.name}:{number}: {text!r} is no line of a transcript")
        who, language, to, said = match.groups()
        if who in HEAD:
            head[who] = said or ""
            continue
        if language:
            languages[who] = language
        lines.append(Line(number, who, to or "", (said or "").strip()))
    return Script(f"{path.parent.name}.{path.stem}", head["client"], head["database"] == "both", lines, languages)


def matches(wanted: str, said: str, known: dict[str, str]) -> bool:
    """Whether what was said is what was wanted; notes in ``known`` what the placeholders stood for."""
    pattern, names = "", []
    for part in re.split(r"(\{\w+\}|\[\.\.\.\])", wanted):
        if part == "[...]":
            pattern += r"(?:\[[^\]]*\] ?)*"
        elif re.fullmatch(r"\{\w+\}", part):
            name = part[1:-1]
            if name in known:
                pattern += re.escape(known[name])
            elif name in names:
                pattern += f"(?P={name})"
            else:
                names.append(name)
                pattern += rf"(?P<{name}>[^\s\[\]]+?)"
        else:
            pattern += re.escape(part)
    found = re.fullmatch(pattern, said)
    if found is None:
        return False
    known.update(found.groupdict())
    return True


def fill(text: str, known: dict[str, str]) -> str:
    """The text with what its placeholders stood for."""
    return re.sub(r"\{(\w+)\}", lambda match: known.get(match[1], match[0]), text)
