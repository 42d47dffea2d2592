"""Typed cells: what every source (folder, Google) hands to `parse`, with all that judging a cell needs.

Rows and columns are 0-based here; `a1` and `column_letter` give what a person sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class CellKind(StrEnum):
    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"  # Decimal, exactly as stored
    BOOLEAN = "boolean"
    DATE = "date"  # a number with a date format, as date or datetime
    ERROR = "error"  # value is the error's text: #DIV/0!
    UNCOMPUTED = "uncomputed"  # a formula without a saved result; value is the formula


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `percent`: its number format is a percentage (0.85 shown as 85 %)."""

    kind: CellKind
    value: str | Decimal | bool | date | datetime | None = None
    percent: bool = False
    formula: bool = False


EMPTY = Cell(CellKind.EMPTY)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block, all four ends included, 0-based."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `rows()` starts a new pass and yields (row, cells); empty rows may be left out, short rows are short.

    A damaged file is mostly refused when it is opened; what only its rows show makes `rows()` raise `Unreadable`.
    """

    key: str  # what stays when the title changes: the sheet id of Google, the title in a file
    title: str
    rows: Callable[[], Iterator[tuple[int, tuple[Cell, ...]]]]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False
    is_delimited: bool = False  # text split by a mark: a mark inside a figure pushes the row to the right


@dataclass(frozen=True, slots=True)
class Workbook:
    """One spreadsheet as read. `name` is what a person knows it by (a file name)."""

    name: str
    tabs: tuple[Tab, ...]
    digest: str  # SHA-256 of the bytes read


class Unreadable(Exception):
    """A spreadsheet that cannot be read at all. `kind` is a problem kind of `contract`, `details` its values."""

    def __init__(self, kind: str, **details: str) -> None:
        super().__init__(f"{kind} {details}" if details else kind)
        self.kind = kind
        self.details = details


def column_letter(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """(4, 4) -> E5."""
    return f"{column_letter(column)}{row + 1}"
