"""The workbook an agency reports in: instructions, rows due, drop-downs, expected values, room for more."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from nap_monitor.language import Language
from nap_monitor.programme.model import Programme, pick
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import Role
from nap_monitor.sheets.excel import Book, illustrative
from nap_monitor.sheets.saving import save
from nap_monitor.sheets.template.assignment import Assignment
from nap_monitor.sheets.template.instructions import write_instructions
from nap_monitor.sheets.template.known import NOTHING_KNOWN, Known, OwnTab, TypedRow
from nap_monitor.sheets.template.lists import blocks, drop_downs, write_lists
from nap_monitor.sheets.template.own_tabs import write_own_tabs
from nap_monitor.sheets.template.rows import rows_of
from nap_monitor.sheets.template.tabs import write_tab

__all__ = ["NOTHING_KNOWN", "Known", "OwnTab", "TypedRow", "template", "write_template"]


def write_template(
    path: Path,
    programme: Programme,
    agency: str,
    language: Language,
    *,
    quarter: Quarter,
    day: date,
    known: Known = NOTHING_KNOWN,
) -> None:
    """Write an agency's workbook for the report of a quarter, whole or not at all.

    `agency` is an id of the plan (KeyError otherwise); `day` says which due dates are past; `known` is filled in
    beforehand. OSError when the file cannot be written.
    """
    save(path, template(programme, agency, language, quarter=quarter, day=day, known=known))


def template(
    programme: Programme,
    agency: str,
    language: Language,
    *,
    quarter: Quarter,
    day: date,
    known: Known = NOTHING_KNOWN,
) -> bytes:
    """The bytes of the workbook that `write_template` writes; the same for the same arguments."""
    assignment = Assignment(programme, agency, language, quarter, day, known)
    book = Book(language)
    _describe(book, assignment)
    write_instructions(book, assignment)
    _write_tabs(book, assignment)
    write_own_tabs(book, known.own_tabs)
    return book.finished()


def _write_tabs(book: Book, assignment: Assignment) -> None:
    lists = blocks(assignment)
    ranges = drop_downs(lists, book.language)
    for role in (Role.INDICATOR, Role.ACTION, Role.SUBMISSION, Role.PARTICIPATION):
        write_tab(book, assignment, role, rows_of(role, assignment), ranges)
    write_lists(book, assignment, lists)


def _describe(book: Book, assignment: Assignment) -> None:
    programme = assignment.programme
    period = assignment.period
    book.describe(
        title=book.say("Report of {agency} · {period}", agency=assignment.acronym, period=period),
        subject=assignment.programme_name,
        author=programme.coordinator or "NAP Monitor",
        comments=pick(programme.disclaimer, book.language.code) or illustrative(programme, book.language),
        created=assignment.day,
    )
