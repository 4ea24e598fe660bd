"""What a message for the client is about, and where and when it is to be answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.dialog import Option, Options, Reader, Turn
from bot.i18n import _, plain
from bot.questions.phone import phone_of, shown_phone
from bot.questions.text import checked_text
from bot.reading import Ear, Reading, fold
from bot.reading.choices import read_choice
from bot.reading.names import read_words
from bot.update import Json, Kind, Update
from bot.values import Msgid

KINDS: Final[Mapping[str, Msgid]] = {
    "photo": _("photo"),
    "voice": _("voice message"),
    "document": _("document"),
    "audio": _("recording"),
    "video": _("video"),
}
HERE: Final = "here"
TIMES: Final[Mapping[str, tuple[Msgid, Msgid]]] = {
    "any": (_("At any time"), _("at any time")),
    "morning": (_("In the morning"), _("in the morning")),
    "afternoon": (_("In the afternoon"), _("in the afternoon")),
}
"""When to call back: as a button, and within a line."""


@dataclass(frozen=True, slots=True)
class Content:
    """What was written, and the kinds of the files that were sent: the files themselves are kept with the talk."""

    text: str
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join([*(f"[{kind}]" for kind in self.files), self.text]).strip()


class ContentReader(Reader[Content]):
    """Takes words, up to ``limit`` characters, or a voice message, or files."""

    leftovers = False
    greedy = anything = True

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def read(self, text: str, ear: Ear) -> Reading | None:
        return read_words(text, self.limit)

    def take(self, update: Update) -> Reading | None:
        if update.kind is not Kind.FILES:
            return None
        kinds = [one.kind for one in update.attachments]
        value = {"text": update.text[: self.limit], "files": kinds}
        album = update.data.get("media_group_id")
        return Reading({**value, "album": album} if album else value, (0, 0))

    def check(self, value: Json) -> Content:
        if isinstance(value, dict):
            return Content(str(value["text"]), tuple(value["files"]))
        return Content(checked_text(value))

    def show(self, value: Any) -> Any:
        kinds = [KINDS.get(kind, KINDS["document"]) for kind in value.files]
        return [*kinds, value.text] if kinds and value.text else kinds or value.text


def more_of(value: Mapping[str, Any], update: Update) -> Json:
    """A stored ``Content`` with the files and words of one more message of the same album."""
    files = [*value["files"], *(one.kind for one in update.attachments)]
    return {**value, "files": files, "text": value["text"] or update.text}


class ReplyTo(Reader[str]):
    """Takes a phone number (E.164), or that the answer goes to the chat (``HERE``)."""

    leftovers = False

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.phone = phone_of(turn)

    def read(self, text: str, ear: Ear) -> Reading | None:
        turn = self.turn
        label = plain(ANSWER_HERE, {}, turn.language, turn.client.zone, turn.now)
        return read_choice(text, ear, [(HERE, (label, *HERE_WORDS))]) or self.phone.read(text, ear)

    def amend(self, text: str, ear: Ear, value: Json) -> Reading | None:
        return self.phone.spot(text, ear)

    def take(self, update: Update) -> Reading | None:
        return self.phone.take(update)

    def check(self, value: Json) -> str:
        return HERE if value == HERE else self.phone.check(value)

    def options(self, page: str) -> Options:
        known = self.turn.customer.phone
        rows = [[Option(shown_phone(known), known)]] if known else []
        return [*rows, *self.phone.options(page), [Option(ANSWER_HERE, HERE)]]

    def show(self, value: Any) -> Any:
        return _("here in the chat") if value == HERE else shown_phone(value)


ANSWER_HERE: Final = _("Answer here, in the chat")
HERE_WORDS: Final = ("here", "in the chat", "chat", "qui", "in chat", "tutaj", "na czacie", "czat")


class CallBack(Reader[str]):
    """Takes when to call back: one of ``TIMES`` or any words."""

    leftovers = False
    greedy = anything = True

    def __init__(self, turn: Turn) -> None:
        self.turn = turn

    def read(self, text: str, ear: Ear) -> Reading | None:
        turn = self.turn
        for key, (label, _line) in TIMES.items():
            if fold(text) == fold(plain(label, {}, turn.language, turn.client.zone, turn.now)):
                return Reading(key, (0, len(text)))
        return read_words(text, 200)

    def check(self, value: Json) -> str:
        return checked_text(value)

    def options(self, page: str) -> Options:
        return [[Option(label, key)] for key, (label, _line) in TIMES.items()]

    def show(self, value: Any) -> Any:
        return shown_time(value)


def shown_time(when: str) -> str:
    """When to call back, as it stands in a line."""
    return TIMES[when][1] if when in TIMES else when
