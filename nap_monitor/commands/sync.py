"""`sync`: read the agencies' workbooks into the database, and tell each agency what was wrong."""

from __future__ import annotations

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nap_monitor.language import mark

if TYPE_CHECKING:
    from nap_monitor.access import Viewer
    from nap_monitor.database import Engine
    from nap_monitor.database.runs import Outcome
    from nap_monitor.language import Language
    from nap_monitor.sync import SyncResult, Task
    from nap_monitor.sync.running import OnProgress

STATE_WORDS = {
    "done": mark("Taken"),
    "unchanged": mark("Nothing new"),
    "quarantined": mark("Held back"),
    "refused": mark("Refused"),
    "waiting": mark("Being saved"),
    "missing": mark("File missing"),
    "failed": mark("Failed"),
}


def sync(
    path: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder of the workbooks; that of this installation.")
    ] = None,
    programme: str | None = typer.Option(None, metavar="CODE", help="Which programme; all of them unless said."),
    agency: str | None = typer.Option(None, metavar="ID", help="One agency alone."),
    release: str | None = typer.Option(
        None, metavar="ID", help="Take what the guards hold back of this agency: a person has looked at it."
    ),
    as_json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> int:
    """Read the agencies' workbooks into the database and write back what is wrong in them.

    Exits with 1 when a workbook was refused or held back or an agency failed; the others were taken all the same.
    """
    from nap_monitor.access import operator
    from nap_monitor.commands.asking import opened, reader
    from nap_monitor.settings import Settings
    from nap_monitor.sync import Task

    task = Task.of(Settings(), path)
    task = replace(task, agency=agency, release=release, is_chosen=programme is not None)
    viewer, language, engine = operator(_who()), reader(), opened()
    try:
        results = _run(engine, viewer, programme, task, language)
        troubles = _troubles(engine, viewer, results, language)
    finally:
        engine.dispose()
    if as_json:
        json.dump(as_document(results, troubles), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        from rich.console import Console

        print_results(results, troubles, language, Console(highlight=False, markup=False))
    return int(any(result.has_trouble for result in results))


def _run(
    engine: Engine, viewer: Viewer, programme: str | None, task: Task, language: Language
) -> tuple[SyncResult, ...]:
    from nap_monitor.sync import sync as sync_one
    from nap_monitor.sync.running import sync_all
    from nap_monitor.sync.settling import until_settled

    with _progress(language) as show:

        def once() -> tuple[SyncResult, ...]:
            now = datetime.now(UTC)
            if programme is None:
                return sync_all(engine, viewer, task, now=now, on_progress=show)
            return (sync_one(engine, viewer, programme, task, now=now, on_progress=show),)

        return until_settled(once, task.settle_seconds)


def _who() -> str:
    """The person at the keyboard, as the machine knows them: a release is recorded under their name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account without a name, as in containers
        return "operator"


@contextmanager
def _progress(language: Language) -> Iterator[OnProgress]:
    """A bar on standard error, for people alone."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(language.say("Reading workbooks"), total=None)

        def show(done: int, total: int, agency: str | None) -> None:
            bar.update(task, completed=done, total=total, description=agency or language.say("Reading workbooks"))

        yield show


def _troubles(
    engine: Engine, viewer: Viewer, results: tuple[SyncResult, ...], language: Language
) -> dict[tuple[str, str], list[str]]:
    """(programme, agency) -> why its files were refused or held back, in sentences."""
    from nap_monitor.database.engine import reading
    from nap_monitor.database.spreadsheets import spreadsheets
    from nap_monitor.sheets.contract import Place
    from nap_monitor.sheets.problems import problem, sentence

    found: dict[tuple[str, str], list[str]] = {}
    with reading(engine) as connection:
        for result in results:
            for sheet in spreadsheets(connection, viewer, result.programme_id):
                if sheet.trouble:
                    one = problem(sheet.trouble["kind"], Place(sheet.name, ""), **sheet.trouble["details"])
                    found.setdefault((result.programme, sheet.agency), []).append(sentence(one, language))
    return found


def as_document(results: tuple[SyncResult, ...], troubles: dict[tuple[str, str], list[str]]) -> dict[str, Any]:
    """What the runs found, as JSON values."""
    return {
        "agencies": [
            _agency(result.programme, outcome, troubles.get((result.programme, outcome.agency), []))
            for result in results
            for outcome in result.outcomes
        ],
        "unclaimed": [key for result in results for key in result.unclaimed],
    }


def _agency(programme: str, outcome: Outcome, messages: list[str]) -> dict[str, Any]:
    return {
        "programme": programme,
        "agency": outcome.agency,
        "state": outcome.state,
        "read": outcome.read,
        "valid": outcome.valid,
        "unchanged": outcome.unchanged,
        "rejected": outcome.rejected,
        "problems": outcome.problems,
        "seconds": float(outcome.seconds),
        "error": outcome.error_class,
        "messages": messages,
    }


def print_results(
    results: tuple[SyncResult, ...], troubles: dict[tuple[str, str], list[str]], language: Language, console: Any
) -> None:
    """Print the runs as tables for people, with what they can do about what was not taken."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    for result in results:
        table = Table(title=result.programme, box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        widest = max((len(outcome.agency) for outcome in result.outcomes), default=0)
        table.add_column(language.say("Agency"), min_width=widest)
        table.add_column(language.say("Result"), no_wrap=True)
        for word in (
            language.say("Valid"),
            language.say("Unchanged"),
            language.say("Rejected"),
            language.say("Problems"),
            language.say("Seconds"),
        ):
            table.add_column(word, justify="right")
        for outcome in result.outcomes:
            counts = (outcome.valid, outcome.unchanged, outcome.rejected, outcome.problems)
            state = language.say(STATE_WORDS[outcome.state])
            seconds = language.number(outcome.seconds, 1)
            table.add_row(outcome.agency, state, *(language.number(count) for count in counts), seconds)
        if result.outcomes:
            console.print(table)
        else:
            console.print(language.say("{programme}: there is no workbook yet.", programme=result.programme))
        _print_what_to_do(result, troubles, language, console)


def _print_what_to_do(
    result: SyncResult, troubles: dict[tuple[str, str], list[str]], language: Language, console: Any
) -> None:
    for outcome in result.outcomes:
        for said in troubles.get((result.programme, outcome.agency), []):
            console.print(f"{outcome.agency}: {said}")
        if outcome.state == "quarantined":
            said = language.say(
                "When you have looked at it: python3 run.py sync --release {agency}", agency=outcome.agency
            )
            console.print(f"{outcome.agency}: {said}")
        if outcome.state == "failed":
            message = mark("{agency}: an unexpected error ({error}); nothing of it was taken, the log says more.")
            console.print(language.say(message, agency=outcome.agency, error=outcome.error_class))
    for key in result.unclaimed:
        console.print(
            language.say(
                "{file} belongs to no agency; name it after one, or say whose it is in config/sources.yaml.", file=key
            )
        )
