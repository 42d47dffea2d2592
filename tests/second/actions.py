"""Rule 9: the actions. Agencies propose; the plan judges until a recorded decision says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nap_monitor.programme.model import Action

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


def standing(action: Action, reports: Sequence[Report], day: date) -> Standing:
    ours = [r for r in reports if r.action == action.code]
    latest = {r.agency: r for r in sorted(ours, key=lambda r: r.order)}
    speaker = _speaker(action, latest)
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
        is_disputed=any(r.status != report.status for r in latest.values()),
    )


def _speaker(action: Action, latest: dict[str, Report]) -> str | None:
    """The lead if it reported, else whoever reported last."""
    if action.lead in latest:
        return action.lead
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
