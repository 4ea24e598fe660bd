"""``serve | migrate | doctor | demo``: the house itself."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from bot.cli.operate import fail, now, plainly, read, settings
from bot.logs import set_up

log = logging.getLogger("centralino")


def serve(
    role: Annotated[
        str, typer.Option(help="all, web (takes updates) or delivery (sends, and lets the clock act).")
    ] = "all",
) -> None:
    """Serve every client: take updates, answer, deliver, remind."""
    if role not in {"all", "web", "delivery"}:
        raise fail(f"--role is all, web or delivery, not {role!r}")
    chosen: Literal["all", "web", "delivery"] = "web" if role == "web" else "delivery" if role == "delivery" else "all"
    found = settings()
    read(lambda _rows: None)  # says what is to be done where there is no database to serve
    set_up(found.log)

    async def run() -> None:
        from bot.app import running

        stopped = asked_to_stop()
        async with running(found, role=chosen) as app:
            settle_down()
            log.info("listening on %s", app.url if app.runner is not None else "nothing: this process delivers")
            await stopped.wait()
            log.info("stopping: what is in hand is finished first")

    with plainly("The house can't start"):
        asyncio.run(run())


def settle_down() -> None:
    """Sets the interpreter for serving, once everything is loaded.

    The garbage collector passes over what a start has made, which stays, and looks less often at what turns make:
    thousands of small values with next to no cycles among them, which took a tenth of the CPU of an update. And the
    loop waits a fifth as long for a turn to let it run, which takes a quarter off what the slowest updates wait.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.001)


def migrate() -> None:
    """Make the database, or bring it to this release's schema."""
    from storage.migrate import migrate as upgrade

    with plainly("The database can't be used"):
        upgrade(settings().database_url)
    typer.echo("The database is at this release's schema.")


def doctor(
    offline: Annotated[bool, typer.Option(help="Don't try the tokens on their networks.")] = False,
) -> None:
    """Check configuration, database, tokens and clients, and say what to do."""
    from bot.doctor import Level, examine

    async def look() -> list[object]:
        from bot.app import asking

        found = settings()
        if offline:
            return list(await examine(found, now()))
        async with asking(found) as ask:
            return list(await examine(found, now(), ask))

    findings = asyncio.run(look())
    for finding in findings:
        typer.echo(str(finding))
    if not findings:
        typer.echo("Everything is in order.")
    if any(getattr(finding, "level", None) is Level.ERROR for finding in findings):
        raise typer.Exit(1)


def demo(
    port: Annotated[int, typer.Option(help="Where the page is served.")] = 8090,
    fresh: Annotated[bool, typer.Option(help="Forget what an earlier demo kept.")] = True,
    folder: Annotated[Path | None, typer.Option(help="Where the demo keeps its database, instead of .demo.")] = None,
) -> None:
    """Play the front desk of three businesses on this machine: no account, no token."""
    from bot.logs import Log

    set_up(Log("text", "warning"))

    async def run() -> None:
        from bot.cli.demo import FOLDER, playing

        stopped = asked_to_stop()
        async with playing(port, folder or FOLDER, fresh=fresh) as (phone, team, inbox):
            typer.echo(f"\n  The front desk is open. Chat as a customer at:\n\n      {phone}\n")
            typer.echo(f"  Delegate as the client's team, in its Slack, at:\n\n      {team}\n")
            typer.echo(
                f"  Answer as the assistant, with all of it in sight, at:\n\n      {inbox}\n\n  Ctrl-C closes it.\n"
            )
            await stopped.wait()
            typer.echo("\n  Closing.")

    with plainly("The demo can't start"):
        asyncio.run(run())


def asked_to_stop() -> asyncio.Event:
    """Set at Ctrl-C, or when the process is asked to end. Make it first: a start is not to be torn in the middle."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, stopped.set)
    return stopped
