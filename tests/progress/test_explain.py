"""Every assessment states itself (rule 15): the numbers in the sentences are those of the assessment."""

from datetime import date
from decimal import Decimal

import pytest

from nap_monitor.language import language
from nap_monitor.programme.model import Accumulation, Baseline, Direction
from nap_monitor.progress.assessment import assess
from nap_monitor.progress.explain import explain, limits, printed_pct, rule_in_words
from nap_monitor.progress.rules import BUILT_IN, Basis, RuleSet
from nap_monitor.progress.shown import latest_with_status, shown
from tests.progress.plan import d, figure, indicator, milestone, programme, q, targets

ENGLISH = language("en")
LATER = date(2027, 12, 31)


def told(one, quarter, *figures, rules="floor_95_90", day=LATER):
    quarters = [q(f"{year}-Q{n}") for year in (2025, 2026, 2027) for n in (1, 2, 3, 4)]
    every = [assess(programme(one), one, x, figures, BUILT_IN[rules]) for x in quarters]
    own = next(a for a in every if a.quarter == q(quarter))
    seen = shown(own, latest_with_status(every, q(quarter), day), day)
    return " ".join(explain(seen, one, BUILT_IN[rules], ENGLISH))


def test_the_whole_account_of_a_figure():
    text = told(indicator(), "2025-Q2", figure("2025-Q2", 46, has_evidence=False))
    assert "Reported for Q2 2025: 46 (Person)." in text
    assert "Expected by then: 50 (on the straight line from 0 in Q4 2024 to 100 in Q4 2025)." in text
    assert "Deviation d = (46 − 50) ÷ |50| × 100 = -8.0 %; compliance c = 100 + d = 92.0 %." in text
    assert "Progress p = (46 − 0) ÷ (200 − 0) × 100 = 23.0 %." in text
    assert "on track from c = 95 %, at risk from 90 %" in text
    assert "Result: At risk." in text
    assert "Confidence in the figure: medium (no evidence attached)." in text


def test_a_descending_indicator_is_subtracted_the_other_way():
    down = indicator(direction=Direction.DESCENDING, baseline=Baseline(d(120), 2024), targets=targets(y2025=110))
    assert "Deviation d = (110 − 112) ÷ |110|" in told(down, "2025-Q4", figure("2025-Q4", 112))


@pytest.mark.parametrize(
    ("changes", "quarter", "how"),
    [
        ({}, "2025-Q4", "the plan's target for that date"),
        ({}, "2026-Q1", "from 100 in Q4 2025 to 200 in Q4 2026"),
        ({"accumulation": Accumulation.YEAR}, "2025-Q2", "the year's target in equal quarters"),
        ({"baseline": Baseline()}, "2025-Q2", "the first target, for the whole of its year"),
    ],
)
def test_how_the_expected_value_came_about(changes, quarter, how):
    assert how in told(indicator(**changes), quarter, figure(quarter, 50))


def test_a_carried_assessment_says_so():
    text = told(indicator(), "2025-Q2", figure("2025-Q1", 25), day=date(2025, 7, 1))
    assert "Q2 2025 has no assessment of its own; this is the one of Q1 2025." in text
    assert "carried from an earlier quarter" in text


def test_no_data_names_the_deadline_of_the_quarter_that_is_missing():
    assert "Result: No data (nothing was reported by 15/04/2025)." in told(indicator(), "2025-Q1")


def test_not_due_says_why():
    assert "Result: Not due yet (the deadline has not passed yet)." in told(
        indicator(), "2025-Q1", day=date(2025, 4, 1)
    )


def test_a_milestone():
    assert "Due on 30/06/2025." in told(milestone(), "2025-Q1", day=date(2025, 5, 1))
    assert "done? yes." in told(milestone(), "2025-Q2", figure("2025-Q2", 1))
    text = told(milestone(), "2025-Q3", figure("2025-Q2", 0))
    assert "done? no." in text
    assert "Result: Off track." in text
    assert "Result: No data" in told(milestone(), "2025-Q3")


def test_zero_expected():
    down = indicator(direction=Direction.DESCENDING, targets=targets(y2025=0), baseline=Baseline(d(10), 2024))
    assert "Nothing was expected and the figure is no worse" in told(down, "2025-Q4", figure("2025-Q4", 0))
    worse = told(down, "2025-Q4", figure("2025-Q4", 1))
    assert "Deviation" not in worse
    assert "Progress p = (1 − 10) ÷ (0 − 10) × 100 = 90.0 %." in worse


def test_an_indicator_that_restarts_shows_its_year_s_target():
    yearly = indicator(accumulation=Accumulation.YEAR, targets=targets(y2025=8, y2026=12))
    assert "Progress p = (3 − 0) ÷ (8 − 0)" in told(yearly, "2025-Q2", figure("2025-Q2", 3))


def test_a_figure_with_no_target():
    text = told(indicator(), "2027-Q1", figure("2027-Q1", 5))
    assert "Result: Not computable (there is a figure, but no target to compare it with)." in text


def test_flags_are_told():
    assert "review the planning" in told(indicator(), "2025-Q1", figure("2025-Q1", 99), rules="deviation_5_10")


@pytest.mark.parametrize(
    ("on", "at_risk", "words"),
    [
        (Basis.COMPLIANCE, "0.2", "on track from c = 0.1 %, at risk from 0.2 %"),
        (Basis.COMPLIANCE, None, "on track from c = 0.1 %."),
        (Basis.DEVIATION, "0.2", "within ±0.1 %, at risk within ±0.2 %"),
        (Basis.DEVIATION, None, "within ±0.1 %."),
        (Basis.PATH, "0.2", "0.1 of the way planned since the baseline, at risk from 0.2"),
        (Basis.PATH, None, "0.1 of the way planned."),
        (Basis.RATIO, None, "0.9 to 1.1 times the expected."),
        (Basis.RATIO, "0.2", "times the expected, at risk within 0.2 of it"),
    ],
)
def test_every_kind_of_rule_has_its_words(on, at_risk, words):
    rules = RuleSet("own", "3", on, Decimal("0.1"), None if at_risk is None else Decimal(at_risk), {"en": "x"})
    assert words in rule_in_words(rules, ENGLISH)


def test_what_other_rule_sets_compare_is_worked_out_too():
    assert "r = (46 − 0) ÷ (50 − 0) = 0.92." in told(indicator(), "2025-Q2", figure("2025-Q2", 46), rules="path_95_60")
    assert "Ratio v ÷ m = 46 ÷ 50 = 0.92." in told(indicator(), "2025-Q2", figure("2025-Q2", 46), rules="within_15")
    level = indicator(baseline=Baseline(d(50), 2024), targets=targets(y2025=50))
    assert "r = (" not in told(level, "2025-Q2", figure("2025-Q2", 46), rules="path_95_60")


def test_the_source_cell_closes_the_account():
    seen = shown(assess(programme(indicator()), indicator(), q("2025-Q2"), [], BUILT_IN["within_15"]), None, LATER)
    text = explain(seen, indicator(), BUILT_IN["within_15"], ENGLISH, "STPS.xlsx, Indicadores!E5")
    assert text[-1] == "Source of the figure: STPS.xlsx, Indicadores!E5."


def test_limits_on_the_compliance_scale():
    assert limits(BUILT_IN["floor_95_90"]) == (95, 90)
    assert limits(BUILT_IN["deviation_5_10"]) == (95, 90, 105, 110)
    assert limits(BUILT_IN["path_95_60"]) == ()


def test_printed_percentages_stay_on_their_side_of_the_limits():
    assert printed_pct(d("94.96"), BUILT_IN["floor_95_90"], ENGLISH) == "94.96"
    assert printed_pct(d("94.96"), None, ENGLISH) == "95.0"
    assert printed_pct(None, None, ENGLISH) == ""
