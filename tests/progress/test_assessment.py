"""What the rules say of an indicator in its quarter, and what is shown on a day (rules 2, 3, 5 to 8, 10, 12)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.programme.model import Accumulation, Baseline, Behaviour, Direction, Frequency
from nap_monitor.progress.assessment import assess, changes
from nap_monitor.progress.confidence import confidence_from, is_outlier
from nap_monitor.progress.rules import BUILT_IN
from nap_monitor.progress.shown import latest_with_status, shown
from nap_monitor.progress.statuses import Because, Confidence, Flag, Reason, Status
from tests.progress.plan import d, figure, indicator, milestone, programme, q, targets

RULES = BUILT_IN["floor_95_90"]


def assessed(of, quarter, *figures):
    return assess(programme(of), of, q(quarter), figures, RULES)


def on(of, quarter, day, *figures):
    """What is shown of a quarter on a day, all earlier quarters being assessed too."""
    plan = programme(of)
    quarters = [q(f"{year}-Q{n}") for year in (2025, 2026, 2027) for n in (1, 2, 3, 4)]
    every = [assess(plan, of, x, figures, RULES) for x in quarters]
    own = next(a for a in every if a.quarter == q(quarter))
    return shown(own, latest_with_status(every, q(quarter), date.fromisoformat(day)), date.fromisoformat(day))


def test_a_figure_is_judged_by_its_quarter():
    found = assessed(indicator(), "2025-Q2", figure("2025-Q1", 999), figure("2025-Q2", 46, observation_id=7))
    assert (found.status, found.expected, found.compliance_pct) == (Status.AT_RISK, 50, 92)
    assert (found.progress_pct, found.deviation_pct) == (23, -8)
    assert (found.is_due, found.is_reported, found.observation_id) == (True, True, 7)
    assert (found.rule_set, found.rule_version) == ("floor_95_90", "1")


def test_a_figure_where_none_is_due_is_assessed_all_the_same():
    found = assessed(indicator(frequency=Frequency.ANNUAL), "2025-Q2", figure("2025-Q2", 50))
    assert (found.status, found.is_due) == (Status.ON_TRACK, False)


def test_only_what_says_something_is_worth_keeping():
    assert assessed(indicator(), "2025-Q1").is_worth_keeping
    assert not assessed(indicator(frequency=Frequency.ANNUAL), "2025-Q1").is_worth_keeping


def test_later_figures_do_not_matter():
    assert assessed(indicator(), "2025-Q1", figure("2025-Q2", 50)).status is None


@pytest.mark.parametrize(
    ("changes_", "quarter", "value", "because"),
    [
        ({}, "2027-Q1", 300, Because.NO_TARGET_SCHEDULED),
        ({"targets": targets(y2025=None, y2026=200)}, "2025-Q2", 10, Because.NO_TARGET_SCHEDULED),
        ({}, "2025-Q1", None, Because.NO_CASES),
    ],
)
def test_not_computable_says_why(changes_, quarter, value, because):
    found = assessed(indicator(**changes_), quarter, figure(quarter, value, has_no_cases=value is None))
    assert (found.status, found.because) == (Status.NOT_COMPUTABLE, because)
    assert found.value == value


def test_achieved_is_reaching_the_target_in_that_quarter_and_not_sticky():
    figures = [figure("2025-Q3", 200), figure("2025-Q4", 150)]
    assert assessed(indicator(), "2025-Q3", *figures).status is Status.ACHIEVED
    assert assessed(indicator(), "2025-Q4", *figures).status is Status.ON_TRACK


def test_an_indicator_that_restarts_runs_from_zero_and_is_achieved_in_its_last_target_year():
    yearly = indicator(
        accumulation=Accumulation.YEAR, targets=targets(y2025=8, y2026=12), baseline=Baseline(d(3), 2024)
    )
    first = assessed(yearly, "2025-Q4", figure("2025-Q4", 8))
    last = assessed(yearly, "2026-Q4", figure("2026-Q4", 12))
    assert (first.status, first.progress_pct) == (Status.ON_TRACK, 100)
    assert last.status is Status.ACHIEVED
    assert assessed(yearly, "2026-Q1", figure("2026-Q1", 0)).flags == (Flag.NO_MOVEMENT,)


def test_progress_never_crosses_a_series_break():
    broken = indicator(series_break=q("2025-Q3"))
    assert assessed(broken, "2025-Q2", figure("2025-Q2", 50)).progress_pct == 25
    after = assessed(broken, "2025-Q3", figure("2025-Q3", 0))
    assert (after.progress_pct, after.flags) == (None, ())
    rebased = indicator(series_break=q("2025-Q3"), baseline=Baseline(d(0), 2025), targets=targets(y2026=200))
    assert assessed(rebased, "2026-Q2", figure("2026-Q2", 50)).progress_pct == 25


def test_a_baseline_without_a_year_still_measures_progress():
    undated = indicator(baseline=Baseline(d(100), None))
    assert assessed(undated, "2025-Q4", figure("2025-Q4", 150)).progress_pct == 50


class TestMilestone:
    def test_not_done_before_its_due_date_is_not_due(self):
        found = on(milestone(), "2025-Q1", "2025-05-01")
        assert (found.status, found.because, found.origin) == (Status.NOT_DUE, Because.BEFORE_DUE, None)

    def test_reported_not_done_before_its_due_quarter_is_not_due_either(self):
        assert on(milestone(), "2025-Q1", "2025-05-01", figure("2025-Q1", 0)).status is Status.NOT_DUE

    def test_done(self):
        found = on(milestone(), "2025-Q2", "2025-08-01", figure("2025-Q2", 1))
        assert (found.status, found.compliance_pct, found.flags) == (Status.ACHIEVED, 100, ())
        assert (found.is_due, found.is_reported) == (True, True)

    def test_done_is_assessed_each_quarter_and_not_carried(self):
        found = on(milestone(), "2026-Q3", "2026-11-23", figure("2025-Q2", 1))
        assert (found.status, found.is_carried, found.is_due) == (Status.ACHIEVED, False, False)
        assert found.confidence is Confidence.HIGH

    def test_done_early_is_never_due(self):
        found = on(milestone(), "2025-Q2", "2025-08-01", figure("2025-Q1", 1))
        assert (found.status, found.is_due) == (Status.ACHIEVED, False)

    def test_done_late_is_flagged(self):
        found = on(milestone(), "2026-Q3", "2026-11-23", figure("2025-Q2", 0), figure("2025-Q4", 1))
        assert (found.status, found.flags) == (Status.ACHIEVED, (Flag.LATE,))

    def test_reported_not_done_is_off_track_and_stands(self):
        for quarter in ("2025-Q2", "2025-Q3"):
            found = on(milestone(), quarter, "2025-12-01", figure("2025-Q2", 0))
            assert (found.status, found.compliance_pct, found.is_carried) == (Status.OFF_TRACK, 0, False)
            assert found.is_due

    def test_silent_after_its_deadline_is_no_data(self):
        assert on(milestone(), "2025-Q2", "2025-07-15").status is Status.NOT_DUE  # the deadline's own day
        assert on(milestone(), "2025-Q2", "2025-07-15").because is Because.AWAITED
        assert on(milestone(), "2025-Q2", "2025-07-16").status is Status.NO_DATA

    def test_said_not_done_before_and_silent_since_is_no_data(self):
        assert on(milestone(), "2025-Q2", "2025-07-16", figure("2025-Q1", 0)).status is Status.NO_DATA


class TestShown:
    def test_awaited_shows_the_latest_earlier_assessment_marked_as_such(self):
        found = on(indicator(), "2025-Q2", "2025-07-15", figure("2025-Q1", 25))
        assert (found.status, found.is_carried, found.origin) == (Status.ON_TRACK, True, q("2025-Q1"))
        assert (found.is_awaited, found.is_due, found.is_reported) == (True, True, False)
        assert (found.confidence, found.reasons) == (Confidence.MEDIUM, (Reason.CARRIED,))
        assert found.deadline == date(2025, 7, 15)
        assert found.origin_deadline == date(2025, 4, 15)

    def test_past_its_deadline_it_is_no_data_never_an_older_colour(self):
        found = on(indicator(), "2025-Q2", "2025-07-16", figure("2025-Q1", 25))
        assert (found.status, found.is_carried, found.value) == (Status.NO_DATA, False, None)
        assert (found.expected, found.confidence) == (50, None)

    def test_a_missing_year_hides_older_colours_in_quarters_where_nothing_is_due(self):
        annual = indicator(frequency=Frequency.ANNUAL, targets=targets(y2025=100, y2026=200, y2027=300))
        found = on(annual, "2027-Q2", "2027-08-01", figure("2025-Q4", 100))
        assert (found.status, found.origin, found.is_carried) == (Status.NO_DATA, q("2026-Q4"), True)

    def test_with_nothing_earlier_it_is_not_due_with_the_reason(self):
        annual = indicator(frequency=Frequency.ANNUAL)
        assert on(annual, "2025-Q2", "2025-08-01").because is Because.NOT_THIS_QUARTER
        assert on(indicator(), "2025-Q1", "2025-04-01").because is Because.AWAITED
        gap = indicator(targets=targets(y2025=None, y2026=200))
        assert on(gap, "2025-Q2", "2025-12-01").because is Because.NOTHING_PLANNED
        ended = indicator(targets=targets(y2024=5), baseline=Baseline())
        assert on(ended, "2025-Q2", "2025-12-01").because is Because.NOT_SCHEDULED
        assert on(ended, "2025-Q2", "2025-12-01").status is Status.NOT_DUE

    def test_nothing_planned_shows_the_year_before(self):
        gap = indicator(targets=targets(y2025=100, y2026=None, y2027=300))
        found = on(gap, "2026-Q3", "2026-12-01", figure("2025-Q4", 100))
        assert (found.status, found.origin) == (Status.ON_TRACK, q("2025-Q4"))

    def test_no_cases_has_no_confidence(self):
        found = on(indicator(), "2025-Q1", "2025-08-01", figure("2025-Q1", None, has_no_cases=True))
        assert (found.status, found.confidence, found.is_reported) == (Status.NOT_COMPUTABLE, None, True)

    def test_a_figure_that_cannot_be_compared_keeps_its_confidence(self):
        found = on(indicator(), "2027-Q1", "2027-08-01", figure("2027-Q1", 5, has_evidence=False))
        assert (found.status, found.confidence) == (Status.NOT_COMPUTABLE, Confidence.MEDIUM)


@pytest.mark.parametrize(
    ("with_", "reason"),
    [
        ({"first_counted_on": date(2025, 4, 16)}, Reason.LATE),
        ({"has_evidence": False}, Reason.NO_EVIDENCE),
        ({"is_preliminary": True}, Reason.PRELIMINARY),
        ({"is_revised_after_acceptance": True}, Reason.REVISED_AFTER_ACCEPTANCE),
    ],
)
def test_reasons_of_lower_confidence(with_, reason):
    assert assessed(indicator(), "2025-Q1", figure("2025-Q1", 25, **with_)).reasons == (reason,)


def test_the_deadline_itself_is_in_time():
    found = assessed(indicator(), "2025-Q1", figure("2025-Q1", 25, first_counted_on=date(2025, 4, 15)))
    assert found.reasons == ()


@pytest.mark.parametrize(
    ("reasons", "confidence"),
    [
        ([], Confidence.HIGH),
        ([Reason.LATE], Confidence.MEDIUM),
        ([Reason.OUTLIER], Confidence.LOW),
        ([Reason.LATE, Reason.CARRIED], Confidence.LOW),
    ],
)
def test_confidence(reasons, confidence):
    assert confidence_from(reasons) is confidence


@pytest.mark.parametrize(
    ("steps", "outlier"),
    [
        ([10, 12, 9, 11, 10, 11], False),
        ([10, 12, 9, 11, 10, 90], True),
        ([10, 12, 9, 11, 90], False),  # four earlier changes are too few
        ([10, 10, 10, 10, 10, 11], True),  # a steady series has no spread
        ([10, 10, 10, 10, 10, 10], False),
        ([], False),
    ],
)
def test_outlier(steps, outlier):
    assert is_outlier([d(step) for step in steps]) is outlier


def test_an_outlier_is_seen_in_the_series():
    figures = [figure(f"2025-Q{n}", 10 * n + n % 2) for n in (1, 2, 3, 4)]
    figures += [figure("2026-Q1", 51), figure("2026-Q2", 60), figure("2026-Q3", 700)]
    level = indicator(behaviour=Behaviour.LEVEL, accumulation=None, targets=targets(y2027=900))
    assert assessed(level, "2026-Q3", *figures).reasons == (Reason.OUTLIER,)
    assert assessed(level, "2026-Q2", *figures).reasons == ()


def test_changes_start_from_zero_in_each_year_of_an_indicator_that_restarts():
    yearly = indicator(accumulation=Accumulation.YEAR)
    figures = [figure("2025-Q3", 5), figure("2025-Q4", 9), figure("2026-Q1", 2), figure("2026-Q2", None)]
    assert changes(yearly, figures) == [4, 2]
    assert changes(yearly, []) == []


def test_changes_do_not_cross_a_series_break():
    broken = indicator(series_break=q("2025-Q3"))
    figures = [figure("2025-Q1", 5), figure("2025-Q2", 6), figure("2025-Q3", 100), figure("2025-Q4", 103)]
    assert changes(broken, figures) == [3]
    assert changes(broken, figures[:2]) == [1]


values = st.integers(-50, 400)


@given(figures=st.dictionaries(st.sampled_from([f"{y}-Q{n}" for y in (2025, 2026) for n in (1, 2, 3, 4)]), values))
def test_descending_mirrors_ascending(figures):
    """Turning every number round and the direction with them changes no colour, compliance or progress."""
    up = indicator()
    down = indicator(direction=Direction.DESCENDING, targets={k: -v for k, v in up.targets.items() if v is not None})
    ordered = sorted(figures.items())
    for quarter, _ in ordered:
        one = assessed(up, quarter, *(figure(k, v) for k, v in ordered))
        other = assessed(down, quarter, *(figure(k, -v) for k, v in ordered))
        assert (one.status, one.compliance_pct, one.progress_pct) == (
            other.status,
            other.compliance_pct,
            other.progress_pct,
        )
