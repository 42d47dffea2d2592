"""Tabs that an agency keeps for itself in its workbook: carried over cell by cell, as values."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from itertools import count

from nap_monitor.sheets.cells import CellKind
from nap_monitor.sheets.excel import Book, write_cell
from nap_monitor.sheets.headers import role_of
from nap_monitor.sheets.template.known import OwnTab

_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TITLE = 31


def write_own_tabs(book: Book, tabs: Iterable[OwnTab]) -> None:
    """Write the tabs after ours, each where its cells were."""
    for tab in tabs:
        taken = {sheet.name.casefold() for sheet in book.workbook.worksheets()}
        sheet = book.workbook.add_worksheet(_free_title(tab.title, taken))
        for row, cells in tab.rows:
            for column, cell in enumerate(cells):
                if cell.kind is not CellKind.EMPTY:
                    write_cell(sheet, row, column, cell, book)


def _free_title(title: str, taken: Container[str]) -> str:
    """A title that Excel allows, that no other tab has, and that is not one of the contract's."""
    plain = _NOT_IN_TITLES.sub(" ", title).strip("' ") or "-"
    for number in count(1):
        ending = "" if number == 1 else f" ({number})"
        tried = plain[: _LONGEST_TITLE - len(ending)] + ending
        if tried.casefold() not in taken and role_of(tried) is None:
            return tried
    raise AssertionError("counting has no end")
