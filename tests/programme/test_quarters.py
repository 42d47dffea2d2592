"""Quarters: codes, days, arithmetic."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.programme.quarters import Quarter, quarters_between

QUARTERS = st.builds(Quarter, st.integers(1900, 2200), st.integers(1, 4))


@given(QUARTERS)
def test_a_quarter_is_read_from_its_code(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == quarter


@pytest.mark.parametrize("code", ["2026-Q5", "2026-Q0", "2026Q1", "26-Q1", "2026-T1", "", "2026-Q1 "])
def test_anything_else_is_no_quarter(code: str) -> None:
    with pytest.raises(ValueError, match="quarter"):
        Quarter.parse(code)


@pytest.mark.parametrize(("year", "number"), [(0, 1), (10000, 1), (2026, 5)])
def test_there_is_no_quarter_outside_the_calendar(year: int, number: int) -> None:
    with pytest.raises(ValueError, match="no such quarter"):
        Quarter(year, number)


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_lies_in_its_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day


@given(QUARTERS, st.integers(-100, 100))
def test_quarters_are_counted_like_whole_numbers(quarter: Quarter, steps: int) -> None:
    assert (quarter + steps) - steps == quarter
    assert (quarter + steps).index - quarter.index == steps
    assert quarter - 1 < quarter < quarter + 1


def test_a_quarter_is_over_only_after_its_last_day() -> None:
    assert Quarter.latest_over(date(2026, 9, 30)) == Quarter(2026, 2)
    assert Quarter.latest_over(date(2026, 10, 1)) == Quarter(2026, 3)
    assert Quarter(2026, 4).last_day == date(2026, 12, 31)
    assert Quarter(9999, 4).last_day == date(9999, 12, 31)


def test_the_quarters_between_two_include_both() -> None:
    assert [str(q) for q in quarters_between(Quarter(2025, 4), Quarter(2026, 2))] == ["2025-Q4", "2026-Q1", "2026-Q2"]
    assert list(quarters_between(Quarter(2026, 2), Quarter(2025, 4))) == []
