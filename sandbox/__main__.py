"""`python -m sandbox`: the Bot API and the page on loopback."""

import argparse
import re
import sys

from aiohttp import web

from sandbox.app import create_app
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
    options = parser.parse_args()
    telegram = Telegram(any_token=not options.bot)
    for given in options.bot:
        name, _, token = given.partition("=")
        if not name or ":" not in token:
            parser.error(f"--bot wants NAME=TOKEN, and a token has a colon: {given}")
        telegram.add_bot(token, username(name), name)

    def announce(_: str) -> None:
        sys.stdout.write(f"The page and the Bot API: http://{HOST}:{options.port}\n")
        sys.stdout.flush()

    app = create_app(telegram)
    web.run_app(app, host=HOST, port=options.port, access_log=None, print=announce, shutdown_timeout=1)


def username(name: str) -> str:
    """A bot's username made of its name: "Studio Rossi" is studio_rossi_bot."""
    return re.sub(r"\W+", "_", name.lower(), flags=re.ASCII).strip("_") + "_bot"


if __name__ == "__main__":
    main()
