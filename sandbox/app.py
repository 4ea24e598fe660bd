"""The sandbox as one application: the Bot API that bots call, and the page where people are played."""

from aiohttp import web

from sandbox.page import Page
from sandbox.telegram import Telegram


def create_app(telegram: Telegram) -> web.Application:
    """The application for a Telegram; the page shows its bots, also those that are added later."""
    app = telegram.application()
    page = Page(telegram)
    app.add_routes(page.routes())
    app.on_shutdown.append(page.close)
    return app
