"""A new client, by page: from a template of its trade; then what the doctor finds, and a rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from babel.numbers import get_territory_currencies

from bot.i18n import _
from bot.inbox.acting import field
from bot.inbox.client_page import TONGUES
from bot.inbox.doing import do
from bot.inbox.fields import Field, Filled, filled_of, listed, read_all
from bot.inbox.her import Her
from bot.inbox.office import administrator
from bot.inbox.parts import PARTS
from bot.office import blueprints
from bot.office.client_edit import BadEdit, key_of
from bot.office.client_file.place import Setting
from bot.update import Json, OfClient, Reply
from bot.values import LANGUAGES
from storage import clients

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

PROFILE: Final = tuple(
    one
    for one in PARTS["profile"].fields
    if one.name in {"name", "languages", "timezone", "country", "phone", "colour"}
)
PEOPLE: Final = Field("people", _("Who gives its services"), hint=_("First names, with commas; empty for nobody yet."))
COVERED: Final = {"mon-fri": ["9:00-18:00"]}
"""When who makes a client answers for it, until she says otherwise."""
SETTING: Final = Setting(LANGUAGES, "EUR", "IT")
FRESH: Final = {"languages": ["it", "en", "pl"], "timezone": "Europe/Rome", "country": "IT", "colour": "#2f7d6d"}


class NewClient:
    """The page on which a client is made, for administrators."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """The page and its form."""
        return [web.get("/office/new", self.page), web.post("/office/new", self.make)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The form."""
        administrator(request)
        return self._page(request, {**filled_of((*PROFILE, PEOPLE), FRESH, SETTING), "kind": "practice", "me": "yes"})

    def _page(
        self, request: web.Request, filled: Filled, problem: str = "", faults: set[str] | None = None, status: int = 200
    ) -> web.Response:
        values: dict[str, Any] = {
            "fields": (*PROFILE, PEOPLE),
            "filled": filled,
            "kinds": blueprints.TITLES,
            "problem": problem,
            "faults": faults or set(),
            "tongues": TONGUES,
        }
        return self.inbox.page("new_client.html", request, values, status=status)

    async def make(self, request: web.Request) -> web.StreamResponse:
        """Makes the client, gives it to who made it, and shows her how it stands."""
        who, form = administrator(request), await request.post()
        filled = {name: str(value)[:500] for name, value in form.items() if name != "secret"}
        taken = await self.inbox.database.read(lambda rows: {one.slug for one in clients.all_clients(rows)})
        slug = key_of(filled.get("name", ""), taken)
        try:
            content = blueprints.drawn(
                filled.get("kind", ""), profile(filled, slug), people(filled), covered(who, filled)
            )
        except KeyError:
            raise web.HTTPBadRequest from None
        except BadEdit as wrong:
            marked = {path[0] for path in wrong.faults}
            return self._page(request, filled, "" if marked <= names() else "\n".join(wrong.reasons), marked, 409)
        reply = await self._load(who, content, field(form, "secret"), field(form, "token"))
        if reply.error:
            return self._page(request, filled, reply.error, status=409)
        raise web.HTTPSeeOther(f"/inbox/clients/{slug}")

    async def _load(self, who: Her, content: Json, secret: str, token: str) -> Reply:
        sealed = {"telegram": {"token": self.inbox.vault.seal(secret)}} if secret else {}
        data = {"content": content, "sealed": sealed, "dry_run": False, "overwrite": False}
        reply = await do(self.inbox, who, "load_client", data, token)
        if not reply.error:
            found = await self.inbox.database.read(lambda rows: clients.find(rows, content["slug"]))
            assert found is not None
            await do(self.inbox, who, "give_client", {"name": who.member.name}, f"{token}g", OfClient(found[0]))
        return reply


def names() -> set[str]:
    """The fields of the form."""
    return {one.name for one in (*PROFILE, PEOPLE)}


def profile(filled: Filled, slug: str) -> dict[str, Json]:
    """What is the client's own, as a client file says it; its bot is called as it is."""
    said = read_all(PROFILE, filled, SETTING)
    country = str(said.get("country", ""))
    currencies = get_territory_currencies(country) if len(country) == 2 and country.isupper() else []
    return {"slug": slug, "currency": currencies[0] if currencies else "EUR", "telegram": {"account": slug}, **said}


def people(filled: Filled) -> list[str]:
    """Who gives its services."""
    return listed(filled.get(PEOPLE.name, ""))


def covered(who: Her, filled: Filled) -> list[dict[str, Json]]:
    """Who answers for it: who makes it, if she says so."""
    hers = {"staff": who.member.name, "timezone": who.member.timezone, "hours": COVERED}
    return [hers] if filled.get("me") == "yes" else []
