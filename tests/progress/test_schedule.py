"""What is expected, what is due, and until when (rules 1 and 2)."""

from datetime import date

import pytest

from nap_monitor.programme.model import Accumulation, Baseline, Behaviour, Calendar, Extension, Frequency, Responsible
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress import schedule
from tests.progress.plan import d, indicator, milestone, programme, q, targets


@pytest.mark.parametrize(
    ("changes", "quarter", "expected"),
    [
        # cumulative 500 -> 2000 at Q2 = 1250: the design's check value
        ({"baseline": Baseline(), "targets": targets(y2017=500, y2018=2000)}, "2018-Q2", 1250),
        # 8 a year at Q3 = 6: the other one
        ({"accumulation": Accumulation.YEAR, "targets": targets(y2025=8)}, "2025-Q3", 6),
        ({}, "2025-Q1", 25),  # from the baseline, which stands at Q4 of its year
        ({}, "2025-Q4", 100),  # a year's target stands at its Q4
        ({}, "2026-Q3", 175),  # from the previous target
        ({}, "2027-Q1", None),  # no target ahead
        ({}, "2024-Q4", 0),  # the baseline itself
        ({}, "2024-Q3", None),  # before the baseline
        ({"targets": targets(y2025=100, y2026_Q2=150, y2026=200)}, "2026-Q2", 150),  # the plan's own quarter
        ({"targets": targets(y2025=100, y2026_Q2=150, y2026=200)}, "2026-Q1", 125),  # the line goes to it
        ({"targets": targets(y2025=100, y2026_Q2=150, y2026=200)}, "2026-Q3", 175),  # and on from it
        ({"targets": targets(y2025=100, y2027=300)}, "2026-Q4", 200),  # a year that the plan leaves out is on the line
        ({"targets": targets(y2025=100, y2026=None, y2027=300)}, "2026-Q4", None),  # a null one has nothing planned
        ({"targets": targets(y2025=100, y2026=None, y2027=300)}, "2027-Q2", 250),  # and the line is drawn through it
        ({"targets": targets(y2025=100, y2026=None, y2026_Q2=150, y2027=300)}, "2026-Q2", 150),  # a quarter planned
        ({"behaviour": Behaviour.PERCENTAGE, "accumulation": None}, "2026-Q2", 150),
        ({"behaviour": Behaviour.LEVEL, "accumulation": None}, "2026-Q2", 150),
        ({"baseline": Baseline()}, "2025-Q1", 100),  # no baseline: flat in the first target's own year
        ({"baseline": Baseline(), "targets": targets(y2026=200)}, "2025-Q4", None),  # and nothing before it
        ({"baseline": Baseline()}, "2026-Q1", 125),
        ({"accumulation": Accumulation.YEAR}, "2026-Q1", 50),
        ({"accumulation": Accumulation.YEAR, "targets": targets(y2025=8, y2027=9)}, "2026-Q1", None),
        ({"accumulation": Accumulation.YEAR, "targets": targets(y2025=8, y2025_Q2=7)}, "2025-Q2", 7),
        ({"targets": {}}, "2025-Q1", None),
    ],
)
def test_expected_path(changes, quarter, expected):
    """Rule 1, case by case."""
    found = schedule.expected(indicator(**changes), q(quarter))
    assert found == (None if expected is None else d(expected))


def test_the_line_is_drawn_through_a_year_with_nothing_planned():
    """For the chart there is a line where for judging there is nothing."""
    gap = indicator(targets=targets(y2025=100, y2026=None, y2027=300))
    assert schedule.expected_line(gap, q("2026-Q4")) == 200
    assert schedule.expected(gap, q("2026-Q4")) is None


@pytest.mark.parametrize(("quarter", "expected"), [("2025-Q1", 0), ("2025-Q2", 1), ("2026-Q1", 1)])
def test_a_milestone_is_expected_from_the_quarter_of_its_due_date(quarter, expected):
    assert schedule.expected(milestone("2025-06-30"), q(quarter)) == expected


def test_a_milestone_without_a_date_is_neither_expected_nor_due():
    undated = milestone()
    undated = indicator(behaviour=undated.behaviour, targets={}, due_date=None)
    assert schedule.expected(undated, q("2025-Q1")) is None
    assert not schedule.is_due(undated, q("2025-Q1"))
    assert schedule.final_target(undated) is None


@pytest.mark.parametrize(
    ("frequency", "quarters"),
    [
        (Frequency.QUARTERLY, "2025-Q1 2025-Q2 2025-Q3 2025-Q4 2026-Q1 2026-Q2 2026-Q3 2026-Q4"),
        (Frequency.SEMIANNUAL, "2025-Q2 2025-Q4 2026-Q2 2026-Q4"),
        (Frequency.ANNUAL, "2025-Q4 2026-Q4"),
        (Frequency.BIENNIAL, "2025-Q4 2026-Q4"),
        (Frequency.ONCE, "2026-Q4"),
    ],
)
def test_due_by_frequency(frequency, quarters):
    due = [str(quarter) for quarter in _two_years() if schedule.is_due(indicator(frequency=frequency), quarter)]
    assert due == quarters.split()


def test_a_biennial_figure_is_due_in_its_target_years_alone():
    biennial = indicator(frequency=Frequency.BIENNIAL, targets=targets(y2025=10, y2027=20))
    assert not schedule.is_due(biennial, q("2026-Q4"))
    assert schedule.is_due(biennial, q("2027-Q4"))


def test_nothing_is_due_in_a_year_with_nothing_planned():
    gap = indicator(targets=targets(y2025=100, y2026=None, y2027=300))
    assert [str(x) for x in _two_years() if schedule.is_due(gap, x)] == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]


def test_a_milestone_is_due_from_its_quarter_until_done():
    assert not schedule.is_due(milestone(), q("2025-Q1"))
    assert schedule.is_due(milestone(), q("2025-Q2"))
    assert schedule.is_due(milestone(), q("2026-Q3"))
    assert not schedule.is_due(milestone(), q("2026-Q3"), done_before=True)


@pytest.mark.parametrize(
    ("calendar", "changes", "deadline"),
    [
        (Calendar(15), {}, "2025-04-15"),  # a Tuesday
        (Calendar(19), {}, "2025-04-21"),  # 19 April is a Saturday: the next working day
        (Calendar(19, weekend=()), {}, "2025-04-19"),  # unless Saturdays are worked
        (Calendar(15, non_working_days=(date(2025, 4, 15), date(2025, 4, 16))), {}, "2025-04-17"),
        (Calendar(15, deadlines={q("2025-Q1"): date(2025, 4, 30)}), {}, "2025-04-30"),
        (Calendar(15, deadlines={q("2025-Q1"): date(2025, 4, 10)}), {}, "2025-04-10"),  # the calendar's word holds
        (Calendar(15), {"available_after_days": 60}, "2025-05-30"),
        (Calendar(15), {"available_after_days": 3}, "2025-04-15"),  # the latest counts
        (Calendar(15, extensions=(Extension("A", q("2025-Q1"), date(2025, 5, 5), {"es": "Sismo"}),)), {}, "2025-05-05"),
        (Calendar(15, extensions=(Extension("B", q("2025-Q1"), date(2025, 5, 5), {"es": "Sismo"}),)), {}, "2025-04-15"),
        (Calendar(15, extensions=(Extension("A", q("2025-Q2"), date(2025, 8, 5), {"es": "Sismo"}),)), {}, "2025-04-15"),
    ],
)
def test_deadline(calendar, changes, deadline):
    found = schedule.deadline(programme(calendar=calendar), indicator(**changes), q("2025-Q1"))
    assert found == date.fromisoformat(deadline)


def test_an_extension_follows_the_agency_responsible_in_the_quarter():
    moved = indicator(responsibles=(Responsible("A"), Responsible("B", q("2025-Q2"))))
    granted = Calendar(15, extensions=(Extension("B", q("2025-Q2"), date(2025, 8, 5), {"es": "Relevo"}),))
    assert schedule.deadline(programme(calendar=granted), moved, q("2025-Q2")) == date(2025, 8, 5)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2026-11-23", "2026-Q3"), ("2025-02-01", "2025-Q1"), ("2024-01-01", "2025-Q1"), ("2031-01-01", "2027-Q4")],
)
def test_the_quarter_shown_by_default_is_the_latest_that_is_over_within_the_programme(day, quarter):
    assert schedule.default_quarter(programme(), date.fromisoformat(day)) == q(quarter)


def test_a_plan_without_dates_is_assessed_in_the_years_of_its_targets():
    undated = programme(indicator(), milestone("2027-03-01", code="M"), start=None, end=None)
    quarters = schedule.assessed_quarters(undated)
    assert (str(quarters[0]), str(quarters[-1])) == ("2025-Q1", "2027-Q4")
    assert schedule.assessed_quarters(programme(start=None, end=None)) == []
    assert schedule.default_quarter(programme(start=None, end=None), date(2026, 11, 23)) == q("2026-Q3")


def test_the_quarters_of_a_programme():
    quarters = schedule.assessed_quarters(programme())
    assert (str(quarters[0]), str(quarters[-1]), len(quarters)) == ("2025-Q1", "2027-Q4", 12)


def _two_years() -> list[Quarter]:
    return [Quarter(year, number) for year in (2025, 2026) for number in (1, 2, 3, 4)]
