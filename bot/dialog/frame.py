"""What a dialog under way remembers between two turns: plain JSON in the conversation's row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson

from bot.update import Json
from bot.values import EFFECTS

GAP: Final = " … "
"""Stands between what texts left for later questions, and for what was read of them."""
LONGEST_REST: Final = 500
"""So many characters, from the end, are kept of it."""


@dataclass(slots=True)
class Answer:
    """One answer: what was said, what it was read as, when (ISO) and in which language.

    ``said`` is None for what was known without saying, and ``asked`` tells whether its question had been put.
    """

    name: str
    said: str | None
    value: Json
    at: str
    language: str
    asked: bool

    def plain(self) -> Json:
        """As it is stored."""
        return [self.name, self.said, self.value, self.at, self.language, self.asked]


@dataclass(slots=True)
class Kept:
    """An effect done before the dialog's end, for a client at ``version``; it rests on the first ``after`` answers."""

    key: str
    effect: str
    after: int
    result: Json
    version: int = 0

    def plain(self) -> Json:
        """As it is stored."""
        return [self.key, self.effect, self.after, self.result, self.version]

    def guards(self, now: datetime) -> bool:
        """Whether it keeps the answers that it rests on as they were checked."""
        effect = EFFECTS.get(self.effect)
        return effect is not None and effect.guards is not None and effect.guards(self.result) > now


@dataclass(slots=True)
class Frame:
    """One dialog of the stack.

    ``dialog`` names its ability and ``given`` what it was begun with; ``asking`` is the question last put and ``put``
    all that ever were; ``aside`` holds answers that are taken up again if they still pass; ``wanted`` the optional
    questions that were chosen; ``forgotten`` the names whose known value must really be asked; ``words`` a text kept
    for the question it was meant for; ``rest`` what a text left for later questions; ``agreed`` the digest of the
    values that the customer said yes to.
    """

    dialog: str
    given: dict[str, Any] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    aside: dict[str, Answer] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    wanted: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    asking: str = ""
    put: list[str] = field(default_factory=list)
    words: list[str] | None = None  # [text, the question's name]
    rest: str = ""
    agreed: str = ""

    def plain(self) -> Json:
        """As it is stored: what is empty is left out."""
        state = {
            "dialog": self.dialog,
            "given": self.given,
            "answers": [answer.plain() for answer in self.answers],
            "aside": [answer.plain() for answer in self.aside.values()],
            "kept": [kept.plain() for kept in self.kept],
            "wanted": self.wanted,
            "forgotten": self.forgotten,
            "asking": self.asking,
            "put": self.put,
            "words": self.words,
            "rest": self.rest,
            "agreed": self.agreed,
        }
        return {name: value for name, value in state.items() if value}

    @classmethod
    def of(cls, state: Json) -> Frame:
        """The frame that ``plain`` stored."""
        return cls(
            dialog=state["dialog"],
            given=dict(state.get("given", {})),
            answers=[Answer(*answer) for answer in state.get("answers", ())],
            aside={answer[0]: Answer(*answer) for answer in state.get("aside", ())},
            kept=[Kept(*kept) for kept in state.get("kept", ())],
            wanted=list(state.get("wanted", ())),
            forgotten=list(state.get("forgotten", ())),
            asking=state.get("asking", ""),
            put=list(state.get("put", ())),
            words=state.get("words"),
            rest=state.get("rest", ""),
            agreed=state.get("agreed", ""),
        )

    def find(self, name: str) -> Answer | None:
        """The recorded answer called ``name``."""
        return next((answer for answer in self.answers if answer.name == name), None)

    def index(self, name: str) -> int:
        """The place of the answer called ``name``, or one past the end."""
        return next((place for place, answer in enumerate(self.answers) if answer.name == name), len(self.answers))

    def forget(self, name: str, *, aside: bool = False) -> list[Kept]:
        """Drops an answer and all later ones, and returns what was kept on them, latest first, for undoing.

        With ``aside`` the later ones are set aside: they are taken up again unasked if they still pass.
        """
        place = self.index(name)
        dropped = self.answers[place:]
        del self.answers[place:]
        for answer in dropped:
            if answer.said is None:
                continue
            self.aside.pop(answer.name, None)
            if aside and answer.name != name:
                self.aside[answer.name] = answer
        if not aside:
            self.aside.clear()
        if name not in self.forgotten:
            self.forgotten.append(name)
        self.agreed = self.rest = ""
        loose = [kept for kept in self.kept if kept.after > place]
        self.kept = [kept for kept in self.kept if kept.after <= place]
        return loose[::-1]

    def guarded(self, now: datetime, version: int) -> int:
        """How many of the answers need no check: what was kept on them guards them still, of the client as it is."""
        return max((one.after for one in self.kept if one.version == version and one.guards(now)), default=0)

    def leave(self, text: str) -> None:
        """Leaves a text for later questions, behind what others left."""
        self.rest = f"{self.rest}{GAP}{text}"[-LONGEST_REST:] if self.rest else text

    def last_said(self) -> str | None:
        """The name of the last answer that the customer gave, which Back forgets."""
        return next((answer.name for answer in reversed(self.answers) if answer.said is not None), None)


def digest(values: Sequence[Any]) -> str:
    """A short name for a list of values: JSON, or dataclasses, which count by their fields."""
    try:
        text = orjson.dumps(values, default=repr, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # a number beyond 64 bits
        text = repr(values).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(text, digest_size=8).hexdigest()
