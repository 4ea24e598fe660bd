"""What the pages to play people share: their files, their headers, and how they are spoken to."""

import json
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any

from aiohttp import web

STATIC = Path(__file__).with_name("static")
BREATH_SECONDS = 15
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'self' http://127.0.0.1:* http://localhost:*"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


def shell(name: str, title: str, *, styles: Sequence[str], script: str) -> web.Response:
    """The page whose body is static/NAME.html, in the head that all pages share."""
    links = "\n    ".join(f'<link rel="stylesheet" href="/static/{style}.css" />' for style in styles)
    body = (STATIC / f"{name}.html").read_text(encoding="utf-8").rstrip()
    page = Template((STATIC / "shell.html").read_text(encoding="utf-8"))
    text = page.substitute(title=title, styles=links, script=script, body=body)
    return web.Response(text=text, content_type="text/html", headers=HEADERS)


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object that was sent."""
    same_origin(request)
    try:
        data = await request.json()
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise refused("a JSON object")
    return data


def same_origin(request: web.Request) -> None:
    """Another site in the same browser may not play our people."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise web.HTTPForbidden


def refused(why: str) -> web.HTTPBadRequest:
    """What can't be done, and why."""
    return web.HTTPBadRequest(text=json.dumps({"error": why}), content_type="application/json")
