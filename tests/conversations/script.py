"""Reads a transcript: what people do, and every word the house must say to it.

    # Anything behind a hash is a comment.
    client: salon                      which example the talk is with
    clock: 2026-11-23 10:00            the client's own time; a later line of the kind lets time pass
    database: both                     plays on PostgreSQL as well
    digests: yes                       the team's briefs and reports come at their times
    shows: reference                   what the client's posts say

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
    va: accept ticket=1001             an act of the desk (of the first who covers the client), with its data
    slack: down                        its network answers nobody, until "up" (what waits goes out with the clock)
    zofia in Slack: /va book a train   a member of the client's team, by her contact's key (with her Slack's language)

In Slack a member writes ``/commands``, presses ``[buttons]``, writes words in the client's channel, or does one of
``(submit title=A train; kind=Travel; due=2026-11-24 15:00)``, ``(fill ...)``, ``(cancel)``, ``(home)``, ``(leave)``,
``(shortcut delegate)``, ``(delegate)`` (the shortcut on the last message of a member), ``(react bell)`` on it,
``(thread) words`` or ``(thread the train) words`` (under the newest post of ours, or the one that says so),
``(file offer.pdf) words`` (the same with a file), ``(direct) words``, ``(mention) words``, ``(edit) words`` and
``(delete)`` of her last message, ``(again [Label])`` (a button that has gone since). What is shown there:

    channel: ...                       a post in the client's channel
    thread: ...                        one in a thread of it
    changed: ...                       a post that reads otherwise now
    gone: ...                          one that was taken away; "gone to zofia" from her talk with the app
    whisper to zofia: ...              what only she sees in the channel; without "to", who acted last
    direct: ...                        in her talk with the app
    modal: ...                         a form that was opened, or changed: its title, lines, fields as "Label: value"
    wrong: ...                         what the form says is wrong with it
    home: ...                          her home page

``{name}`` stands for what can't be known (a code): it takes any word the first time and must be the same afterwards.
``[...]`` stands for any buttons. A line that begins with spaces continues the one before. The buttons for a person,
Back and leaving are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path

HEARD = ("bot", "toast", "file", "edit", "says")
TEAM = ("channel", "thread", "changed", "gone", "whisper", "direct", "modal", "wrong", "home")
HEAD = ("client", "database", "digests", "shows")


@dataclass(frozen=True)
class Line:
    """One line: who (customer, piotr, bot, clock, desk...), to whom it is said, and what."""

    number: int
    who: str
    to: str
    text: str
    slack: bool = False

    @property
    def heard(self) -> bool:
        """Whether the house must say it."""
        return self.who in HEARD or (self.who in TEAM and not self.slack)


@dataclass
class Script:
    """A whole transcript."""

    name: str
    client: str
    both: bool
    lines: list[Line]
    languages: dict[str, str] = field(default_factory=dict)
    digests: bool = False
    shows: str = ""

    @property
    def team(self) -> bool:
        """Whether the client's team plays in it."""
        return any(line.slack or line.who in TEAM for line in self.lines)


def read(path: Path) -> Script:
    """The transcript in the file; raises ValueError with the line that can't be read."""
    head = {"client": "", "database": "sqlite", "digests": "", "shows": ""}
    lines: list[Line] = []
    languages: dict[str, str] = {}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = raw.rstrip()
        if not text or text.lstrip().startswith("#"):
            continue
        if text[0] == " " and lines:
            last = lines[-1]
            lines[-1] = replace(last, text=f"{last.text} {text.strip()}")
            continue
        match = re.match(r"(\w+)(?: \((\w\w)\))?(?: in (Slack))?(?: to (\w+))?:(?: (.*))?$", text)
        if match is None:
            raise ValueError(f"{path.name}:{number}: {text!r} is no line of a transcript")
        who, language, slack, to, said = match.groups()
        if who in HEAD:
            head[who] = said or ""
            continue
        if language:
            languages[who] = language
        lines.append(Line(number, who, to or "", (said or "").strip(), bool(slack)))
    return Script(
        f"{path.parent.name}.{path.stem}",
        head["client"],
        head["database"] == "both",
        lines,
        languages,
        bool(head["digests"]),
        head["shows"],
    )


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
