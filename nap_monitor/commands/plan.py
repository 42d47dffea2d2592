"""`plan`: load a plan, see what it would change, write one out, or write an empty form for one."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from nap_monitor.commands.asking import NotThat, a_quarter, opened, reader
from nap_monitor.language import mark

if TYPE_CHECKING:
    from nap_monitor.database.plans import StoredPlan
    from nap_monitor.language import Language
    from nap_monitor.programme.changes import Difference
    from nap_monitor.programme.model import Programme
    from nap_monitor.programme.problems import PlanProblem

app = typer.Typer(help="The plan: what was promised, in which versions.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="The plan: .yaml or .xlsx.")]
FirstYear = Annotated[
    int | None, typer.Option(metavar="YEAR", help="Move all the plan's dates so that it starts in this year.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The file to write; not one that exists.")]


@app.command()
def load(
    file: File,
    first_year: FirstYear = None,
    effective_from: Annotated[
        str | None, typer.Option(metavar="2026-Q3", help="First quarter that the changed plan judges.")
    ] = None,
    reason: Annotated[str | None, typer.Option(metavar="TEXT", help="Why the plan changes.")] = None,
    decision: Annotated[str | None, typer.Option(metavar="TEXT", help="Which decision approved it.")] = None,
    as_json: AsJson = False,
) -> int:
    """Put a plan into the database: as a new programme, or as a new version of the one that has its code."""
    language = reader()
    programme, problems = _read(file, first_year, language, quiet=as_json)
    if programme is None:
        return _refused(problems, language, as_json=as_json)
    programme = _with_grounds(programme, effective_from, reason, decision, language)
    stored, is_new = _stored(programme)
    if as_json:
        _print_json(_loaded(stored, problems, language, is_new=is_new))
    elif is_new:
        typer.echo(language.say("{code}: version {number} is loaded.", code=programme.code, number=stored.number))
    else:
        typer.echo(
            language.say(
                "{code}: nothing to load, version {number} says the same.", code=programme.code, number=stored.number
            )
        )
    return 0


@app.command()
def diff(file: File, first_year: FirstYear = None, as_json: AsJson = False) -> int:
    """Show what a plan would change against the newest version in the database."""
    from nap_monitor.access import operator
    from nap_monitor.database.engine import reading
    from nap_monitor.database.plans import plan_versions
    from nap_monitor.programme.changes import differences

    language = reader()
    programme, problems = _read(file, first_year, language, quiet=as_json)
    if programme is None:
        return _refused(problems, language, as_json=as_json)
    with reading(opened()) as connection:
        versions = plan_versions(connection, operator("plan diff"), programme.code)
    found = differences(versions[-1].programme, programme) if versions else ()
    if as_json:
        _print_json(
            {
                "programme": programme.code,
                "version": versions[-1].number if versions else None,
                "differences": [d.to_json() for d in found],
                "problems": [problem_json(p, language) for p in problems],
            }
        )
    elif not versions:
        typer.echo(language.say("{code}: a new programme.", code=programme.code))
    else:
        _print_differences(versions[-1], found, language)
    return 0


@app.command()
def template(output: Output) -> None:
    """Write an empty workbook in which a plan can be written."""
    from nap_monitor.programme.workbook import write_plan_workbook

    _must_be_new(output, (".xlsx",))
    year = datetime.now(UTC).year
    write_plan_workbook(output, None, reader(), years=range(year, year + 5))
    command = f"python3 run.py check {output}"
    typer.echo(reader().say("{file}: fill it in, then look for mistakes: {command}", file=output, command=command))


@app.command()
def export(
    output: Output,
    programme: Annotated[
        str | None, typer.Option(metavar="CODE", help="Which programme; the first unless said.")
    ] = None,
) -> None:
    """Write the newest version of a plan as a file that can be changed and loaded: .yaml or .xlsx."""
    from nap_monitor.access import operator
    from nap_monitor.database.engine import reading
    from nap_monitor.database.plans import programmes
    from nap_monitor.programme.workbook import write_plan_workbook
    from nap_monitor.programme.yaml_writer import to_yaml
    from nap_monitor.status import NoProgramme

    _must_be_new(output, (".yaml", ".yml", ".xlsx"))
    with reading(opened()) as connection:
        known = programmes(connection, operator("plan export"))
    chosen = next((p.programme for p in known if programme in (None, p.programme.code)), None)
    if chosen is None:
        raise NoProgramme(programme or "")
    if output.suffix.lower() == ".xlsx":
        write_plan_workbook(output, chosen, reader())
    else:
        output.write_text(to_yaml(chosen), "utf-8")
    typer.echo(reader().say("{file}: the plan {code}.", file=output, code=chosen.code))


@app.command(hidden=True)
def schema() -> None:
    """Write the JSON Schemas of the plan's files anew, for whoever changes the format."""
    from nap_monitor.programme.schema import SCHEMAS, schema_text
    from nap_monitor.settings import Settings

    for name, made in SCHEMAS.items():
        (Settings().config / name).write_text(schema_text(made()), "utf-8")


def problem_json(problem: PlanProblem, language: Language) -> dict[str, Any]:
    """A problem as JSON values, its sentence with it."""
    return {
        "file": problem.file,
        "line": problem.line,
        "tab": problem.tab or None,
        "column": problem.column or None,
        "entry": problem.entry,
        "field": problem.field,
        "kind": problem.kind,
        "severity": str(problem.severity),
        "message": problem.sentence(language),
    }


def _read(
    file: Path, first_year: int | None, language: Language, *, quiet: bool
) -> tuple[Programme | None, tuple[PlanProblem, ...]]:
    """The plan of a file; its problems are printed unless `quiet`."""
    from nap_monitor.assess import rule_sets_in_force
    from nap_monitor.programme.files import read_plan
    from nap_monitor.programme.sentences import Severity

    if first_year is not None and not 1900 <= first_year <= 2200:
        raise NotThat(mark("{value} is no year in which a plan could start."), str(first_year))
    programme, problems = read_plan(file, first_year=first_year, rule_sets=rule_sets_in_force())
    words = {Severity.ERROR: language.say("Error"), Severity.WARNING: language.say("Warning")}
    for problem in () if quiet else problems:
        parts = (
            problem.where(language),
            words[problem.severity],
            problem.subject(language),
            problem.sentence(language),
        )
        typer.echo(": ".join(filter(None, parts)))
    return programme, problems


def _refused(problems: tuple[PlanProblem, ...], language: Language, *, as_json: bool) -> int:
    """A plan with errors: exit code 1, or 2 when there is no file that could have any."""
    from nap_monitor.programme.sentences import Severity

    errors = [p for p in problems if p.severity is Severity.ERROR]
    if as_json:
        _print_json({"problems": [problem_json(p, language) for p in problems]})
    else:
        typer.echo(
            language.say_many("Not loaded: {count} error.", "Not loaded: {count} errors.", len(errors)), err=True
        )
    return 2 if any(p.kind in ("missing_file", "unreadable_file", "file_type") for p in errors) else 1


def _with_grounds(
    programme: Programme, effective_from: str | None, reason: str | None, decision: str | None, language: Language
) -> Programme:
    """The plan with what the command line says of its version."""
    if effective_from is not None:
        programme = replace(programme, effective_from=a_quarter(effective_from))
    if reason is not None:
        programme = replace(programme, reason={language.code: reason})
    return programme if decision is None else replace(programme, decision=decision)


def _stored(programme: Programme) -> tuple[StoredPlan, bool]:
    """The plan in the database, judged anew where it changed; whether it is a new version."""
    from nap_monitor.access import operator
    from nap_monitor.assess import adopt
    from nap_monitor.database.engine import writing
    from nap_monitor.database.locks import lock
    from nap_monitor.sync.running import LOCK
    from nap_monitor.sync.trouble import Busy

    viewer, engine = operator("plan load"), opened()
    # A sync that began with the old version would store what the old version judges.
    with lock(engine, LOCK) as still_held:
        if still_held is None:
            raise Busy
        with writing(engine) as connection:
            return adopt(connection, viewer, programme, now=datetime.now(UTC))


def _loaded(
    stored: StoredPlan, problems: tuple[PlanProblem, ...], language: Language, *, is_new: bool
) -> dict[str, Any]:
    return {
        "programme": stored.programme.code,
        "version": stored.number,
        "is_new": is_new,
        "effective_from": str(stored.effective_from) if stored.effective_from else None,
        "differences": list(stored.differences) if is_new else [],
        "problems": [problem_json(p, language) for p in problems],
    }


def _print_differences(current: StoredPlan, found: tuple[Difference, ...], language: Language) -> None:
    from nap_monitor.programme.changes import touches_judgement

    code = current.programme.code
    if not found:
        typer.echo(language.say("{code}: the same as version {number}.", code=code, number=current.number))
        return
    typer.echo(
        language.say_many(
            "{code}: {count} difference from version {number}.",
            "{code}: {count} differences from version {number}.",
            len(found),
            code=code,
            number=current.number,
        )
    )
    for difference in found:
        typer.echo(f"{'*' if difference.judges else ' '} {difference.sentence(language)}")
    if touches_judgement(found):
        typer.echo(
            language.say(
                "* changes what progress is judged by: loading it needs --effective-from and --reason, "
                "or the plan's own “effective_from” and “reason”."
            )
        )


def _print_json(document: dict[str, Any]) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1))


def _must_be_new(output: Path, endings: tuple[str, ...]) -> None:
    if output.suffix.lower() not in endings:
        raise NotThat(mark("“{value}” has another ending than a plan: .xlsx, or .yaml for an export."), output.name)
    if output.exists():
        raise NotThat(mark("{value} exists already; choose another name."), str(output))
