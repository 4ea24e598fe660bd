"""How a question is put: its words, what was taken early, and its keyboard with the ways out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from bot.dialog.asking import Ask, Confirm
from bot.dialog.reader import Option, Options
from bot.dialog.surface import Turn
from bot.i18n import _
from bot.update import Json
from bot.values import Invalid, Message, Slot

if TYPE_CHECKING:
    from bot.dialog.engine import Heard

Part = tuple[Message, Mapping[str, Any]]


LASTING = ("shares", "album", "languages")
"""What a talk remembers beside the question: a keyboard that shares, an album, the languages that were offered."""
BACK: Final = Option(_("Back"), move="back")
LEAVE: Final = Option(_("Never mind"), move="leave")
HUMAN: Final = Option(_("A person"), act="human")


class Put(Exception):
    """A question that has no answer yet: the run ends by putting it."""

    def __init__(
        self,
        ask: Ask[Any] | None,
        hint: Part | None = None,
        choices: tuple[Json, ...] = (),
        *,
        name: str = "",
        parts: list[Part] | None = None,
        options: Options = (),
        digest: str = "",
    ) -> None:
        super().__init__(name or (ask.name if ask else ""))
        self.ask = ask
        self.name = name or (ask.name if ask else "")
        self.hint = hint
        self.choices = choices
        self.parts = parts or ([(ask.question, called(ask.values))] if ask else [])
        self.rows = options
        self.digest = digest

    def options(self, page: str) -> Options:
        """The buttons of the answer itself."""
        if self.ask is None:
            return self.rows
        if self.choices:
            reader, shown = self.ask.reader, []
            for value in self.choices:
                try:
                    shown.append(Option(reader.short(reader.check(value)), value))
                except Invalid:
                    continue
            return [shown[start : start + reader.columns] for start in range(0, len(shown), reader.columns)]
        return self.ask.reader.options(page)


def called(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values, of which functions are called now."""
    return {name: value() if callable(value) else value for name, value in values.items()}


def put(turn: Turn, question: Put, early: list[tuple[Ask[Any], Any]], heard: Heard, *, back: bool) -> None:
    """Says the question, joined to the last words before it, and remembers what its buttons mean."""
    parts = list(question.parts)
    if question.hint is not None:
        parts.insert(0, question.hint)
    if question.ask is not None and early:
        parts[:0] = echo(early, question.parts[0][1])
    spoken = turn.scene.spoken
    if spoken and not (spoken[-1].buttons or spoken[-1].attach or spoken[-1].edits):
        parts[:0] = spoken.pop().parts
    rows = [*question.options(heard.page), ways_out(back)]
    turn.say_lines(parts, buttons=rows)
    spoken = turn.scene.spoken
    spoken[-1].edits = heard.message
    spoken[-1].token = turn.conversation.puts
    keys = [option.key for row in rows for option in row]
    awaiting = {"ask": question.name, "token": turn.conversation.puts, "taken": heard.token, "keys": keys}
    if heard.message:
        awaiting["paged"] = heard.message
    if question.digest:
        awaiting["digest"] = question.digest
    before = turn.conversation.awaiting or {}
    awaiting |= {lasting: before[lasting] for lasting in LASTING if before.get(lasting)}
    turn.change(awaiting=awaiting, puts=turn.conversation.puts + 1)


def ways_out(back: bool) -> list[Option]:
    """Back, leaving and a person stand on every keyboard."""
    return [BACK, LEAVE, HUMAN] if back else [LEAVE, HUMAN]


def echo(early: list[tuple[Ask[Any], Any]], asked: Mapping[str, Any]) -> list[Part]:
    """What was taken before it was asked, said back: no day beside the time on it, nothing the question says."""
    shown = [(ask, ask.reader.show(value)) for ask, value in early if value not in asked.values()]
    if any(isinstance(value, Slot) for _ask, value in shown):
        shown = [(ask, value) for ask, value in shown if not isinstance(value, date)]
    if len(shown) == 1:
        return [(_("{read}."), {"read": shown[0][1]})]
    return [line(ask, value) for ask, value in shown]


def line(ask: Ask[Any], value: Any) -> Part:
    """An answer on a line of its own, with its label."""
    if ask.label is None:
        return (_("{read}."), {"read": value})
    return (_("{label}: {value}"), {"label": ask.label, "value": value})


def confirmation(
    confirm: Confirm,
    shown: list[str],
    passed: Mapping[str, tuple[Ask[Any], Any]],
    optional: Mapping[str, Ask[Any]],
    digest: str,
    *,
    changing: bool,
) -> Put:
    """The reading back, or, where something is to be changed, the question what."""
    if changing:
        rows = [
            [Option(ask.label, move=f"change:{ask.begins or name}")]
            for name, (ask, _value) in passed.items()
            if ask.label is not None and name in shown
        ]
        return Put(None, name="confirm", parts=[(_("What would you like to change?"), {})], options=rows)
    lines = []
    for name in shown:
        ask, value = passed[name]
        if value is not None:
            lines.append(line(ask, ask.reader.show(value)))
    rows = [[Option(confirm.yes, move=f"yes:{digest}"), Option(_("Change something"), move="change")]]
    for name in confirm.also:
        if name in optional and name not in passed:
            rows.append([Option(optional[name].button, move=f"want:{name}")])
    parts = [(confirm.head, confirm.values), *lines, (confirm.question, confirm.values)]
    return Put(None, name="confirm", parts=parts, options=rows, digest=digest)
