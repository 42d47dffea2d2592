"""Days as agencies write them: date cells, and text that can be one day only."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from nap_monitor.programme.model import Programme
from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.judging import Answer, day_of, refuse, text_of
from nap_monitor.sheets.problems import fault

_ISO = re.compile(r"(?P<year>[0-9]{4})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})")
_DAY_FIRST = re.compile(r"(?P<day>[0-9]{1,2})(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<year>[0-9]{4})")
_TWO_DIGITS = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{2}")
_YEARS_AROUND = 10
"""A day so many years outside the programme is a slip of the keyboard."""


def day(cell: Cell) -> Answer[date]:
    """The day in a cell that is neither blank nor an error.

    Text is read as year-month-day or, as this contract and Mexico write it, day/month/year: the other order is never
    tried. Where it would give another day, a notice says which was taken.
    """
    if isinstance(cell.value, date):
        return Answer(day_of(cell.value))
    if cell.kind is CellKind.NUMBER:
        return refuse("number_as_date")
    text = text_of(cell)
    found = _ISO.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    if found is None:
        return refuse("two_digit_year" if _TWO_DIGITS.fullmatch(text) else "not_a_date")
    year, month, number = int(found["year"]), int(found["month"]), int(found["day"])
    try:
        read = date(year, month, number)
    except ValueError:
        return refuse("impossible_date")
    if found.re is _DAY_FIRST and number <= 12 and number != month:
        return Answer(read, (fault("date_as_text", day=read.isoformat()),))
    return Answer(read)


def reader(programme: Programme, today: date, *, past: bool = True) -> Callable[[Cell], Answer[date]]:
    """A reader for days near the programme's years; with `past`, for days that are not still to come."""

    def read(cell: Cell) -> Answer[date]:
        answer = day(cell)
        if answer.value is None:
            return answer
        if too_far(answer.value, programme, today):
            return refuse("far_date", day=answer.value.isoformat())
        if past and answer.value > today:
            return refuse("date_in_future", day=answer.value.isoformat())
        return answer

    return read


def too_far(read: date, programme: Programme, today: date) -> bool:
    """Whether a day is more than ten years outside the programme (of today, where the plan gives no dates)."""
    first = (programme.start or today).year - _YEARS_AROUND
    last = (programme.end or today).year + _YEARS_AROUND
    return not first <= read.year <= last
