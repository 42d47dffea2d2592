"""`sheet template`: the workbook that an agency reports in, ready to be filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from nap_monitor.commands.choosing import CannotBeDone, Chosen, agency_of, chosen_plan, in_force
from nap_monitor.language import Language, mark
from nap_monitor.settings import Settings

if TYPE_CHECKING:
    from nap_monitor.programme.model import Programme
    from nap_monitor.programme.quarters import Quarter
    from nap_monitor.sheets.carry_over import CarryOver
    from nap_monitor.sheets.cells import Unreadable
    from nap_monitor.sheets.template import Known

_MEGABYTE = 1024 * 1024


class NotRead(Exception):
    """The workbook to keep from cannot be read."""

    def __init__(self, reason: Unreadable, file: str) -> None:
        super().__init__(file)
        self.reason = reason
        self.file = file

    def sentence(self, reader: Language) -> str:
        from nap_monitor.sheets.problems import refusal

        return refusal(self.reason, self.file, reader)


def template(
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.xlsx", help="The workbook to write.")],
    agency: Annotated[str, typer.Option(metavar="ID", help="Whose workbook.")],
    language: Annotated[
        str | None, typer.Option(metavar="es|en", help="Language of the workbook; that of the commands unless said.")
    ] = None,
    quarter: Annotated[
        str | None, typer.Option(metavar="2026-Q3", help="Quarter to report; the latest that is over.")
    ] = None,
    programme: Annotated[
        str | None, typer.Option(metavar="CODE", help="Which programme; the first unless said.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="2026-11-23", help="The day it is made for; today unless said.")
    ] = None,
    earlier: Annotated[
        Path | None, typer.Option("--from", metavar="OLD.xlsx", help="Keep what was typed in this workbook.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file if it is there.")] = False,
) -> int:
    """Write the workbook of an agency: the rows due, what the plan expects, and what is known already."""
    from nap_monitor.commands.asking import a_day, a_language, a_quarter, reader
    from nap_monitor.language import language as language_of
    from nap_monitor.progress.schedule import default_quarter
    from nap_monitor.sheets.template import write_template

    _check_output(output, earlier, force=force)
    asked_day = a_day(as_of) if as_of else None
    chosen = chosen_plan(programme, asked_day or datetime.now(UTC).date())
    plan = chosen.programme
    day = asked_day or datetime.now(ZoneInfo(plan.time_zone)).date()
    whose = agency_of(plan, agency)
    asked = a_quarter(quarter) if quarter else default_quarter(plan, day)
    chosen = in_force(chosen, asked)
    written_in = language_of(a_language(language or Settings().language), plan.number_locale)
    kept = _kept(earlier, chosen.programme, asked, reader())
    known = _known(chosen, whose, asked, written_in, kept)
    write_template(output, chosen.programme, whose, written_in, quarter=asked, day=day, known=known)
    _tell(reader(), output, whose, asked, kept)
    return 0


def _check_output(output: Path, earlier: Path | None, *, force: bool) -> None:
    if output.suffix.casefold() != ".xlsx":
        raise CannotBeDone(mark("{file}: a workbook's name ends in .xlsx."), file=output.name)
    if not output.parent.is_dir():
        raise CannotBeDone(mark("There is no folder {folder}."), folder=str(output.parent))
    if output.is_dir():
        raise CannotBeDone(mark("{file} is a folder."), file=str(output))
    if earlier is not None and output.exists() and earlier.exists() and output.samefile(earlier):
        raise CannotBeDone(
            mark("{file} is the workbook to keep from; write the new one under another name."), file=str(output)
        )
    if output.exists() and not force:
        raise CannotBeDone(mark("{file} is there already; --force replaces it."), file=str(output))


def _kept(earlier: Path | None, plan: Programme, quarter: Quarter, reader: Language) -> CarryOver | None:
    from nap_monitor.sheets.carry_over import typed_in
    from nap_monitor.sheets.carry_over.comments import comments_in
    from nap_monitor.sheets.cells import Unreadable
    from nap_monitor.sheets.opening import read_workbook

    if earlier is None:
        return None
    settings = Settings()
    packed, unpacked = settings.workbook_max_mb * _MEGABYTE, settings.workbook_max_unpacked_mb * _MEGABYTE
    try:
        workbook = read_workbook(earlier, max_packed=packed, max_unpacked=unpacked)
        comments = comments_in(earlier)
        kept = typed_in(workbook, plan, quarter, comments)
    except Unreadable as error:
        raise NotRead(error, earlier.name) from error
    if comments is None:
        said = reader.say("The comments in {file} cannot be read; they were not kept.", file=earlier.name)
        typer.echo(said, err=True)
    return kept


def _known(chosen: Chosen, agency: str, quarter: Quarter, language: Language, kept: CarryOver | None) -> Known:
    """What was typed in the earlier workbook, completed by what the database has."""
    from nap_monitor.access import operator
    from nap_monitor.database.engine import reading
    from nap_monitor.sheets.template import NOTHING_KNOWN
    from nap_monitor.sheets.template.stored import stored

    typed = kept.known if kept else NOTHING_KNOWN
    if chosen.engine is None:
        return typed
    with reading(chosen.engine) as connection:
        known = stored(
            connection, operator("template"), chosen.programme_id, chosen.programme, agency, quarter, language
        )
    return typed.completed_by(known)


def _tell(reader: Language, output: Path, agency: str, quarter: Quarter, kept: CarryOver | None) -> None:
    typer.echo(
        reader.say(
            "{file}: the workbook of {agency} for {quarter}.",
            file=str(output),
            agency=agency,
            quarter=reader.quarter(str(quarter)),
        )
    )
    if kept is None:
        return
    typer.echo(reader.say_many("{count} row was kept.", "{count} rows were kept.", kept.rows))
    if kept.formulas:
        typer.echo(
            reader.say_many(
                "{count} formula was kept as its result.", "{count} formulas were kept as their results.", kept.formulas
            )
        )
