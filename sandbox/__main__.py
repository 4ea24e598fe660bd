"""`python -m sandbox`: the Bot API, a Slack Web API and the pages on loopback."""

import argparse
import re
import sys

from aiohttp import web

from sandbox.app import create_app
from sandbox.slack import Slack, Workspace
from sandbox.telegram import Telegram

HOST = "127.0.0.1"


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=8090, help="default: %(default)s")
    parser.add_argument(
        "--bot",
        action="append",
        default=[],
        metavar="NAME=TOKEN",
        help="a bot; may be repeated. Without any, every token that comes is taken",
    )
    parser.add_argument(
        "--workspace",
        action="append",
        default=[],
        metavar="NAME=TOKEN,SECRET,URL",
        help="a Slack workspace with a channel #desk and two members, which posts to URL; may be repeated",
    )
    options = parser.parse_args()
    telegram = Telegram(any_token=not options.bot)
    for given in options.bot:
        name, _, token = given.partition("=")
        if not name or ":" not in token:
            parser.error(f"--bot wants NAME=TOKEN, and a token has a colon: {given}")
        telegram.add_bot(token, username(name), name)
    slack, posted = Slack(), []
    slack.serve_at(f"http://{HOST}:{options.port}")
    for given in options.workspace:
        name, _, rest = given.partition("=")
        if rest.count(",") != 2:
            parser.error(f"--workspace wants NAME=TOKEN,SECRET,URL: {given}")
        token, secret, url = rest.split(",")
        posted.append((furnished(slack, name, token, secret), url))

    def announce(_: str) -> None:
        sys.stdout.write(f"The page and the Bot API: http://{HOST}:{options.port}\n")
        if posted:
            sys.stdout.write(f"The team's page: http://{HOST}:{options.port}/team; the Web API is under /api/\n")
        sys.stdout.flush()

    async def connect(_: web.Application) -> None:
        for space, url in posted:
            await slack.post_to(space, url)

    app = create_app(telegram, slack)
    app.on_startup.append(connect)
    web.run_app(app, host=HOST, port=options.port, access_log=None, print=announce, shutdown_timeout=1)


def furnished(slack: Slack, name: str, token: str, secret: str) -> Workspace:
    """A workspace with a channel and two members."""
    space = slack.workspace(name, token, secret)
    space.add_channel("desk")
    slack.member(space, "Anna Rossi", "it-IT", "U0ANNA")
    slack.member(space, "Bruno Nowak", "pl-PL", "U0BRUNO")
    return space


def username(name: str) -> str:
    """A bot's username made of its name: "Studio Rossi" is studio_rossi_bot."""
    return re.sub(r"\W+", "_", name.lower(), flags=re.ASCII).strip("_") + "_bot"


if __name__ == "__main__":
    main()
