"""What agencies report, as append-only revisions."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from nap_monitor.database.tables.columns import (
    Code,
    ExactDecimal,
    Json,
    QuarterColumn,
    UtcDateTime,
    identity,
    metadata,
    reference,
)


def _revision(*columns: sa.Column[Any]) -> list[sa.Column[Any]]:
    """What every reported row carries: whose, its standing, its revision and its source."""
    return [
        identity(),
        reference("programme"),
        sa.Column("agency", Code, nullable=False),
        *columns,
        # counted: stands in figures; draft: its agency and the coordinator see it;
        # restatement: waits, its quarter is closed
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("vanished_at", UtcDateTime),  # the row is no longer in the sheet; what it said still stands
        reference("spreadsheet", nullable=True),
        sa.Column("place", Json),  # {file, tab, row, column}
        reference("sync_run", nullable=True, index=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
    ]


def _standing_check() -> sa.CheckConstraint:
    return sa.CheckConstraint("standing IN ('counted', 'draft', 'restatement')", name="standing")


def _one_current(name: str, table: sa.Table, *columns: str) -> None:
    where = table.c.is_current.is_(True)
    sa.Index(name, *(table.c[c] for c in columns), unique=True, sqlite_where=where, postgresql_where=where)
    # What a sync compares with: the current rows of one agency, however many revisions lie behind them.
    of_agency = (table.c.programme_id, table.c.agency)
    sa.Index(f"ix_{table.name}_agency", *of_agency, sqlite_where=where, postgresql_where=where)


observation = sa.Table(
    "observation",
    metadata,
    *_revision(
        sa.Column("code", Code, nullable=False),
        sa.Column("quarter", QuarterColumn, nullable=False),
        sa.Column("breakdown", sa.Text, nullable=False),  # "" for the total
        sa.Column("value", ExactDecimal),
        sa.Column("numerator", ExactDecimal),
        sa.Column("denominator", ExactDecimal),
        sa.Column("declared", sa.String(12)),  # no_data, no_cases
        sa.Column("quality", sa.String(12)),
        sa.Column("cut_off", sa.Date),
        sa.Column("own_rating", sa.Text),
        sa.Column("cause", sa.Text),
        sa.Column("corrective", sa.Text),
        sa.Column("evidence", sa.Text),
        sa.Column("evidence_public", sa.Boolean, nullable=False),
        sa.Column("reported_by", sa.Text),
        sa.Column("accepted_at", UtcDateTime),  # by the group; set by the review
        # When the key's first figure counted: what "late" is measured by. The same in all its later revisions.
        sa.Column("first_counted_at", UtcDateTime),
    ),
    _standing_check(),
)
_one_current(
    "uq_observation_current", observation, "programme_id", "code", "quarter", "breakdown", "agency", "standing"
)
sa.Index("ix_observation_series", observation.c.programme_id, observation.c.code, observation.c.quarter)

action_report = sa.Table(
    "action_report",
    metadata,
    *_revision(
        sa.Column("code", Code, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("start", sa.Date),
        sa.Column("finish", sa.Date),
        sa.Column("new_due", sa.Date),
        sa.Column("note", sa.Text),
        sa.Column("evidence", sa.Text),
        sa.Column("evidence_public", sa.Boolean, nullable=False),
    ),
    _standing_check(),
)
_one_current("uq_action_report_current", action_report, "programme_id", "code", "agency", "standing")

participation = sa.Table(
    "participation",
    metadata,
    *_revision(
        sa.Column("event", Code, nullable=False),  # the agency's own id
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("date", sa.Date, nullable=False),
        sa.Column("state", sa.Text),
        sa.Column("title", sa.Text),
        *(
            sa.Column(name, sa.Integer)
            for name in (
                "total",
                "women",
                "men",
                "indigenous",
                "organisations",
                "proposals_received",
                "proposals_answered",
            )
        ),
        sa.Column("report_link", sa.Text),
    ),
    _standing_check(),
)
_one_current("uq_participation_current", participation, "programme_id", "event", "agency", "standing")

submission = sa.Table(
    "submission",
    metadata,
    *_revision(
        sa.Column("quarter", QuarterColumn, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),  # draft, submitted
        sa.Column("name", sa.Text),
        sa.Column("post", sa.Text),
        sa.Column("letter", sa.Text),
        sa.Column("date", sa.Date),
        sa.Column("receipt", sa.String(40)),  # given by the review
    ),
    _standing_check(),
)
_one_current("uq_submission_current", submission, "programme_id", "quarter", "agency", "standing")
