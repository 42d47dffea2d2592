"""The tables. One definition for SQLite and PostgreSQL; the migrations are tested to give the same schema.

Observations, action reports, participation and submissions are append-only revisions: a change adds a row, `is_current`
moves to it, and the old row stays with its source, author and time. Nothing is deleted.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC. Refuses naive values, which SQLite would store without a word."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that comes back digit for digit: NUMERIC on PostgreSQL, text on SQLite (whose NUMERIC is a float)."""

    impl = sa.String(64)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        return dialect.type_descriptor(sa.Numeric() if dialect.name == "postgresql" else sa.String(64))

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> Decimal | str | None:
        if value is None or dialect.name == "postgresql":
            return value
        return format(value, "f")

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


Json = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
Code = sa.String(80)
QuarterColumn = sa.String(7)  # 2026-Q3, sorts as time


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)


def _reference(table: str, *, nullable: bool = False, index: bool = True) -> sa.Column[int]:
    return sa.Column(
        f"{table}_id",
        sa.BigInteger().with_variant(sa.Integer, "sqlite"),
        sa.ForeignKey(f"{table}.id"),
        nullable=nullable,
        index=index,
    )


data_version = sa.Table(
    "data_version",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),  # always 1
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.CheckConstraint("id = 1", name="single"),
)

programme = sa.Table(
    "programme",
    metadata,
    _id(),
    sa.Column("code", Code, nullable=False, unique=True),
    sa.Column("position", sa.Integer, nullable=False),  # order in lists; the first is the default
    sa.Column("is_demonstration", sa.Boolean, nullable=False),  # filled by the demonstration's loader
    sa.Column("created_at", UtcDateTime, nullable=False),
)

plan_version = sa.Table(
    "plan_version",
    metadata,
    _id(),
    _reference("programme"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("effective_from", QuarterColumn),  # None: from the beginning
    sa.Column("document", Json, nullable=False),  # programme.model.to_document
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("differences", Json, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("decision", sa.Text),
    sa.Column("loaded_by", sa.Text, nullable=False),
    sa.Column("loaded_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("programme_id", "number"),
)

rule_set = sa.Table(  # the rule sets in force, as last read from config/rules.yaml, with their versions
    "rule_set",
    metadata,
    _id(),
    sa.Column("name", Code, nullable=False),
    sa.Column("version", sa.String(40), nullable=False),
    sa.Column("document", Json, nullable=False),
    sa.Column("stored_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("name", "version"),
)

quarter_state = sa.Table(
    "quarter_state",
    metadata,
    _id(),
    _reference("programme"),
    sa.Column("quarter", QuarterColumn, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),  # open, in_review, closed; no row: open
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.CheckConstraint("state IN ('open', 'in_review', 'closed')", name="state"),
    sa.UniqueConstraint("programme_id", "quarter"),
)

sync_run = sa.Table(
    "sync_run",
    metadata,
    _id(),
    _reference("programme"),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),  # folder, google
)

spreadsheet = sa.Table(
    "spreadsheet",
    metadata,
    _id(),
    _reference("programme"),
    sa.Column("agency", Code, nullable=False),
    sa.Column("source", sa.String(20), nullable=False),
    sa.Column("key", sa.Text, nullable=False),  # path below the folder, or the spreadsheet's id
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64)),  # of the last content stored, together with `plan_version_id`
    _reference("plan_version", nullable=True, index=False),  # the plan it was last read against
    sa.Column("state", sa.String(20), nullable=False),  # read, refused, quarantined, missing, waiting
    sa.Column("trouble", Json),  # refused or quarantined: {kind, details}
    sa.Column("first_seen_at", UtcDateTime, nullable=False),
    sa.Column("read_at", UtcDateTime),  # last time its content was read and stored
    sa.Column("modified_at", UtcDateTime),
    sa.Column("rows_valid", sa.Integer, nullable=False, default=0),
    sa.Column("rows_rejected", sa.Integer, nullable=False, default=0),
    sa.Column("released_digest", sa.String(64)),  # content that a person let through the guards
    sa.Column("released_by", sa.Text),
    sa.Column("released_at", UtcDateTime),
    sa.UniqueConstraint("programme_id", "source", "key"),
)

sync_outcome = sa.Table(
    "sync_outcome",
    metadata,
    _id(),
    _reference("sync_run"),
    sa.Column("agency", Code, nullable=False),
    sa.Column("read", sa.Integer, nullable=False),
    sa.Column("valid", sa.Integer, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("rejected", sa.Integer, nullable=False),
    sa.Column("problems", sa.Integer, nullable=False),
    sa.Column("seconds", ExactDecimal, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),  # done, unchanged, quarantined, refused, waiting, missing, failed
    sa.Column("error_class", sa.String(40)),
    sa.UniqueConstraint("sync_run_id", "agency"),
)

sync_request = sa.Table(
    "sync_request",
    metadata,
    _id(),
    _reference("programme"),
    sa.Column("agency", Code),  # None: every agency
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),  # waiting, running, done, failed
    sa.Column("done", sa.Integer, nullable=False, default=0),  # agencies finished
    sa.Column("total", sa.Integer, nullable=False, default=0),
    _reference("sync_run", nullable=True, index=False),
    sa.Column("message", sa.Text),
)

lease = sa.Table(
    "lease",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("until", UtcDateTime, nullable=False),
)


def _revision(*columns: sa.Column[Any]) -> list[sa.Column[Any]]:
    """What every reported row carries: whose, its standing, its revision and its source."""
    return [
        _id(),
        _reference("programme"),
        sa.Column("agency", Code, nullable=False),
        *columns,
        # counted: stands in figures; draft: seen by its agency and the coordinator; restatement: waits, its quarter is closed
        sa.Column("standing", sa.String(12), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("is_current", sa.Boolean, nullable=False),
        sa.Column("vanished_at", UtcDateTime),  # the row is no longer in the sheet; what it said still stands
        _reference("spreadsheet", nullable=True),
        sa.Column("place", Json),  # {file, tab, row, column}
        _reference("sync_run", nullable=True, index=False),
        sa.Column("recorded_by", sa.Text, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
    ]


def _standing_check() -> sa.CheckConstraint:
    return sa.CheckConstraint("standing IN ('counted', 'draft', 'restatement')", name="standing")


def _one_current(name: str, table: sa.Table, *columns: str) -> sa.Index:
    current = table.c.is_current
    return sa.Index(
        name, *(table.c[c] for c in columns), unique=True, sqlite_where=current.is_(True), postgresql_where=current.is_(True)
    )


observation = sa.Table(
    "observation",
    metadata,
    *_revision(
        sa.Column("code", Code, nullable=False),
        sa.Column("quarter", QuarterColumn, nullable=False),
        sa.Column("breakdown", sa.String(200), nullable=False),  # "" for the total
        sa.Column("value", ExactDecimal),
        sa.Column("numerator", ExactDecimal),
        sa.Column("denominator", ExactDecimal),
        sa.Column("declared", sa.String(12)),  # no_data, no_cases
        sa.Column("quality", sa.String(12)),
        sa.Column("cut_off", sa.Date),
        sa.Column("own_rating", sa.String(200)),
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
_one_current("uq_observation_current", observation, "programme_id", "code", "quarter", "breakdown", "agency", "standing")
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
            for name in ("total", "women", "men", "indigenous", "organisations", "proposals_received", "proposals_answered")
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

problem = sa.Table(  # what is wrong now: rewritten with each reading; `since` survives while the same problem stays
    "problem",
    metadata,
    _id(),
    _reference("programme"),
    _reference("spreadsheet"),
    sa.Column("agency", Code, nullable=False),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("severity", sa.String(12), nullable=False),
    sa.Column("place", Json, nullable=False),
    sa.Column("field", sa.String(40)),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("details", Json, nullable=False),
    sa.Column("code", Code),
    sa.Column("period", sa.String(40)),
    sa.Column("since", UtcDateTime, nullable=False),
)

feedback = sa.Table(  # the outbox: what each spreadsheet's feedback should say, and whether it does
    "feedback",
    metadata,
    _id(),
    _reference("spreadsheet"),
    sa.Column("digest", sa.String(64), nullable=False),  # of the desired content
    sa.Column("state", sa.String(12), nullable=False),  # pending, sent, page_only
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("trouble", sa.Text),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("spreadsheet_id"),
)

assessment = sa.Table(
    # What the rules say of an indicator in a quarter, free of today. status None: due (or a milestone ahead) and nothing
    # reported; whether that is awaited or no data depends on the day and is worked out at reading.
    "assessment",
    metadata,
    _id(),
    _reference("programme", index=False),
    sa.Column("code", Code, nullable=False),
    sa.Column("quarter", QuarterColumn, nullable=False),
    sa.Column("status", sa.String(20)),
    sa.Column("is_due", sa.Boolean, nullable=False),
    sa.Column("is_reported", sa.Boolean, nullable=False),  # a counted figure for this very quarter
    sa.Column("deadline", sa.Date),
    sa.Column("value", ExactDecimal),
    sa.Column("expected", ExactDecimal),
    sa.Column("deviation_pct", ExactDecimal),
    sa.Column("compliance_pct", ExactDecimal),
    sa.Column("progress_pct", ExactDecimal),
    sa.Column("flags", Json, nullable=False),
    sa.Column("reasons", Json, nullable=False),  # of the confidence, without "carried"
    sa.Column("because", sa.String(40)),  # why not due or not computable
    sa.Column("rule_set", Code, nullable=False),
    sa.Column("rule_version", sa.String(40), nullable=False),
    _reference("plan_version", index=False),
    _reference("observation", nullable=True, index=False),
    sa.UniqueConstraint("programme_id", "code", "quarter"),
)
sa.Index("ix_assessment_quarter", assessment.c.programme_id, assessment.c.quarter)
