"""The client's own words, as the desk edits them: what the bot says for it, and the desk's canned replies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection

from bot.i18n import _
from bot.values import Client, ClientText, Refusal
from storage import client_rows, clients

TITLES: Final = {
    "greeting": _("Greeting"),
    "closed": _("While closed"),
    "urgent": _("If it is urgent"),
    "directions": _("How to get there"),
    "privacy": _("Privacy"),
    "address": _("Address"),
}
SAID: Final = tuple(TITLES)
"""What the bot says for the client."""
FOR_DESK: Final = {
    "script": _("What to say"),
    "do": _("Please do"),
    "dont": _("Please don't"),
}
"""What the client wants of whoever answers for it: the bot never says it."""
CANNED: Final = "canned."
"""Before the name of a canned reply: a client file has none, so loading one leaves them alone."""
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
LONGEST: Final = 2000
VARIABLE: Final = re.compile(r"\{([a-z_]+)\}")
VARIABLES: Final = ("customer", "client", "me", "appointment", "service", "order", "address", "phone")
"""What a canned reply may leave open."""


def canned(client: Client) -> list[tuple[str, ClientText]]:
    """The client's canned replies, by name."""
    return sorted((key.removeprefix(CANNED), text) for key, text in client.texts.items() if key.startswith(CANNED))


def set_words(write: Connection, client: Client, key: str, texts: Mapping[str, str]) -> None:
    """Gives the client words, by language; none in a language where they are empty. Raises Refusal."""
    name = key.removeprefix(CANNED)
    if key not in (*SAID, *FOR_DESK) and not (key.startswith(CANNED) and NAME.fullmatch(name)):
        raise Refusal(_("A name has small letters, digits and hyphens only."))
    said = {language: words.strip() for language, words in texts.items() if words.strip()}
    if not set(said) <= set(client.languages):
        raise Refusal(_("This client does not speak that language."))
    if any(len(words) > LONGEST for words in said.values()):
        raise Refusal(_("That is too long."))
    unknown = {one for words in said.values() for one in VARIABLE.findall(words)} - set(VARIABLES)
    if key.startswith(CANNED) and unknown:
        raise Refusal(_("There is nothing called {name} to be filled in."), name="{" + min(unknown) + "}")
    client_rows.put_texts(write, client.id, {key: said} if said else {}, [key])
    clients.touch(write, client.id)


def left_open(text: str) -> str:
    """The first variable that nobody has filled in; empty where there is none."""
    return next((f"{{{name}}}" for name in VARIABLE.findall(text) if name in VARIABLES), "")
