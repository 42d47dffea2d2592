"""The design's own check values and words, held against the second opinion itself."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from nap_monitor.programme.model import (
    Baseline,
    Calendar,
    Direction,
    Extension,
    Frequency,
    Indicator,
)
from nap_monitor.programme.quarters import Quarter

from .due import deadline, is_due
from .expected import expected, line
from .judge import by_rule_set, deviation, progress
from .plans import Q, case, figure, indicator, milestone, one, programme, restarting, text

DOWN = Direction.DESCENDING
FIRST_OPINION = ("nap_monitor.progress", "nap_monitor.assess", "nap_monitor.status", "nap_monitor.history")
COMPARING = ("comparison", "stored", "test_agreement", "test_agreement_stored")


def imported(path: Path) -> set[str]:
    """Every module, and every name taken from one, that a file imports; its neighbours by their bare names."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            origin = f"{node.module}." if node.module else ""
            names.update(f"{origin}{alias.name}" for alias in node.names)
    return names


def test_the_second_opinion_knows_nothing_of_the_first() -> None:
    """Only what compares the two may import the implementation, and nothing else here imports what compares."""
    for path in Path(__file__).parent.glob("*.py"):
        if path.stem not in COMPARING:
            assert not [n for n in imported(path) if n.startswith((*FIRST_OPINION, *COMPARING))], path.name


@pytest.mark.parametrize(
    ("direction", "v", "m", "c", "floor", "two_sided", "flag"),
    [
        ("ascending", "95", "100", "95", "on_track", "on_track", None),
        ("ascending", "94.9", "100", "94.9", "at_risk", "at_risk", None),
        ("ascending", "90", "100", "90", "at_risk", "at_risk", None),
        ("ascending", "89.9", "100", "89.9", "off_track", "off_track", None),
        ("ascending", "108", "100", "108", "on_track", "at_risk", None),
        ("ascending", "112", "100", "112", "on_track", "off_track", "review_the_planning"),
        ("descending", "112", "110", "98.18", "on_track", "on_track", None),
        ("descending", "118", "110", "92.73", "at_risk", "at_risk", None),
        ("descending", "125", "110", "86.36", "off_track", "off_track", None),
        ("descending", "95", "110", "113.64", "on_track", "off_track", "review_the_planning"),
        ("descending", "0", "110", "200", "on_track", "off_track", "review_the_planning"),
    ],
)
def test_check_values(direction: str, v: str, m: str, c: str, floor: str, two_sided: str, flag: str | None) -> None:
    final = "1000" if direction == "ascending" else "-1000"
    at = indicator(direction=Direction(direction), targets={"2018-Q4": m, "2021-Q4": final})
    for rules, status in (("floor_95_90", floor), ("deviation_5_10", two_sided)):
        found = one(at, "2018-Q4", figure("2018-Q4", v), rules=rules)
        assert found.compliance is not None
        assert found.deviation == found.compliance - 100
        assert round(found.compliance, 2) == Fraction(c)
        assert found.status == status
    assert found.flags - {"no_movement"} == ({flag} if flag else set())


def test_deviation_of_95_from_100_is_minus_5() -> None:
    assert deviation(indicator(), Fraction(95), Fraction(100)) == -5


def test_progress_of_90_between_120_and_60_is_half() -> None:
    down = indicator(direction=DOWN, baseline=Baseline(Decimal(120), 2016), targets={"2021-Q4": 60})
    assert progress(down, Q("2018-Q4"), Fraction(90)) == 50


YEARS = {"2017-Q4": 500, "2018-Q4": 2000}


@pytest.mark.parametrize(
    ("plan", "quarter", "m"),
    [
        (indicator(targets=YEARS), "2018-Q2", "1250"),
        (indicator(targets=YEARS), "2017-Q1", "125"),
        (indicator(targets=YEARS), "2016-Q4", "0"),
        (indicator(targets=YEARS), "2016-Q3", None),
        (indicator(targets=YEARS), "2019-Q1", None),
        (indicator(targets={**YEARS, "2018-Q2": 600}), "2018-Q2", "600"),
        (indicator(targets={**YEARS, "2018-Q2": 600}), "2018-Q3", "1300"),
        (indicator(targets={"2017-Q4": 100, "2019-Q4": 180}), "2018-Q2", "120"),
        (indicator(baseline=Baseline(Decimal(20), 2014), targets={"2018-Q4": 100}), "2017-Q2", "70"),
        (indicator(baseline=Baseline(), targets={"2018-Q4": 70, "2019-Q4": 80}), "2017-Q4", None),
        (indicator(baseline=Baseline(), targets={"2018-Q4": 70, "2019-Q4": 80}), "2018-Q1", "70"),
        (indicator(baseline=Baseline(), targets={"2018-Q4": 70, "2019-Q4": 80}), "2019-Q2", "75"),
        (restarting(targets={"2017-Q4": 8, "2019-Q4": 12}), "2017-Q3", "6"),
        (restarting(targets={"2017-Q4": 8, "2019-Q4": 12}), "2018-Q4", None),
        (restarting(targets={"2017-Q4": 8, "2019-Q4": 12}), "2019-Q1", "3"),
        (restarting(targets={"2017-Q4": 8, "2017-Q2": 1}), "2017-Q2", "1"),
        (milestone(), "2017-Q1", "0"),
        (milestone(), "2017-Q2", "1"),
        (milestone(), "2020-Q3", "1"),
    ],
)
def test_expected(plan: Indicator, quarter: str, m: str | None) -> None:
    assert expected(plan, Q(quarter)) == (None if m is None else Fraction(m))


def test_a_year_with_nothing_planned_has_a_line_and_no_expected_value() -> None:
    plan = indicator(targets={"2017-Q4": 100, "2018-Q4": None, "2019-Q4": 180})
    assert line(plan, Q("2018-Q2")) == 120
    assert expected(plan, Q("2018-Q2")) is None
    found = one(plan, "2018-Q2", figure("2018-Q2", 200))
    assert (found.status, found.because, found.value) == ("not_computable", "no_target_scheduled", 200)


@pytest.mark.parametrize(
    ("frequency", "targets", "quarters"),
    [
        (
            "quarterly",
            {"2018-Q4": 1},
            ["2017-Q1", "2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"],
        ),
        ("semiannual", {"2018-Q4": 1}, ["2017-Q2", "2017-Q4", "2018-Q2", "2018-Q4"]),
        ("annual", {"2018-Q4": 1}, ["2017-Q4", "2018-Q4"]),
        ("biennial", {"2017-Q4": 1, "2018-Q4": None, "2019-Q4": 2}, ["2017-Q4", "2019-Q4"]),
        ("biennial", {"2019-Q4": 2}, ["2019-Q4"]),
        ("annual", {"2017-Q4": 1, "2018-Q4": None, "2019-Q4": 2}, ["2017-Q4", "2019-Q4"]),
        ("annual", {"2017-Q4": 1, "2019-Q4": 2}, ["2017-Q4", "2018-Q4", "2019-Q4"]),
    ],
)
def test_due(frequency: str, targets: dict[str, object], quarters: list[str]) -> None:
    plan = indicator(frequency=Frequency(frequency), targets=targets)
    all_quarters = [Quarter(2017, 1) + n for n in range(16)]
    assert [str(q) for q in all_quarters if is_due(case(plan), plan, q)] == quarters


def test_a_milestone_is_due_each_quarter_until_it_is_done() -> None:
    plan = milestone()
    looked_at = case(plan, figures=(figure("2017-Q3", 0), figure("2018-Q1", 1)))
    due = [str(q) for n in range(8) if is_due(looked_at, plan, q := Quarter(2017, 1) + n)]
    assert due == ["2017-Q2", "2017-Q3", "2017-Q4", "2018-Q1"]


def test_a_milestone_done_early_is_never_due() -> None:
    plan = milestone()
    looked_at = case(plan, figures=(figure("2017-Q1", 1),))
    assert not [q for n in range(8) if is_due(looked_at, plan, q := Quarter(2017, 1) + n)]


def more_time(agency: str, until: date) -> Calendar:
    return Calendar(extensions=(Extension(agency, Q("2018-Q3"), until, text("reason")),))


# Fifteen days after 2018-Q2 is Sunday 15 July, after Q3 Monday 15 October.


@pytest.mark.parametrize(
    ("quarter", "calendar", "available", "last_day"),
    [
        ("2018-Q3", Calendar(), None, date(2018, 10, 15)),
        ("2018-Q2", Calendar(), None, date(2018, 7, 16)),
        ("2018-Q2", Calendar(non_working_days=(date(2018, 7, 16),)), None, date(2018, 7, 17)),
        ("2018-Q2", Calendar(weekend=(5,)), None, date(2018, 7, 15)),
        ("2018-Q3", Calendar(deadlines={Q("2018-Q3"): date(2018, 10, 5)}), None, date(2018, 10, 5)),
        ("2018-Q3", Calendar(deadlines={Q("2018-Q3"): date(2018, 10, 5)}), 10, date(2018, 10, 10)),
        ("2017-Q4", Calendar(), 150, date(2018, 5, 30)),
        (
            "2018-Q3",
            more_time("A", date(2018, 10, 27)),
            None,
            date(2018, 10, 29),
        ),
        (
            "2018-Q3",
            more_time("B", date(2018, 10, 27)),
            None,
            date(2018, 10, 15),
        ),
        (
            "2018-Q3",
            more_time("A", date(2018, 10, 9)),
            None,
            date(2018, 10, 15),
        ),
    ],
)
def test_deadline(quarter: str, calendar: Calendar, available: int | None, last_day: date) -> None:
    plan = indicator(targets={"2021-Q4": 1}, available_after_days=available)
    assert deadline(programme([plan], calendar=calendar), plan, Q(quarter)) == last_day


@pytest.mark.parametrize(
    ("rules", "v", "b", "m", "final", "status", "flags"),
    [
        ("floor_80_60", "80", "0", "100", "200", "on_track", set()),
        ("floor_80_60", "79.99", "0", "100", "200", "at_risk", set()),
        ("floor_80_60", "59.99", "0", "100", "200", "off_track", set()),
        ("deviation_5_10", "110", "0", "100", "200", "at_risk", set()),
        ("deviation_5_10", "110.01", "0", "100", "200", "off_track", {"review_the_planning"}),
        ("deviation_5_10", "210", "0", "100", "200", "achieved", {"review_the_planning"}),
        ("path_95_60", "98", "60", "100", "200", "on_track", set()),
        ("path_95_60", "97.9", "60", "100", "200", "at_risk", set()),
        ("path_95_60", "84", "60", "100", "200", "at_risk", set()),
        ("path_95_60", "83.9", "60", "100", "200", "off_track", set()),
        ("path_95_60", "100", "100", "100", "200", "on_track", set()),
        ("path_95_60", "99", "100", "100", "200", "off_track", set()),
        ("within_15", "85", "0", "100", "200", "on_track", set()),
        ("within_15", "115", "0", "100", "200", "on_track", set()),
        ("within_15", "115.1", "0", "100", "200", "on_track", {"over"}),
        ("within_15", "84.9", "0", "100", "200", "off_track", set()),
        ("within_15", "0", "0", "0", "200", "not_computable", set()),
        ("floor_95_90", "0", "0", "0", "200", "on_track", set()),
        ("floor_95_90", "-1", "0", "0", "200", "off_track", set()),
        ("floor_95_90", "-1", "-100", "0", "2", "on_track", set()),
        ("floor_95_90", "-1", "2", "0", "2", "not_computable", set()),
        ("floor_95_90", "60", "60", "100", "200", "off_track", {"no_movement"}),
        ("floor_95_90", "200", "0", "250", "200", "achieved", set()),
        ("path_95_60", "0", None, "100", "200", "not_computable", set()),
        ("path_95_60", "200", None, "100", "200", "achieved", set()),
    ],
)
def test_rule_sets(rules: str, v: str, b: str | None, m: str, final: str, status: str, flags: set[str]) -> None:
    start = Baseline() if b is None else Baseline(Decimal(b), 2016)
    plan = indicator(baseline=start, targets={"2018-Q4": m, "2021-Q4": final})
    found = one(plan, "2018-Q4", figure("2018-Q4", v), rules=rules)
    assert (found.status, found.flags) == (status, flags)


def test_a_limit_belongs_to_the_better_colour_within_a_billionth() -> None:
    plan = indicator(targets={"2018-Q4": 100, "2021-Q4": 200})
    at = Q("2018-Q4")
    for v, status in (("94.999999999", "on_track"), ("94.9999999989", "at_risk")):
        assert by_rule_set("floor_95_90", plan, at, Fraction(v), Fraction(100)).status == status


def test_what_restarts_is_achieved_only_in_its_last_target_year() -> None:
    plan = restarting(targets={"2017-Q4": 8, "2018-Q4": 8})
    assert one(plan, "2017-Q4", figure("2017-Q4", 8)).status == "on_track"
    last = one(plan, "2018-Q4", figure("2018-Q4", 8))
    assert (last.status, last.progress) == ("achieved", 100)
