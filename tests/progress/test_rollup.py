"""From indicators to groups (rule 11)."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.programme.model import Accumulation, Baseline, Kind
from nap_monitor.progress.assessment import assess
from nap_monitor.progress.rollup import Item, expected_progress, roll_up, roll_up_by
from nap_monitor.progress.rules import BUILT_IN
from nap_monitor.progress.shown import shown
from nap_monitor.progress.statuses import Status
from tests.progress.plan import d, figure, indicator, milestone, programme, q

AFTER = date(2025, 12, 1)


def item(value, weight=1, code="I-1", kind=Kind.PROCESS, day=AFTER, objective="1"):
    """2025-Q2, where 50 is expected and 200 is the target."""
    one = indicator(code=code, weight=d(weight), kind=kind, objective=objective)
    figures = [] if value is None else [figure("2025-Q2", value)]
    return Item(shown(assess(programme(one), one, q("2025-Q2"), figures, BUILT_IN["floor_95_90"]), None, day), one)


def test_counts_index_range_and_coverage():
    group = roll_up("1", [item(50), item(40, weight=3), item(None), item(100, kind=Kind.OUTCOME)])
    assert group.counts[Status.ON_TRACK] == 2
    assert group.counts[Status.OFF_TRACK] == 1
    assert group.counts[Status.NO_DATA] == 1
    assert group.counts[Status.ACHIEVED] == 0
    assert group.counts_by_kind[Kind.OUTCOME][Status.ON_TRACK] == 1
    assert group.index_pct == d(100 + 3 * 80 + 100) / 5  # 200 % counts as 100
    assert group.index_low_pct == d(100 + 3 * 80 + 100) / 6
    assert group.index_high_pct == d(100 + 3 * 80 + 100 + 100) / 6
    assert group.progress_index_pct == d(25 + 3 * 20 + 50) / 5
    assert (group.coverage_number, group.coverage_weight) == (d("0.75"), d(5) / 6)
    assert (group.reported, group.due, group.size) == (3, 4, 4)


def test_nothing_assessed_has_no_index_and_its_range_is_everything():
    group = roll_up("1", [item(None)])
    assert (group.index_pct, group.index_low_pct, group.index_high_pct) == (None, 0, 100)
    assert group.progress_index_pct is None


def test_an_empty_group():
    group = roll_up("1", [])
    assert (group.index_pct, group.index_low_pct, group.coverage_number, group.coverage_weight) == (None,) * 4
    assert (group.size, group.due) == (0, 0)


def test_awaited_is_due_and_in_no_index():
    group = roll_up("1", [item(None, day=date(2025, 7, 1)), item(50)])
    assert (group.due, group.reported, group.counts[Status.NOT_DUE]) == (2, 1, 1)
    assert (group.index_low_pct, group.index_high_pct) == (100, 100)


def test_progress_stands_in_where_there_is_no_compliance():
    one = item(50)
    without = Item(replace(one.shown, compliance_pct=None, progress_pct=d(30)), one.indicator)
    assert roll_up("1", [without]).index_pct == 30


def test_weight_zero_is_counted_and_weighs_nothing():
    group = roll_up("1", [item(50, weight=0), item(40)])
    assert (group.counts[Status.ON_TRACK], group.index_pct) == (1, 80)
    assert roll_up("1", [item(50, weight=0)]).index_pct is None


def test_groups_keep_the_plan_s_order_and_the_empty_ones():
    groups = roll_up_by([item(50, objective="2")], lambda i: i.indicator.objective, ["1", "2", "3"])
    assert [(group.code, group.size) for group in groups] == [("1", 0), ("2", 1), ("3", 0)]


@given(st.lists(st.one_of(st.none(), st.integers(-100, 300)), min_size=1, max_size=8))
def test_silence_never_pays(values):
    """Leaving a figure out never lifts the low end, and the index lies within its range."""
    group = roll_up("1", [item(value) for value in values])
    silent = roll_up("1", [item(None), *(item(value) for value in values[1:])])
    assert silent.index_low_pct <= group.index_low_pct
    if group.index_pct is not None:
        assert group.index_low_pct <= group.index_pct <= group.index_high_pct
    assert sum(group.counts.values()) == len(values)


def test_what_the_plan_itself_asks_for():
    """0 to 200 by the end of 2026 is half way at the end of 2025; a milestone asks for all from its due quarter."""
    plan = programme(
        indicator(), milestone("2025-06-30", code="M"), indicator(code="R", accumulation=Accumulation.YEAR)
    )
    assert expected_progress(plan, q("2025-Q1")) == d("12.5")
    assert expected_progress(plan, q("2025-Q4")) == d(50 + 100 + 100) / 3
    assert expected_progress(programme(), q("2025-Q4")) is None
    assert expected_progress(programme(indicator(baseline=Baseline())), q("2025-Q4")) is None
