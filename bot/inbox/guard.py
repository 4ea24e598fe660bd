"""What every request passes: who it is, where it comes from, and what a browser may do with the answer."""

from __future__ import annotations

import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

from bot.inbox.her import HER, OFTEN, Her, find
from bot.inbox.store import LARGEST
from storage import sessions
from storage.database import Unavailable

if TYPE_CHECKING:
    from bot.inbox.site import Inbox

log = logging.getLogger("centralino.inbox")

COOKIE: Final = "centralino"
OPEN: Final = ("/inbox/login", "/inbox/demo", "/inbox/static/")
"""What is there for everybody."""
CALENDAR: Final = "/agenda.ics"
"""Opened by a key of its own."""
SAFE: Final = ("GET", "HEAD")
LARGEST_FORM: Final = 5 * LARGEST + 1024 * 1024
"""Bytes of a form that brings files; of any other, what the site takes."""
CONTENT: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
)
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    # A stricter one would take the Origin away from our own forms too.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guard(inbox: Inbox) -> Middleware:
    """The middleware that nothing of the inbox is served without."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            response = await admitted(inbox, request, handler)
        except web.HTTPException as other:
            decorate(inbox, request, other)
            raise
        except Unavailable as error:
            log.warning("a page could not be shown: %s", error)
            response = web.Response(status=503, text="The database is unavailable. Please try again in a moment.")
        decorate(inbox, request, response)
        return response

    return guarded


async def admitted(inbox: Inbox, request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets in who is logged in, and anybody to the login; a form only from our own pages."""
    if request.method not in SAFE and not same_origin(inbox, request):
        raise web.HTTPForbidden(text="This form did not come from here.")
    found = await who(inbox, request)
    if found is not None:
        request[HER] = found
    keyed = request.method in SAFE and request.path.endswith(CALENDAR) and "key" in request.query
    if request.path.startswith(OPEN) or keyed:
        return await handler(request)
    if found is None:
        if request.method in SAFE and "text/html" in request.headers.get("Accept", ""):
            raise web.HTTPSeeOther(inbox.login_url(request.rel_url))
        raise web.HTTPUnauthorized(text="Please log in again.")
    if request.method in SAFE:
        return await handler(request)
    if request.content_type == "multipart/form-data":
        request = request.clone(client_max_size=LARGEST_FORM)
    form = await request.post()
    try:
        if not hmac.compare_digest(str(form.get("csrf", "")).encode(), found.csrf.encode()):
            raise web.HTTPForbidden(text="This form is out of date. Please load the page again.")
        return await handler(request)
    finally:
        for one in form.values():
            if isinstance(one, web.FileField):
                one.file.close()


async def who(inbox: Inbox, request: web.Request) -> Her | None:
    """The member whose session the cookie names."""
    secret, now = request.cookies.get(COOKIE, ""), inbox.clock()
    if not secret:
        return None
    found = await inbox.database.read(lambda rows: find(rows, secret, now))
    if found is not None and now - found.seen_at > OFTEN:
        await inbox.database.transact(lambda write: sessions.seen(write, found.digest, now))
    return found


def same_origin(inbox: Inbox, request: web.Request) -> bool:
    """Whether a browser says that the request was made by a page of ours."""
    origin = urlsplit(request.headers.get("Origin", ""))
    if not origin.netloc:
        return False
    ours = {request.host}
    if inbox.public_url:
        ours.add(urlsplit(inbox.public_url).netloc)
    return origin.netloc in ours


def decorate(inbox: Inbox, request: web.Request, response: web.StreamResponse) -> None:
    """Puts on what a browser must keep to; what is logged out is not kept in its cache."""
    if response.prepared:
        return
    response.headers.update(HEADERS)
    framed = f"; frame-src 'self' {inbox.demo}" if inbox.demo else ""
    response.headers["Content-Security-Policy"] = CONTENT.format(frames=inbox.frames) + framed
    if not request.path.startswith("/inbox/static/"):
        response.headers.setdefault("Cache-Control", "no-store")
