"""Reads a workbook's typed cells into reports, problems and rows left out. Pure: no file, no clock, no database.

A bad row is a result, not an exception: good rows are taken though others fail, and a tab that cannot be read stops
nothing but itself.
"""

from __future__ import annotations

from nap_monitor.sheets import headers
from nap_monitor.sheets.cells import Tab, Workbook
from nap_monitor.sheets.contract import Ignored, Parsed, Problem, Refused, Report, Role
from nap_monitor.sheets.parse.context import Context
from nap_monitor.sheets.parse.duplicates import without_duplicates
from nap_monitor.sheets.parse.forms import FORMS
from nap_monitor.sheets.parse.row import Sheet
from nap_monitor.sheets.parse.vocabulary import Vocabulary
from nap_monitor.sheets.parse.walk import Walk

__all__ = ["Context", "parse", "without_duplicates"]


def parse(workbook: Workbook, context: Context) -> Parsed:
    """All that a workbook says, as of `context.day`, for one agency.

    Rows with one key are all still there: `without_duplicates` sorts them out, over all files of the agency at once.
    A CSV is one tab; a plan without indicators needs no tab for them.
    """
    needs_indicators = bool(context.programme.indicators) and not workbook.name.casefold().endswith(".csv")
    tabs = headers.tabs(workbook, needs_indicators=needs_indicators)
    vocabulary = Vocabulary(context.programme)
    read = {role: _read(workbook.name, tab, role, context, vocabulary) for role, tab in tabs.by_role.items()}
    reports: list[Report] = []
    problems: list[Problem] = list(tabs.problems)
    ignored: list[Ignored] = []
    refused: list[Refused] = []
    for walk, found in read.values():
        problems += found
        if walk is not None:
            reports += walk.reports
            problems += walk.problems
            ignored += walk.ignored
            refused += walk.refused
    return Parsed(
        tuple(reports),
        tuple(problems),
        tuple(ignored),
        roles_read=frozenset(role for role, (walk, _) in read.items() if walk),
        rows_read=sum(walk.rows_read for walk, _ in read.values() if walk),
        refused=tuple(refused),
    )


def _read(
    file: str, tab: Tab, role: Role, context: Context, vocabulary: Vocabulary
) -> tuple[Walk | None, tuple[Problem, ...]]:
    """The rows of one tab, or None where it has no header to read them by; and what is to be said of its header."""
    search = headers.find_header(tab, role, file, context.helper_columns)
    if search.header is None:
        return None, search.problems
    sheet = Sheet(file, tab.title, role, search.header.columns, context, vocabulary)
    walk = Walk(sheet, FORMS[role], search.header, tab)
    for number, cells in tab.rows():
        walk.see(number, cells)
    walk.finish()
    return walk, search.problems
