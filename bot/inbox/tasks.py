"""The page of tasks: what stands for each client, what comes again, and the form of a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from sqlalchemy import Connection

from bot.i18n import _
from bot.inbox.acting import field
from bot.inbox.agenda import rail
from bot.inbox.doing import do
from bot.inbox.her import her
from bot.inbox.task_sheet import STATES_HERE
from bot.office import task_kinds
from bot.update import OfClient
from bot.values import Client
from storage import looks, recurring, tasks
from storage.recurring import Recurring
from storage.tasks import Task

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

EVERY: Final = {
    "": _("Once"),
    "workday": _("Every working day"),
    "week": _("Every week"),
    "month": _("Every month"),
    "last_workday": _("On the last working day of the month"),
}
FIELDS: Final = ("kind", "title", "details", "steps", "due", "every", "urgent")


@dataclass(frozen=True, slots=True)
class Of:
    """The tasks of one client: those that stand, those that come again, and the kinds that a new one can be of."""

    client: Client
    standing: Sequence[Task]
    again: Sequence[Recurring]
    kinds: Sequence[tuple[str, Any]]


class Tasks:
    """The page of tasks."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox

    def routes(self) -> list[web.RouteDef]:
        """All tasks; a new one, and the end of one that comes again."""
        return [
            web.get("/tasks", self.page),
            web.post("/tasks/{client}", self.new),
            web.post(r"/tasks/{client}/again/{id:\d{1,18}}/end", self.end),
        ]

    async def page(self, request: web.Request) -> web.StreamResponse:
        """What stands."""
        return await self.show(request)

    async def show(self, request: web.Request, problem: str = "", typed: Any = None, slug: str = "") -> web.Response:
        """The page; with what was typed and could not be done, and why."""
        who, now = her(request), self.inbox.clock()

        def read(rows: Connection) -> dict[str, Any]:
            found = [of(rows, client) for client in who.clients.values()]
            return {**rail(rows, who, now), "found": found}

        values = await self.inbox.database.read(read)
        standing = [one.client.id for one in values["found"] if one.standing]
        await self.inbox.database.transact(lambda write: looks.goes_on(write, standing, who.member.id, "tasks", now))
        more = {"every": EVERY, "states": STATES_HERE, "problem": problem, "typed": typed or {}, "slug": slug}
        return self.inbox.page("tasks.html", request, {**values, **more}, status=409 if problem else 200)

    async def new(self, request: web.Request) -> web.StreamResponse:
        """Enters a task."""
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"])
        data = {name: field(form, name) for name in FIELDS}
        reply = await do(self.inbox, who, "task_new", data, field(form, "token"), OfClient(client.id))
        if reply.error:
            return await self.show(request, reply.error, data, client.slug)
        number = reply.data.get("ticket")
        raise web.HTTPSeeOther(f"/inbox/tickets/{client.slug}/{number}" if number else "/inbox/tasks")

    async def end(self, request: web.Request) -> web.StreamResponse:
        """Lets one come no more."""
        who, form = her(request), await request.post()
        client = who.client(request.match_info["client"])
        data = {"recurring": int(request.match_info["id"])}
        reply = await do(self.inbox, who, "recurring_end", data, field(form, "token"), OfClient(client.id))
        if reply.error:
            return await self.show(request, reply.error)
        raise web.HTTPSeeOther("/inbox/tasks")


def of(rows: Connection, client: Client) -> Of:
    """The tasks of a client."""
    kinds = [(kind.key, task_kinds.name_of(client, kind.key)) for kind in task_kinds.kinds(client)]
    return Of(client, tasks.standing(rows, client.id), recurring.standing(rows, client.id), kinds)
