"""Reading the plan's workbook into the same tree as a YAML file, each value with its tab, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from nap_monitor.language import LANGUAGES, language
from nap_monitor.programme.checks.references import folded
from nap_monitor.programme.problems import PlanProblem, problem, suggestion
from nap_monitor.programme.tree import Node, Place, Value, Written, is_nothing
from nap_monitor.programme.values import period_of
from nap_monitor.programme.workbook import assembling
from nap_monitor.programme.workbook.assembling import Row
from nap_monitor.programme.workbook.cells import node, quarter_text
from nap_monitor.programme.workbook.labels import HELP, SETTING, VALUE, WORDS, recognised
from nap_monitor.programme.workbook.labels import TABS as TAB_LABELS
from nap_monitor.programme.workbook.layout import PROGRAMME, TABS, Column, Tab

_HEADER_SEARCH_ROWS = 20
_MOST_UNPACKED = 100_000_000  # bytes; the largest plan we know has one
_READERS = [language(code) for code in LANGUAGES]


def read_workbook_tree(path: Path) -> tuple[Node | None, tuple[PlanProblem, ...]]:
    """The tree of a workbook and what is wrong with its tabs and columns; no tree when it cannot be read at all."""
    try:
        with ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                return None, (problem("too_large", Place(path.name)),)
        values, formulas = load_workbook(path, data_only=True), load_workbook(path)
    except FileNotFoundError:
        return None, (problem("missing_file", Place(path.name), path=str(path)),)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, SyntaxError):
        # openpyxl has no exception of its own for what only looks like a workbook
        return None, (problem("not_a_workbook", Place(path.name)),)
    return _Workbook(path.name, values, formulas).tree()


class _Workbook:
    """One reading of one workbook."""

    def __init__(self, file: str, values: Workbook, formulas: Workbook) -> None:
        self.file = file
        self.values = values
        self.formulas = formulas
        self.problems: list[PlanProblem] = []
        self.words = recognised(WORDS)
        self.commas = True  # they part the agencies of a list, unless an agency has one in its id

    def tree(self) -> tuple[Node | None, tuple[PlanProblem, ...]]:
        sheets = self._sheets()
        settings = self._settings(sheets.get("programme"))
        rows: dict[str, list[Row]] = {}
        for tab in TABS:
            sheet = sheets.get(tab.name)
            if sheet is not None:
                rows[tab.name] = list(self._rows(tab, sheet))
            elif tab.required:
                self._missing_tab(tab.name)
            if tab.name == "agencies":
                ids = (row.cells.get("id") for row in rows.get("agencies", []))
                self.commas = not any(isinstance(i, Value) and "," in i.text for i in ids)
        plan, found = assembling.plan(Place(self.file), settings, rows)
        return plan, (*self.problems, *found)

    def _sheets(self) -> dict[str, Worksheet]:
        known = recognised(TAB_LABELS)
        found: dict[str, Worksheet] = {}
        for sheet in self.values.worksheets:
            name = known.get(folded(sheet.title))
            if name is None:
                self.problems.append(problem("unknown_tab", Place(self.file, tab=sheet.title)))
            else:
                found.setdefault(name, sheet)
        return found

    def _missing_tab(self, name: str) -> None:
        tab = " / ".join(reader.say(TAB_LABELS[name]) for reader in _READERS)
        self.problems.append(problem("missing_tab", Place(self.file), tab=tab))

    def _settings(self, sheet: Worksheet | None) -> Row:
        """The tab Programme: a setting in each row, its name in the first column and its value in the second."""
        if sheet is None:
            self._missing_tab("programme")
            return Row(Place(self.file), {})
        known = _headers(PROGRAMME)
        heads = {folded(reader.say(text)) for reader in _READERS for text in (SETTING, VALUE, HELP)}
        cells: dict[str, Node] = {}
        for number, row in enumerate(sheet.iter_rows(max_col=2, values_only=True), start=1):
            name, cell = row[0], row[1] if len(row) > 1 else None
            place = Place(self.file, number, sheet.title, "B")
            if not isinstance(name, str) or folded(name) in heads:
                continue
            column = known.get(folded(name))
            if column is None:
                self._unknown_column(name, Place(self.file, number, sheet.title, "A"), known)
            elif column.path in cells:
                self.problems.append(problem("repeated_column", place, column=name))
            else:
                found = self._node(column, cell, place)
                if found is not None:
                    cells[column.path] = found
        return Row(Place(self.file, tab=sheet.title), cells)

    def _rows(self, tab: Tab, sheet: Worksheet) -> Iterator[Row]:
        known = _headers(tab.columns)
        header = self._header(tab, sheet, known)
        if header is None:
            self.problems.append(problem("missing_column", Place(self.file, tab=sheet.title), column=_called(tab)))
            return
        columns = self._columns(tab, sheet, header, known)
        for number in range(header + 1, sheet.max_row + 1):
            place = Place(self.file, number, sheet.title)
            cells: dict[str, Node] = {}
            for letter, column in columns.items():
                cell = sheet[f"{letter}{number}"].value
                found = self._node(column, cell, Place(self.file, number, sheet.title, letter))
                if found is not None:
                    cells[column.path] = found
            if any(not is_nothing(found) for found in cells.values()):
                yield Row(place, cells)

    def _header(self, tab: Tab, sheet: Worksheet, known: dict[str, Column]) -> int | None:
        """The row with the most of the tab's headers, its key among them."""
        best, most = None, 0
        for number, row in enumerate(sheet.iter_rows(max_row=_HEADER_SEARCH_ROWS, values_only=True), start=1):
            names = {column.path for cell in row if (column := known.get(folded(str(cell or ""))))}
            if len(names) > most and tab.columns[0].path in names:
                best, most = number, len(names)
        return best

    def _columns(self, tab: Tab, sheet: Worksheet, header: int, known: dict[str, Column]) -> dict[str, Column]:
        """Letter -> column; in the tab of targets, each year or quarter is one."""
        columns: dict[str, Column] = {}
        for index in range(1, sheet.max_column + 1):
            name, letter = sheet.cell(header, index).value, get_column_letter(index)
            place = Place(self.file, header, sheet.title, letter)
            column = known.get(folded(str(name or "")))
            if column is None and tab.name == "targets" and name is not None and period_of(quarter_text(str(name))):
                column = assembling.target_column(quarter_text(str(name)))
            if column is None:
                below = (sheet.cell(row, index).value for row in range(header, sheet.max_row + 1))
                if any(value is not None for value in below):
                    self._unknown_column(str(name or letter), place, known)
            elif column in columns.values():
                self.problems.append(problem("repeated_column", place, column=str(name)))
            else:
                columns[letter] = column
        return columns

    def _unknown_column(self, name: str, place: Place, known: dict[str, Column]) -> None:
        likely = suggestion(folded(name), known)
        self.problems.append(problem("unknown_column", place, column=name, suggestion=likely))

    def _node(self, column: Column, cell: Any, place: Place) -> Node | None:
        where = f"{place.column}{place.line}"
        if cell is None and (formula := self.formulas[place.tab][where]).data_type == "f":
            return Value(str(formula.value), Written.STRANGE, place)
        if cell is None or (isinstance(cell, str) and not cell.strip()):
            # A needed one is kept, empty, so that it can be said where it is missing.
            return Value("", Written.NOTHING, place) if column.required else None
        if isinstance(cell, str) and self.values[place.tab][where].data_type == "e":
            return Value(cell, Written.STRANGE, place)
        return node(column.kind, cell, place, self.words, commas=self.commas)


def _headers(columns: tuple[Column, ...]) -> dict[str, Column]:
    """Folded header, in any language or as the YAML file has it -> column."""
    found = {folded(column.header(reader)): column for column in columns for reader in _READERS}
    return found | {folded(column.path): column for column in columns}


def _called(tab: Tab) -> str:
    return " / ".join(dict.fromkeys(tab.columns[0].header(reader) for reader in _READERS))
