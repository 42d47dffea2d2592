"""When each agency of the demonstration hands in its workbook, and in what state. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from nap_monitor.demo.courses import chance
from nap_monitor.programme.model import Programme
from nap_monitor.programme.quarters import Quarter, quarters_between
from nap_monitor.progress.schedule import is_due


class Manner(StrEnum):
    """An agency's way with deadlines."""

    PUNCTUAL = "punctual"
    LATE = "late"  # always after the deadline
    SILENT = "silent"  # nothing since the third quarter of last year
    REVISES = "revises"  # corrects the quarter before each time
    DRAFTS = "drafts"  # the latest quarter is still a draft


_MANNERS = {
    "SENER": Manner.SILENT,
    "SHCP": Manner.LATE,
    "PROFEPA": Manner.REVISES,
    "PROFEDET": Manner.DRAFTS,
}
_EARLY, _LAST_DAYS, _LATE = timedelta(days=-6), timedelta(days=-1), timedelta(days=13)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One agency's workbook for a quarter, as handed in on a day. `is_latest`: the newest quarter that is over."""

    agency: str
    quarter: Quarter
    day: date
    is_latest: bool

    @property
    def manner(self) -> Manner:
        return manner_of(self.agency)

    @property
    def is_draft(self) -> bool:
        return self.is_latest and self.manner is Manner.DRAFTS


def manner_of(agency: str) -> Manner:
    return _MANNERS.get(agency, Manner.PUNCTUAL)


def reporting_agencies(programme: Programme) -> list[str]:
    """The agencies with something to report: an indicator or an action of their own, in the plan's order."""
    owing = {r.agency for i in programme.indicators for r in i.responsibles} | {a.lead for a in programme.actions}
    return [agency.id for agency in programme.agencies if agency.id in owing]


def past_quarters(programme: Programme, day: date) -> list[Quarter]:
    """The programme's quarters that are over on a day; none for a plan without dates."""
    first, last = programme.first_quarter, programme.last_quarter
    if first is None or last is None:
        return []
    return list(quarters_between(first, min(last, Quarter.latest_over(day))))


def deliveries(programme: Programme, agencies: Iterable[str], day: date) -> list[Delivery]:
    """Everything handed in before a day, oldest first."""
    quarters = past_quarters(programme, day)
    found = [
        Delivery(agency, quarter, _day(programme, agency, number, quarter), quarter == quarters[-1])
        for agency in agencies
        for number, quarter in enumerate(quarters)
        if _reports(programme, agency, quarter) and not _is_silent(agency, quarter, day)
    ]
    return sorted((d for d in found if d.day < day), key=lambda d: (d.day, d.agency))


def _reports(programme: Programme, agency: str, quarter: Quarter) -> bool:
    """Whether an agency hands anything in: each half-year where it stands with its actions, else what is due."""
    owed = (i for i in programme.indicators if programme.responsible_for(i, quarter) == agency)
    return quarter.number in {2, 4} or any(is_due(indicator, quarter) for indicator in owed)


def _is_silent(agency: str, quarter: Quarter, day: date) -> bool:
    return manner_of(agency) is Manner.SILENT and quarter > Quarter(day.year - 1, 3)


def _day(programme: Programme, agency: str, number: int, quarter: Quarter) -> date:
    calendar = programme.calendar
    deadline = calendar.deadlines.get(quarter) or quarter.last_day + timedelta(
        days=calendar.deadline_days_after_quarter
    )
    if manner_of(agency) is Manner.LATE:
        return deadline + _LATE
    return deadline + chance("day", agency, number).choices((_EARLY, _LAST_DAYS, _LATE), (45, 45, 10))[0]
