"""Merged cells: labels are meant for each row, anything else for none that could be known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nap_monitor.sheets.cells import Merge
from nap_monitor.sheets.contract import IndicatorReport
from tests.sheets.grids import INDICATORS, Value, kinds, read, reasons, tab

CODE, PERIOD, VALUE, NUMERATOR = 0, 1, 3, 4


def read_merged(*rows: tuple[Value, ...], merges: tuple[Merge, ...], title: tuple[Value, ...] = ()):
    return read(tab("Indicadores", [*((title,) if title else ()), INDICATORS, *rows], merges))


def test_trap_22_labels_merged_down_are_filled_in_every_row():
    parsed = read_merged(
        ("IND-1.01", "2026-T1", None, 10),
        (None, "2026-T2", None, 20),
        (None, "2026-T3", None, 30),
        ("IND-1.02", "2026-T3", None, 40),
        merges=(Merge(1, CODE, 3, CODE),),
    )
    assert not parsed.problems
    assert [(r.code, str(r.period), r.value) for r in parsed.reports if isinstance(r, IndicatorReport)] == [
        ("IND-1.01", "2026-Q1", 10),
        ("IND-1.01", "2026-Q2", 20),
        ("IND-1.01", "2026-Q3", 30),
        ("IND-1.02", "2026-Q3", 40),
    ]


def test_a_period_merged_down_is_filled_too():
    parsed = read_merged(
        ("IND-1.01", "2026-T3", None, 10), ("IND-1.02", None, None, 20), merges=(Merge(1, PERIOD, 2, PERIOD),)
    )
    assert [r.key for r in parsed.reports] == [("IND-1.01", "2026-Q3", ""), ("IND-1.02", "2026-Q3", "")]


def test_trap_22_a_value_merged_over_rows_belongs_to_none_of_them():
    parsed = read_merged(
        ("IND-1.01", "2026-T1", None, 10),
        ("IND-1.01", "2026-T2"),
        ("IND-1.01", "2026-T3", None, 30),
        merges=(Merge(1, VALUE, 2, VALUE),),
    )
    assert [r.key[1] for r in parsed.reports] == ["2026-Q3"]
    assert [(p.kind, p.place.cell, p.details["cells"]) for p in parsed.problems] == [
        ("merged_cells", "Indicadores!D2", "D2:D3"),
        ("merged_cells", "Indicadores!D3", "D2:D3"),
    ]


def test_a_value_merged_over_columns_belongs_to_no_column():
    parsed = read_merged(("IND-1.01", "2026-T1", None, 10), merges=(Merge(1, VALUE, 1, NUMERATOR),))
    assert (parsed.reports, set(kinds(parsed))) == ((), {"merged_cells"})


def test_merged_cells_without_content_are_only_looks():
    parsed = read_merged(
        ("IND-1.01", "2026-T1", None, None),
        ("IND-1.01", "2026-T2", None, 5),
        merges=(Merge(1, NUMERATOR, 2, NUMERATOR),),
    )
    assert (len(parsed.reports), parsed.problems) == (2, ())


def test_a_heading_merged_over_all_columns_is_a_heading():
    parsed = read_merged(
        ("OBJETIVO 1. Fortalecer",),
        ("IND-1.01", "2026-T1", None, 10),
        merges=(Merge(1, 0, 1, 5),),
    )
    assert (len(parsed.reports), parsed.problems, reasons(parsed)) == (1, (), [(2, "note")])


@pytest.mark.parametrize("merge", [Merge(0, 0, 0, 5), Merge(1, 0, 2, 0), Merge(1, 3, 2, 3), Merge(1, 3, 1, 5)])
def test_merges_above_and_in_the_header_do_not_touch_the_rows(merge):
    parsed = read_merged(("IND-1.01", "2026-T1", None, 10), merges=(merge,), title=("Informe",))
    assert (len(parsed.reports), parsed.problems) == (1, ())


def test_merges_beside_the_columns_that_are_read_do_not_matter():
    parsed = read_merged(("IND-1.01", "2026-T1", None, 10, None, None, "x", None), merges=(Merge(1, 6, 3, 7),))
    assert (len(parsed.reports), parsed.problems) == (1, ())


def test_a_merge_that_begins_in_a_row_left_out_is_empty():
    parsed = read_merged(
        ("IND-1.01", "2026-T1", None, 10),
        (),
        ("IND-1.02", "2026-T1", None, 20),
        merges=(Merge(2, VALUE, 3, VALUE), Merge(2, 5, 2, 5), Merge(2, CODE, 3, CODE)),
    )
    assert [r.value for r in parsed.reports if isinstance(r, IndicatorReport)] == [Decimal(10), Decimal(20)]


def test_a_label_merged_over_rows_that_hold_nothing_else_makes_no_reports_of_them():
    parsed = read_merged(("IND-1.01", "2026-T1", None, 10), merges=(Merge(1, CODE, 50, CODE),))
    assert len(parsed.reports) == 1


def test_a_label_is_filled_into_a_row_that_ends_before_it():
    headers = ("Periodo", "Valor", "Código")
    parsed = read(tab("Indicadores", [headers, ("2026-T1", 10, "IND-1.01"), ("2026-T2", 20)], [Merge(1, 2, 2, 2)]))
    assert [r.key[1] for r in parsed.reports] == ["2026-Q1", "2026-Q2"]
