"""Days as agencies write them: one day for every reader, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from nap_monitor.sheets import dates
from tests.sheets.grids import MIDNIGHT, cell
from tests.sheets.plan import PROGRAMME, TODAY


@pytest.mark.parametrize(
    "value",
    [date(2026, 9, 30), MIDNIGHT, "2026-09-30", "2026/9/30", "30/09/2026", "30-9-2026", "30.09.2026", " 30/09/2026 "],
)
def test_a_day_is_a_date_cell_or_text_that_can_be_one_day_only(value):
    answer = dates.day(cell(value))
    assert (answer.value, answer.faults) == (date(2026, 9, 30), ())


def test_day_and_month_that_could_change_places_are_read_as_the_contract_says_with_a_notice():
    answer = dates.day(cell("03/04/2026"))
    assert answer.value == date(2026, 4, 3)
    assert [(f.kind, f.details["day"]) for f in answer.faults] == [("date_as_text", "2026-04-03")]


def test_the_same_day_either_way_needs_no_notice():
    assert dates.day(cell("04/04/2026")).faults == ()


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("31/02/2026", "impossible_date"),
        ("09/30/2026", "impossible_date"),  # month first is never tried
        ("2026-13-01", "impossible_date"),
        ("00/00/0000", "impossible_date"),
        ("15/01/26", "two_digit_year"),
        ("1-2-26", "two_digit_year"),
        ("ene-2026", "not_a_date"),
        ("ayer", "not_a_date"),
        ("30/09-2026", "not_a_date"),
        (Decimal(45000), "number_as_date"),  # a serial number without date format
        (True, "not_a_date"),
    ],
)
def test_anything_else_is_no_day(value, kind):
    answer = dates.day(cell(value))
    assert (answer.value, [f.kind for f in answer.faults]) == (None, [kind])


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2014, 12, 31), "far_date"),
        (date(2015, 1, 1), None),
        (TODAY, None),
        (date(2026, 11, 24), "date_in_future"),
        (date(2040, 1, 1), "far_date"),
    ],
)
def test_what_has_happened_is_past_and_near_the_programme(day, kind):
    answer = dates.reader(PROGRAMME, TODAY)(cell(day))
    assert [f.kind for f in answer.faults] == ([kind] if kind else [])


def test_what_is_planned_may_lie_ahead():
    assert dates.reader(PROGRAMME, TODAY, past=False)(cell(date(2039, 12, 31))).value == date(2039, 12, 31)


def test_a_programme_without_dates_takes_days_near_today():
    unbounded = replace(PROGRAMME, start=None, end=None)
    assert not dates.too_far(date(2016, 1, 1), unbounded, TODAY)
    assert dates.too_far(date(2015, 12, 31), unbounded, TODAY)


def test_a_cell_that_is_no_day_says_the_same_to_the_reader():
    assert [f.kind for f in dates.reader(PROGRAMME, TODAY)(cell("ayer")).faults] == ["not_a_date"]
