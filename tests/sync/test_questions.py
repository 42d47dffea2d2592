"""What an agency is asked about figures that were taken."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from nap_monitor.database.plans import StoredPlan
from nap_monitor.programme.model import Aggregation, Programme
from nap_monitor.progress.rules import BUILT_IN
from nap_monitor.sheets.contract import Declared, IndicatorReport, Place
from nap_monitor.sync.questions import questions
from tests.progress.plan import indicator, programme, q

BY_SEX = indicator(disaggregation=("sex",), aggregation=Aggregation.SUM)


def row(value: str | None, breakdown: str = "", **more: object) -> IndicatorReport:
    figure = None if value is None else Decimal(value)
    plain = IndicatorReport(Place("A.xlsx", "Indicadores", 5), "I-1", q("2025-Q2"), breakdown, figure)
    return replace(plain, cause="Sequía", corrective="Más personal", **more)


def asked(*rows: IndicatorReport, plan: Programme | None = None, closed: tuple[str, ...] = ()) -> list[str]:
    stored = StoredPlan(1, 1, 1, None, plan or programme(BY_SEX), is_demonstration=False)
    return [problem.kind for problem in questions(rows, (stored,), BUILT_IN, closed)]


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ((row("50"), row("20", "women"), row("30", "men")), []),
        ((row("52"), row("20", "women"), row("30", "men")), ["total_differs"]),
        ((row("52"), row("20", "women")), []),  # half of the parts say nothing of the whole
        ((row("20", "women"), row("30", "men")), []),  # no total to differ
        ((row("20"), row("20", "women"), row(None, "men", declared=Declared.NO_CASES)), []),
        ((row("0"), *(row(None, sex, declared=Declared.NO_CASES) for sex in ("women", "men"))), []),
        ((row("50.4"), row("20", "women"), row("30", "men")), []),  # alike in the decimals of the indicator
    ],
)
def test_a_total_unlike_its_parts(rows, kinds):
    assert asked(*rows) == kinds


def test_without_a_declared_aggregation_parts_make_nothing():
    plan = programme(indicator(disaggregation=("sex",)))
    assert asked(row("52"), row("20", "women"), row("30", "men"), plan=plan) == []


def test_closed_quarters_are_past_asking():
    rows = (row("52"), row("20", "women"), row("30", "men"))
    assert asked(*rows, closed=("2025-Q2",)) == []


def test_an_indicator_that_the_quarter_s_plan_does_not_have_asks_nothing():
    assert asked(row("1"), row("1", "women"), plan=programme(indicator(code="I-2"))) == []


@pytest.mark.parametrize(
    ("value", "texts", "kinds"),
    [
        ("10", {"cause": None}, ["cause_missing"]),
        ("10", {"corrective": None}, ["cause_missing"]),
        ("10", {}, []),
        ("50", {"cause": None}, []),
    ],
)
def test_off_track_asks_for_cause_and_correction(value, texts, kinds):
    assert asked(replace(row(value), **texts)) == kinds
