"""The same rows in an Excel file, an OpenDocument file and a CSV say the same; what only a file can show is judged."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from openpyxl import Workbook as Excel

from nap_monitor.sheets.contract import IndicatorReport, Parsed
from nap_monitor.sheets.opening import read_workbook
from nap_monitor.sheets.parse import Context, parse, without_duplicates
from tests.sheets.grids import reasons
from tests.sheets.plan import PROGRAMME, TODAY
from tests.sheets.raw_files import ods_parts, ods_table, zipped

HEADERS = ("Código", "Periodo", "Desagregación", "Valor", "Fecha de corte", "Enlace de evidencia")
ROWS: tuple[tuple[object, ...], ...] = (
    ("SECRETARÍA DEL TRABAJO",),
    (),
    HEADERS,
    ("IND-1.01", "2026-T3", None, 120, date(2026, 9, 30), "https://gob.mx/a"),
    ("IND-1.01", "3er trimestre 2026", "Mujeres", 70),
    ("IND-1.02", "Q3 2026", None, "85,5 %", None, "http://gob.mx"),
    ("IND-1.02", "2026/2", None, 80),
    ("IND-1.03", "T3 2026", None, "1,234"),
    ("IND-1.04", "T3 2026", None, "Sí"),
    ("IND-1.05", "T3 2026", None, "N/D"),
    ("IND-2.01", "T3 2026", None, 5),
    ("TOTAL", None, None, 275),
)


def read(path: Path) -> Parsed:
    workbook = read_workbook(path, max_packed=1 << 20, max_unpacked=1 << 24)
    return without_duplicates([parse(workbook, Context(PROGRAMME, "STPS", TODAY))])[0]


def as_xlsx(path: Path, rows: tuple[tuple[object, ...], ...] = ROWS) -> None:
    book = Excel()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Indicadores"
    for row in rows:
        sheet.append(row)
    book.save(path)


def as_csv(path: Path) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    for row in ROWS:
        writer.writerow([v.strftime("%d/%m/%Y") if isinstance(v, date) else "" if v is None else v for v in row])
    path.write_bytes(text.getvalue().encode("cp1252"))


def as_ods(path: Path) -> None:
    rows = "".join(f"<table:table-row>{''.join(_ods_cell(v) for v in row)}</table:table-row>" for row in ROWS)
    path.write_bytes(zipped(ods_parts(ods_table(rows))))


def _ods_cell(value: object) -> str:
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, date):
        kind = f'office:value-type="date" office:date-value="{value.isoformat()}"'
    elif isinstance(value, int):
        kind = f'office:value-type="float" office:value="{value}"'
    else:
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(str(value))}</text:p></table:table-cell>"


@pytest.mark.parametrize(("name", "write"), [("STPS.xlsx", as_xlsx), ("STPS.ods", as_ods), ("STPS.csv", as_csv)])
def test_every_kind_of_file_says_the_same(name, write, tmp_path):
    write(tmp_path / name)
    parsed = read(tmp_path / name)
    figures = [r for r in parsed.reports if isinstance(r, IndicatorReport)]
    assert [(r.place.row, *r.key, r.value if r.declared is None else r.declared.value) for r in figures] == [
        (4, "IND-1.01", "2026-Q3", "", 120),
        (5, "IND-1.01", "2026-Q3", "women", 70),
        (6, "IND-1.02", "2026-Q3", "", 85.5),
        (9, "IND-1.04", "2026-Q3", "", 1),
        (10, "IND-1.05", "2026-Q3", "", "no_data"),
    ]
    assert (figures[0].cut_off, figures[0].evidence) == (date(2026, 9, 30), "https://gob.mx/a")
    assert [(p.place.row, p.place.column, p.kind) for p in parsed.problems] == [
        (6, "D", "number_as_text"),
        (6, "F", "link_not_https"),
        (7, "B", "unreadable_period"),
        (8, "D", "ambiguous_number"),
        (10, "D", "declared_no_data"),
        (11, "A", "other_agency"),
    ]
    assert reasons(parsed) == [(12, "total")]


def test_formats_merges_and_formulas_of_an_excel_file_are_judged(tmp_path):
    rows = (
        HEADERS,
        ("IND-1.02", "2026-T3", None, 0.85),
        ("IND-1.02", "2026-T2", None, 85),
        ("IND-1.02", "2026-T1", None, "=1/2"),
        ("IND-1.01", date(2026, 3, 31), None, 10),
        (None, date(2026, 6, 30), None, 20),
        ("IND-1.01", date(2026, 9, 29), None, 30),
    )
    book = Excel()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Indicadores"
    for row in rows:
        sheet.append(row)
    sheet["D2"].number_format = sheet["D3"].number_format = "0.0%"
    sheet.merge_cells("A5:A6")
    book.save(tmp_path / "STPS.xlsx")
    parsed = read(tmp_path / "STPS.xlsx")
    figures = [(r.code, str(r.period), r.value) for r in parsed.reports if isinstance(r, IndicatorReport)]
    assert figures == [("IND-1.02", "2026-Q3", 85), ("IND-1.01", "2026-Q1", 10), ("IND-1.01", "2026-Q2", 20)]
    assert [(p.place.row, p.kind) for p in parsed.problems] == [
        (3, "percent_too_large"),
        (4, "formula_without_result"),
        (7, "not_a_quarter_end"),
    ]
