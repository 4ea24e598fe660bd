"""Pages: the templates, and the words and values in them as their reader's language has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import CodeType
from typing import Any, Final
from zoneinfo import ZoneInfo

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from bot.i18n import plain, show
from bot.inbox.fields import has_words, lacks
from bot.questions.phone import shown_phone
from bot.values import Plural

HERE: Final = Path(__file__).parent
LINK: Final = re.compile(r'<a href="([^"]*)">')
SAFE_LINK: Final = re.compile(r"(?:https?://|mailto:|tel:|tg://)", re.IGNORECASE)


class Compiled(BytecodeCache):
    """Templates as compiled, a process's own: however many inboxes it builds, each is compiled once."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what is known of the template as its source is now."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        if bucket.code is not None:
            self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED: Final = Compiled()


def environment() -> dict[str, Any]:
    """How aiohttp_jinja2 is to make its environment."""
    return {
        "loader": FileSystemLoader(HERE / "templates"),
        "bytecode_cache": COMPILED,
        "autoescape": True,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }


def equip(made: Environment) -> None:
    """Gives templates their words."""
    made.globals["_"] = said
    made.globals["_n"] = counted
    made.filters["shown"] = shown
    made.filters["ours"] = ours
    made.filters["phone"] = shown_phone
    made.filters["has_words"] = has_words
    made.filters["lacks"] = lacks


@pass_context
def said(context: Context, message: str, **values: Any) -> str:
    """A message in the reader's language."""
    return plain(message, values, context["language"], context["zone"], context["now"])


@pass_context
def counted(context: Context, singular: str, plural: str, **values: Any) -> str:
    """A message whose form depends on its ``n``."""
    return plain(Plural(singular, plural), values, context["language"], context["zone"], context["now"])


@pass_context
def shown(context: Context, value: Any, form: str = "", zone: ZoneInfo | None = None) -> str:
    """A typed value in the reader's language, on her own clock or on another."""
    return show(value, context["language"], zone or context["zone"], form, context["now"])


def ours(html: str) -> Markup:
    """HTML that we rendered for a customer (b, i, code and a only, every value escaped), its links made safe."""

    def link(found: re.Match[str]) -> str:
        if SAFE_LINK.match(found[1]):
            return f'<a href="{found[1]}" rel="noopener noreferrer nofollow" target="_blank">'
        return "<a>"

    return Markup(LINK.sub(link, html))  # noqa: S704  the render of bot.i18n escapes every value


def context_of(language: str, timezone: str, now: datetime, values: Mapping[str, Any]) -> dict[str, Any]:
    """What every template is given."""
    zone = ZoneInfo(timezone) if timezone else UTC
    return {"language": language, "zone": zone, "now": now, **values}


def span(until: datetime, now: datetime) -> timedelta:
    """How long it is until a moment, or since it, in whole minutes."""
    return timedelta(minutes=abs((until - now) // timedelta(minutes=1)))
