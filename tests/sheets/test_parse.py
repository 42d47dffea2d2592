"""The whole of a workbook: its tabs, what stops one of them, and what holds for any cells at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nap_monitor.language import language
from nap_monitor.sheets.cells import EMPTY, Cell, CellKind, Merge, Tab
from nap_monitor.sheets.contract import IndicatorReport, Role, Severity, labels
from nap_monitor.sheets.judging import is_blank
from nap_monitor.sheets.problems import accepted, reason, sentence
from tests.sheets.grids import (
    ACTIONS,
    ERROR,
    EVENTS,
    INDICATORS,
    SUBMISSIONS,
    UNCOMPUTED,
    kinds,
    percent,
    read,
    reasons,
    tab,
)

GOOD = ("IND-1.01", "2026-T3", None, 120)
ALL_TABS = (
    tab("Indicadores", [INDICATORS, GOOD]),
    tab("Actions", [("Code", "Status"), ("1.1.1", "Completed")]),
    tab("PARTICIPACION", [EVENTS, ("C-01", "Consulta", date(2026, 8, 20), 40)]),
    tab("Entrega", [SUBMISSIONS, ("2026-T3", "Enviado")]),
    tab("Validación", [("Fila", "Columna", "Valor"), (5, "E", "doce")]),
)


def test_a_workbook_is_all_its_tabs_in_either_language():
    parsed = read(*ALL_TABS)
    assert [type(r).__name__ for r in parsed.reports] == [
        "IndicatorReport",
        "ActionReport",
        "ParticipationReport",
        "SubmissionReport",
    ]
    assert kinds(parsed) == ["completed_without_finish"]
    assert parsed.roles_read == {Role.INDICATOR, Role.ACTION, Role.PARTICIPATION, Role.SUBMISSION}
    assert parsed.rows_read == 4


def test_a_missing_required_column_stops_that_tab_alone():
    parsed = read(tab("Indicadores", [("Código", "Valor"), ("IND-1.01", 5)]), ALL_TABS[1])
    assert [type(r).__name__ for r in parsed.reports] == ["ActionReport"]
    assert kinds(parsed)[0] == "missing_column"
    assert parsed.roles_read == {Role.ACTION}  # the last good data of the other stay


def test_a_missing_tab_of_indicators_is_a_problem_and_the_others_go_on():
    parsed = read(ALL_TABS[3])
    assert (kinds(parsed), len(parsed.reports)) == (["missing_tab"], 1)
    assert parsed.problems[0].severity is Severity.ERROR
    assert Role.INDICATOR not in parsed.roles_read


def test_a_csv_is_one_tab_and_needs_no_other():
    parsed = read(tab("Acciones", [ACTIONS, ("1.1.1", "En proceso")]), name="STPS_Acciones.csv")
    assert (kinds(parsed), len(parsed.reports)) == ([], 1)


def test_an_empty_workbook_says_what_it_lacks():
    assert kinds(read()) == ["missing_tab"]
    assert kinds(read(tab("Indicadores", []))) == ["no_header"]


def test_unknown_tabs_and_columns_are_told_and_the_rest_is_read():
    parsed = read(tab("Indicadores", [(*INDICATORS, "Meta interna"), (*GOOD, None, None, 5)]), tab("Hoja2", [("x",)]))
    assert len(parsed.reports) == 1
    assert [(p.kind, p.severity) for p in parsed.problems] == [
        ("unknown_tab", Severity.NOTICE),
        ("unknown_column", Severity.NOTICE),
    ]
    quiet = read(tab("Indicadores", [(*INDICATORS, "Meta interna"), GOOD]), helper_columns=frozenset({"meta interna"}))
    assert quiet.problems == ()


def test_trap_07_a_tab_is_the_same_tab_whatever_its_key():
    rows = [(0, tuple(Cell(CellKind.TEXT, t) for t in INDICATORS))]
    parsed = read(Tab("another-id", "Indicadores", lambda: iter(rows)))
    assert parsed.roles_read == {Role.INDICATOR}


def test_trap_08_rows_of_a_hidden_tab_are_read():
    assert len(read(tab("Indicadores", [INDICATORS, GOOD], hidden=True)).reports) == 1


@pytest.mark.parametrize("error", [ERROR, "#REF!", "#DIV/0!", "#N/A", "#¡VALOR!", UNCOMPUTED, "Loading..."])
def test_trap_18_an_error_is_never_empty_and_never_zero(error):
    parsed = read(tab("Indicadores", [INDICATORS, ("IND-1.01", "2026-T3", None, error)]))
    assert (parsed.reports, len(parsed.problems)) == ((), 1)
    assert parsed.problems[0].severity is Severity.ERROR


def test_trap_25_lists_that_a_paste_has_bypassed_are_checked_again():
    parsed = read(tab("Indicadores", [INDICATORS]), tab("Acciones", [ACTIONS, ("1.1.1", "Terminadísima")]))
    assert kinds(parsed) == ["unknown_word"]


@pytest.mark.parametrize(
    ("value", "meant"),
    [("85,5%", Decimal("85.5")), ("1.234,56", None), ("1,234", None)],
)
def test_trap_13_decimal_commas_are_read_only_where_they_are_no_guess(value, meant):
    parsed = read(tab("Indicadores", [INDICATORS, ("IND-1.02", "2026-T3", None, value)]))
    found = [r.value for r in parsed.reports if isinstance(r, IndicatorReport)]
    assert found == ([meant] if meant else [])


def test_trap_14_a_figure_that_became_a_date_is_refused_by_its_format():
    parsed = read(tab("Indicadores", [INDICATORS, ("IND-1.01", "2026-T3", None, date(2026, 5, 1))]))
    assert kinds(parsed) == ["date_as_number"]


TEXTS = st.sampled_from(
    [
        *("IND-1.01", "IND-1.02", "IND-9.99", "1.1.1", "C-01", "TOTAL", "2026-T3", "T3 2026", "2026/3", "Mujeres"),
        *("Concluida", "Consulta", "Enviado", "Sí", "N/D", "No aplica", "12,5", "1,234", "85 %", "#REF!", "Loading..."),
        *("https://gob.mx/a", "30/09/2026", "Jalisco", "nota", "Código", "Periodo", "Valor", "", "  ", "\u200b"),
    ]
)
CELLS = st.one_of(
    st.just(EMPTY),
    st.builds(Cell, st.just(CellKind.TEXT), st.one_of(TEXTS, st.text(max_size=20))),
    st.builds(Cell, st.just(CellKind.NUMBER), st.decimals(), st.booleans()),
    st.builds(Cell, st.just(CellKind.BOOLEAN), st.booleans()),
    st.builds(Cell, st.just(CellKind.DATE), st.one_of(st.dates(), st.datetimes())),
    st.sampled_from([ERROR, UNCOMPUTED, percent("0.85")]),
)
HEADERS: dict[Role, tuple[str, ...]] = {
    Role.INDICATOR: INDICATORS,
    Role.ACTION: ACTIONS,
    Role.PARTICIPATION: EVENTS,
    Role.SUBMISSION: SUBMISSIONS,
}
MERGES = st.lists(
    st.builds(
        lambda row, column, down, right: Merge(row, column, row + down, column + right),
        *(st.integers(0, 8), st.integers(0, 6), st.integers(0, 3), st.integers(0, 3)),
    ),
    max_size=3,
)


@st.composite
def tabs(draw: st.DrawFn) -> Tab:
    role = draw(st.sampled_from(list(HEADERS)))
    title = labels()["tabs"][role.value][draw(st.sampled_from(["es", "en"]))]
    above = draw(st.lists(st.lists(CELLS, max_size=3).map(tuple), max_size=2))
    rows = draw(st.lists(st.lists(CELLS, max_size=9).map(tuple), max_size=8))
    grid = list(enumerate([*above, tuple(Cell(CellKind.TEXT, h) for h in HEADERS[role]), *rows]))
    return Tab(title, title, lambda: iter(grid), tuple(draw(MERGES)))


@given(tabs())
@settings(max_examples=300)
def test_any_cells_at_all_are_read_without_an_exception_and_no_row_is_lost(one):
    parsed = read(one)
    whole_tab = [p for p in parsed.problems if p.kind in ("two_columns", "missing_column", "missing_figure_column")]
    taken = [r.place.row for r in parsed.reports]
    left_out = [i.row for i in parsed.ignored]
    refused = {p.place.row for p in parsed.problems if p.severity is Severity.ERROR and p.place.tab and p.place.row}
    assert len(taken) == len(set(taken))
    assert len(left_out) == len(set(left_out))
    assert not set(taken) & set(left_out)
    if not whole_tab:
        assert not refused & set(taken)
        assert not refused & set(left_out)
        header = next(n for n, cells in one.rows() if sum(not is_blank(c) for c in cells) >= 1 and _is_header(cells))
        below = {n + 1 for n, cells in one.rows() if n > header and not all(is_blank(c) for c in cells)}
        seen = set(taken) | refused | set(left_out)
        assert below <= seen
    for problem in parsed.problems:
        for code in ("es", "en"):
            assert "{" not in sentence(problem, language(code)).replace(problem.value, "")
            accepted(problem, language(code))
    for ignored in parsed.ignored:
        reason(ignored, language("es"))


def _is_header(cells: tuple[Cell, ...]) -> bool:
    texts = tuple(c.value for c in cells)
    return texts in [tuple(h) for h in HEADERS.values()]


@given(st.lists(st.integers(0, 10**9), max_size=20, unique=True))
def test_good_rows_go_in_whatever_stands_between_them(values):
    periods = [f"{year}-T{quarter}" for year in (2025, 2026) for quarter in (1, 2, 3, 4)]
    rows: list[tuple[object, ...]] = []
    for value, period in zip(values, periods, strict=False):
        rows += [("Nota",), ("IND-1.01", period, None, value), ("IND-9.99", period, None, value), ()]
    parsed = read(tab("Indicadores", [INDICATORS, *rows]))  # type: ignore[list-item]
    assert [r.value for r in parsed.reports if isinstance(r, IndicatorReport)] == values[: len(periods)]


def test_reasons_and_rows_are_those_that_the_sheet_shows():
    parsed = read(tab("Indicadores", [("Informe",), (), INDICATORS, GOOD, ("TOTAL", None, None, 120)]))
    assert [r.place.cell for r in parsed.reports] == ["Indicadores!D4"]
    assert reasons(parsed) == [(5, "total")]
