"""What was typed in an earlier workbook stands in the next one: every row, own column, tab and comment."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Excel
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.schedule import is_due
from nap_monitor.sheets.carry_over import CarryOver, typed_in
from nap_monitor.sheets.carry_over.comments import comments_in
from nap_monitor.sheets.contract import IndicatorReport, Role, label
from nap_monitor.sheets.template import Known, TypedRow
from tests.sheets.demonstration import EN, ES, Q3, columns, header_row, made, opened, parsed, plan, read, rows, tab

Q4 = Quarter(2026, 4)
LATER = date(2027, 1, 20)


def carried(path: Path, quarter: Quarter = Q4) -> CarryOver:
    return typed_in(read(path), plan(), quarter, comments_in(path))


def renewed(path: Path, agency: str = "STPS", **values: Any) -> Excel:
    """The workbook of the next quarter that keeps what stands in a file."""
    values = {"quarter": Q4, "day": LATER} | values
    return opened(made(agency, known=carried(path, values["quarter"]).known, **values))


def test_typed_rows_stay_and_the_rows_now_due_are_added(tmp_path: Path) -> None:
    path = tmp_path / "STPS.xlsx"
    old = opened(made("STPS"))
    sheet = tab(old, Role.INDICATOR)
    at = columns(sheet, Role.INDICATOR)
    first, second = (row for row, _ in rows(sheet, Role.INDICATOR))
    sheet.cell(first, at["value"]).value = 1712
    sheet.cell(first, at["cause"]).value = "Menos personal"
    sheet.cell(second, at["value"]).value = "1,234"
    part = header_row(sheet) + 100
    for field, value in (("code", "IND-1.05"), ("period", "2026-T3"), ("value", 9), ("breakdown", "Nuevo León")):
        sheet.cell(part, at[field]).value = value
    sheet.cell(part + 1, at["code"]).value = "Nota: cifras al corte"
    old.save(path)
    new = tab(renewed(path), Role.INDICATOR)
    found = [v for _, v in rows(new, Role.INDICATOR)]
    due = [i.code for i in plan().indicators if i.responsible_in(Q4) == "STPS" and is_due(i, Q4)]
    assert [(v["code"], v["period"]) for v in found[: len(due)]] == [(code, "2026-T4") for code in due]
    assert [
        (v["code"], v.get("period"), v.get("value"), v.get("breakdown"), v.get("cause")) for v in found[len(due) :]
    ] == [
        ("IND-1.05", "2026-T3", 1712, None, "Menos personal"),
        ("IND-2.08", "2026-T3", "1,234", None, None),
        ("IND-1.05", "2026-T3", 9, "Nuevo León", None),
        ("Nota: cifras al corte", None, None, None, None),
    ]


def test_a_second_time_for_the_same_quarter_adds_nothing_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "SEGOB.xlsx"
    content = made("SEGOB", quarter=Q4, day=LATER)
    path.write_bytes(content)
    again = made("SEGOB", quarter=Q4, day=LATER, known=carried(path).known)
    before, after = opened(content), opened(again)
    for role in (Role.INDICATOR, Role.ACTION, Role.SUBMISSION, Role.PARTICIPATION):
        assert rows(tab(before, role), role) == rows(tab(after, role), role)


def test_the_other_language_can_be_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "STPS.xlsx"
    old = opened(made("STPS"))
    sheet = tab(old, Role.ACTION)
    sheet.cell(header_row(sheet) + 1, columns(sheet, Role.ACTION)["status"]).value = "En proceso"
    old.save(path)
    known = carried(path).known
    new = tab(opened(made("STPS", EN, quarter=Q4, day=LATER, known=known)), Role.ACTION, "en")
    first = rows(new, Role.ACTION)[0][1]
    assert first["status"] == "En proceso"  # as it was typed; both languages are read
    assert first["text"] == plan().action_by_code[first["code"]].name["en"]


def _user_made(path: Path) -> Worksheet:
    """A workbook as an office makes it: its own title, order of columns, own columns, totals, a second header."""
    book = Excel()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "INDICADORES "
    for row in (
        ["GOBIERNO", None, None, None, None, None],
        ["Valor", "Notas internas", "código", None, "PERIODO", "Notas internas"],
        [12, "revisar", "IND-1.05", "sin título", datetime(2026, 6, 30), 0.5],
        ["Valor", None, "Código", None, "Periodo", None],
        ["=A3*2", "x", "IND-2.08", None, "2026-T2", None],
        [24, None, "TOTAL", None, None, None],
    ):
        sheet.append(row)
    sheet["A3"].number_format = "0%"
    sheet["B3"].comment = Comment("Lo dijo la UR 210", "ana")
    calculations = book.create_sheet("Cálculos")
    calculations["C4"] = 3.25
    book.create_sheet("Vacía")
    book.save(path)
    return sheet


def test_a_workbook_of_the_offices_own_making_is_kept_too(tmp_path: Path) -> None:
    path = tmp_path / "STPS.xlsx"
    _user_made(path)
    found = carried(path)
    assert found.known.own_columns[Role.INDICATOR] == ("Notas internas", "", "Notas internas")
    assert found.rows == 3
    book = renewed(path)
    sheet = tab(book, Role.INDICATOR)
    kept = [(r, v) for r, v in rows(sheet, Role.INDICATOR) if v.get("period") != "2026-T4"]
    assert [(v["code"], v.get("period"), v["value"]) for _, v in kept] == [
        ("IND-1.05", "2026-T2", 12),
        ("IND-2.08", "2026-T2", "=A3*2"),
        ("TOTAL", None, 24),
    ]
    row = kept[0][0]
    at = columns(sheet, Role.INDICATOR)
    assert sheet.cell(row, at["value"]).number_format == "0.00%"
    own = max(at.values()) + 1
    assert [sheet.cell(header_row(sheet), own + n).value for n in range(3)] == [
        "Notas internas",
        None,
        "Notas internas",
    ]
    assert [sheet.cell(row, own + n).value for n in range(3)] == ["revisar", "sin título", 0.5]
    comment = sheet.cell(row, own).comment
    assert comment is not None
    assert comment.text == "Lo dijo la UR 210"
    assert book["Cálculos"]["C4"].value == 3.25
    assert "Vacía" not in book.sheetnames


def test_a_formula_is_kept_as_its_result_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "old.xlsx"
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Indicadores")
    sheet.write_row(0, 0, ["Código", "Periodo", "Valor"])
    sheet.write_row(1, 0, ["IND-1.05", "2026-T2"])
    sheet.write_formula(1, 2, "=40+2", None, 42)
    book.close()
    found = carried(path)
    assert found.formulas == 1
    (row,) = found.known.of(Role.INDICATOR)
    assert (row.code, row.period, row.cells["value"].value) == ("IND-1.05", Quarter(2026, 2), Decimal(42))


def test_a_tab_whose_header_cannot_be_told_is_kept_whole(tmp_path: Path) -> None:
    path = tmp_path / "STPS.xlsx"
    book = Excel()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Indicadores"
    sheet.append(["Código", "Código", "Periodo", "Valor"])
    sheet.append(["IND-1.05", "x", "2026-T2", 5])
    book.save(path)
    new = renewed(path)
    kept = new["Indicadores (2)"]
    assert [[c.value for c in row] for row in kept.iter_rows()] == [
        ["Código", "Código", "Periodo", "Valor"],
        ["IND-1.05", "x", "2026-T2", 5],
    ]


def test_a_milestone_that_the_old_workbook_says_is_reached_is_asked_no_more(tmp_path: Path) -> None:
    milestone = next(i for i in plan().indicators if i.is_milestone and is_due(i, Q3))
    agency = milestone.responsible_in(Q3)
    path = tmp_path / f"{agency}.xlsx"
    for word, asked in (("Sí", False), ("No", True), (None, True)):
        old = opened(made(agency))
        sheet = tab(old, Role.INDICATOR)
        row = next(r for r, v in rows(sheet, Role.INDICATOR) if v["code"] == milestone.code)
        sheet.cell(row, columns(sheet, Role.INDICATOR)["value"]).value = word
        old.save(path)
        found = [v for _, v in rows(tab(renewed(path, agency), Role.INDICATOR), Role.INDICATOR)]
        now = [v for v in found if v["code"] == milestone.code and v["period"] == "2026-T4"]
        assert bool(now) == asked


def test_the_latest_row_of_a_milestone_decides(tmp_path: Path) -> None:
    milestone = next(i for i in plan().indicators if i.is_milestone)
    path = tmp_path / "x.csv"
    rows_of_it = [
        [milestone.code, "2026-T2", "No"],
        [milestone.code, "2026-T1", "Sí"],
        [milestone.code, "2026-T3", "?"],
    ]
    for typed, done in ((rows_of_it, set()), (rows_of_it[1:], {milestone.code})):
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([["Código", "Periodo", "Valor"], *typed])
        assert carried(path).known.done == done


def test_a_csv_can_be_kept_from(tmp_path: Path) -> None:
    path = tmp_path / "STPS.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["Código", "Periodo", "Valor", "Nota"], ["IND-1.05", "2026-T2", "12.5", "ñandú"]])
    assert comments_in(path) == {}
    (row,) = carried(path).known.of(Role.INDICATOR)
    assert {name: cell.value for name, cell in row.cells.items()} == {
        "code": "IND-1.05",
        "period": "2026-T2",
        "value": "12.5",
        "own 0": "ñandú",
    }


def test_comments_that_cannot_be_read_are_told_apart_from_none(tmp_path: Path) -> None:
    from zipfile import ZipFile

    path = tmp_path / "x.xlsx"
    path.write_bytes(b"no zip")
    assert comments_in(path) is None
    with ZipFile(path, "w") as packed:
        packed.writestr("xl/comments1.xml", "<x/>")
    assert comments_in(path) is None


def test_what_is_known_elsewhere_fills_what_the_workbook_leaves_open() -> None:
    def row(code: str, period: Quarter | None = None, **cells: str) -> TypedRow:
        from nap_monitor.sheets.template.rows import text

        return TypedRow({name: text(value) for name, value in cells.items()}, code=code, period=period)

    mine = Known(
        {
            Role.INDICATOR: (row("IND-1.05", Q3, value="1"),),
            Role.ACTION: (row("1.2.1", status="Concluida"), row("1.2.2", note="mía")),
        },
        done=frozenset({"A"}),
    )
    other = Known(
        {
            Role.INDICATOR: (row("IND-1.05", Q3, value="2"), row("IND-2.08", Q3, value="3")),
            Role.ACTION: (row("1.2.1", status="x"), row("1.2.2", status="y", note="z"), row("1.2.3", status="w")),
        },
        done=frozenset({"B"}),
    )
    both = mine.completed_by(other)

    def said(role: Role) -> list[dict[str, object]]:
        return [{"code": r.code} | {name: cell.value for name, cell in r.cells.items()} for r in both.of(role)]

    assert said(Role.INDICATOR) == [{"code": "IND-1.05", "value": "1"}, {"code": "IND-2.08", "value": "3"}]
    assert said(Role.ACTION) == [
        {"code": "1.2.1", "status": "Concluida"},
        {"code": "1.2.2", "status": "y", "note": "mía"},
        {"code": "1.2.3", "status": "w"},
    ]
    assert both.done == {"A", "B"}


# Nothing that was typed is lost, whatever it is.

_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Cn", "Zs", "Zl", "Zp")), min_size=1
)
_cells = st.one_of(
    _texts.filter(lambda t: len(t) < 200),
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=3).map(float),
    st.dates(date(1950, 1, 1), date(2099, 12, 31)).map(lambda d: datetime(d.year, d.month, d.day)),
    st.booleans(),
)
_FIELDS = ("value", "numerator", "breakdown", "quality", "cause", "evidence", "reported_by")
_codes = st.sampled_from([*(i.code for i in plan().indicators if i.responsible_in(Q3) == "STPS"), "IND-9.99", "Total"])
_rows = st.lists(
    st.tuples(
        _codes,
        st.sampled_from(["2026-T3", "2026-T4", "T1 2025", "2026/3", "1er trimestre 2026"]),
        st.dictionaries(st.sampled_from([*_FIELDS, "mine"]), _cells, max_size=4),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=_rows)
def test_every_typed_cell_is_found_again(typed: list[tuple[str, str, dict[str, Any]]], tmp_path: Path) -> None:
    path = tmp_path / "STPS.xlsx"
    book = Excel()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Indicadores"
    fields = ["code", "period", *_FIELDS]
    sheet.append([*(label("indicator", field, "es") for field in fields), "Mi columna"])
    for number, (code, period, cells) in enumerate(typed, 2):
        for field, value in ({"code": code, "period": period} | cells).items():
            cell = sheet.cell(number, len(fields) + 1 if field == "mine" else fields.index(field) + 1)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # text that begins with = is text here
    book.save(path)
    old = carried(path).known
    again = tmp_path / "again.xlsx"
    again.write_bytes(made("STPS", quarter=Q4, day=LATER, known=old))
    new = carried(again).known
    assert _said(old) <= _said(new)
    assert _figures(path) == _figures(again)


def _said(known: Known) -> set[tuple[tuple[str, str], ...]]:
    """Each row as what was typed in it; periods as recognised, whatever their form."""
    given = {"name", "unit", "expected"}
    return {
        tuple(
            sorted(
                (name, str(row.period) if name == "period" and row.period else repr(cell.value))
                for name, cell in row.cells.items()
                if name not in given
            )
        )
        for row in known.of(Role.INDICATOR)
    }


def _figures(path: Path) -> dict[tuple[str, str, str], Decimal | None]:
    """What counts of a workbook: the same figures are read from the new one as from the old one."""
    return {
        r.key: r.value
        for r in parsed(path, "STPS", day=LATER).reports
        if isinstance(r, IndicatorReport) and not r.is_empty
    }


def test_what_the_system_wrote_is_not_taken_for_typed(tmp_path: Path) -> None:
    path = tmp_path / "STPS.xlsx"
    old = opened(made("STPS"))
    sheet = tab(old, Role.INDICATOR)
    at = columns(sheet, Role.INDICATOR)
    row = rows(sheet, Role.INDICATOR)[0][0]
    sheet.cell(row, at["system_status"]).value = "Aceptada"
    sheet.cell(row, at["name"]).value = "otro nombre"
    old.save(path)
    found = [v for _, v in rows(tab(renewed(path, quarter=Q3), Role.INDICATOR), Role.INDICATOR)]
    assert all("system_status" not in v for v in found)
    assert found[0]["name"] == plan().indicator_by_code[found[0]["code"]].name["es"]
    assert ES.code == "es"


@pytest.mark.parametrize("role", [Role.SUBMISSION, Role.PARTICIPATION])
def test_submissions_and_events_stay(role: Role, tmp_path: Path) -> None:
    path = tmp_path / "STPS.xlsx"
    old = opened(made("STPS"))
    sheet = tab(old, role)
    at = columns(sheet, role)
    row = header_row(sheet) + 1
    typed: dict[str, Any] = (
        {"period": "2026-T3", "state": "Enviado", "name": "Ana", "receipt": "A-1"}
        if role is Role.SUBMISSION
        else {"id": "C-1", "kind": "Consulta", "date": datetime(2026, 8, 1), "total": 30}
    )
    for field, value in typed.items():
        sheet.cell(row, at[field]).value = value
    old.save(path)
    found = [v for _, v in rows(tab(renewed(path), role), role)]
    assert found[0] == typed
    if role is Role.SUBMISSION:
        assert found[1:] == [{"period": "2026-T4", "state": "Borrador"}]
