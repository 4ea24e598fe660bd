"""Canned replies as a ticket offers them: in the customer's language, filled in, with a gloss in the reader's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.i18n import plain, show
from bot.inbox.card import Card
from bot.inbox.doing import do
from bot.inbox.her import Her
from bot.inbox.store import LARGEST_PHOTO, PHOTOS, Kept, NotKept, Store
from bot.office.words import CANNED, VARIABLE, canned
from bot.update import Json, OfClient
from bot.values import Client
from storage.canned_files import OfCanned
from storage.queue import Listed

if TYPE_CHECKING:
    from bot.inbox.site import Inbox


@dataclass(frozen=True, slots=True)
class Canned:
    """A canned reply: its words for this customer, and what they mean to who sends them."""

    name: str
    text: str
    gloss: str
    missing: bool  # it has no words in the customer's language
    file: str = ""  # what the file is called that goes with it


def as_attachment(store: Store, one: OfCanned) -> dict[str, Json]:
    """The file of a canned reply, as it goes with a message."""
    path = str(store.path(one.sha256))
    kind = "photo" if one.mime in PHOTOS and one.size <= LARGEST_PHOTO else "document"
    return asdict(Kept(kind, one.called, one.mime, one.size, path, one.sha256))


def offered(
    one: Listed, client: Client, card: Card, files: Sequence[OfCanned], who: Her, now: datetime
) -> list[Canned]:
    """The client's canned replies for a ticket's customer: no other client's are to be had here."""
    called = {file.name: file.called for file in files}
    language = one.language or client.languages[0]
    values = known(one, client, card, who, language, now)
    return [
        Canned(
            name,
            VARIABLE.sub(lambda found: values.get(found[1]) or found[0], text.read(language)),
            text.read(who.member.language) if who.member.language != language else "",
            not text.has(language),
            called.get(name, ""),
        )
        for name, text in canned(client)
    ]


def known(one: Listed, client: Client, card: Card, who: Her, language: str, now: datetime) -> Mapping[str, str]:
    """What can be filled in."""
    visit = card.visits[0] if card.visits else None
    return {
        "customer": one.name or "",
        "client": client.name,
        "me": who.member.name,
        "appointment": show(visit.appointment, language, client.zone, "", now) if visit is not None else "",
        "service": visit.service.name.read(language) if visit is not None and visit.service is not None else "",
        "order": card.orders[0].order.number if card.orders else "",
        "address": client.address,
        "phone": client.phone,
    }


async def keep_file(inbox: Inbox, who: Her, client: Client, form: Mapping[str, Any], key: str) -> str:
    """Keeps the file that a canned reply's form brings, or takes it away; gives what is wrong, if anything is."""
    chosen, name = form.get("file"), key.removeprefix(CANNED)
    data: dict[str, Json] = {"name": name, "file": {}}
    if isinstance(chosen, web.FileField) and chosen.filename:
        try:
            kept = await inbox.store.keep(chosen.filename, chosen.file.read())
        except NotKept as wrong:
            return plain(wrong.reason, {"name": wrong.name}, who.member.language, who.zone)
        data["file"] = {"sha256": kept.sha256, "called": kept.name, "mime": kept.mime, "size": kept.size}
    elif form.get("without") != "yes":
        return ""
    return (await do(inbox, who, "canned_file", data, f"{form.get('token', '')}f", OfClient(client.id))).error
