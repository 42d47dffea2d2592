"""The implementation and the second opinion, on whatever plans and figures hypothesis can think of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from nap_monitor.programme.model import Action, Baseline, Direction, Frequency, Indicator
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.actions import ReportOfAction, action_standing
from nap_monitor.progress.rollup import roll_up, roll_up_by
from nap_monitor.progress.schedule import deadline, expected, expected_line
from nap_monitor.progress.statuses import ActionStatus

from . import actions as second_actions
from . import due as second_due
from . import expected as second_expected
from . import groups
from .comparison import differences_of_groups, differences_rolled_up, differences_shown, is_same, real_items, real_shown
from .generated import QUARTERS, RULE_SETS, cases, indicators, judged_cases, programmes, reported_actions
from .plans import figure, indicator, milestone, programme
from .shown import seen
from .values import Case, Figure

thorough = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@thorough
@given(indicators("I-1"))
def test_expected_values_agree(plan: Indicator) -> None:
    for quarter in QUARTERS:
        assert is_same(expected(plan, quarter), second_expected.expected(plan, quarter)), quarter
        if not plan.is_milestone:
            assert is_same(expected_line(plan, quarter), second_expected.line(plan, quarter)), quarter


@thorough
@given(programmes())
def test_deadlines_agree(programme) -> None:  # type: ignore[no-untyped-def]
    for plan in programme.indicators:
        for quarter in QUARTERS:
            assert deadline(programme, plan, quarter) == second_due.deadline(programme, plan, quarter)


@thorough
@given(judged_cases())
def test_colours_agree(made: tuple[Case, Quarter]) -> None:
    case, quarter = made
    (plan,) = case.programme.indicators
    unlike = differences_shown(real_shown(case, plan, quarter), seen(case, plan, quarter))
    assert not unlike


@thorough
@given(cases())
def test_what_is_shown_agrees(made: tuple[Case, Quarter]) -> None:
    case, quarter = made
    for plan in case.programme.indicators:
        unlike = differences_shown(real_shown(case, plan, quarter), seen(case, plan, quarter))
        assert not unlike, (plan.code, unlike)


@thorough
@given(cases())
def test_roll_ups_agree(made: tuple[Case, Quarter]) -> None:
    case, quarter = made
    items = real_items(case, quarter)
    assert not differences_rolled_up(roll_up("total", items), groups.total(case, quarter))
    objectives = roll_up_by(items, lambda i: i.indicator.objective, [o.code for o in case.programme.objectives])
    assert not differences_of_groups(objectives, groups.objectives(case, quarter))


@thorough
@given(reported_actions())
def test_actions_agree(made: tuple[Action, Sequence[second_actions.Report], date]) -> None:
    action, reports, day = made
    given_reports = [
        ReportOfAction(r.agency, ActionStatus(r.status), start=r.start, finish=r.finish, new_due=r.new_due)
        for r in reports
    ]
    real, second = (
        action_standing(action, given_reports, day),
        second_actions.standing(programme(), action, reports, day),
    )
    assert (real.status, real.reported_status) == (second.status, second.reported_status)
    assert (real.requested, real.requested_due) == (second.requested, second.requested_due)
    assert (real.is_delayed, real.is_completed_late) == (second.is_delayed, second.is_completed_late)
    assert (real.reported_by, real.co_responsible_differs) == (second.reported_by, second.is_disputed)


SMALL = (-2, -1, 0, 1, 2)
START_AND_PLAN = [(b, m, final) for b in (None, *SMALL) for m in SMALL for final in SMALL]


@pytest.mark.parametrize("rules", RULE_SETS)
@pytest.mark.parametrize("direction", Direction)
def test_every_combination_of_small_numbers_agrees(rules: str, direction: Direction) -> None:
    """Zeros and signs in all places: baseline, expected, final target and figure."""
    at = Quarter(2018, 4)
    for b, m, final in START_AND_PLAN:
        start = Baseline() if b is None else Baseline(Decimal(b), 2016)
        plan = indicator(baseline=start, direction=direction, targets={"2018-Q4": m, "2021-Q4": final})
        for v in SMALL:
            case = Case(programme([plan]), (figure("2018-Q4", v),), date(2019, 1, 10), rules)
            unlike = differences_shown(real_shown(case, plan, at, since=at), seen(case, plan, at))
            assert not unlike, (b, m, final, v)


NULL_YEAR = indicator(targets={"2017-Q4": 10, "2018-Q4": None, "2019-Q4": 30})
HALF_YEARS = indicator(frequency=Frequency.BIENNIAL, targets={"2018-Q2": 10, "2019-Q4": 30})
AHEAD = milestone(due=date(2018, 12, 31))


@pytest.mark.parametrize(
    ("plan", "figures", "quarter"),
    [
        pytest.param(NULL_YEAR, [figure("2018-Q2", 15)], "2018-Q2", id="progress of what is not judged"),
        pytest.param(HALF_YEARS, [], "2018-Q4", id="a year with a target at its middle is a target year"),
        pytest.param(AHEAD, [figure("2018-Q1", 0)], "2018-Q1", id="early and not done is a report"),
        pytest.param(AHEAD, [figure("2017-Q4", 1), figure("2018-Q1", 0)], "2018-Q1", id="no longer done, not yet due"),
        pytest.param(AHEAD, [figure("2017-Q4", 1), figure("2018-Q1", 0)], "2018-Q3", id="no longer done, long since"),
        pytest.param(AHEAD, [figure("2018-Q4", None, declared="no_cases")], "2018-Q4", id="no cases of a milestone"),
        pytest.param(
            AHEAD,
            [figure("2018-Q4", 1), figure("2019-Q1", None, declared="no_cases")],
            "2019-Q1",
            id="done before no cases",
        ),
    ],
)
def test_what_once_differed_agrees(plan: Indicator, figures: Sequence[Figure], quarter: str) -> None:
    case = Case(programme([plan], end=date(2019, 12, 31)), tuple(figures), date(2019, 12, 31), None)
    at = Quarter.parse(quarter)
    assert not differences_shown(real_shown(case, plan, at), seen(case, plan, at))
