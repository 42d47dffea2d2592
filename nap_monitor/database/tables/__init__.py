"""The tables. One definition for SQLite and PostgreSQL; the migrations are tested to give the same schema.

Observations, action reports, participation and submissions are append-only revisions: a change adds a row, `is_current`
moves to it, and the old row stays with its source, author and time. Nothing is deleted.
"""

from __future__ import annotations

from nap_monitor.database.tables.assessments import assessment
from nap_monitor.database.tables.columns import Code, ExactDecimal, Json, QuarterColumn, UtcDateTime, metadata
from nap_monitor.database.tables.plans import data_version, plan_version, programme, quarter_state
from nap_monitor.database.tables.reports import action_report, observation, participation, submission
from nap_monitor.database.tables.runs import feedback, lease, problem, spreadsheet, sync_outcome, sync_request, sync_run

__all__ = [
    "Code",
    "ExactDecimal",
    "Json",
    "QuarterColumn",
    "UtcDateTime",
    "action_report",
    "assessment",
    "data_version",
    "feedback",
    "lease",
    "metadata",
    "observation",
    "participation",
    "plan_version",
    "problem",
    "programme",
    "quarter_state",
    "spreadsheet",
    "submission",
    "sync_outcome",
    "sync_request",
    "sync_run",
]
