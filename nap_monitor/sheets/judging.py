"""One cell, before any column's own rules: its text, whether it is blank, and whether it can be read at all."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from typing import Generic, TypeVar

from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import Severity, normalise
from nap_monitor.sheets.problem_kinds import KINDS
from nap_monitor.sheets.problems import Fault, fault

T = TypeVar("T")

_FIFTEEN = Context(prec=15)
"""A spreadsheet keeps fifteen digits: it stores 12.3 as 12.300000000000001, and nobody typed that last one."""

_ERRORS = frozenset(
    f"#{name}"
    for name in (
        *("REF!", "DIV/0!", "N/A", "NAME?", "VALUE!", "NUM!", "NULL!", "ERROR!", "SPILL!", "CALC!", "FIELD!"),
        *("¡REF!", "¡DIV/0!", "N/D", "¿NOMBRE?", "¡VALOR!", "¡NUM!", "¡NULO!", "¡ERROR!", "¡DESBORDAMIENTO!"),
    )
)
"""How errors look where a file keeps them as text, as a CSV does."""
_ENDS = " \n\t\u00a0\u200b\u200c\u200d\u2060\ufeff"
_LONGEST_ERROR = 30
_LOADING = frozenset({"loading...", "cargando...", "#getting_data", "#obteniendo_datos"})


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """What a cell says: a value, or faults that refuse it, or a value with faults that only speak of it."""

    value: T | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def is_refused(self) -> bool:
        return any(KINDS[f.kind].severity is Severity.ERROR for f in self.faults)


def refuse(kind: str, **details: str) -> Answer[T]:
    """No value, because of one fault."""
    return Answer(None, (fault(kind, **details),))


def text_of(cell: Cell) -> str:
    """The cell as text: numbers plain, dates as ISO, control characters gone, no space at the ends."""
    value = cell.value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return day_of(value).isoformat()
    return clean(value or "")


def clean(text: str) -> str:
    """Text without control characters (a line break or a tab is layout, not control) and without space at its ends."""
    if text.isprintable():
        return text.strip(_ENDS)
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    return kept.strip(_ENDS)


def is_blank(cell: Cell) -> bool:
    """Nothing in it that a person can see: empty, or text of spaces and invisible characters alone."""
    return cell.kind is CellKind.EMPTY or (cell.kind is CellKind.TEXT and not normalise(str(cell.value)))


def unreadable(cell: Cell) -> Fault | None:
    """What is wrong with a cell whatever its column is; None where the column's own rules decide.

    An error and a formula without result are never empty and never 0; data still loading is nobody's mistake.
    """
    if cell.kind is CellKind.ERROR:
        return fault("formula_error")
    if cell.kind is CellKind.UNCOMPUTED:
        return fault("formula_without_result")
    if cell.kind is CellKind.TEXT and len(written := str(cell.value)) <= _LONGEST_ERROR:
        text = normalise(written)
        if text in _LOADING:
            return fault("still_loading")
        if text.upper() in _ERRORS or text.startswith("err:"):
            return fault("formula_error")
    return None


def exact(number: Decimal) -> Decimal:
    """A stored number as the spreadsheet means it: fifteen digits, no trailing zeros. NaN and infinity as they are."""
    if not number.is_finite():
        return number
    return _FIFTEEN.plus(number).normalize(_FIFTEEN) + 0


def plain(number: Decimal) -> str:
    """Digits alone, no exponent, no trailing zeros: 85, 12.5, -0.04."""
    if not number.is_finite():
        return str(number)
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def day_of(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
