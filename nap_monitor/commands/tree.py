"""All commands, as typer's tree."""

from __future__ import annotations

from typing import Any

import typer

from nap_monitor.commands import plan, sheet
from nap_monitor.commands.catalogues import catalogues
from nap_monitor.commands.check import check
from nap_monitor.commands.demo import demo
from nap_monitor.commands.doctor import doctor
from nap_monitor.commands.serve import serve
from nap_monitor.commands.status import status
from nap_monitor.commands.sync import sync


def command_tree() -> Any:
    """All commands, as typer's tree."""
    app = typer.Typer(add_completion=False)
    app.callback()(everything)
    for command in (serve, sync, status, check, demo, doctor):
        app.command()(command)
    app.add_typer(plan.app, name="plan")
    app.add_typer(sheet.app, name="sheet")
    app.command(hidden=True)(catalogues)
    return typer.main.get_command(app)


def everything(
    _language: str = typer.Option("es", "--language", metavar="es|en", help="Language of what the commands print."),
) -> None:
    """Follow a national action plan on business and human rights: read spreadsheets, work out progress, show it."""
