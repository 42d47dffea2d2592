"""The first tables. Frozen: what `tables.py` says later is a later revision's business."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
code = sa.String(80)
quarter = sa.String(7)
text = sa.Text()
moment = sa.DateTime(timezone=True)
exact = sa.String(64).with_variant(sa.Numeric(), "postgresql")
json = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")
number = sa.Integer()
yes_no = sa.Boolean()


def needed(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def optional(name: str, kind: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True)


def table(name: str, *items: Any, indexed: tuple[str, ...] = (), keyed: bool = True) -> None:
    """A table with its id, its foreign keys (columns named <table>_id) and one index for each column of `indexed`."""
    columns = [needed("id", big), *items] if keyed else list(items)
    references = [c.name for c in columns if isinstance(c, sa.Column) and c.name.endswith("_id")]
    keys = [
        sa.ForeignKeyConstraint([r], [f"{r.removesuffix('_id')}.id"], name=f"fk_{name}_{r}_{r.removesuffix('_id')}")
        for r in references
    ]
    primary = "id" if any(isinstance(c, sa.Column) and c.name == "id" for c in columns) else "name"
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(primary, name=f"pk_{name}"), *keys)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column])


def unique(name: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{name}_{'_'.join(columns)}")


def one_of(name: str, column: str, *values: str) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=op.f(f"ck_{name}_{column}"))


def revisions(name: str, *items: sa.Column[Any], key: tuple[str, ...]) -> None:
    """A table of append-only revisions, with its partial indexes over the current ones."""
    table(
        name,
        needed("programme_id", big),
        needed("agency", code),
        *items,
        needed("standing", sa.String(12)),
        needed("revision", number),
        needed("is_current", yes_no),
        optional("vanished_at", moment),
        optional("spreadsheet_id", big),
        optional("place", json),
        optional("sync_run_id", big),
        needed("recorded_by", text),
        needed("recorded_at", moment),
        one_of(name, "standing", "counted", "draft", "restatement"),
        indexed=("programme_id", "spreadsheet_id"),
    )
    lite, server = sa.text("is_current IS 1"), sa.text("is_current IS true")
    keys = ["programme_id", *key, "agency", "standing"]
    op.create_index(f"uq_{name}_current", name, keys, unique=True, sqlite_where=lite, postgresql_where=server)
    of_agency = ["programme_id", "agency"]
    op.create_index(f"ix_{name}_agency", name, of_agency, sqlite_where=lite, postgresql_where=server)


def upgrade() -> None:
    """Create everything, and the one row that counts versions of the data."""
    _plans()
    _runs()
    _reports()
    _found()
    op.execute("INSERT INTO data_version (id, version) VALUES (1, 1)")


def _plans() -> None:
    single = sa.CheckConstraint("id = 1", name=op.f("ck_data_version_single"))
    table("data_version", needed("id", number), needed("version", sa.BigInteger()), single, keyed=False)
    table(
        "programme",
        needed("code", code),
        needed("position", number),
        needed("is_demonstration", yes_no),
        needed("created_at", moment),
        unique("programme", "code"),
    )
    table(
        "plan_version",
        needed("programme_id", big),
        needed("number", number),
        optional("effective_from", quarter),
        needed("document", json),
        needed("digest", sa.String(64)),
        needed("differences", json),
        optional("reason", text),
        optional("decision", text),
        needed("loaded_by", text),
        needed("loaded_at", moment),
        unique("plan_version", "programme_id", "number"),
        indexed=("programme_id",),
    )
    table(
        "quarter_state",
        needed("programme_id", big),
        needed("quarter", quarter),
        needed("state", sa.String(20)),
        needed("changed_by", text),
        needed("changed_at", moment),
        one_of("quarter_state", "state", "open", "in_review", "closed"),
        unique("quarter_state", "programme_id", "quarter"),
        indexed=("programme_id",),
    )


def _runs() -> None:
    table(
        "sync_run",
        needed("programme_id", big),
        needed("started_at", moment),
        optional("finished_at", moment),
        needed("asked_by", text),
        needed("source", text),
        indexed=("programme_id",),
    )
    table(
        "spreadsheet",
        needed("programme_id", big),
        needed("agency", code),
        needed("source", sa.String(20)),
        needed("key", text),
        needed("name", text),
        optional("digest", sa.String(64)),
        optional("plan_version_id", big),
        optional("read_as", sa.String(64)),
        needed("state", sa.String(20)),
        optional("trouble", json),
        needed("first_seen_at", moment),
        optional("read_at", moment),
        optional("modified_at", moment),
        needed("rows_valid", number),
        needed("rows_rejected", number),
        *(optional("released_digest", sa.String(64)), optional("released_by", text), optional("released_at", moment)),
        unique("spreadsheet", "programme_id", "source", "key"),
        indexed=("programme_id",),
    )
    table(
        "sync_outcome",
        needed("sync_run_id", big),
        needed("agency", code),
        *(needed(name, number) for name in ("read", "valid", "unchanged", "rejected", "problems")),
        needed("seconds", exact),
        needed("state", sa.String(20)),
        optional("error_class", sa.String(40)),
        unique("sync_outcome", "sync_run_id", "agency"),
        indexed=("sync_run_id",),
    )
    table(
        "sync_request",
        needed("programme_id", big),
        optional("agency", code),
        needed("asked_by", text),
        needed("asked_at", moment),
        needed("state", sa.String(20)),
        needed("done", number),
        needed("total", number),
        optional("sync_run_id", big),
        optional("message", text),
        indexed=("programme_id",),
    )
    table("lease", needed("name", code), needed("owner", text), needed("until", moment), keyed=False)


def _reports() -> None:
    revisions(
        "observation",
        needed("code", code),
        needed("quarter", quarter),
        needed("breakdown", text),
        *(optional(name, exact) for name in ("value", "numerator", "denominator")),
        optional("declared", sa.String(12)),
        optional("quality", sa.String(12)),
        optional("cut_off", sa.Date()),
        *(optional(name, text) for name in ("own_rating", "cause", "corrective", "evidence")),
        needed("evidence_public", yes_no),
        optional("reported_by", text),
        optional("accepted_at", moment),
        optional("first_counted_at", moment),
        key=("code", "quarter", "breakdown"),
    )
    op.create_index("ix_observation_series", "observation", ["programme_id", "code", "quarter"])
    revisions(
        "action_report",
        needed("code", code),
        needed("status", sa.String(20)),
        *(optional(name, sa.Date()) for name in ("start", "finish", "new_due")),
        optional("note", text),
        optional("evidence", text),
        needed("evidence_public", yes_no),
        key=("code",),
    )
    revisions(
        "participation",
        needed("event", code),
        needed("kind", sa.String(20)),
        needed("date", sa.Date()),
        optional("state", text),
        optional("title", text),
        *(optional(name, number) for name in ("total", "women", "men", "indigenous", "organisations")),
        *(optional(name, number) for name in ("proposals_received", "proposals_answered")),
        optional("report_link", text),
        key=("event",),
    )
    revisions(
        "submission",
        needed("quarter", quarter),
        needed("state", sa.String(12)),
        *(optional(name, text) for name in ("name", "post", "letter")),
        optional("date", sa.Date()),
        optional("receipt", sa.String(40)),
        key=("quarter",),
    )


def _found() -> None:
    table(
        "problem",
        needed("programme_id", big),
        needed("spreadsheet_id", big),
        needed("agency", code),
        needed("kind", sa.String(60)),
        needed("severity", sa.String(12)),
        needed("place", json),
        optional("field", sa.String(40)),
        needed("value", text),
        needed("details", json),
        optional("code", code),
        optional("period", sa.String(40)),
        needed("since", moment),
        indexed=("programme_id", "spreadsheet_id"),
    )
    table(
        "feedback",
        needed("spreadsheet_id", big),
        needed("digest", sa.String(64)),
        needed("state", sa.String(12)),
        needed("attempts", number),
        optional("trouble", text),
        needed("changed_at", moment),
        unique("feedback", "spreadsheet_id"),
        indexed=("spreadsheet_id",),
    )
    table(
        "assessment",
        needed("programme_id", big),
        needed("code", code),
        needed("quarter", quarter),
        optional("status", sa.String(20)),
        *(needed(name, yes_no) for name in ("is_due", "is_reported")),
        optional("deadline", sa.Date()),
        *(optional(name, exact) for name in ("value", "expected", "deviation_pct", "compliance_pct", "progress_pct")),
        needed("flags", json),
        needed("reasons", json),
        optional("because", sa.String(40)),
        needed("rule_set", code),
        needed("rule_version", sa.String(40)),
        needed("plan_version_id", big),
        optional("observation_id", big),
        unique("assessment", "programme_id", "code", "quarter"),
    )
    op.create_index("ix_assessment_quarter", "assessment", ["programme_id", "quarter"])


def downgrade() -> None:
    """Drop everything, the last made first."""
    made = "data_version programme plan_version quarter_state sync_run spreadsheet sync_outcome sync_request"
    made += " lease observation action_report participation submission problem feedback assessment"
    for name in reversed(made.split()):
        op.drop_table(name)
