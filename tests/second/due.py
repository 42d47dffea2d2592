"""Rule 2: when a report is due, and until when."""

from __future__ import annotations

from datetime import date, timedelta

from nap_monitor.programme.model import Frequency, Indicator, Programme
from nap_monitor.programme.quarters import Quarter

from .expected import expected, scheduled
from .values import Case, Figure

ONE_DAY = timedelta(days=1)


def responsible(programme: Programme, indicator: Indicator, quarter: Quarter) -> str:
    """Who owes the report: the one responsible in that quarter, or whoever took over its duties by then."""
    agency = indicator.responsible_in(quarter)
    for _ in programme.agencies:
        known = programme.agency_by_id.get(agency)
        if known is None or known.succeeded_by is None or known.succeeded_from is None:
            break
        if quarter < known.succeeded_from:
            break
        agency = known.succeeded_by
    return agency


def is_due(case: Case, indicator: Indicator, quarter: Quarter) -> bool:
    if indicator.is_milestone:
        return _is_milestone_due(case, indicator, quarter)
    if expected(indicator, quarter) is None:
        return False
    match indicator.frequency:
        case Frequency.QUARTERLY:
            return True
        case Frequency.SEMIANNUAL:
            return quarter.number in (2, 4)
        case Frequency.ANNUAL:
            return quarter.number == 4
        case Frequency.BIENNIAL:
            return quarter.number == 4 and quarter.year in {q.year for q, _ in scheduled(indicator)}
    # The design gives "once" to milestones alone; of anything else one report is due, that of the final target.
    return quarter == scheduled(indicator)[-1][0]


def _is_milestone_due(case: Case, indicator: Indicator, quarter: Quarter) -> bool:
    """Each quarter from its due one until it is done; the quarter whose report says "done" is the last of them."""
    if indicator.due_date is None or quarter < Quarter.of(indicator.due_date):
        return False
    before = latest_report(case, indicator, quarter - 1)
    return not is_done(before)


def latest_report(case: Case, indicator: Indicator, quarter: Quarter) -> Figure | None:
    """What stands of a milestone: "no cases" says nothing of whether it is done."""
    reports = [f for f in case.series(indicator.code) if f.quarter <= quarter and f.value is not None]
    return reports[-1] if reports else None


def is_done(report: Figure | None) -> bool:
    return report is not None and report.value is not None and report.value >= 1


def deadline(programme: Programme, indicator: Indicator, quarter: Quarter) -> date:
    """The last day on which a report of that quarter is on time."""
    calendar = programme.calendar
    end = quarter.last_day
    days = [calendar.deadlines.get(quarter, end + calendar.deadline_days_after_quarter * ONE_DAY)]
    if indicator.available_after_days is not None:
        days.append(end + indicator.available_after_days * ONE_DAY)
    agency = responsible(programme, indicator, quarter)
    days.extend(e.until for e in calendar.extensions if e.agency == agency and e.quarter == quarter)
    day = max(days)
    while day.isoweekday() in calendar.weekend or day in calendar.non_working_days:
        day += ONE_DAY
    return day
