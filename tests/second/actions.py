"""Rule 9: the actions. Agencies propose; the plan judges until a recorded decision says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nap_monitor.programme.model import Action, Programme
from nap_monitor.programme.quarters import Quarter

REQUESTS = ("cancelled", "modified")


@dataclass(frozen=True)
class Report:
    """What one agency says of one action. `order`: later reports have a higher one."""

    action: str
    agency: str
    order: int
    status: str
    start: date | None = None
    finish: date | None = None
    new_due: date | None = None


@dataclass(frozen=True)
class Standing:
    code: str
    status: str
    reported_status: str | None
    requested: str | None
    requested_due: date | None
    is_delayed: bool
    is_completed_late: bool
    reported_by: str | None
    is_disputed: bool


def standing(programme: Programme, action: Action, reports: Sequence[Report], day: date) -> Standing:
    ours = [r for r in reports if r.action == action.code]
    latest = {r.agency: r for r in sorted(ours, key=lambda r: r.order)}
    leads = _leads(programme, action, day)
    speaker = _speaker(leads, latest)
    if speaker is None:
        return Standing(action.code, "no_report", None, None, None, _is_past(action, day), False, None, False)
    report = latest[speaker]
    status = _judged_status(report, [r for r in ours if r.agency == speaker])
    is_late = status == "completed" and report.finish is not None and _is_past(action, report.finish)
    return Standing(
        code=action.code,
        status=status,
        reported_status=report.status,
        requested=_request(report),
        requested_due=report.new_due,
        is_delayed=_is_past(action, day) and status != "completed",
        is_completed_late=is_late,
        reported_by=speaker,
        is_disputed=any(
            r.status != report.status for r in latest.values() if speaker not in leads or r.agency not in leads
        ),
    )


def _leads(programme: Programme, action: Action, day: date) -> list[str]:
    """The lead and whoever took over its duties by a day, the latest first."""
    leads = [action.lead] if action.lead else []
    for _ in programme.agencies:
        known = programme.agency_by_id.get(leads[0]) if leads else None
        if known is None or known.succeeded_by is None or known.succeeded_from is None:
            break
        if Quarter.of(day) < known.succeeded_from:
            break
        leads.insert(0, known.succeeded_by)
    return leads


def _speaker(leads: Sequence[str], latest: dict[str, Report]) -> str | None:
    """The lead if it reported, or the one before it; else whoever reported last."""
    for agency in leads:
        if agency in latest:
            return agency
    return max(latest, key=lambda agency: latest[agency].order, default=None)


def _judged_status(report: Report, history: Sequence[Report]) -> str:
    """A wish to cancel or to modify changes nothing before it is approved: what was said before it stands."""
    if report.status not in REQUESTS:
        return report.status
    ordinary = [r for r in history if r.status not in REQUESTS]
    if ordinary:
        return max(ordinary, key=lambda r: r.order).status
    return "in_progress" if report.start else "not_started"


def _request(report: Report) -> str | None:
    if report.status in REQUESTS:
        return report.status
    return "new_due_date" if report.new_due is not None else None


def _is_past(action: Action, day: date) -> bool:
    """Past the last day of the due quarter; never without a date in the plan."""
    return action.due is not None and day > action.due.last_day
