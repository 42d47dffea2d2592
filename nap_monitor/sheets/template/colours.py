"""Colours that follow what is typed: what is still owed, what asks for an explanation, where an action stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from nap_monitor.sheets.cells import EMPTY, CellKind
from nap_monitor.sheets.contract import Role, label
from nap_monitor.sheets.excel import AMBER, AMBER_INK, ASKED, BLUE, BLUE_INK, GREEN, GREEN_INK, RED, RED_INK, Book
from nap_monitor.sheets.template.assignment import Assignment
from nap_monitor.sheets.template.columns import Column
from nap_monitor.sheets.template.rows import Row

_ACTION_COLOURS = {
    "completed": (GREEN, GREEN_INK),
    "partly_met": (AMBER, AMBER_INK),
    "in_progress": (BLUE, BLUE_INK),
    "modified": (AMBER, AMBER_INK),
    "cancelled": (RED, RED_INK),
}
_SUBMISSION_COLOURS = {"submitted": (GREEN, GREEN_INK), "draft": (AMBER, AMBER_INK)}


def colour(
    sheet: Worksheet,
    book: Book,
    assignment: Assignment,
    role: Role,
    first: int,
    rows: Sequence[Row],
    last: int,
    across: Sequence[Column],
) -> None:
    """Add the rules of a tab. `first` and `last` are its first and last row, 0-based."""
    at = {column.field: position for position, column in enumerate(across)}
    match role:
        case Role.INDICATOR:
            _figures(sheet, book, first, rows, last, at)
        case Role.ACTION:
            _words(sheet, book, _ACTION_COLOURS, first, last, at["status"])
            _overdue(sheet, book, assignment.day, first, last, at)
            _still_empty(sheet, book, first, last, at["code"], at["status"])
        case Role.SUBMISSION:
            _words(sheet, book, _SUBMISSION_COLOURS, first, last, at["state"])


def _figures(sheet: Worksheet, book: Book, first: int, rows: Sequence[Row], last: int, at: dict[str, int]) -> None:
    _still_empty(sheet, book, first, last, at["code"], at["value"], at["numerator"])
    value, expected = (f"${xl_col_to_name(at[f])}" for f in ("value", "expected"))
    for number, row in enumerate(rows, first):
        if row.indicator is None or row.cells.get("expected", EMPTY).kind is not CellKind.NUMBER:
            continue
        worse = "<" if row.indicator.sign > 0 else ">"
        for name in ("cause", "corrective"):
            here = f"${xl_col_to_name(at[name])}{number + 1}"
            figures = f"{value}{number + 1}", f"{expected}{number + 1}"
            test = f'=AND(ISNUMBER({figures[0]}),{figures[0]}{worse}{figures[1]},{here}="")'
            sheet.conditional_format(number, at[name], number, at[name], _rule(book, test, AMBER))


def _still_empty(sheet: Worksheet, book: Book, first: int, last: int, code: int, *fields: int) -> None:
    """Cells to fill in, in rows that have a code and nothing reported yet."""
    row = first + 1
    empty = ",".join(f'${xl_col_to_name(field)}{row}=""' for field in fields)
    test = f'=AND(${xl_col_to_name(code)}{row}<>"",{empty})'
    sheet.conditional_format(first, fields[0], last, fields[0], _rule(book, test, ASKED))


def _words(
    sheet: Worksheet, book: Book, colours: dict[str, tuple[str, str]], first: int, last: int, column: int
) -> None:
    for word, (background, ink) in colours.items():
        text = label("words", word, book.language.code)
        test = f'=${xl_col_to_name(column)}{first + 1}="{text}"'
        sheet.conditional_format(first, column, last, column, _rule(book, test, background, ink))


def _overdue(sheet: Worksheet, book: Book, day: date, first: int, last: int, at: dict[str, int]) -> None:
    """A due date that is past, on the day of the workbook, while the action is not completed."""
    row = first + 1
    due, status = f"${xl_col_to_name(at['due'])}{row}", f"${xl_col_to_name(at['status'])}{row}"
    completed = label("words", "completed", book.language.code)
    test = f'=AND(ISNUMBER({due}),{due}<DATE({day.year},{day.month},{day.day}),{status}<>"{completed}")'
    sheet.conditional_format(first, at["due"], last, at["due"], _rule(book, test, RED, RED_INK))


def _rule(book: Book, test: str, background: str, ink: str | None = None) -> dict[str, object]:
    properties = {"bg_color": background} | ({"font_color": ink} if ink else {})
    return {"type": "formula", "criteria": test, "format": book.workbook.add_format(properties)}
