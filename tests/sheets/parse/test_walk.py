"""Everything that people put into a tab besides reports: left out, and said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from nap_monitor.sheets.cells import Tab
from tests.sheets.grids import EVENTS, INDICATORS, Value, cell, kinds, read, read_indicators, read_others, reasons, tab
from tests.sheets.plan import PROGRAMME

GOOD = ("IND-1.01", "2026-T3", None, 120)
OTHER = ("IND-1.02", "2026-T3", None, 85)
READERS = ("Código", "Nombre", "Periodo", "Valor", "Estado del sistema", "Mensaje del sistema")


def test_blank_rows_are_passed_over_in_silence():
    parsed = read_indicators((), GOOD, (), (None, "  ", "\u00a0", "\u200b"), OTHER, ("", None, ""))
    assert (len(parsed.reports), parsed.problems, parsed.ignored, parsed.rows_read) == (2, (), (), 2)


def test_trap_19_tails_of_formulas_that_return_nothing_are_blank():
    tail = tuple(replace(cell(""), formula=True) for _ in INDICATORS)
    parsed = read_indicators(GOOD, *[tail] * 50)
    assert (len(parsed.reports), parsed.problems, parsed.ignored) == (1, (), ())


def test_trap_04_short_rows_are_padded_and_long_ones_read():
    parsed = read_indicators(("IND-1.01", "2026-T3"), (*OTHER, None, None, None, "al lado"))
    assert [r.key for r in parsed.reports] == [("IND-1.01", "2026-Q3", ""), ("IND-1.02", "2026-Q3", "")]


def test_trap_23_a_repeated_header_is_left_out():
    parsed = read_indicators(GOOD, (), INDICATORS, OTHER, ("CODE", "Period"))
    assert (len(parsed.reports), parsed.problems) == (2, ())
    assert reasons(parsed) == [(4, "repeated_header"), (6, "repeated_header")]


@pytest.mark.parametrize(
    "word",
    ["TOTAL", "Total", "Subtotal", "SUB-TOTAL", "Sub total", "Gran total", "Grand total", "Totales", "Suma", "Total:"],
)
def test_trap_23_a_total_is_never_an_indicator(word):
    parsed = read_indicators(GOOD, OTHER, (word, None, None, 205), (f"{word} general", "2026-T3", None, 205))
    if word.endswith(":"):
        assert reasons(parsed)[0] == (4, "total")
    else:
        assert reasons(parsed) == [(4, "total"), (5, "total")]
    assert (len(parsed.reports), parsed.problems) == (2, ())


def test_a_total_may_be_named_in_a_column_of_the_agencys_own():
    parsed = read_indicators(("TOTAL", None, "2026-T3", 205), headers=("Núm.", "Código", "Periodo", "Valor"))
    assert (kinds(parsed), reasons(parsed)) == (["unknown_column"], [(2, "total")])


def test_a_total_may_be_named_in_the_column_of_names():
    parsed = read_indicators((None, "Total", "2026-T3", 205), headers=READERS)
    assert (parsed.problems, reasons(parsed)) == ((), [(2, "total")])


@pytest.mark.parametrize("text", ["Totalmente nuevo", "Resumen", "Sumario"])
def test_a_word_that_only_begins_like_total_is_a_note(text):
    assert reasons(read_indicators((text,))) == [(2, "note")]


def test_total_in_the_breakdown_is_the_total():
    parsed = read_indicators(
        ("Total", "IND-1.01", "2026-T3", 120), headers=("Desagregación", "Código", "Periodo", "Valor")
    )
    assert [r.key for r in parsed.reports] == [("IND-1.01", "2026-Q3", "")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("OBJETIVO 1. Fortalecer los mecanismos",), "note"),
        (("Nota: cifras preliminares", None, None, None), "note"),
        ((None, None, None, "sin código"), "note"),
        (("Jalisco", None, None, 35), "without_code"),
        ((None, None, None, 205), "without_code"),
        (("Jalisco", None, None, "35"), "without_code"),
        ((None, None, None, None, None, None, None, 35), "beside_the_table"),
        ((None, None, None, None, None, None, "nota al lado"), "beside_the_table"),
    ],
)
def test_trap_23_notes_headings_and_figures_of_no_indicator_are_left_out(row, reason):
    parsed = read_indicators(GOOD, row)
    assert (len(parsed.reports), parsed.problems, reasons(parsed)) == (1, (), [(3, reason)])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("IND-9.99", "2026/3", None, 35), ["unknown_code", "unreadable_period"]),  # built as a code
        (("Jalisco", "T3 2026", None, 35), ["unknown_code"]),  # with a quarter
        (("Jalisco", "2026/3", None, 35), ["unknown_code", "unreadable_period"]),  # with all that a figure needs
    ],
)
def test_what_looks_like_a_figure_is_a_problem_and_not_a_note(row, said):
    parsed = read_indicators(GOOD, row)
    assert (kinds(parsed), parsed.ignored) == (said, ())


def test_our_own_cells_make_no_row():
    parsed = read_indicators((None, None, None, None, "Recibido", "Todo bien"), headers=READERS)
    assert (parsed.problems, reasons(parsed)) == ((), [(2, "ours")])


SECOND_TABLE: tuple[tuple[Value, ...], ...] = (
    (),
    ("Entidad", "Casos", None, "Meta"),
    ("Jalisco", 35, None, 40),
    ("IND-1.05", 300, None, 410),
    ("Puebla", "T3", None, 12),
)


def test_trap_23_another_table_below_is_left_out_even_where_it_names_indicators():
    parsed = read_indicators(GOOD, *SECOND_TABLE)
    assert (len(parsed.reports), parsed.problems) == (1, ())
    assert reasons(parsed) == [(4, "second_table"), (5, "second_table"), (6, "second_table"), (7, "second_table")]


def test_a_report_below_another_table_is_still_read():
    parsed = read_indicators(GOOD, *SECOND_TABLE, OTHER)
    assert [r.key[0] for r in parsed.reports] == ["IND-1.01", "IND-1.02"]


def test_a_repeated_header_ends_the_other_table():
    parsed = read_indicators(GOOD, *SECOND_TABLE, INDICATORS, ("IND-1.02", "2026/3", None, 85))
    assert kinds(parsed) == ["unreadable_period"]


def test_a_table_with_our_headers_in_another_order_is_another_table():
    parsed = read_indicators(GOOD, ("Periodo", "Código", None, "Valor"), ("2026-T3", "IND-1.02", None, 85))
    assert (len(parsed.reports), parsed.problems) == (1, ())
    assert reasons(parsed) == [(3, "second_table"), (4, "second_table")]


def test_a_row_of_texts_right_below_the_reports_begins_no_table():
    parsed = read_indicators(GOOD, ("Elaboró", "Ana López"), OTHER)
    assert (len(parsed.reports), reasons(parsed)) == (2, [(3, "note")])


def test_figures_beside_the_reports_under_no_header_are_said_once():
    parsed = read_indicators((*GOOD, None, None, None, 35), (*OTHER, None, None, "texto", 36))
    assert len(parsed.reports) == 2
    assert [(p.kind, p.severity, p.place.cell) for p in parsed.problems] == [
        ("figures_without_header", "notice", "Indicadores!H2")
    ]


def test_figures_above_the_header_are_said():
    parsed = read(tab("Indicadores", [("Informe", "T3 2026"), ("Total", 35), INDICATORS, GOOD]))
    assert (len(parsed.reports), reasons(parsed)) == (1, [(2, "above_the_header")])


def test_rows_may_come_with_or_without_the_empty_ones():
    rows = [(0, tuple(cell(v) for v in INDICATORS)), (1, ()), (2, tuple(cell(v) for v in GOOD)), (3, (cell(None),))]
    parsed = read(Tab("Indicadores", "Indicadores", lambda: iter(rows)))
    assert [r.place.row for r in parsed.reports] == [3]


def test_trap_36_nothing_is_cut_off_at_column_z_or_row_1000():
    headers: tuple[Value, ...] = (*[None] * 30, "Código", "Periodo", "Valor")
    parsed = read_indicators(*[()] * 1500, (*[None] * 30, "IND-1.01", "2026-T3", 120), headers=headers)
    assert [r.place.cell for r in parsed.reports] == ["Indicadores!AG1502"]


EVENT = ("C-01", "Consulta", date(2026, 8, 20), 40)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Total", None, None, 40), "total"),
        (("Nota: preliminar",), "note"),
        (("Jalisco", None, None, 35), "without_code"),
        (("Id", "Tipo", "Fecha"), "repeated_header"),
    ],
)
def test_other_tabs_hold_other_things_too(row, reason):
    parsed = read_others("Participación", EVENTS, EVENT, row)
    assert (len(parsed.reports), parsed.problems, reasons(parsed)) == (1, (), [(3, reason)])


def test_trap_23_another_table_below_the_events_is_left_out():
    parsed = read_others(
        "Participación", EVENTS, EVENT, (), ("Entidad", "Mujeres y niñas", "Hombres y niños"), ("Jalisco", 20, 30)
    )
    assert (len(parsed.reports), parsed.problems) == (1, ())
    assert reasons(parsed) == [(4, "second_table"), (5, "second_table")]


def test_actions_below_another_table_are_read_where_they_say_all_that_an_action_says():
    below = ((), ("Entidad", "Casos por resolver"), ("1.1.1", "Puebla"), ("1.1.3", "En proceso"))
    parsed = read_others("Acciones", ("Código", "Estatus"), ("1.1.1", "Concluida"), *below)
    assert [r.key for r in parsed.reports] == [("1.1.1",), ("1.1.3",)]
    assert reasons(parsed) == [(4, "second_table"), (5, "second_table")]


def test_a_plan_that_names_nobody_and_nothing_reads_nothing():
    bare = replace(PROGRAMME, indicators=(), objectives=(), agencies=(), dimensions=())
    parsed = read(tab("Acciones", [("Código", "Estatus"), ("1.1.1", "En proceso")]), programme=bare)
    assert kinds(parsed) == ["unknown_code"]
