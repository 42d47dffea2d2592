"""What is shown, how far it can be relied on, how it rolls up: the second opinion held against the design's words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from nap_monitor.programme.model import (
    Action,
    Agency,
    AgencyName,
    Baseline,
    Frequency,
    Kind,
    Responsible,
)
from nap_monitor.programme.quarters import Quarter

from . import actions as second_actions
from .doubt import confidence, is_outlier
from .groups import agencies, total
from .own import own
from .plans import LATER, Q, case, figure, indicator, milestone, one, programme, shown, text


def test_an_unreported_indicator_is_awaited_until_its_deadline_and_then_missing() -> None:
    plan = indicator(targets={"2021-Q4": 20})
    first = figure("2018-Q2", 6)
    on_the_day = shown(plan, "2018-Q3", first, day=date(2018, 10, 15))
    assert (on_the_day.is_awaited, on_the_day.is_carried, str(on_the_day.origin)) == (True, True, "2018-Q2")
    assert on_the_day.own.status == "on_track"
    after = shown(plan, "2018-Q3", first, day=date(2018, 10, 16))
    assert (after.own.status, after.is_awaited, after.is_carried) == ("no_data", False, False)


def test_no_data_is_carried_never_an_older_colour_behind_it() -> None:
    plan = indicator(frequency=Frequency.ANNUAL, targets={"2021-Q4": 20})
    found = shown(plan, "2019-Q2", figure("2017-Q4", 4), day=date(2019, 7, 20))
    assert (found.own.status, str(found.origin), found.confidence) == ("no_data", "2018-Q4", None)


def test_a_carried_colour_has_one_reason_more() -> None:
    plan = indicator(frequency=Frequency.ANNUAL, targets={"2021-Q4": 20})
    found = shown(plan, "2018-Q2", figure("2017-Q4", 4), day=date(2018, 7, 20))
    assert (found.own.status, found.own.reasons, found.confidence) == ("on_track", {"carried"}, "medium")


@pytest.mark.parametrize(
    ("reports", "quarter", "day", "status", "compliance", "flags"),
    [
        ({}, "2017-Q1", LATER, "not_due", None, set()),
        ({"2017-Q1": 0}, "2017-Q1", LATER, "not_due", None, set()),
        ({"2017-Q1": 1}, "2017-Q1", LATER, "achieved", 100, set()),
        ({"2017-Q1": 1}, "2018-Q3", LATER, "achieved", 100, set()),
        ({"2017-Q2": 1}, "2017-Q2", LATER, "achieved", 100, set()),
        ({"2017-Q3": 1}, "2017-Q4", LATER, "achieved", 100, {"late"}),
        ({"2017-Q2": 0}, "2017-Q2", LATER, "off_track", 0, set()),
        ({"2017-Q2": 0}, "2017-Q4", LATER, "off_track", 0, set()),
        ({"2017-Q1": 0}, "2017-Q2", LATER, "no_data", None, set()),
        ({}, "2017-Q2", date(2017, 7, 17), "not_due", None, set()),
        ({}, "2017-Q2", date(2017, 7, 18), "no_data", None, set()),
        ({}, "2017-Q3", date(2017, 10, 2), "no_data", None, set()),
    ],
)
def test_milestones(
    reports: dict[str, int], quarter: str, day: date, status: str, compliance: int | None, flags: set[str]
) -> None:
    """The fifteenth day after 2017-Q2 is a Saturday, so Monday 17 July is the last in time."""
    found = shown(milestone(), quarter, *(figure(q, v) for q, v in reports.items()), day=day)
    assert (found.own.status, found.own.compliance, found.own.flags) == (status, compliance, flags)


def test_a_milestone_that_stands_is_not_carried() -> None:
    found = shown(milestone(), "2018-Q3", figure("2017-Q2", 1))
    assert (found.is_carried, str(found.origin), found.confidence, found.is_due) == (False, "2018-Q3", "high", False)


def test_nobody_is_left_out_of_a_count_in_silence() -> None:
    """Declared "no data" and a cleared cell are like nothing reported; "no cases" is a report."""
    plan = indicator(targets={"2021-Q4": 20})
    assert one(plan, "2018-Q2", figure("2018-Q2", None, declared="no_data")).status == "no_data"
    assert one(plan, "2018-Q2", figure("2018-Q2", None)).status == "no_data"
    found = shown(plan, "2018-Q2", figure("2018-Q2", None, declared="no_cases"))
    assert (found.own.status, found.own.because, found.is_reported) == ("not_computable", "no_cases", True)


@pytest.mark.parametrize(
    ("fields", "reasons", "level"),
    [
        ({}, set(), "high"),
        ({"has_evidence": False}, {"no_evidence"}, "medium"),
        ({"quality": "preliminary"}, {"preliminary"}, "medium"),
        ({"quality": "revised"}, set(), "high"),
        ({"first_counted_on": date(2018, 7, 17)}, {"late"}, "medium"),
        ({"first_counted_on": date(2018, 7, 16), "counted_on": date(2019, 1, 1)}, set(), "high"),
        ({"has_evidence": False, "quality": "preliminary"}, {"no_evidence", "preliminary"}, "low"),
        ({"is_revised_after_acceptance": True}, {"revised_after_acceptance"}, "medium"),
    ],
)
def test_confidence(fields: dict[str, object], reasons: set[str], level: str) -> None:
    found = shown(indicator(targets={"2021-Q4": 20}), "2018-Q2", figure("2018-Q2", 6, **fields))
    assert (found.own.reasons, found.confidence) == (reasons, level)


def test_an_outlier_alone_makes_low_confidence() -> None:
    assert confidence({"outlier"}) == "low"


@pytest.mark.parametrize(
    ("values", "expected_outlier"),
    [
        ([0, 1, 3, 6, 10, 15, 22], False),  # changes of 1 to 5: median 3, MAD 1, so 3 ± 4.4478 is usual
        ([0, 1, 3, 6, 10, 15, 23], True),
        ([0, 1, 3, 6, 10, 30], False),  # four earlier changes are too few
        ([0, 1, 2, 3, 4, 5, 6], False),  # no spread, no difference
        ([0, 1, 2, 3, 4, 5, 7], True),  # no spread, any difference
    ],
)
def test_outliers(values: list[int], expected_outlier: bool) -> None:
    plan = indicator(targets={"2021-Q4": 100})
    quarters = [Quarter(2017, 1) + n for n in range(len(values))]
    looked_at = case(plan, figures=tuple(figure(str(q), v) for q, v in zip(quarters, values, strict=True)))
    assert is_outlier(looked_at, plan, quarters[-1]) is expected_outlier


def test_a_series_break_is_not_crossed() -> None:
    plan = indicator(targets={"2021-Q4": 100}, series_break=Q("2018-Q3"))
    quarters = [Quarter(2017, 1) + n for n in range(7)]
    looked_at = case(
        plan, figures=tuple(figure(str(q), v) for q, v in zip(quarters, [0, 1, 3, 4, 6, 7, 90], strict=True))
    )
    found = own(looked_at, plan, Q("2018-Q3"))
    assert (found.progress, found.reasons) == (None, set())
    assert own(looked_at, plan, Q("2018-Q2")).progress == 7


def test_roll_up() -> None:
    """Silence never pays: the range takes the missing one as 0 and as 100."""
    quarter = {"targets": {"2018-Q4": 100, "2021-Q4": 400}}
    plans = (
        indicator("I-1", **quarter, weight=Decimal(3)),  # type: ignore[arg-type]
        indicator("I-2", **quarter),  # type: ignore[arg-type]
        indicator("I-3", **quarter, kind=Kind.PROCESS),  # type: ignore[arg-type]
        indicator("I-4", baseline=Baseline(), targets={"2020-Q4": 5}),
    )
    looked_at = case(*plans, figures=(figure("2018-Q4", 92), figure("2018-Q4", 150, "I-2")))
    found = total(looked_at, Q("2018-Q4"))
    assert (found.size, found.reported, found.due) == (4, 2, 3)
    assert {s: n for s, n in found.counts.items() if n} == {"at_risk": 1, "on_track": 1, "no_data": 1, "not_due": 1}
    assert (found.index, found.low, found.high) == (94, Fraction(376, 5), Fraction(476, 5))
    assert found.progress_index == (Fraction(23) * 3 + Fraction("37.5")) / 4
    assert (found.coverage_weight, found.coverage_number) == (Fraction(4, 6), Fraction(1, 2))
    assert found.counts_by_kind["process"]["no_data"] == 1


def test_duties_move_with_responsibles_and_successors() -> None:
    moved = indicator("I-1", targets={"2021-Q4": 1}, responsibles=(Responsible("A"), Responsible("B", Q("2018-Q3"))))
    merged = indicator("I-2", targets={"2021-Q4": 1}, responsibles=(Responsible("C"),))
    names = {a: (AgencyName(text(a)),) for a in "ABC"}
    plan_agencies = (
        Agency("A", names["A"]),
        Agency("B", names["B"]),
        Agency("C", names["C"], succeeded_by="B", succeeded_from=Q("2019-Q1")),
    )
    looked_at = case(moved, merged, agencies=plan_agencies)
    sizes = {q: [g.size for g in agencies(looked_at, Q(q))] for q in ("2018-Q2", "2018-Q3", "2019-Q1")}
    assert sizes == {"2018-Q2": [1, 0, 1], "2018-Q3": [0, 1, 1], "2019-Q1": [0, 2, 0]}


ACTION = Action("1.1.1", text("a"), lead="A", co_responsible=("B",), due=Q("2018-Q2"))


@pytest.mark.parametrize(
    ("reports", "day", "status", "requested", "delayed", "late"),
    [
        ([], date(2018, 6, 30), "no_report", None, False, False),
        ([], date(2018, 7, 1), "no_report", None, True, False),
        ([("A", "in_progress", None)], date(2018, 7, 1), "in_progress", None, True, False),
        ([("A", "completed", date(2018, 6, 30))], date(2019, 7, 1), "completed", None, False, False),
        ([("A", "completed", date(2018, 7, 1))], date(2019, 7, 1), "completed", None, False, True),
        ([("A", "completed", None)], date(2019, 7, 1), "completed", None, False, False),
        (
            [("A", "in_progress", None), ("A", "cancelled", None)],
            date(2018, 7, 1),
            "in_progress",
            "cancelled",
            True,
            False,
        ),
        ([("A", "in_progress", None), ("B", "completed", None)], date(2018, 7, 1), "in_progress", None, True, False),
        ([("B", "completed", None)], date(2018, 7, 1), "completed", None, False, False),
    ],
)
def test_actions(
    reports: list[tuple[str, str, date | None]],
    day: date,
    status: str,
    requested: str | None,
    delayed: bool,
    late: bool,
) -> None:
    given = [second_actions.Report("1.1.1", a, n, s, finish=f) for n, (a, s, f) in enumerate(reports)]
    found = second_actions.standing(programme(), ACTION, given, day)
    assert (found.status, found.requested, found.is_delayed, found.is_completed_late) == (
        status,
        requested,
        delayed,
        late,
    )


def test_a_new_due_date_is_a_request() -> None:
    report = second_actions.Report("1.1.1", "A", 1, "in_progress", new_due=date(2019, 1, 31))
    found = second_actions.standing(programme(), ACTION, [report], date(2018, 7, 1))
    assert (found.requested, found.requested_due, found.is_delayed) == ("new_due_date", date(2019, 1, 31), True)


def test_a_successor_speaks_for_the_lead() -> None:
    names = (AgencyName(text("agency")),)
    handed_over = programme(agencies=(Agency("A", names, "C", Q("2018-Q3")), Agency("B", names), Agency("C", names)))
    reports = [
        second_actions.Report("1.1.1", "C", 2, "completed"),
        second_actions.Report("1.1.1", "A", 1, "in_progress"),
    ]
    after = second_actions.standing(handed_over, ACTION, reports, date(2018, 7, 1))
    assert (after.status, after.reported_by, after.is_disputed) == ("completed", "C", False)
    before = second_actions.standing(handed_over, ACTION, reports, date(2018, 6, 30))
    assert (before.status, before.reported_by) == ("in_progress", "A")
