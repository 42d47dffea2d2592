"""What the rules say, stored."""

from __future__ import annotations

import sqlalchemy as sa

from nap_monitor.database.tables.columns import Code, ExactDecimal, Json, QuarterColumn, identity, metadata, reference

assessment = sa.Table(
    # What the rules say of an indicator in a quarter, free of today. status None: due (or a milestone ahead) and
    # nothing reported; whether that is awaited or no data depends on the day and is worked out at reading.
    "assessment",
    metadata,
    identity(),
    reference("programme", index=False),
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
    reference("plan_version", index=False),
    reference("observation", nullable=True, index=False),
    sa.UniqueConstraint("programme_id", "code", "quarter"),
)
sa.Index("ix_assessment_quarter", assessment.c.programme_id, assessment.c.quarter)
