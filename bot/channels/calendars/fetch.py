"""Fetches a calendar from an address that somebody typed: by the web alone, of a bounded size, from no private net."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, Final

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver
from yarl import URL

from bot.i18n import _
from bot.values import Msgid

LARGEST: Final = 5 * 1024 * 1024
"""Bytes of a calendar."""
REDIRECTS: Final = 5
PATIENCE: Final = aiohttp.ClientTimeout(total=30, sock_connect=10)
MOVED: Final = frozenset({301, 302, 303, 307, 308})
AGENT: Final = "Centralino/1.0 (calendar)"


NOT_PUBLIC: Final = _("its address is not a public one")
REFUSED: Final = frozenset({401, 403})
GONE: Final = frozenset({404, 410})


class Unread(Exception):
    """A calendar can't be had; the reason, ``why``, is for people, and never holds the address.

    ``detail`` is for the log.
    """

    def __init__(self, why: Msgid, detail: object = "") -> None:
        super().__init__(f"{why} {detail}".rstrip())
        self.why = why


@dataclass(frozen=True, slots=True)
class Fetched:
    """A calendar as its server gave it, with what it is to be asked by next; None as content: it has not changed."""

    content: bytes | None
    etag: str = ""
    modified: str = ""


class PublicResolver(AbstractResolver):
    """Finds names, but no private, local or reserved address: whoever may type an address looks into no inner net."""

    def __init__(self) -> None:
        self._resolver = DefaultResolver()

    async def resolve(self, host: str, port: int = 0, family: Any = 0) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        public = [one for one in found if is_public(one["host"])]
        if not public:
            raise Unread(NOT_PUBLIC)
        return public

    async def close(self) -> None:
        await self._resolver.close()


def is_public(host: str) -> bool:
    """Whether a literal address is one of the open net; a name is looked at when it is resolved."""
    try:
        return ip_address(host.strip("[]").partition("%")[0]).is_global
    except ValueError:
        return True


def session(*, private: bool) -> aiohttp.ClientSession:
    """The session for calendars; ``private`` lets it into private nets too."""
    resolver = None if private else PublicResolver()
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=8, resolver=resolver),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=PATIENCE,
        headers={"User-Agent": AGENT, "Accept": "text/calendar, */*;q=0.1"},
    )


async def fetch(
    http: aiohttp.ClientSession, address: str, etag: str = "", modified: str = "", *, private: bool = False
) -> Fetched:
    """Fetches a calendar unless it is as it was by ``etag`` and ``modified``. Raises Unread."""
    asked = {name: value for name, value in (("If-None-Match", etag), ("If-Modified-Since", modified)) if value}
    url = URL(address)
    if url.scheme == "webcal":
        url = URL(f"https{str(url)[len('webcal') :]}")
    try:
        for _step in range(REDIRECTS + 1):
            if url.scheme not in {"http", "https"} or not url.host:
                raise Unread(_("its address is not one of the web"))
            if not private and not is_public(url.host):
                raise Unread(NOT_PUBLIC)
            async with http.get(url, headers=asked, allow_redirects=False) as answer:
                if answer.status in MOVED and "Location" in answer.headers:
                    url = url.join(URL(answer.headers["Location"]))
                    continue
                return await taken(answer)
        raise Unread(_("its address leads on to ever another one"))
    except TimeoutError:
        raise Unread(_("its server does not answer in time")) from None
    except (aiohttp.ClientError, OSError, ValueError) as error:
        if isinstance(error.__cause__, Unread):
            raise error.__cause__ from None
        raise Unread(_("its server can't be reached"), type(error).__name__) from None


async def taken(answer: aiohttp.ClientResponse) -> Fetched:
    """What an answer brings."""
    if answer.status == 304:
        return Fetched(None)
    if answer.status != 200:
        raise Unread(why_not(answer.status), answer.status)
    content = bytearray()
    async for part in answer.content.iter_chunked(64 * 1024):
        content += part
        if len(content) > LARGEST:
            raise Unread(_("it is too large"), f"(over {LARGEST // 1024 // 1024} MB)")
    headers = answer.headers
    return Fetched(bytes(content), headers.get("ETag", "")[:300], headers.get("Last-Modified", "")[:100])


def why_not(status: int) -> Msgid:
    """What an answer without a calendar says, by its status."""
    if status in REFUSED:
        return _("its server does not let us in: the address may have been changed")
    if status in GONE:
        return _("there is no calendar at its address any more")
    return _("its server is out of order") if status >= 500 else _("its server gives no calendar")
