"""What a member does: every form becomes an act of the desk, through the one door."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from aiohttp import web
from multidict import MultiMapping

from bot.i18n import _, plain
from bot.inbox.canned import as_attachment
from bot.inbox.doing import do
from bot.inbox.her import Her, her
from bot.inbox.queue import View
from bot.inbox.store import NotKept
from bot.inbox.ticket import BOXES, TicketPage, path_of
from bot.update import Face, InConversation, Json, Kind, OfClient, Reply, Target, Update, Writer
from bot.values import LANGUAGES, Client
from storage import callers, canned_files, notes, queue
from storage.queue import Listed

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

Form = Mapping[str, Any]
MOST_FILES: Final = 5
"""Files that go with one message."""
LONGEST: Final = 8000
"""Characters of what can be written at once."""


def field(form: Form, name: str) -> str:
    """What was put into a field."""
    return str(form.get(name, "")).strip()[:LONGEST]


@dataclass(frozen=True, slots=True)
class Doing:
    """An act: what its form brings, whether it is the client's rather than the talk's, and where it leads."""

    act: str
    data: Callable[[Form, Her], dict[str, Json]] = lambda form, who: {}
    of_client: bool = False
    onward: bool = False  # to the queue: there is nothing left to do here
    box: str = ""  # where its text is kept if it can't be done


def reply_data(form: Form, who: Her) -> dict[str, Json]:
    """A reply: its words, and up to where the talk was read."""
    seen = field(form, "seen")
    pending = field(form, "pending")
    return {
        "text": field(form, "text"),
        "seen": int(seen) if seen.isdigit() else None,
        "pending": int(pending) if pending.isdigit() else 0,
        "anyway": field(form, "anyway") == "yes",
        "at": field(form, "at") if field(form, "when") == "later" else "",
    }


def edit_data(form: Form, who: Her) -> dict[str, Json]:
    """Other words for a message that was sent."""
    return {**only("message", "text")(form, who), "anyway": field(form, "anyway") == "yes"}


def order_data(form: Form, who: Her) -> dict[str, Json]:
    """An order: how many of each item, and what is written on it."""
    items = {name[5:]: field(form, name) for name in form if name.startswith("item-")}
    return {"items": items, **{name: field(form, name) for name in ("name", "phone", "note", "expected")}}


def slots_data(form: Form, who: Her) -> dict[str, Json]:
    """The times that were ticked."""
    return {"slots": [str(one)[:80] for one in form.getall("slot", [])] if isinstance(form, MultiMapping) else []}


def decision_data(form: Form, who: Her) -> dict[str, Json]:
    """A decision; the time that is proposed is a free one that was pressed, or another."""
    at, _bar, resource = field(form, "slot").partition("|")
    return {
        "outcome": field(form, "outcome"),
        "at": at or field(form, "at"),
        "resource": resource or field(form, "resource"),
    }


def only(*names: str) -> Callable[[Form, Her], dict[str, Json]]:
    """Fields as they were filled in."""
    return lambda form, who: {name: field(form, name) for name in names}


def relay_data(form: Form, who: Her) -> dict[str, Json]:
    """Words for the ticket's customer, by language."""
    return {
        "texts": {language: field(form, language) for language in LANGUAGES if field(form, language)},
        "private": field(form, "private") == "yes",
        "repeat": field(form, "repeat"),
        "until": field(form, "until") or None,
    }


DOINGS: Final[dict[str, Doing]] = {
    "reply": Doing("reply", reply_data, box="reply"),
    "note": Doing("note", only("text"), box="note"),
    "team": Doing("write_team", only("text"), of_client=True, box="team"),
    "bring": Doing("bring_team", only("message"), of_client=True),
    "take-back": Doing("take_back", only("reply")),
    "send-now": Doing("send_now", only("reply")),
    "take": Doing("assign", lambda form, who: {"staff": who.member.id, "free": True}),
    "release": Doing("assign", lambda form, who: {"staff": None}),
    "assign": Doing("assign", only("staff", "word")),
    "task": Doing("make_task", only("text", "until")),
    "pass-on": Doing("pass_on"),
    "acknowledge": Doing("acknowledge", only("who")),
    "merge": Doing("merge", only("same"), of_client=True),
    "unmerge": Doing("unmerge", only("merge"), of_client=True),
    "block": Doing("block"),
    "unblock": Doing("unblock"),
    "new-order": Doing("new_order", order_data, of_client=True),
    "hand-back": Doing("hand_back"),
    "done": Doing("close", only("outcome"), onward=True),
    "snooze": Doing("snooze", only("until"), onward=True),
    "reopen": Doing("reopen"),
    "decide": Doing("decide", decision_data, of_client=True),
    "offer": Doing("offer_times", slots_data, of_client=True),
    "verify": Doing("verify", only("phone")),
    "code": Doing("give_code"),
    "told": Doing("tell_relay", only("relay")),
    "relay": Doing("relay", relay_data, of_client=True),
    "resend": Doing("resend", only("message")),
    "edit": Doing("edit_reply", edit_data),
    "teach": Doing("teach", only("message", "intent")),
    "task-accept": Doing("task_accept", only("minutes", "due"), of_client=True),
    "task-propose": Doing("task_propose", only("minutes", "due"), of_client=True),
    "task-ask": Doing("task_ask", only("text", "options"), of_client=True),
    "task-start": Doing("task_start", of_client=True),
    "timer-stop": Doing("timer_stop", of_client=True),
    "task-done": Doing("task_done", only("text"), of_client=True),
    "task-refuse": Doing("task_refuse", only("text"), of_client=True),
    "task-step": Doing("task_step", only("text"), of_client=True),
    "task-tick": Doing("task_tick", only("place", "done"), of_client=True),
    "order": Doing("set_order", only("number", "status", "expected", "note"), of_client=True),
}


class Acting:
    """The forms of a ticket."""

    def __init__(self, inbox: Inbox) -> None:
        self.inbox = inbox
        self.pages = TicketPage(inbox)

    def routes(self) -> list[web.RouteDef]:
        """One address for each thing that can be done with a ticket."""
        ticket = r"/tickets/{client}/{number:\d{1,9}}"
        return [
            web.post(f"{ticket}/draft", self.draft),
            web.post(ticket + r"/{doing:[a-z-]+}", self.act),
            web.post(r"/customers/{client}/{id:\d{1,18}}/ticket", self.take_up),
        ]

    async def take_up(self, request: web.Request) -> web.StreamResponse:
        """Opens a ticket about a customer whom none is about, and leads to it."""
        who, form = her(request), await request.post()
        client, customer_id = who.client(request.match_info["client"]), int(request.match_info["id"])
        caller = await self.inbox.database.read(lambda rows: callers.by_id(rows, client.id, customer_id))
        if caller is None:
            raise web.HTTPNotFound
        target: Target = InConversation(caller.talk) if caller.talk is not None else OfClient(client.id)
        reply = await do(self.inbox, who, "open_ticket", {"customer": customer_id}, field(form, "token"), target)
        if reply.error:
            raise web.HTTPConflict(text=reply.error)
        raise web.HTTPSeeOther(path_of(client, int(reply.data["ticket"])))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """Does it, and shows the ticket again: with the reason, and what was typed, where it can't be done."""
        who, form = her(request), await request.post()
        doing = DOINGS.get(request.match_info["doing"])
        client, one = await self._ticket(request, who)
        if doing is None:
            raise web.HTTPNotFound
        data = doing.data(form, who)
        box = f"edit{data['message']}" if doing.act == "edit_reply" else doing.box
        typed = {box: str(data.get("text", ""))} if box else {}
        try:
            data |= await self._files(client, form, who) if doing.box in {"reply", "team"} else {}
        except NotKept as wrong:
            problem = plain(wrong.reason, {"name": wrong.name}, who.member.language, who.zone)
            return await self.pages.show(request, client, one.number, problem=problem, typed=typed, status=409)
        reply = await self.inbox.door.handle(update(self.inbox, doing, one, client, who, form, data))
        if reply is not None and reply.error:
            return await self.pages.show(
                request,
                client,
                one.number,
                problem=reply.error,
                typed=typed,
                seen=data.get("seen"),
                stopped=box if reply.data.get("stopped") else "",
                status=409,
            )
        if doing.box:
            await self.inbox.presence.has_written(one, who.member, self.inbox.clock())
            await self._drop_draft(who, one, doing.box)
        if reply is not None and (notice := told(reply, who)):
            return await self.pages.show(request, client, one.number, notice=notice)
        here = "/inbox/" if doing.onward else path_of(client, number_after(reply, one))
        raise web.HTTPSeeOther(here + View.of(request).query())

    async def draft(self, request: web.Request) -> web.StreamResponse:
        """Keeps what is being written."""
        who, form = her(request), await request.post()
        _client, one = await self._ticket(request, who)
        box, text, now = field(form, "box"), str(form.get("text", ""))[:LONGEST], self.inbox.clock()
        if box not in BOXES:
            raise web.HTTPBadRequest
        await self.inbox.database.transact(lambda write: notes.put_draft(write, who.member.id, one.id, box, text, now))
        if text.strip():
            await self.inbox.presence.writes(one, who.member, now)
        return web.Response(status=204)

    async def _files(self, client: Client, form: Form, who: Her) -> dict[str, Json]:
        """The files that go with what was written: those that were chosen, and those of a canned reply. May raise
        NotKept."""
        fields = form.getall("file", []) if isinstance(form, MultiMapping) else []
        chosen = [one for one in fields if isinstance(one, web.FileField) and one.filename]
        files = [asdict(await self.inbox.store.keep(one.filename, one.file.read())) for one in chosen[:MOST_FILES]]
        names = [str(name) for name in (form.getall("attach", []) if isinstance(form, MultiMapping) else [])]
        if names:
            known = await self.inbox.database.read(lambda rows: canned_files.of_client(rows, client.id))
            files += [as_attachment(self.inbox.store, one) for one in known if one.name in names]
        return {"files": files} if files else {}

    async def _ticket(self, request: web.Request, who: Her) -> tuple[Client, Listed]:
        client, number = who.client(request.match_info["client"]), int(request.match_info["number"])
        one = await self.inbox.database.read(lambda rows: queue.by_number(rows, client.id, number))
        if one is None:
            raise web.HTTPNotFound
        return client, one

    async def _drop_draft(self, who: Her, one: Listed, box: str) -> None:
        now = self.inbox.clock()
        await self.inbox.database.transact(lambda write: notes.put_draft(write, who.member.id, one.id, box, "", now))


def update(
    inbox: Inbox, doing: Doing, one: Listed, client: Client, who: Her, form: Form, data: dict[str, Json]
) -> Update:
    """The act as the door takes it: the form's token makes a second click the same as the first."""
    target: Target = OfClient(client.id)
    if one.conversation_id is not None and not doing.of_client:
        target = InConversation(one.conversation_id)
    member = who.member
    return Update(
        id=f"{doing.act}:{field(form, 'token')[:64]}",
        channel="inbox",
        account=str(member.id),
        face=Face.VA,
        kind=Kind.ACT,
        target=target,
        at=inbox.clock(),
        name=doing.act,
        data={"ticket": one.number, "by": member.name, **data},
        writer=Writer(str(member.id), member.name, member.language),
    )


def number_after(reply: Reply | None, one: Listed) -> int:
    """The ticket to go on with: that under which a talk now stands."""
    number = reply.data.get("ticket") if reply is not None else None
    return number if isinstance(number, int) else one.number


def told(reply: Reply, who: Her) -> str:
    """What an act brought to light that has to be read."""
    if "taught" in reply.data:
        return plain(_("Kept. From now on these words are read so for this client."), {}, who.member.language, who.zone)
    if "code" not in reply.data:
        return ""
    values = {"code": reply.data["code"]}
    words = _("The code is {code}. It is good for one day; the customer writes /code and the code.")
    return plain(words, values, who.member.language, who.zone)
