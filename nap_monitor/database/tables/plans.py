"""What was promised, under which rules, and where each quarter stands."""

from __future__ import annotations

import sqlalchemy as sa

from nap_monitor.database.tables.columns import Code, Json, QuarterColumn, UtcDateTime, identity, metadata, reference

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
    identity(),
    sa.Column("code", Code, nullable=False, unique=True),
    sa.Column("position", sa.Integer, nullable=False),  # order in lists; the first is the default
    sa.Column("is_demonstration", sa.Boolean, nullable=False),  # filled by the demonstration's loader
    sa.Column("created_at", UtcDateTime, nullable=False),
)

plan_version = sa.Table(
    "plan_version",
    metadata,
    identity(),
    reference("programme"),
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

quarter_state = sa.Table(
    "quarter_state",
    metadata,
    identity(),
    reference("programme"),
    sa.Column("quarter", QuarterColumn, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),  # open, in_review, closed; no row: open
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.CheckConstraint("state IN ('open', 'in_review', 'closed')", name="state"),
    sa.UniqueConstraint("programme_id", "quarter"),
)
