"""Tabs and workbooks as typed cells, written as plain Python values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from nap_monitor.programme.model import Programme
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Merge, Tab, Workbook
from nap_monitor.sheets.contract import Parsed, Problem, Report
from nap_monitor.sheets.parse import Context, parse, without_duplicates
from tests.sheets.plan import PROGRAMME, TODAY

Value = str | int | Decimal | bool | date | Cell | None

INDICATORS = ("Código", "Periodo", "Desagregación", "Valor", "Numerador", "Denominador")
ACTIONS = ("Código", "Estatus", "Inicio", "Término", "Nueva fecha límite", "Nota", "Evidencia", "¿Evidencia pública?")
EVENTS = ("Id", "Tipo", "Fecha", "Personas", "Mujeres", "Hombres", "Indígenas", "Enlace del informe")
SUBMISSIONS = ("Periodo", "Estado de la entrega", "Nombre", "Cargo", "Número de oficio", "Fecha", "Acuse")


def cell(value: Value) -> Cell:
    """A cell of the kind that the value has in a spreadsheet; None is an empty one."""
    if value is None:
        return EMPTY
    if isinstance(value, Cell):
        return value
    if isinstance(value, bool):
        return Cell(CellKind.BOOLEAN, value)
    if isinstance(value, int | Decimal):
        return Cell(CellKind.NUMBER, Decimal(value))
    if isinstance(value, date):
        return Cell(CellKind.DATE, value)
    return Cell(CellKind.TEXT, value)


def percent(value: str) -> Cell:
    """A number in percent format: 0.85 shows as 85 %."""
    return Cell(CellKind.NUMBER, Decimal(value), percent=True)


ERROR = Cell(CellKind.ERROR, "#REF!", formula=True)
UNCOMPUTED = Cell(CellKind.UNCOMPUTED, "=A1+B1", formula=True)
MIDNIGHT = datetime(2026, 9, 30, 0, 0)


def tab(title: str, rows: Sequence[Sequence[Value]], merges: Iterable[Merge] = (), *, hidden: bool = False) -> Tab:
    """A tab whose first row is number 0; empty rows are left out, as sources may."""
    cells = [(number, tuple(cell(v) for v in row)) for number, row in enumerate(rows)]
    held = [(number, row) for number, row in cells if any(c != EMPTY for c in row)]
    return Tab(title, title, lambda: iter(held), tuple(merges), hidden)


def workbook(*tabs: Tab, name: str = "STPS.xlsx") -> Workbook:
    return Workbook(name, tabs, "0" * 64)


def read(
    *tabs: Tab,
    agency: str = "STPS",
    day: date = TODAY,
    programme: Programme = PROGRAMME,
    name: str = "STPS.xlsx",
    helper_columns: frozenset[str] = frozenset(),
) -> Parsed:
    """What a workbook of these tabs says, its duplicates sorted out."""
    context = Context(programme, agency, day, helper_columns)
    return without_duplicates([parse(workbook(*tabs, name=name), context)])[0]


def read_indicators(*rows: Sequence[Value], headers: Sequence[Value] = INDICATORS, **how: object) -> Parsed:
    """What a tab of indicators says whose first row (1) holds the headers."""
    return read(tab("Indicadores", [headers, *rows]), **how)  # type: ignore[arg-type]


def read_others(title: str, headers: Sequence[Value], *rows: Sequence[Value], **how: object) -> Parsed:
    """What another tab says, in a programme without indicators, which needs no tab for them."""
    programme = replace(PROGRAMME, indicators=())
    return read(tab(title, [headers, *rows]), **{"programme": programme, **how})  # type: ignore[arg-type]


def only(parsed: Parsed) -> Report:
    """The one report of a workbook in which nothing is wrong."""
    assert not parsed.problems, parsed.problems
    (report,) = parsed.reports
    return report


def kinds(parsed: Parsed) -> list[str]:
    return [p.kind for p in parsed.problems]


def problem(parsed: Parsed) -> Problem:
    """The one problem of a workbook."""
    (found,) = parsed.problems
    return found


def reasons(parsed: Parsed) -> list[tuple[int, str]]:
    return [(ignored.row, ignored.reason) for ignored in parsed.ignored]
