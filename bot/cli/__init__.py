"""The command line: ``python -m bot --help``."""

from __future__ import annotations

import typer

from bot.cli import appointments, backup, client, desk, house, orders, read, slack, staff

app = typer.Typer(
    name="centralino",
    help="The front desk of a virtual office.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(house.demo)
app.command()(house.serve)
app.command()(house.migrate)
app.command()(house.doctor)
app.command()(backup.backup)
app.command()(backup.restore)
app.command()(read.read)
app.add_typer(client.app, name="client")
app.add_typer(orders.app, name="orders")
app.add_typer(appointments.app, name="appointments")
app.add_typer(desk.app, name="desk")
app.add_typer(staff.app, name="staff")
app.add_typer(slack.app, name="slack")
