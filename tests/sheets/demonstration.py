"""The demonstration's plan, moved to 2025-2029, and how its workbooks are written and read in the tests."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook as Excel
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from nap_monitor.language import Language, language
from nap_monitor.programme.files import read_plan
from nap_monitor.programme.model import Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.settings import ROOT
from nap_monitor.sheets.cells import Workbook
from nap_monitor.sheets.contract import Parsed, Role, label
from nap_monitor.sheets.opening import read_workbook
from nap_monitor.sheets.parse import Context, parse
from nap_monitor.sheets.template import NOTHING_KNOWN, Known, template

DAY = date(2026, 11, 23)
Q3 = Quarter(2026, 3)
ES, EN = language("es"), language("en")


@cache
def plan() -> Programme:
    programme, problems = read_plan(ROOT / "config" / "programme.yaml", first_year=2025)
    assert programme is not None, problems
    return programme


@cache
def chile() -> Programme:
    programme, problems = read_plan(ROOT / "config" / "samples" / "chile.yaml")
    assert programme is not None, problems
    return programme


def made(
    agency: str,
    speaking: Language = ES,
    *,
    programme: Programme | None = None,
    quarter: Quarter = Q3,
    day: date = DAY,
    known: Known = NOTHING_KNOWN,
) -> bytes:
    return template(programme or plan(), agency, speaking, quarter=quarter, day=day, known=known)


def opened(content: bytes) -> Excel:
    return load_workbook(BytesIO(content))


def tab(book: Excel, role: Role, code: str = "es") -> Worksheet:
    sheet = book[label("tabs", role.value, code)]
    assert isinstance(sheet, Worksheet)
    return sheet


def header_row(sheet: Worksheet) -> int:
    """The row under which the panes are frozen: the header's."""
    assert isinstance(sheet.freeze_panes, str)
    return int("".join(c for c in sheet.freeze_panes if c.isdigit())) - 1


def columns(sheet: Worksheet, role: Role, code: str = "es") -> dict[str, int]:
    """Field -> its column, from 1."""
    from nap_monitor.sheets.headers import field_of

    row = header_row(sheet)
    texts = {c.column: str(c.value) for c in sheet[row] if c.value is not None}
    return {name: column for column, text in texts.items() if (name := field_of(role, text))}


def rows(sheet: Worksheet, role: Role) -> list[tuple[int, dict[str, Any]]]:
    """The rows below the header that hold something: (row, field -> value)."""
    at = columns(sheet, role)
    found = []
    for row in range(header_row(sheet) + 1, sheet.max_row + 1):
        values = {name: v for name, c in at.items() if (v := sheet.cell(row, c).value) is not None}
        if values:
            found.append((row, values))
    return found


def read(path: Path) -> Workbook:
    return read_workbook(path, max_packed=10**8, max_unpacked=10**9)


def parsed(path: Path, agency: str, programme: Programme | None = None, day: date = DAY) -> Parsed:
    return parse(read(path), Context(programme or plan(), agency, day))
