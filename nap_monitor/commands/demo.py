"""`demo`: the demonstration's history, made by the ordinary ways."""

from __future__ import annotations

import os
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nap_monitor.commands.asking import a_day, opened, reader
from nap_monitor.settings import Settings

if TYPE_CHECKING:
    from nap_monitor.database import Engine
    from nap_monitor.language import Language

AT = time(18, tzinfo=UTC)  # noon in Mexico: the day is the same in the programme's zone


def demo(
    reset: Annotated[bool, typer.Option("--reset", help="Delete the demonstration that is there first.")] = False,
    as_of: Annotated[str | None, typer.Option(metavar="2026-11-23", help="Make it as if today were this day.")] = None,
    home: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder for its database and workbooks (NAP_HOME, or var).")
    ] = None,
) -> None:
    """Load the demonstration: two years of a programme's history, and its agencies' workbooks with their errors."""
    from nap_monitor import demo as demonstration
    from nap_monitor.access import operator

    if home is not None:
        os.environ["NAP_HOME"] = str(home.absolute())
    now = datetime.combine(a_day(as_of), AT) if as_of else datetime.now(UTC)
    settings, engine = Settings(), opened()
    if reset:
        demonstration.clear(engine, settings, operator("demo"))
    load_shown(engine, settings, now, reader())
    engine.dispose()
    typer.echo(reader().say("The demonstration is in {folder}.", folder=settings.home))


def load_shown(engine: Engine, settings: Settings, now: datetime, language: Language) -> None:
    """Load the demonstration under a progress bar."""
    from rich.console import Console
    from rich.progress import Progress

    from nap_monitor import demo as demonstration

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(language.say("Loading the demonstration"), total=None)
        for done, total in demonstration.load(engine, settings, now):
            bar.update(task, completed=done, total=total)
