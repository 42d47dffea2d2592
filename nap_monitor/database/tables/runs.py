"""Reading spreadsheets: runs, what they found, requests for them, and who is at it."""

from __future__ import annotations

import sqlalchemy as sa

from nap_monitor.database.tables.columns import Code, ExactDecimal, Json, UtcDateTime, identity, metadata, reference

sync_run = sa.Table(
    "sync_run",
    metadata,
    identity(),
    reference("programme"),
    sa.Column("started_at", UtcDateTime, nullable=False),
    sa.Column("finished_at", UtcDateTime),
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("source", sa.Text, nullable=False),  # folder, google
)

spreadsheet = sa.Table(
    "spreadsheet",
    metadata,
    identity(),
    reference("programme"),
    sa.Column("agency", Code, nullable=False),
    sa.Column("source", sa.String(20), nullable=False),
    sa.Column("key", sa.Text, nullable=False),  # path below the folder, or the spreadsheet's id
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64)),  # of the last content stored, together with `plan_version_id`
    reference("plan_version", nullable=True, index=False),  # the plan it was last read against
    sa.Column("read_as", sa.String(64)),  # what else the reading depended on: see `sync.reading.fingerprint`
    # read, refused, quarantined, missing, unclaimed (nobody's: `agency` is empty)
    sa.Column("state", sa.String(20), nullable=False),
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
    identity(),
    reference("sync_run"),
    sa.Column("agency", Code, nullable=False),
    sa.Column("read", sa.Integer, nullable=False),
    sa.Column("valid", sa.Integer, nullable=False),
    sa.Column("unchanged", sa.Integer, nullable=False),
    sa.Column("rejected", sa.Integer, nullable=False),
    sa.Column("problems", sa.Integer, nullable=False),
    sa.Column("seconds", ExactDecimal, nullable=False),
    # done, unchanged, quarantined, refused, waiting, missing, failed
    sa.Column("state", sa.String(20), nullable=False),
    sa.Column("error_class", sa.String(40)),
    sa.UniqueConstraint("sync_run_id", "agency"),
)

sync_request = sa.Table(
    "sync_request",
    metadata,
    identity(),
    reference("programme"),
    sa.Column("agency", Code),  # None: every agency
    sa.Column("asked_by", sa.Text, nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
    sa.Column("state", sa.String(20), nullable=False),  # waiting, running, done, failed
    sa.Column("done", sa.Integer, nullable=False, default=0),  # agencies finished
    sa.Column("total", sa.Integer, nullable=False, default=0),
    reference("sync_run", nullable=True, index=False),
    sa.Column("message", sa.Text),
)

lease = sa.Table(
    "lease",
    metadata,
    sa.Column("name", sa.String(80), primary_key=True),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("until", UtcDateTime, nullable=False),
)

problem = sa.Table(  # what is wrong now: rewritten with each reading; `since` survives while the same problem stays
    "problem",
    metadata,
    identity(),
    reference("programme"),
    reference("spreadsheet"),
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
    identity(),
    reference("spreadsheet"),
    sa.Column("digest", sa.String(64), nullable=False),  # of the desired content
    sa.Column("state", sa.String(12), nullable=False),  # pending, sent, page_only
    sa.Column("attempts", sa.Integer, nullable=False, default=0),
    sa.Column("trouble", sa.Text),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("spreadsheet_id"),
)
