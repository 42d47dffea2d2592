"""Walks down one tab and tells reports from everything else that people put into a spreadsheet.

Each row below the header that holds anything ends in exactly one of three lists: reports, rows with problems, rows left
out with the reason. A total, a heading, a note or another table is no mistake and no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from nap_monitor.sheets.cells import Cell, CellKind, Tab, column_letter
from nap_monitor.sheets.contract import OURS, Ignored, Place, Problem, Refused, Report, normalise
from nap_monitor.sheets.headers import Header, field_of
from nap_monitor.sheets.judging import is_blank, text_of
from nap_monitor.sheets.numbers import is_figure
from nap_monitor.sheets.parse.forms import Form
from nap_monitor.sheets.parse.merges import Merges
from nap_monitor.sheets.parse.row import Row, Sheet
from nap_monitor.sheets.problems import problem

_TOTAL = re.compile(r"(?:gran |grand )?(?:sub ?-?)?total(?:es|s)?(?:[ :.(].*)?|(?:suma|sum)(?:[ :.(].*)?")


class Walk:
    """The rows of one tab, from top to bottom."""

    def __init__(self, sheet: Sheet, form: Form, header: Header, tab: Tab) -> None:
        self.reports: list[Report] = []
        self.problems: list[Problem] = []
        self.ignored: list[Ignored] = []
        self.refused: list[Refused] = []
        self.rows_read = 0
        self._sheet, self._form, self._header = sheet, form, header
        columns = sheet.columns
        self._labels = frozenset(columns[f] for f in form.identity if f in columns)
        self._typed = frozenset(columns[f] for f in form.typed if f in columns)
        self._ours = frozenset(columns[f] for f in OURS if f in columns)
        self._read = frozenset(columns.values()) - self._ours
        self._not_headings = (self._typed | self._labels | self._ours) - {columns.get(form.key, -1)}
        self._merges = Merges(tab.merges, header.row, self._labels, self._typed)
        self._without_header: dict[int, int] = {}  # column -> the first row with a figure in it
        self._after_gap = False
        self._in_second_table = False
        self._last = header.row
        self._is_delimited = tab.is_delimited
        self._width = 0  # of the header, in cells

    def see(self, number: int, cells: tuple[Cell, ...]) -> None:
        """The next row that is not the header's. Rows that are blank may be passed or left out."""
        if number <= self._header.row:
            self._width = len(cells)
            if number < self._header.row and any(is_figure(c) for c in cells):
                self._leave_out(number, "above_the_header")
            return
        if all(is_blank(c) for c in cells):
            return
        self._after_gap = number > self._last + 1
        self._last = number
        filled, shared = self._merges.apply(number, cells)
        row = Row(self._sheet, number, filled, shared)
        reason = self._no_report(row)
        if reason:
            self._leave_out(number, reason)
        elif self._is_delimited and len(cells) > self._width:
            # An unquoted 12,5 in a file that commas divide: read on, every cell behind it would be another's.
            width = {"cells": str(len(cells)), "columns": str(self._width)}
            self.problems.append(problem("shifted_row", row.place(), **width))
        else:
            self._take(row)

    def finish(self) -> None:
        """After the last row: what there is to say of the tab as a whole."""
        for column, row in sorted(self._without_header.items()):
            place = Place(self._sheet.file, self._sheet.tab, row + 1, column_letter(column))
            self.problems.append(problem("figures_without_header", place))

    def _leave_out(self, number: int, reason: str) -> None:
        self.ignored.append(Ignored(self._sheet.tab, number + 1, reason))

    def _take(self, row: Row) -> None:
        self.rows_read += 1
        report = self._form.read(row)
        if report is not None:
            self.reports.append(report)
        elif not row.holds_any(self._form.typed):
            self._leave_out(row.number, "left_empty")  # given to be filled in, and nothing was
            return
        elif row.key is not None:
            self.refused.append(Refused(self._form.role, row.key, row.place()))
        self.problems += row.named_problems()
        for column, cell in enumerate(row.cells):
            if column not in self._header.named and is_figure(cell):
                self._without_header.setdefault(column, row.number)

    def _no_report(self, row: Row) -> str | None:
        """Why a row is no report; None for what is one, or tries to be."""
        held = {column for column, cell in enumerate(row.cells) if not is_blank(cell)}
        if not held & self._read:
            return "ours" if held <= self._ours else "beside_the_table"
        if self._form.is_known(row):
            is_of_second_table = self._in_second_table and not self._form.is_identified(row)
            return "second_table" if is_of_second_table else None
        return self._heading(row) or self._other_table(row, held) or self._note(row)

    def _heading(self, row: Row) -> str | None:
        own, other = self._headers_in(row)
        if own >= 2 and own > other:
            self._in_second_table = False
            return "repeated_header"
        if own + other >= 2:
            self._in_second_table = True
            return "second_table"
        headings = (cell for column, cell in enumerate(row.cells) if column not in self._not_headings)
        return "total" if any(_is_total(cell) for cell in headings) else None

    def _headers_in(self, row: Row) -> tuple[int, int]:
        """How many cells are headers of their own column, and how many of another."""
        fields = {column: name for name, column in self._sheet.columns.items()}
        names = [(c, field_of(self._form.role, text)) for c, text in _texts(row.cells)]
        own = sum(1 for column, name in names if name and fields.get(column) == name)
        return own, sum(1 for _, name in names if name) - own

    def _other_table(self, row: Row, held: set[int]) -> str | None:
        """Another table begins, after a blank row, with a row of texts that has nothing of a report."""
        if self._in_second_table:
            return "second_table"
        texts_alone = len(held) >= 2 and all(row.cells[c].kind is CellKind.TEXT for c in held)
        if self._after_gap and texts_alone and not self._form.looks_like_report(row):
            self._in_second_table = True
            return "second_table"
        return None

    def _note(self, row: Row) -> str | None:
        if self._form.looks_like_report(row) or self._form.is_complete(row):
            return None
        return "without_code" if any(is_figure(cell) for cell in row.cells) else "note"


def _texts(cells: tuple[Cell, ...]) -> Iterator[tuple[int, str]]:
    for column, cell in enumerate(cells):
        if cell.kind is CellKind.TEXT:
            yield column, text_of(cell)


def _is_total(cell: Cell) -> bool:
    return cell.kind is CellKind.TEXT and _TOTAL.fullmatch(normalise(str(cell.value))) is not None
