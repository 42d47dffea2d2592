"""Where an action stands (rule 9). The agency proposes, the group disposes: a request changes no status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nap_monitor.programme.model import Action
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.statuses import ActionStatus

REQUESTS = frozenset({ActionStatus.CANCELLED, ActionStatus.MODIFIED})


@dataclass(frozen=True, slots=True)
class ReportOfAction:
    """One counted report of an action by an agency, as it stood at some time."""

    agency: str
    status: ActionStatus
    start: date | None = None
    finish: date | None = None
    new_due: date | None = None
    note: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class ActionStanding:
    """An action on a day. `due` is the plan's; `requested_due` what the agency would like. Both are shown for ever."""

    code: str
    status: ActionStatus
    reported_status: ActionStatus | None
    requested: str | None  # cancelled, modified, new_due_date
    requested_due: date | None
    is_delayed: bool
    is_completed_late: bool
    due: Quarter | None
    due_date: date | None
    start: date | None
    finish: date | None
    note: str | None
    evidence: str | None
    reported_by: str | None
    co_responsible_differs: bool  # goes on the agenda


def action_standing(
    action: Action, reports: Sequence[ReportOfAction], day: date, leads: Sequence[str] | None = None
) -> ActionStanding:
    """`reports`: counted revisions of each agency, oldest first. The lead's latest stands, else the latest at all.

    `leads`: who has and had the lead's duties, the present holder first; None: nobody took them over.
    """
    leads = leads if leads is not None else [action.lead or ""]
    latest_of = {report.agency: report for report in reports}
    of_a_lead = next((latest_of[agency] for agency in leads if agency in latest_of), None)
    standing = of_a_lead or (reports[-1] if reports else None)
    if standing is None:
        return _standing(action, ActionStatus.NO_REPORT, None, day, differs=False)
    own = [report for report in reports if report.agency == standing.agency]
    others = [report for report in latest_of.values() if of_a_lead is None or report.agency not in leads]
    differs = any(report.status is not standing.status for report in others)
    return _standing(action, _status_without_request(own), standing, day, differs=differs)


def _status_without_request(reports: Sequence[ReportOfAction]) -> ActionStatus:
    """The latest status that asks for nothing; where every report asks, what its dates say."""
    for report in reversed(reports):
        if report.status not in REQUESTS:
            return report.status
    return ActionStatus.IN_PROGRESS if reports[-1].start else ActionStatus.NOT_STARTED


def _standing(
    action: Action, status: ActionStatus, report: ReportOfAction | None, day: date, *, differs: bool
) -> ActionStanding:
    last_day = action.due.last_day if action.due else None
    is_completed = status is ActionStatus.COMPLETED
    finish = report.finish if report else None
    return ActionStanding(
        code=action.code,
        status=status,
        reported_status=report.status if report else None,
        requested=_request(report),
        requested_due=report.new_due if report else None,
        is_delayed=last_day is not None and day > last_day and not is_completed,
        is_completed_late=is_completed and last_day is not None and finish is not None and finish > last_day,
        due=action.due,
        due_date=action.due_date,
        start=report.start if report else action.start,
        finish=finish,
        note=report.note if report else None,
        evidence=report.evidence if report else None,
        reported_by=report.agency if report else None,
        co_responsible_differs=differs,
    )


def _request(report: ReportOfAction | None) -> str | None:
    if report is None:
        return None
    if report.status in REQUESTS:
        return report.status.value
    return "new_due_date" if report.new_due else None
