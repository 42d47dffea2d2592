"""One tab of a workbook: its heading, its rows, room for more, and what guides whoever fills it in."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from nap_monitor.sheets.cells import EMPTY, CellKind
from nap_monitor.sheets.contract import Role, label
from nap_monitor.sheets.excel import (
    AMBER_INK,
    BANNER,
    HEADER,
    INK,
    LINE,
    OUR_HEADER,
    OURS,
    READER,
    Book,
    height,
    illustrative,
    number_format,
    set_up_page,
    write_cell,
    write_text,
)
from nap_monitor.sheets.template.assignment import Assignment
from nap_monitor.sheets.template.colours import colour
from nap_monitor.sheets.template.columns import Column, Entry, columns
from nap_monitor.sheets.template.known import OWN
from nap_monitor.sheets.template.rows import Row
from nap_monitor.sheets.template.validations import limits

FREE_ROWS: dict[Role, int] = {Role.INDICATOR: 200, Role.ACTION: 20, Role.SUBMISSION: 20, Role.PARTICIPATION: 200}
_PRINTED_FREE_ROWS = 8
_SPARE_COLUMNS = 20
_WRAPPED = frozenset({Entry.TEXT, Entry.LONG})
_FROZEN = {Role.INDICATOR: 2, Role.ACTION: 2, Role.SUBMISSION: 1, Role.PARTICIPATION: 1}
_ALLOWED = dict.fromkeys(
    (
        "format_cells",
        "format_columns",
        "format_rows",
        "insert_rows",
        "delete_rows",
        "insert_columns",
        "sort",
        "autofilter",
    ),
    True,
)


def write_tab(book: Book, assignment: Assignment, role: Role, rows: Sequence[Row], ranges: dict[str, str]) -> None:
    """Write the tab of a role: pre-filled rows first, then free rows in which everything but ours can be typed."""
    sheet = book.workbook.add_worksheet(label("tabs", role.value, book.language.code))
    across = columns(role, assignment.known.own_columns.get(role, ()))
    header = _heading(sheet, book, assignment, role, len(across))
    _headers(sheet, book, role, header, across)
    free = [Row({})] * FREE_ROWS[role]
    for number, row in enumerate([*rows, *free], header + 1):
        _row(sheet, book, role, number, row, across)
    last = header + len(rows) + len(free)
    _validate(sheet, assignment, role, header + 1, rows, last, across, ranges)
    colour(sheet, book, assignment, role, header + 1, rows, last, across)
    sheet.freeze_panes(header + 1, _FROZEN[role])
    sheet.autofilter(header, 0, last, len(across) - 1)
    sheet.protect("", _ALLOWED)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_rowcol_to_cell(last, len(across) - 1)}"})
    set_up_page(
        sheet,
        book,
        locale=assignment.programme.number_locale,
        note=assignment.footer,
        heading_rows=header + 1,
        wide=role is Role.INDICATOR,
    )
    printed = [n for n, c in enumerate(across) if not c.field.startswith("system_")]
    sheet.print_area(0, 0, header + len(rows) + _PRINTED_FREE_ROWS, max(printed))


def _heading(sheet: Worksheet, book: Book, assignment: Assignment, role: Role, across: int) -> int:
    """The lines above the header; what it returns is the header's row."""
    title = f"{label('tabs', role.value, book.language.code)} · {assignment.acronym} · {assignment.period}"
    legend = book.say("White cells are for your agency to fill in; grey cells are filled in already or by the system.")
    lines = [
        (title, {"bold": True, "font_size": 14, "font_color": INK}),
        (legend, {"italic": True, "font_color": "#44505A"}),
    ]
    warning = illustrative(assignment.programme, book.language)
    if warning:
        lines.append((warning, {"bold": True, "font_color": AMBER_INK, "bg_color": BANNER}))
    for number, (line, look) in enumerate(lines):
        sheet.set_row(number, 22 if number == 0 else 16, book.style())
        write_text(sheet, number, 0, line, book, **look)
        for column in range(1, across if "bg_color" in look else 0):
            sheet.write_blank(number, column, None, book.style(**look))
    return len(lines)


def _headers(sheet: Worksheet, book: Book, role: Role, row: int, across: Sequence[Column]) -> None:
    sheet.set_row(row, 32)
    for number, column in enumerate(across):
        given = column.is_ours() or column.is_for_the_reader(role)
        title = column.title(role, book.language)
        look = {
            "bold": True,
            "font_color": "white",
            "bg_color": OUR_HEADER if given else HEADER,
            "text_wrap": True,
            "valign": "vcenter",
            "border": 1,
            "border_color": LINE,
            "locked": not column.field.startswith(OWN),
        }
        sheet.set_column(number, number, column.width, book.style(locked=given, num_format=_format(column)))
        write_text(sheet, row, number, title, book, **look)
        if column.note:
            note = book.say(column.note)
            if column.is_required(role):
                note = book.say("Required.") + " " + note
            lines = 2 + len(note) // 34
            sheet.write_comment(
                row, number, note, {"author": "NAP Monitor", "x_scale": 1.9, "height": 18 * lines, "font_size": 9}
            )
    # The agency may keep columns of its own to the right.
    sheet.set_column(len(across), len(across) + _SPARE_COLUMNS, 14, book.style(locked=False))


def _row(sheet: Worksheet, book: Book, role: Role, number: int, row: Row, across: Sequence[Column]) -> None:
    texts = [
        (str(cell.value), column.width)
        for column in across
        if column.entry in _WRAPPED and (cell := row.cells.get(column.field, EMPTY)).kind is CellKind.TEXT
    ]
    if texts:
        sheet.set_row(number, height(texts))
    for position, column in enumerate(across):
        cell = row.cells.get(column.field, EMPTY)
        write_cell(sheet, number, position, cell, book, **_look(role, column, row))
        comment = row.comments.get(column.field)
        if comment:
            sheet.write_comment(number, position, comment, {"author": "", "x_scale": 1.6})


def _look(role: Role, column: Column, row: Row) -> dict[str, object]:
    """How a cell looks and whether it can be changed. In free rows even the reader's columns are open, for pasting."""
    given = column.is_for_the_reader(role) and bool(row.cells)
    locked = column.is_ours() or given or column.field in row.fixed
    look: dict[str, object] = {
        "border": 1,
        "border_color": LINE,
        "text_wrap": column.entry in _WRAPPED,
        "locked": locked,
        "num_format": _format(column, row),
    }
    if column.is_ours():
        look["bg_color"] = OURS
    elif given or column.field in row.fixed:
        look |= {"bg_color": READER, "font_color": "#44505A"}
    elif column.is_for_the_reader(role):
        look["bg_color"] = READER
    if column.field == "code":
        look["bold"] = bool(row.cells)
    return look


def _format(column: Column, row: Row | None = None) -> str:
    match column.entry:
        case Entry.CODE:
            return "@"
        case Entry.FIGURE:
            indicator = row.indicator if row else None
            if indicator is None or column.field not in ("value", "expected"):
                return "General"
            return number_format(indicator.decimals)
        case Entry.COUNT:
            return "#,##0"
        case Entry.DATE:
            return "dd/mm/yyyy"
        case _:
            return "General"


def _validate(
    sheet: Worksheet,
    assignment: Assignment,
    role: Role,
    first: int,
    rows: Sequence[Row],
    last: int,
    across: Sequence[Column],
    ranges: dict[str, str],
) -> None:
    """One rule for a column; for the value, one for each pre-filled row as its indicator asks, one for the rest."""
    for position, column in enumerate(across):
        if column.is_ours() or column.is_for_the_reader(role):
            continue
        singly = len(rows) if column.field == "value" else 0
        blocks = [(first + n, first + n, row) for n, row in enumerate(rows[:singly])] + [
            (first + singly, last, Row({}))
        ]
        for top, bottom, row in blocks:
            rule = limits(
                role,
                column,
                (top, position),
                programme=assignment.programme,
                indicator=row.indicator,
                ranges=ranges,
                language=assignment.language,
            )
            if rule:
                sheet.data_validation(top, position, bottom, position, rule)
