"""Quarters as agencies write them: a closed list of forms, and never another quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.periods import out_of_time, quarter
from tests.sheets.grids import cell
from tests.sheets.plan import PROGRAMME, TODAY


def read(value: object) -> tuple[str | None, list[str]]:
    answer = quarter(cell(value))  # type: ignore[arg-type]
    return (str(answer.value) if answer.value else None), [f.kind for f in answer.faults]


@pytest.mark.parametrize(
    "text",
    [
        *("2026-T3", "2026-Q3", "2026-t3", "2026 T3", "2026T3", "2026–T3", " 2026-T3 ", "２０２６－Ｔ３"),
        *("T3 2026", "Q3 2026", "T3-2026", "T3 de 2026", "Q3 of 2026", "T3\u00a02026"),
        *("3er trimestre 2026", "3.er trimestre 2026", "3er. trimestre de 2026", "3º trimestre del 2026"),
        *("TERCER TRIMESTRE 2026", "tercer trimestre de 2026", "3 trimestre 2026"),
        *("3rd quarter 2026", "third quarter of 2026", "3rd quarter of 2026"),
        *("2026-09-30", "30/09/2026", date(2026, 9, 30), datetime(2026, 9, 30)),
    ],
)
def test_a_quarter_is_read_in_the_forms_of_the_contract(text):
    assert read(text) == ("2026-Q3", [])


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        (
            1,
            [
                "1er trimestre 2026",
                "1.er trimestre 2026",
                "primer trimestre 2026",
                "first quarter 2026",
                "1st quarter 2026",
            ],
        ),
        (
            2,
            [
                "2o trimestre 2026",
                "2do trimestre 2026",
                "2.º trimestre 2026",
                "segundo trimestre 2026",
                "2nd quarter 2026",
            ],
        ),
        (4, ["4to trimestre 2026", "4o. trimestre 2026", "cuarto trimestre 2026", "4th quarter 2026"]),
    ],
)
def test_ordinals_are_read_in_figures_and_words(number, texts):
    assert [read(text) for text in texts] == [(f"2026-Q{number}", [])] * len(texts)


@pytest.mark.parametrize(
    "value",
    [
        *("2026/3", "2026-03", "2026-3", "3/2026", "03/2026", "2026", "T3", "T5 2026", "2026-T0", "T32026", "T3/2026"),
        *("sep 2026", "jul-sep 2026", "III trimestre 2026", "3T 2026", "T3 26", "0000-T1", "2026-T3 bis", "31/09/2026"),
        *(Decimal(2026), Decimal(46295), Decimal("2026.3"), True),
    ],
)
def test_anything_else_is_a_problem_and_never_another_quarter(value):
    assert read(value) == (None, ["unreadable_period"])


@pytest.mark.parametrize("value", [date(2026, 9, 29), date(2026, 8, 31), date(2026, 9, 1), "2026-10-01", "01/07/2026"])
def test_a_day_that_does_not_end_a_quarter_names_none(value):
    assert read(value) == (None, ["not_a_quarter_end"])


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("2024-Q4", "outside_programme"),
        ("2025-Q1", None),
        ("2026-Q3", None),
        ("2026-Q4", None),  # it runs: early figures are read
        ("2027-Q1", "future_quarter"),
        ("2029-Q4", "future_quarter"),
        ("2030-Q1", "outside_programme"),
    ],
)
def test_quarters_outside_the_programme_or_not_begun_cannot_be_reported(code, kind):
    fault = out_of_time(Quarter.parse(code), PROGRAMME, TODAY)
    assert (fault.kind if fault else None) == kind


def test_a_quarter_begins_on_its_first_day():
    assert out_of_time(Quarter(2027, 1), PROGRAMME, date(2027, 1, 1)) is None


def test_a_programme_without_dates_bounds_no_quarter_but_the_future():
    unbounded = replace(PROGRAMME, start=None, end=None)
    assert out_of_time(Quarter(2001, 1), unbounded, TODAY) is None
    half = replace(PROGRAMME, end=None)
    fault = out_of_time(Quarter(2001, 1), half, TODAY)
    assert fault is not None
    assert fault.details["first_quarter"] == fault.details["last_quarter"] == "2025-Q1"


@given(st.integers(1, 9999), st.integers(1, 4))
def test_every_form_of_a_quarter_names_that_quarter(year, number):
    code = f"{year:04}-Q{number}"
    for text in (code, f"{year:04}-T{number}", f"T{number} {year:04}", f"{number}o trimestre de {year:04}"):
        assert str(quarter(Cell(CellKind.TEXT, text)).value) == f"{year}-Q{number}"


@given(st.text())
def test_any_text_is_a_quarter_or_says_why_not(text):
    answer = quarter(Cell(CellKind.TEXT, text))
    assert (answer.value is None) == answer.is_refused
