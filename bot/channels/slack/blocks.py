"""Our posts, modals and home pages as Slack's blocks, clipped to what Slack takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from slack_sdk.models import blocks as b
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.blocks.block_elements import FileInputElement
from slack_sdk.models.views import View

from bot.channels.slack.rich import Run, cut, joined, length, quote, runs, section
from bot.channels.slack.text import MORE, bare, clipped, escaped
from bot.update import Json

WORDS: Final = 3000
"""Letters of a part of a view, and of somebody's own words in a post; the whole of them is shown elsewhere."""
LETTERS: Final = 9000
"""Letters of a whole message: Slack refuses somewhat more than that, and says nowhere how much."""
SMALL: Final = 2000
LABEL: Final = 75
KEY: Final = 255
TITLE: Final = 24
INPUT_LABEL: Final = 2000
HINT: Final = 150
OPTIONS: Final = 100
IN_MESSAGE: Final = 50
IN_VIEW: Final = 100
FALLBACK: Final = 3000
PRIVATE: Final = 3000
LONGEST_INPUT: Final = 3000
STYLES: Final = {"primary", "danger"}


def message(post: Json) -> dict[str, Any]:
    """The fields of a message: its blocks, and the text that a notification reads."""
    shown = [block.to_dict() for block in post_blocks(post)]
    return {"text": fallback(post), "blocks": shown[:IN_MESSAGE]}


def fallback(post: Json) -> str:
    """What a post reads where no blocks are shown."""
    told = [post["title"], *post["lines"], *(f"{label}: {value}" for label, value in post["fields"]), post["quote"]]
    return escaped(clipped("\n".join(bare(one) for one in told if one), FALLBACK)) or MORE


def post_blocks(post: Json) -> Iterator[b.Block]:
    """A post's blocks, of no more letters than a message takes: its own words before somebody else's."""
    fields = joined([*runs(label, "bold"), Run(" "), *(runs(value) or [Run("-")])] for label, value in post["fields"])
    left = LETTERS - SMALL
    for shown in (joined([runs(post["title"], "bold"), *map(runs, post["lines"])]), fields):
        if shown and left > 0:
            yield section(cut(shown, left))
            left -= length(shown)
    if post["quote"] and left > 0:
        yield quote(cut(runs(post["quote"]), min(left, WORDS)))
    yield from small(post["small"])
    yield from actions(post["buttons"])


def words_of(lines: Sequence[str]) -> Iterator[b.Block]:
    """Lines of a view."""
    shown = joined(map(runs, lines))
    if shown:
        yield section(cut(shown, WORDS))


def small(text: str) -> Iterator[b.Block]:
    """Small print."""
    if text:
        yield b.ContextBlock(elements=[letters(bare(text), SMALL)])


def letters(text: str, most: int) -> b.PlainTextObject:
    """Letters that Slack neither formats nor turns into pictures; it takes no empty ones."""
    return b.PlainTextObject(text=clipped(text, most) or MORE, emoji=False)


def actions(rows: Sequence[Sequence[Json]]) -> Iterator[b.Block]:
    """Rows of buttons."""
    for row in rows:
        if row:
            yield b.ActionsBlock(elements=[button(one) for one in row[:25]])


def button(press: Json) -> b.ButtonElement:
    """A button; its id is the act it starts, with its argument."""
    key = key_of(press)
    sure = None
    if press["sure"]:
        sure = b.ConfirmObject(
            title=letters(press["label"], 100),
            text=letters(press["sure"], 300),
            confirm=letters(press["label"], 30),
            deny=CANCEL,
        )
    return b.ButtonElement(
        text=letters(press["label"], LABEL),
        action_id=key,
        url=press["url"] or None,
        style=press["style"] if press["style"] in STYLES else None,
        confirm=sure,
    )


CANCEL: Final = "✕"
"""What a question whether one is sure is left by: it needs no translation."""


def key_of(press: Json) -> str:
    """The key that a press brings back. Raises ValueError where Slack could not carry it."""
    key = f"{press['act']}:{press['argument']}" if press["argument"] else str(press["act"])
    if len(key) > KEY:
        raise ValueError(f"a button can't carry more than {KEY} letters: {key[:80]}")
    return key


# --- views ------------------------------------------------------------------------------------------------------------


def modal(shown: Json, place: str = "") -> dict[str, Any]:
    """A modal; ``place`` is where it was opened from, and comes back with it."""
    private = json.dumps({"private": shown["private"], "place": place}, ensure_ascii=False, separators=(",", ":"))
    if len(private) > PRIVATE:
        raise ValueError(f"a modal can't carry more than {PRIVATE} letters: {shown['act']} has {len(private)}")
    view = View(
        type="modal",
        callback_id=shown["act"],
        title=letters(shown["title"], TITLE),
        submit=letters(shown["submit"], TITLE) if shown["submit"] else None,
        close=letters(shown["close"], TITLE) if shown["close"] else None,
        private_metadata=private,
        notify_on_close=True if shown["hears_close"] else None,
        blocks=within([block for part in shown["parts"] for block in part_blocks(part)]),
    )
    made: dict[str, Any] = view.to_dict()
    return made


def home(shown: Json) -> dict[str, Any]:
    """A home page."""
    blocks = within([block for part in shown["parts"] for block in part_blocks(part)])
    made: dict[str, Any] = View(type="home", blocks=blocks).to_dict()
    return made


def within(blocks: list[b.Block]) -> list[b.Block]:
    """As many blocks as a view takes, the last saying that there was more; a view needs one."""
    if not blocks:
        return list(words_of([MORE]))
    return blocks if len(blocks) <= IN_VIEW else [*blocks[: IN_VIEW - 1], *words_of([MORE])]


def part_blocks(part: Json) -> Iterator[b.Block]:
    """A part of a modal or of a home page."""
    if part["is"] == "heading":
        yield b.HeaderBlock(text=letters(part["text"], HINT))
    elif part["is"] == "input":
        yield field(part)
    else:
        yield from words_of(part["lines"])
        yield from small(part["small"])
        yield from actions(part["buttons"])


def field(part: Json) -> b.Block:
    """A field of a form. Its block is called as the field, its element as the act that a change of it starts."""
    if part["form"] == "check":
        part = {**part, "options": [["yes", part["label"]]], "needed": False}
    return b.InputBlock(
        label=letters(part["label"], INPUT_LABEL),
        hint=letters(part["hint"], INPUT_LABEL) if part["hint"] else None,
        block_id=part["name"],
        optional=not part["needed"],
        dispatch_action=True if part["acts"] else None,
        element=ELEMENTS[part["form"]](part, part["acts"] or part["name"]),
    )


def options(part: Json) -> list[b.Option]:
    """The choices of a field; Slack takes a hundred."""
    return [b.Option(text=letters(label, LABEL), value=key) for key, label in part["options"][:OPTIONS]]


def words(part: Json, name: str) -> b.InputInteractiveElement:
    value = str(part["value"]) if part["value"] else None
    most = min(part["most"] or LONGEST_INPUT, LONGEST_INPUT)
    dispatches = DispatchActionConfig(trigger_actions_on=["on_enter_pressed"]) if part["acts"] else None
    return b.PlainTextInputElement(
        action_id=name,
        initial_value=clipped(value, most) if value else None,
        multiline=part["form"] == "long" or None,
        max_length=most,
        dispatch_action_config=dispatches,
    )


def choice(part: Json, name: str) -> b.InputInteractiveElement:
    known = options(part)
    chosen = next((one for one in known if one.value == part["value"]), None)
    return b.StaticSelectElement(action_id=name, options=known, initial_option=chosen)


def choices(part: Json, name: str) -> b.InputInteractiveElement:
    known = options(part)
    if part["form"] == "check":
        chosen = known if part["value"] else []
        return b.CheckboxesElement(action_id=name, options=known, initial_options=chosen or None)
    chosen = [one for one in known if one.value in (part["value"] or ())]
    return b.StaticMultiSelectElement(action_id=name, options=known, initial_options=chosen or None)


def day(part: Json, name: str) -> b.InputInteractiveElement:
    return b.DatePickerElement(action_id=name, initial_date=part["value"] or None)


def time(part: Json, name: str) -> b.InputInteractiveElement:
    return b.TimePickerElement(action_id=name, initial_time=part["value"] or None)


def moment(part: Json, name: str) -> b.InputInteractiveElement:
    value = part["value"]
    seconds = int(datetime.fromisoformat(value).timestamp()) if isinstance(value, str) and value else value
    return b.DateTimePickerElement(action_id=name, initial_date_time=seconds or None)


def member(part: Json, name: str) -> b.InputInteractiveElement:
    return b.UserSelectElement(action_id=name, initial_user=part["value"] or None)


def number(part: Json, name: str) -> b.InputInteractiveElement:
    value = str(part["value"]) if part["value"] not in (None, "") else None
    return b.NumberInputElement(action_id=name, is_decimal_allowed=False, initial_value=value)


def files(part: Json, name: str) -> b.InputInteractiveElement:
    return FileInputElement(action_id=name, max_files=min(part["most"] or 10, 10))


ELEMENTS: Final = {
    "text": words, "long": words, "choice": choice, "choices": choices, "check": choices, "day": day, "time": time,
    "moment": moment, "member": member, "number": number, "files": files,
}  # fmt: skip
