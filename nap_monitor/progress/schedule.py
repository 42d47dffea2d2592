"""When something is expected, due and late: the plan's side of every comparison (rules 1 and 2)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from nap_monitor.programme.model import Calendar, Frequency, Indicator, Programme
from nap_monitor.programme.quarters import Quarter, quarters_between


def scheduled_targets(indicator: Indicator) -> list[tuple[Quarter, Decimal]]:
    """The targets that have a value, in order of time."""
    return sorted((quarter, value) for quarter, value in indicator.targets.items() if value is not None)


def final_target(indicator: Indicator) -> tuple[Quarter, Decimal] | None:
    """T and the quarter in which it is due; a milestone's is 1 in its due quarter."""
    if indicator.is_milestone:
        due = milestone_quarter(indicator)
        return (due, Decimal(1)) if due else None
    scheduled = scheduled_targets(indicator)
    return scheduled[-1] if scheduled else None


def milestone_quarter(indicator: Indicator) -> Quarter | None:
    """The quarter that contains a milestone's due date."""
    return Quarter.of(indicator.due_date) if indicator.due_date else None


def has_nothing_planned(indicator: Indicator, year: int) -> bool:
    """The plan says `null` for this year, and gives none of its quarters a target."""
    year_end = Quarter(year, 4)
    in_year = [value for quarter, value in indicator.targets.items() if quarter.year == year]
    return year_end in indicator.targets and all(value is None for value in in_year)


def expected(indicator: Indicator, quarter: Quarter) -> Decimal | None:
    """m: what the plan asks by a quarter's end, in the indicator's unit; None where nothing is scheduled (rule 1)."""
    if indicator.is_milestone:
        due = milestone_quarter(indicator)
        return None if due is None else Decimal(int(due <= quarter))
    if has_nothing_planned(indicator, quarter.year):
        return None
    return expected_line(indicator, quarter)


def expected_line(indicator: Indicator, quarter: Quarter) -> Decimal | None:
    """The expected path as it is drawn: like `expected`, and going on through years with nothing planned."""
    explicit = indicator.targets.get(quarter)
    if explicit is not None:
        return explicit
    if indicator.restarts:
        of_the_year = indicator.targets.get(Quarter(quarter.year, 4))
        return None if of_the_year is None else of_the_year * quarter.number / 4
    return _on_the_straight_line(indicator, quarter)


def _on_the_straight_line(indicator: Indicator, quarter: Quarter) -> Decimal | None:
    scheduled = scheduled_targets(indicator)
    following = next(((q, value) for q, value in scheduled if q > quarter), None)
    if following is None:
        return None
    before = [(q, value) for q, value in scheduled if q < quarter]
    start = before[-1] if before else _baseline_point(indicator)
    if start is None:
        # No baseline: nowhere to draw the line from. The first target holds for the whole of its own year.
        return following[1] if following[0].year == quarter.year else None
    if quarter < start[0]:
        return None
    done = Decimal(quarter.index - start[0].index)
    return start[1] + (following[1] - start[1]) * done / (following[0].index - start[0].index)


def _baseline_point(indicator: Indicator) -> tuple[Quarter, Decimal] | None:
    baseline = indicator.baseline
    if baseline.value is None or baseline.year is None:
        return None
    return Quarter(baseline.year, 4), baseline.value


def is_due(indicator: Indicator, quarter: Quarter, *, done_before: bool = False) -> bool:
    """Whether a figure is owed for a quarter (rule 2). `done_before`: a milestone reported done for an earlier one."""
    if indicator.is_milestone:
        due = milestone_quarter(indicator)
        return due is not None and due <= quarter and not done_before
    if expected(indicator, quarter) is None:
        return False
    return _frequency_asks(indicator, quarter)


def _frequency_asks(indicator: Indicator, quarter: Quarter) -> bool:
    match indicator.frequency:
        case Frequency.QUARTERLY:
            return True
        case Frequency.SEMIANNUAL:
            return quarter.number in {2, 4}
        case Frequency.ANNUAL:
            return quarter.number == 4
        case Frequency.BIENNIAL:
            return quarter.number == 4 and any(q.year == quarter.year for q, _ in scheduled_targets(indicator))
        case _:  # once: with its last target
            final = final_target(indicator)
            return final is not None and final[0] == quarter


def deadline(programme: Programme, indicator: Indicator, quarter: Quarter) -> date:
    """The last day on which a figure is in time; it is always a working day (rule 2)."""
    calendar = programme.calendar
    set_day = calendar.deadlines.get(quarter)
    days = [set_day or quarter.last_day + timedelta(days=calendar.deadline_days_after_quarter)]
    if indicator.available_after_days is not None:
        days.append(quarter.last_day + timedelta(days=indicator.available_after_days))
    agency = programme.responsible_for(indicator, quarter)
    days += [e.until for e in calendar.extensions if e.agency == agency and e.quarter == quarter]
    return _working_day_from(max(days), calendar)


def _working_day_from(day: date, calendar: Calendar) -> date:
    holidays = set(calendar.non_working_days)
    while day.isoweekday() in calendar.weekend or day in holidays:
        day += timedelta(days=1)
    return day


def programme_quarters(programme: Programme) -> list[Quarter]:
    """Every quarter of the programme; none when the plan has no dates."""
    first, last = programme.first_quarter, programme.last_quarter
    return list(quarters_between(first, last)) if first and last else []


def assessed_quarters(programme: Programme) -> list[Quarter]:
    """The quarters worth assessing: the programme's; where it has no dates, those of the years with targets."""
    quarters = programme_quarters(programme)
    if quarters:
        return quarters
    years = {quarter.year for indicator in programme.indicators for quarter in indicator.targets}
    years |= {indicator.due_date.year for indicator in programme.indicators if indicator.due_date}
    # The line to a first target starts at the baseline.
    years |= {i.baseline.year + 1 for i in programme.indicators if i.baseline.year is not None and i.targets}
    return list(quarters_between(Quarter(min(years), 1), Quarter(max(years), 4))) if years else []


def default_quarter(programme: Programme, day: date) -> Quarter:
    """The quarter shown when nobody asks for one: the latest that is over, kept within the programme."""
    quarter = Quarter.latest_over(day)
    if programme.first_quarter:
        quarter = max(quarter, programme.first_quarter)
    if programme.last_quarter:
        quarter = min(quarter, programme.last_quarter)
    return quarter
