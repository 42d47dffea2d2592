"""Writing a plan, or an empty form for one, as a workbook for those who do not write YAML."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from nap_monitor.language import Language, mark
from nap_monitor.programme import kinds
from nap_monitor.programme.model import Programme
from nap_monitor.programme.workbook.assembling import target_column
from nap_monitor.programme.workbook.cells import written
from nap_monitor.programme.workbook.labels import HELP, SETTING, VALUE, WORDS, label
from nap_monitor.programme.workbook.labels import TABS as TAB_LABELS
from nap_monitor.programme.workbook.layout import PROGRAMME, TABS, Column, Tab
from nap_monitor.programme.workbook.rows import Row, rows_of, settings

_LINE = 15.0  # points
_VALUE_WIDTH = 60
_ROWS_FOR_MORE = 300  # rows below the header that are ready for use: formats and drop-downs
_LISTS = {"agency": "agencies", "objective": "objectives", "strategy": "strategies", "action": "actions"}
_INSTRUCTIONS = (
    mark("This workbook holds a plan: what was promised, by whom, by when, and how its progress is measured."),
    mark("Fill in the tabs from left to right; rest the pointer on a header to read what it wants."),
    mark("Codes are text. A list in one cell is parted by semicolons: SE; STPS."),
    mark("Quarters are written 2018-Q2 (or 2018-T2) and days as dates. A year's target stands at its end."),
    mark(
        "In the tab of targets, an empty cell says nothing and “{no_target}” says that nothing is planned. "
        "Add columns for other years or quarters."
    ),
    mark("Where an agency's name changed, give it another row with the same id and the day of the new name."),
    mark("Check and load it: python3 run.py plan diff FILE.xlsx, then python3 run.py plan load FILE.xlsx"),
)


def write_plan_workbook(
    path: Path, programme: Programme | None, language: Language, *, years: Sequence[int] = ()
) -> None:
    """Write a programme, or with None the empty form, whose tab of targets has a column for each of `years`."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheets = _Sheets(book, language)
        sheets.instructions()
        sheets.settings(settings(programme) if programme else {})
        rows = rows_of(programme) if programme else {}
        for tab in TABS:
            sheets.table(_with_periods(tab, rows.get(tab.name, []), years), rows.get(tab.name, []))
    path.write_bytes(content.getvalue())


def _with_periods(tab: Tab, rows: Iterable[Row], years: Sequence[int]) -> Tab:
    if tab.name != "targets":
        return tab
    periods = {period for row in rows for period in row if period != "indicator"} or {str(year) for year in years}
    return Tab(tab.name, (*tab.columns, *(target_column(period) for period in sorted(periods))))


class _Sheets:
    """The sheets of one workbook, written one after the other."""

    def __init__(self, book: Any, language: Language) -> None:
        self.book = book
        self.language = language
        body = {"valign": "top", "align": "left", "text_wrap": True}
        self.header = book.add_format({**body, "bold": True, "bg_color": "#611232", "font_color": "#FFFFFF"})
        self.text = book.add_format({**body, "num_format": "@"})  # so that 1.10 stays what was typed
        self.plain = book.add_format({**body, "align": "general"})
        self.day = book.add_format({**body, "num_format": "yyyy-mm-dd"})
        self.help = book.add_format({**body, "italic": True, "font_color": "#555555"})

    def _sheet(self, name: str) -> Any:
        sheet = self.book.add_worksheet(label(TAB_LABELS, name, self.language))
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def instructions(self) -> None:
        sheet = self._sheet("instructions")
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, 100)
        no_target = label(WORDS, "no_target", self.language)
        for number, message in enumerate(_INSTRUCTIONS):
            sheet.write_string(number, 0, self.language.say(message, no_target=no_target), self.plain)

    def settings(self, values: Row) -> None:
        sheet = self._sheet("programme")
        for index, (title, width) in enumerate(((SETTING, 38), (VALUE, _VALUE_WIDTH), (HELP, 70))):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, self.language.say(title), self.header)
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(PROGRAMME, start=1):
            sheet.set_row(number, _height([(values.get(column.path), _VALUE_WIDTH)]))
            sheet.write_string(number, 0, column.header(self.language), self.plain)
            sheet.write_blank(number, 1, None, self._format(column))
            self._write(sheet, number, 1, column, values.get(column.path))
            sheet.write_string(number, 2, self.language.say(column.help), self.help)
            self._choices(sheet, column, number, 1, number)

    def table(self, tab: Tab, rows: list[Row]) -> None:
        sheet = self._sheet(tab.name)
        sheet.freeze_panes(1, 2)
        last = len(rows) + _ROWS_FOR_MORE
        sheet.set_row(0, 2 * _LINE)
        for number, row in enumerate(rows, start=1):
            sheet.set_row(number, _height([(row.get(c.path), _width(c)) for c in tab.columns]))
        for index, column in enumerate(tab.columns):
            sheet.set_column(index, index, _width(column), self._format(column))
            sheet.write_string(0, index, self._title(column), self.header)
            if column.help:
                sheet.write_comment(0, index, self.language.say(column.help), {"x_scale": 2})
            self._choices(sheet, column, 1, index, last)
            for number, row in enumerate(rows, start=1):
                path = column.path.removeprefix("targets.")
                if path in row and row[path] is None:
                    sheet.write_string(number, index, label(WORDS, "no_target", self.language), self.plain)
                else:
                    self._write(sheet, number, index, column, row.get(path))
        sheet.autofilter(0, 0, max(len(rows), 1), len(tab.columns) - 1)
        sheet.repeat_rows(0)

    def _title(self, column: Column) -> str:
        if column.path.startswith("targets."):
            return column.path.removeprefix("targets.")
        return column.header(self.language)

    def _format(self, column: Column) -> Any:
        if isinstance(column.kind, kinds.Day):
            return self.day
        return self.plain if isinstance(column.kind, kinds.Number | kinds.Whole) else self.text

    def _write(self, sheet: Any, row: int, index: int, column: Column, value: Any) -> None:
        if value is None:
            return
        cell = written(column.kind, value, self.language)
        if isinstance(cell, str):
            sheet.write_string(row, index, cell, self.text)
        elif isinstance(cell, date):
            sheet.write_datetime(row, index, cell, self.day)
        else:
            sheet.write_number(row, index, cell, self.plain)

    def _choices(self, sheet: Any, column: Column, first: int, index: int, last: int) -> None:
        """A drop-down of the words, or of the codes that another tab holds."""
        kind = column.kind
        source: Any = None
        if isinstance(kind, kinds.Choice):
            source = [label(WORDS, str(word), self.language) for word in kind.words]
        elif isinstance(kind, kinds.Flag):
            source = [label(WORDS, word, self.language) for word in ("true", "false")]
        elif isinstance(kind, kinds.Reference) and kind.to in _LISTS:
            source = self._codes_of(_LISTS[kind.to])
        if source:
            # A warning, not a stop: the agencies may be filled in later.
            sheet.data_validation(
                first, index, last, index, {"validate": "list", "source": source, "error_type": "warning"}
            )

    def _codes_of(self, name: str) -> str:
        tab = next(tab for tab in TABS if tab.name == name)
        paths = [column.path for column in tab.columns]
        letter = chr(ord("A") + paths.index("id" if "id" in paths else "code"))
        title = label(TAB_LABELS, name, self.language)
        return f"='{title}'!${letter}$2:${letter}${_ROWS_FOR_MORE * 3}"


def _height(cells: Iterable[tuple[Any, int]]) -> float:
    """Points that a row needs for its wrapped texts: (value, width of its column in characters)."""
    return _LINE * max(ceil(len(str(value or "")) / width) or 1 for value, width in cells)


def _width(column: Column) -> int:
    """Columns wide enough for what stands in them."""
    if column.language:
        return 42
    return 18 if isinstance(column.kind, kinds.Many | kinds.Line | kinds.Choice) else 13
