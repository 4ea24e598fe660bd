"""Makes a code by which somebody's own Telegram is linked."""

from __future__ import annotations

from collections.abc import Mapping

import typer

from bot.cli.operate import act
from bot.office.linking import GOOD_FOR, START, digest_of, new_code
from bot.update import Json


def new_link(whose: Mapping[str, Json], slug: str | None = None) -> None:
    """Keeps a new code, for the client's contact or for a member of the desk, and says what to do with it."""
    code = new_code()
    act("link_code", {**whose, "digest": digest_of(code)}, slug)
    where = "the client's bot" if slug else "the bot of one of her clients"
    typer.echo(f"Within {GOOD_FOR.seconds // 60} minutes, on Telegram, to {where}: /start {START}{code}")
