"""Tabs that an agency keeps for itself in its workbook: carried over cell by cell, as values."""

from __future__ import annotations

from collections.abc import Iterable

from nap_monitor.sheets.cells import CellKind
from nap_monitor.sheets.excel import Book, write_cell
from nap_monitor.sheets.template.known import OwnTab


def write_own_tabs(book: Book, tabs: Iterable[OwnTab]) -> None:
    for tab in tabs:
        sheet = book.workbook.add_worksheet(tab.title)
        for row, cells in tab.rows:
            for column, cell in enumerate(cells):
                if cell.kind is not CellKind.EMPTY:
                    write_cell(sheet, row, column, cell, book)
