"""The sandbox as one application: the networks that the house calls, and the pages where people are played."""

from aiohttp import web

from sandbox.page import Page
from sandbox.slack import Slack
from sandbox.slack.page import TeamPage
from sandbox.telegram import Telegram


def create_app(telegram: Telegram, slack: Slack | None = None) -> web.Application:
    """The application for a Telegram and a Slack; the pages show bots and workspaces that are added later too."""
    app = telegram.application()
    page = Page(telegram)
    app.add_routes(page.routes())
    app.on_shutdown.append(page.stream.close)
    if slack is not None:
        team = TeamPage(slack)
        app.add_routes([*slack.routes(), *team.routes()])
        app.on_shutdown.append(team.stream.close)
        app.on_cleanup.append(lambda _app: slack.close())
    return app
