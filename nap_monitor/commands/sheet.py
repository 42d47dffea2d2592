"""`sheet`: the workbooks that agencies report in. `validate` says what one would deliver, and changes nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from nap_monitor.commands.template import template
from nap_monitor.settings import Settings

if TYPE_CHECKING:
    from nap_monitor.commands.choosing import Chosen
    from nap_monitor.language import Language
    from nap_monitor.sheets.cells import Unreadable
    from nap_monitor.sheets.contract import Parsed, Problem

_MEGABYTE = 1024 * 1024

app = typer.Typer(help="The workbooks that agencies report in.")
app.command()(template)


@app.command()
def validate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The workbook to look at: .xlsx, .ods or .csv.")],
    agency: Annotated[str, typer.Option(metavar="ID", help="Whose workbook.")],
    as_of: Annotated[
        str | None, typer.Option(metavar="2026-11-23", help="The day it is read on; today unless said.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="es|en", help="Language of the messages; that of the commands unless said.")
    ] = None,
    programme: Annotated[
        str | None, typer.Option(metavar="CODE", help="Which programme; the first unless said.")
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="Read it against the plan in this file instead.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> int:
    """Say what a workbook would deliver and what is wrong in it. Nothing is stored.

    Exits with 1 when something in it cannot be taken, with 2 when the file as a whole cannot.
    """
    from nap_monitor.commands.asking import a_day, a_language
    from nap_monitor.commands.choosing import Chosen, agency_of, chosen_plan, plan_in_file
    from nap_monitor.language import language as language_of
    from nap_monitor.sheets.cells import Unreadable

    asked_day = a_day(as_of) if as_of else None
    around = asked_day or datetime.now(UTC).date()
    chosen = Chosen(plan_in_file(plan, around)) if plan else chosen_plan(programme, around)
    day = asked_day or datetime.now(ZoneInfo(chosen.programme.time_zone)).date()
    reader = language_of(a_language(language or Settings().language), chosen.programme.number_locale)
    whose = agency_of(chosen.programme, agency)
    try:
        parsed = _parsed(file, chosen, whose, day)
    except Unreadable as refusal:
        return _refuse(refusal, file, reader, as_json=as_json)
    _print(parsed, reader, as_json=as_json)
    return int(any(p.severity == "error" for p in parsed.problems))


def _parsed(file: Path, chosen: Chosen, agency: str, day: date) -> Parsed:
    from nap_monitor.sheets.cells import Unreadable
    from nap_monitor.sheets.opening import read_workbook
    from nap_monitor.sheets.parse import Context, parse, without_duplicates
    from nap_monitor.sheets.sources import read_sources

    settings = Settings()
    packed, unpacked = settings.workbook_max_mb * _MEGABYTE, settings.workbook_max_unpacked_mb * _MEGABYTE
    if not file.exists():
        raise Unreadable("missing_file")
    sources, _ = read_sources(settings.config / "sources.yaml")
    context = Context(chosen.programme, agency, day, sources.helper_columns_of(file.name, agency))
    workbook = read_workbook(file, max_packed=packed, max_unpacked=unpacked)
    parsed = without_duplicates([parse(workbook, context)])[0]
    return replace(parsed, problems=(*parsed.problems, *_questions(parsed, chosen)))


def _questions(parsed: Parsed, chosen: Chosen) -> Iterator[Problem]:
    """The warnings that a sync would add: off track without a cause, totals unlike their parts."""
    from nap_monitor.access import operator
    from nap_monitor.assess import rule_sets_in_force
    from nap_monitor.database.engine import reading
    from nap_monitor.database.plans import StoredPlan, plan_versions
    from nap_monitor.sync.questions import questions

    versions: tuple[StoredPlan, ...] = (StoredPlan(0, 0, 1, None, chosen.programme, is_demonstration=False),)
    if chosen.engine is not None:
        with reading(chosen.engine) as connection:
            versions = plan_versions(connection, operator("validate"), chosen.programme.code)
    return questions(parsed.reports, versions, rule_sets_in_force(), ())


def _refuse(refusal: Unreadable, file: Path, language: Language, *, as_json: bool) -> int:
    from nap_monitor.sheets.contract import Parsed
    from nap_monitor.sheets.problems import refusal as sentence
    from nap_monitor.sheets.problems import refused

    if as_json:
        _print(Parsed((), (refused(refusal, file.name),), ()), language, as_json=True)
    sys.stderr.write(sentence(refusal, file.name, language) + "\n")
    return 2


def _print(parsed: Parsed, language: Language, *, as_json: bool) -> None:
    from nap_monitor.sheets.listing import as_document

    if as_json:
        json.dump(as_document(parsed, language), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
    else:
        _print_table(parsed, language)


def _print_table(parsed: Parsed, language: Language) -> None:
    from rich.console import Console
    from rich.table import Table

    from nap_monitor.sheets.listing import in_order, left_out, taken
    from nap_monitor.sheets.problems import SEVERITY_WORDS, accepted, reason, sentence

    console = Console(highlight=False, markup=False)
    if parsed.problems:
        problems = Table(
            language.say("Cell"),
            language.say("Severity"),
            language.say("What is wrong"),
            language.say("What is accepted"),
        )
        for problem in in_order(parsed.problems):
            severity = language.say(SEVERITY_WORDS[problem.severity])
            problems.add_row(problem.place.cell, severity, sentence(problem, language), accepted(problem, language))
        console.print(problems)
    if left_out(parsed):
        rows = Table(language.say("Row left out"), language.say("Why"))
        for ignored in left_out(parsed):
            rows.add_row(f"{ignored.tab}!{ignored.row}", reason(ignored, language))
        console.print(rows)
    count = len(taken(parsed))
    console.print(language.say_many("{count} report would be taken.", "{count} reports would be taken.", count))
