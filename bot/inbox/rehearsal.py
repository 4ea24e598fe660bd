"""The rehearsal: who works at the desk plays a customer of a client, before the real dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import phonenumbers
from aiohttp import web

from bot.i18n import _, plain
from bot.inbox.acting import field
from bot.inbox.client_words import framed
from bot.inbox.doing import do
from bot.inbox.her import Her, her
from bot.office.rehearsal import CHANNEL, thread_of
from bot.update import Face, Kind, OfClient, Update, Writer
from bot.values import LANGUAGES, Client, Msgid
from storage import rehearsals

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

PLAYED: Final = _("Rehearsal")
"""What the network would call the customer: the desk sees it in its list."""
OVER: Final = _("The rehearsal is over. Nothing of it is left.")


class RehearsalPage:
    """The page on which a customer is played."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page and its forms."""
        at = r"/clients/{client}/rehearsal"
        return [web.get(at, self.page), web.post(at, self.act)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The talk so far, or how to begin one."""
        who = her(request)
        return await self._page(request, who.client(request.match_info["client"]))

    async def _page(self, request: web.Request, client: Client, toast: str = "") -> web.Response:
        thread = thread_of(client, her(request).member.id)

        def read(rows: Any) -> list[rehearsals.Line] | None:
            talk = rehearsals.talk_of(rows, thread)
            return rehearsals.lines(rows, talk) if talk is not None else None

        values: dict[str, Any] = {
            **framed(client, "rehearsal"),
            "lines": await self.inbox.database.read(read),
            "toast": toast,
            "over": OVER if "over" in request.query else "",
            "languages": LANGUAGES,
        }
        return self.inbox.page("rehearsal.html", request, values)

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Begins, says something as the customer, or ends."""
        who, form = her(request), await request.post()
        client, doing = who.client(request.match_info["client"]), field(form, "doing")
        if doing in {"begin", "end"}:
            name = plain(PLAYED, {}, who.member.language, who.zone)
            data = {"language": field(form, "language"), "name": f"{name} · {who.member.name}"}
            await do(self.inbox, who, f"{doing}_rehearsal", data, field(form, "token"), OfClient(client.id))
            raise web.HTTPSeeOther(request.path + ("?over=1" if doing == "end" else ""))
        thread = thread_of(client, who.member.id)
        if await self.inbox.database.read(lambda rows: rehearsals.talk_of(rows, thread)) is None:
            raise web.HTTPSeeOther(request.path)
        update = self._said(who, client, form)
        reply = await self.inbox.door.handle(update) if update is not None else None
        if reply is not None and reply.toast:
            return await self._page(request, client, reply.toast)
        raise web.HTTPSeeOther(request.path + "#end")

    def _said(self, who: Her, client: Client, form: Any) -> Update | None:
        """What the customer does: writes, presses a button, or shares her number."""
        text, key, number = field(form, "text"), field(form, "key"), phone(client)
        rest: dict[str, Any]
        if field(form, "asks") == "contact":
            kind, rest = Kind.CONTACT, {"data": {"phone": number, "own": True}}
        elif key:
            kind, rest = Kind.PRESS, {"name": key, "message": field(form, "message"), "text": field(form, "label")}
        elif text.startswith("/") and len(text) > 1:
            name, _space, more = text[1:].partition(" ")
            kind, rest = Kind.COMMAND, {"name": name, "text": more.strip()}
        elif text:
            kind, rest = Kind.TEXT, {"text": text}
        else:
            return None
        fields: dict[str, Any] = {"id": field(form, "token")[:64], "at": self.inbox.clock(), **rest}
        thread = thread_of(client, who.member.id)
        writer = Writer(name=plain(Msgid(PLAYED), {}, who.member.language, who.zone))
        return Update(
            channel=CHANNEL,
            account=thread.account,
            face=Face.CUSTOMER,
            kind=kind,
            target=thread,
            writer=writer,
            **fields,
        )


def phone(client: Client) -> str:
    """The number that a played customer shares: an example of her country's, which is nobody's."""
    country = client.country or "IT"
    found = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
    if found is None:
        return "+393123456789"
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
