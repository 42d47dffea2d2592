"""The same plan some years later, and duties that move with an agency's successor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.programme.quarters import Quarter
from nap_monitor.programme.shifting import day_later, shifted
from tests.programme.plans import changed, plan


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2020, 2, 28), 1, date(2021, 2, 28)),
        (date(2020, 12, 31), -3, date(2017, 12, 31)),
    ],
)
def test_a_day_keeps_its_month_and_day(day: date, years: int, expected: date) -> None:
    assert day_later(day, years) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-300, 300))
def test_any_day_can_move(day: date, years: int) -> None:
    moved = day_later(day, years)
    assert (moved.year, moved.month) == (day.year + years, day.month)


def test_every_date_that_the_plan_promises_moves(tmp_path: Path) -> None:
    text = changed(
        ("coordinator: AAA", "coordinator: AAA\n  effective_from: 2018-Q2"),
        (
            "{deadline_days_after_quarter: 15}",
            "\n    deadlines: {2018-Q4: 2019-01-31}\n    non_working_days: [2020-02-29, 2020-02-28]\n"
            "    extensions: [{agency: AAA, quarter: 2018-Q4, until: 2019-02-28, reason: {es: a, en: b}}]",
        ),
        ("    disaggregation: [sex]", "    series_break: 2018-Q2"),
        ("responsible: AAA", "responsibles: [{agency: AAA}, {agency: BBB, from: 2019-Q1}]"),
    )
    before, after = plan(tmp_path, text), plan(tmp_path, text, first_year=2025)
    assert (after.start, after.end) == (date(2025, 1, 1), date(2027, 12, 31))
    assert after.effective_from == Quarter(2025, 2)
    assert after.calendar.deadlines == {Quarter(2025, 4): date(2026, 1, 31)}
    assert after.calendar.non_working_days == (date(2027, 2, 28),)
    assert after.calendar.extensions[0].quarter == Quarter(2025, 4)
    assert after.calendar.extensions[0].until == date(2026, 2, 28)
    first, second = after.indicators
    assert (first.baseline.year, first.series_break) == (2024, Quarter(2025, 2))
    assert list(first.targets) == [Quarter(2025, 4), Quarter(2026, 4), Quarter(2027, 4)]
    assert first.responsibles[1].from_quarter == Quarter(2026, 1)
    assert second.due_date == date(2026, 6, 30)
    assert after.actions[0].start == date(2025, 2, 1)
    assert (after.actions[0].due, after.actions[1].due_date) == (Quarter(2026, 2), date(2027, 6, 30))
    assert shifted(after, -7).indicators == before.indicators
    assert shifted(before, 0) is before


SUCCEEDED = ("  - id: BBB", "    succeeded_by: BBB\n    succeeded_from: 2019-Q1\n  - id: BBB")


def test_duties_move_to_the_successor_and_old_figures_do_not(tmp_path: Path) -> None:
    programme = plan(tmp_path, changed(SUCCEEDED))
    first = programme.indicators[0]
    assert programme.responsible_for(first, Quarter(2018, 4)) == "AAA"
    assert programme.responsible_for(first, Quarter(2019, 1)) == "BBB"


def test_history_does_not_move_with_the_plan(tmp_path: Path) -> None:
    programme = plan(tmp_path, changed(SUCCEEDED), first_year=2025)
    assert programme.agencies[0].succeeded_from == Quarter(2019, 1)
    assert programme.responsible_for(programme.indicators[0], Quarter(2025, 1)) == "BBB"


def test_a_successor_may_itself_be_succeeded(tmp_path: Path) -> None:
    third = (
        "objectives:\n",
        "    succeeded_by: CCC\n    succeeded_from: 2020-Q1\n  - {id: CCC, name: {es: C, en: C}}\nobjectives:\n",
    )
    responsibles = (
        "responsible: AAA",
        "responsibles: [{agency: AAA}, {agency: AAA, from: 2018-Q2}, {agency: CCC, from: 2020-Q3}]",
    )
    programme = plan(tmp_path, changed(SUCCEEDED, third, responsibles))
    quarters = ("2018-Q4", "2019-Q1", "2020-Q1", "2020-Q3")
    owed_by = [programme.responsible_for(programme.indicators[0], Quarter.parse(quarter)) for quarter in quarters]
    assert owed_by == ["AAA", "BBB", "CCC", "CCC"]
