"""A case put into the database as a sync would leave it: the plan, current observations, action reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import operator
from nap_monitor.database.plans import store_plan
from nap_monitor.database.tables import action_report, observation

from .actions import Report
from .comparison import decimal
from .due import responsible
from .values import Case, Figure

PERSON = operator("the second opinion")
NOW = datetime(2021, 1, 15, 18, tzinfo=UTC)


def store(connection: sa.Connection, case: Case, reports: Sequence[Report]) -> int:
    """Returns the programme's id."""
    programme_id = store_plan(connection, PERSON, case.programme, now=NOW).programme_id
    rows = [_observation(case, figure) | {"programme_id": programme_id} for figure in case.figures]
    if rows:
        connection.execute(sa.insert(observation), rows)
    last = {report.agency: report.order for report in reports}
    for report in reports:
        row = _action_report(report) | {"programme_id": programme_id, "is_current": report.order == last[report.agency]}
        connection.execute(sa.insert(action_report), [row])
    return programme_id


def _noon(day: date) -> datetime:
    """The same day in Mexico."""
    return datetime.combine(day, time(18), UTC)


def _observation(case: Case, figure: Figure) -> dict[str, Any]:
    recorded = _noon(figure.counted_on)
    plan = case.programme.indicator_by_code[figure.code]
    return {
        "agency": responsible(case.programme, plan, figure.quarter),
        "code": figure.code,
        "quarter": str(figure.quarter),
        "breakdown": figure.breakdown,
        "value": decimal(figure.value),
        "declared": figure.declared,
        "quality": figure.quality,
        "evidence": "https://example.org/evidence" if figure.has_evidence else None,
        "evidence_public": False,
        "accepted_at": recorded.replace(hour=1) if figure.is_revised_after_acceptance else None,
        "first_counted_at": _noon(figure.first_counted_on) if figure.is_counted else None,
        "standing": "counted",
        "revision": 1,
        "is_current": True,
        "recorded_by": "test",
        "recorded_at": recorded,
    }


def _action_report(report: Report) -> dict[str, Any]:
    return {
        "agency": report.agency,
        "code": report.action,
        "status": report.status,
        "start": report.start,
        "finish": report.finish,
        "new_due": report.new_due,
        "evidence_public": False,
        "standing": "counted",
        "revision": report.order + 1,
        "recorded_by": "test",
        "recorded_at": NOW,
    }
