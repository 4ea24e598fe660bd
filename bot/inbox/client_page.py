"""The pages of a client: how it stands, and each part of it to be edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import show, weekday_headers
from bot.inbox.doing import do
from bot.inbox.fields import Filled, filled_of, read_all
from bot.inbox.her import Her, her
from bot.inbox.parts import PARTS, Part
from bot.office.client_edit import digest_of, key_of
from bot.office.client_file import Content, amounts, setting_of
from bot.office.client_file.amounts import DAYS
from bot.office.clients import present
from bot.update import OfClient, Reply
from bot.values import DAY, Client
from storage import staff

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

TONGUES: Final = {"it": "italiano", "en": "English", "pl": "polski"}
NEW: Final = ""
"""The key of an entry that is not there yet."""


class ClientPage:
    """The parts of a client that are filled in."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """A page and a form for each part."""
        part = f"/clients/{{client}}/{{part:{'|'.join(PARTS)}}}"
        return [web.get(part, self.page), web.post(part, self.edit)]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """The page of a part."""
        client, part = her(request).client(request.match_info["client"]), part_of(request)
        return await self._page(request, client, part)

    async def _page(
        self,
        request: web.Request,
        client: Client,
        part: Part,
        typed: tuple[str, Filled] | None = None,
        reply: Reply | None = None,
    ) -> web.Response:
        """The page, with what was ``typed`` into the form of one entry, and why it could not be kept."""
        who = her(request)

        def read(rows: Connection) -> tuple[Content, list[str]]:
            names = [name for _id, name in staff.colleagues(rows, [client.id]).get(client.id, ())]
            if who.member.role == "admin":
                names = [one.name for one in staff.everybody(rows) if one.active]
            return present(rows, client.id), names

        content, names = await self.inbox.database.read(read)
        values: dict[str, Any] = {
            "client": client,
            "parts": PARTS,
            "kept": "kept" in request.query,
            "here": request.match_info["part"],
            "part": part,
            "forms": forms_of(part, content, typed),
            "titles": titles(part, content, client, who),
            "typed": typed,
            "faults": marked(part, reply) if reply is not None else set(),
            "problem": reply.error if reply is not None else "",
            "reasons": unmarked(part, reply) if reply is not None else [],
            "choices": choices(client, names, content),
            "tongues": TONGUES,
            "weekdays": list(zip(DAYS, weekday_headers(who.member.language), strict=True)),
        }
        return self.inbox.page("client_part.html", request, values, status=409 if reply is not None else 200)

    async def edit(self, request: web.Request) -> web.StreamResponse:
        """Keeps what was filled in, or says what is wrong with it."""
        who, form = her(request), await request.post()
        client, part = who.client(request.match_info["client"]), part_of(request)
        filled = {name: str(value)[:8000] for name, value in form.items()}
        content = await self.inbox.database.read(lambda rows: present(rows, client.id))
        entry = filled.get("entry", NEW)
        setting = setting_of({**content, **spoken(part, filled, content)})
        said: Any = {one.name: None for one in part.fields} | read_all(part.fields, filled, setting)
        if part.path == ("hours",):
            said = said["hours"]
        path = [*part.path]
        if part.entries:
            path.append(entry or new_key(part, content, filled))
        if "remove" in form and part.entries:
            said = None
        data = {"path": path, "said": said, "seen": filled.get("seen", "")}
        reply = await do(self.inbox, who, "edit_client", data, filled.get("token", ""), OfClient(client.id))
        if reply.error:
            return await self._page(request, client, part, (entry, filled), reply)
        raise web.HTTPSeeOther(request.path + "?kept=1")


def part_of(request: web.Request) -> Part:
    """The part that an address names."""
    part = PARTS.get(request.match_info["part"])
    if part is None:
        raise web.HTTPNotFound
    return part


def spoken(part: Part, filled: Filled, content: Content) -> Content:
    """The languages that the client would have, where they are being changed."""
    field = next((one for one in part.fields if one.kind == "languages"), None)
    said = field.read(filled, setting_of(content)) if field is not None else None
    return {"languages": said} if said else {}


def forms_of(part: Part, content: Content, typed: tuple[str, Filled] | None) -> list[tuple[str, str, Filled, str]]:
    """The forms of a part: each entry's key, its title, what stands in its boxes, and its digest."""
    setting = setting_of(content)

    def a_form(key: str, title: str, value: Mapping[str, Any], path: tuple[str, ...]) -> tuple[str, str, Filled, str]:
        filled = filled_of(part.fields, value, setting)
        if typed is not None and typed[0] == key:
            filled = typed[1]
        names = {one.name for one in part.fields}
        return key, title, filled, digest_of(content, path, names) if key or not part.entries else ""

    if part.path == ("hours",):
        return [a_form("", "", content, part.path)]
    if not part.entries:
        return [a_form("", "", content[part.path[0]] if part.path else content, part.path)]
    section = part.path[0]
    found = [a_form(key, title_of(entry, key), entry, (section, key)) for key, entry in content[section].items()]
    return [*found, a_form(NEW, "", FRESH.get(section, {}), ())]


FRESH: Final[Mapping[str, Mapping[str, Any]]] = {
    "services": {"minutes": 30, "step": 15, "notice": 60, "horizon": 60, "cancel_until": 1440, "before": 0, "after": 0},
    "resources": {"kind": "staff", "seats": 1},
}
"""What stands in the boxes of something new."""


def title_of(entry: Mapping[str, Any], key: str) -> str:
    """What an entry is called on its page."""
    name = entry.get("name") or key
    return next(iter(name.values()), key) if isinstance(name, dict) else str(name)


def titles(part: Part, content: Content, client: Client, who: Her) -> dict[str, str]:
    """What the entries without a name are called: closures by their days, as her language writes them."""
    if part.path != ("closures",):
        return {}
    names = {one.key: one.name for one in client.resources}
    found = {}
    for key, closed in content["closures"].items():
        days = dict.fromkeys(date.fromisoformat(closed[end]) for end in ("from", "to"))
        said = [" – ".join(show(day, who.member.language, client.zone, "short") for day in days)]
        said += [amounts.say_span(*closed["hours"])] if closed["hours"] != [0, DAY] else []
        said += [name for name in (names.get(closed["resource"]), closed["reason"]) if name]
        found[key] = " · ".join(said)
    return found


def new_key(part: Part, content: Content, filled: Filled) -> str:
    """The key of a new entry, after its name; free."""
    names = [filled[box] for box in filled if box == "name" or box.startswith("name.")]
    return key_of(next((one for one in names if one.strip()), ""), content[part.path[0]])


def marked(part: Part, reply: Reply) -> set[str]:
    """The fields of a form that can't be taken."""
    return {path[depth(part)] for path in reply.data.get("faults", ()) if is_here(part, path)}


def unmarked(part: Part, reply: Reply) -> list[str]:
    """What is wrong elsewhere, which no field of this form can show."""
    found = zip(reply.data.get("faults", ()), reply.data.get("reasons", ()), strict=True)
    return [reason for path, reason in found if not is_here(part, path)]


def depth(part: Part) -> int:
    """Where in a path the name of a field stands."""
    return 0 if part.path == ("hours",) else len(part.path) + part.entries


def is_here(part: Part, path: list[str]) -> bool:
    """Whether a fault is of one of the part's fields."""
    at = depth(part)
    return (
        len(path) > at
        and path[at] in {one.name for one in part.fields}
        and path[: len(part.path)]
        in (
            list(part.path),
            ["hours"],
        )
    )


def choices(client: Client, names: list[str], content: Content) -> dict[str, dict[str, str]]:
    """What there is to choose from, by field."""
    return {
        "staff": {one: one for one in sorted({*names, *(said["staff"] for said in content["coverage"].values())})},
        "resource": {one.key: one.name for one in client.resources},
        "resources": {one.key: one.name for one in client.resources},
    }
