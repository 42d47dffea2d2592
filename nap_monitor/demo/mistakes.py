"""What officials get wrong: the errors in the demonstration's latest workbooks, to show how they come back.

Some stand there since the delivery, others came in with a later edit of a figure that had been right: what was read
before still counts then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import Role, label
from nap_monitor.sheets.template import Known, TypedRow

Mistake = Callable[[TypedRow], Iterable[TypedRow]]
CORRUPT = "SFP"
"""The agency whose workbook was cut off by a full disk."""


def _value(row: TypedRow) -> Decimal:
    value = row.cells["value"].value
    assert isinstance(value, Decimal)
    return value


def _with(row: TypedRow, **cells: Cell) -> list[TypedRow]:
    return [replace(row, cells={**row.cells, **cells})]


def _text(value: str) -> Cell:
    return Cell(CellKind.TEXT, value)


def _decimal_comma(row: TypedRow) -> list[TypedRow]:
    return _with(row, value=_text(f"{_value(row)},5"))


def _thousands(row: TypedRow) -> list[TypedRow]:
    return _with(row, value=_text(f"{_value(row):,}"))


def _as_share(row: TypedRow) -> list[TypedRow]:
    return _with(row, value=Cell(CellKind.NUMBER, _value(row) / 100))


def _not_available(row: TypedRow) -> list[TypedRow]:
    return _with(row, value=_text("N/D"))


def _copied(row: TypedRow) -> list[TypedRow]:
    return [row, *_with(row, value=Cell(CellKind.NUMBER, _value(row) + 10))]


def _misspelt_code(row: TypedRow) -> list[TypedRow]:
    return [row, replace(row, code=None, cells={**row.cells, "code": _text(f"{row.code}-BIS")})]


def _bare_period(row: TypedRow) -> list[TypedRow]:
    assert row.period is not None
    return [replace(row, period=None, cells={**row.cells, "period": _text(f"{row.period.year}/{row.period.number}")})]


def _plain_http(row: TypedRow) -> list[TypedRow]:
    return _with(row, evidence=_text("http://example.org/evidencia-ilustrativa/informe.pdf"))


_SINCE_DELIVERY: dict[str, Mistake] = {
    "IND-5.03": _not_available,
    "IND-5.07": _as_share,
    "IND-1.08": _plain_http,
    "IND-4.04": _decimal_comma,
}
_LATER: dict[str, Mistake] = {
    "IND-5.01": _thousands,
    "IND-1.05": _copied,
    "IND-2.08": _misspelt_code,
}
_LATER_IN_THE_QUARTER_BEFORE: dict[str, Mistake] = {"IND-3.08": _bare_period}
BROKEN_FORMULA = "IND-1.04"
MERGED = "IND-5.05"
EDITED = (*_LATER, *_LATER_IN_THE_QUARTER_BEFORE, BROKEN_FORMULA, MERGED)
"""The indicators whose figures a later edit spoils."""


def with_mistakes(known: Known, quarter: Quarter, *, later: bool) -> Known:
    """The rows of an agency with the mistakes in those of a quarter; `later`: those of a later edit too."""
    mistakes = {(code, quarter): mistake for code, mistake in _SINCE_DELIVERY.items()}
    if later:
        mistakes |= {(code, quarter): mistake for code, mistake in _LATER.items()}
        mistakes |= {(code, quarter - 1): mistake for code, mistake in _LATER_IN_THE_QUARTER_BEFORE.items()}
    rows: list[TypedRow] = []
    for row in known.of(Role.INDICATOR):
        mistake = mistakes.get((row.code or "", row.period or quarter)) if "breakdown" not in row.cells else None
        rows += mistake(row) if mistake is not None else [row]
    return replace(known, rows={**known.rows, Role.INDICATOR: tuple(rows)})


def spoil(path: Path, period: str, language: str) -> None:
    """Put into a workbook what a template cannot hold: a formula that fails, and a value cell merged with the next."""
    from openpyxl import load_workbook  # noqa: PLC0415  # half a second that other commands do without

    book = load_workbook(path)
    sheet = book[label("tabs", Role.INDICATOR, language)]
    header = next(row for row in sheet.iter_rows() if row[0].value == label("indicator", "code", language))
    column = {cell.value: number for number, cell in enumerate(header, 1)}
    value, when = column[label("indicator", "value", language)], column[label("indicator", "period", language)]
    rows = [n for n in range((header[0].row or 0) + 1, sheet.max_row + 1) if sheet.cell(n, when).value == period]
    of_code = {code: n for n in reversed(rows) if isinstance(code := sheet.cell(n, 1).value, str)}
    if BROKEN_FORMULA in of_code:
        sheet.cell(of_code[BROKEN_FORMULA], value).value = "#DIV/0!"
    if MERGED in of_code:
        first = of_code[MERGED]
        sheet.merge_cells(start_row=first, end_row=first + 1, start_column=value, end_column=value)
    book.save(path)
    book.close()


def cut_off(path: Path) -> None:
    """Leave the first half of a file, as a full disk would."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
