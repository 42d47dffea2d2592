"""The same plan some years later: a demonstration stays in its second year, a template serves the next period.

Everything the programme promises moves by whole years. Names and successions of agencies are history and stay.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from nap_monitor.programme.entries import Entry
from nap_monitor.programme.model import Action, Calendar, Indicator, Programme, Strategy
from nap_monitor.programme.quarters import Quarter

_T = TypeVar("_T", date, Quarter)


def day_later(day: date, years: int) -> date:
    """The same day of another year; 29 February becomes the 28th where there is none. ValueError past year 9999."""
    year = day.year + years
    if day.month == 2 and day.day == 29:
        return date(year, 2, monthrange(year, 2)[1])
    return day.replace(year=year)


def quarter_later(quarter: Quarter, years: int) -> Quarter:
    return Quarter(quarter.year + years, quarter.number)


def _maybe(move: Callable[[_T, int], _T], value: _T | None, years: int) -> _T | None:
    return None if value is None else move(value, years)


def shifted(programme: Programme, years: int) -> Programme:
    """The programme with every date that it promises moved by whole years; ValueError if one leaves the calendar."""
    if not years:
        return programme
    return replace(
        programme,
        start=_maybe(day_later, programme.start, years),
        end=_maybe(day_later, programme.end, years),
        effective_from=_maybe(quarter_later, programme.effective_from, years),
        calendar=_calendar(programme.calendar, years),
        indicators=tuple(_indicator(i, years) for i in programme.indicators),
        objectives=tuple(
            replace(o, strategies=tuple(_strategy(s, years) for s in o.strategies)) for o in programme.objectives
        ),
    )


def _strategy(strategy: Strategy, years: int) -> Strategy:
    return replace(strategy, actions=tuple(_action(a, years) for a in strategy.actions))


def _action(action: Action, years: int) -> Action:
    return replace(
        action,
        start=_maybe(day_later, action.start, years),
        due=_maybe(quarter_later, action.due, years),
        due_date=_maybe(day_later, action.due_date, years),
    )


def _indicator(indicator: Indicator, years: int) -> Indicator:
    year = indicator.baseline.year
    return replace(
        indicator,
        baseline=replace(indicator.baseline, year=None if year is None else year + years),
        targets={quarter_later(q, years): value for q, value in indicator.targets.items()},
        due_date=_maybe(day_later, indicator.due_date, years),
        series_break=_maybe(quarter_later, indicator.series_break, years),
        responsibles=tuple(
            replace(r, from_quarter=_maybe(quarter_later, r.from_quarter, years)) for r in indicator.responsibles
        ),
    )


def _calendar(calendar: Calendar, years: int) -> Calendar:
    return replace(
        calendar,
        deadlines={quarter_later(q, years): day_later(day, years) for q, day in calendar.deadlines.items()},
        non_working_days=tuple(sorted({day_later(day, years) for day in calendar.non_working_days})),
        extensions=tuple(
            replace(e, quarter=quarter_later(e.quarter, years), until=day_later(e.until, years))
            for e in calendar.extensions
        ),
    )


def with_yearly_days(programme: Programme, rules: list[Entry]) -> Programme:
    """The programme with the days that come back each year written out.

    From its first year to two years after its last, because the last reports are due after the end. After a shift, so
    that “the first Monday of February” is one in the years that the programme now has.
    """
    if not rules or programme.start is None or programme.end is None:
        return programme
    years = range(programme.start.year, min(programme.end.year + 2, 9999) + 1)
    days = {day for rule in rules for year in years if (day := _day_of_rule(rule, year))}
    calendar = programme.calendar
    return replace(
        programme, calendar=replace(calendar, non_working_days=tuple(sorted(days.union(calendar.non_working_days))))
    )


def _day_of_rule(rule: Entry, year: int) -> date | None:
    """The day of a rule in a year; None where that year has none (a fifth Monday, 29 February)."""
    month, last = rule.get("month"), monthrange(year, rule.get("month"))[1]
    if (day := rule.get("day")) is None:
        first = date(year, month, 1)
        offset = (rule.get("weekday") - first.isoweekday()) % 7
        day = (first + timedelta(days=offset)).day + 7 * (rule.get("nth") - 1)
    return date(year, month, day) if day <= last else None
