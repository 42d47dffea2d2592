"""Stored assessments, and the counted figures they are made of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import assessment as table
from nap_monitor.database.tables import observation
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Assessment
from nap_monitor.progress.statuses import Because, Flag, Reason, Status

_BATCH = 500  # codes in one IN (…): SQLite takes 32,766 values at most, and plans stay small


@dataclass(frozen=True, slots=True)
class CountedFigure:
    """One counted, current observation. `value` None: declared (`no_data`, `no_cases`) or cleared."""

    id: int
    code: str
    quarter: Quarter
    breakdown: str
    agency: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    declared: str | None
    cut_off: date | None
    has_evidence: bool
    is_preliminary: bool
    is_revised_after_acceptance: bool
    first_counted_at: datetime | None


def counted_figures(
    connection: sa.Connection, viewer: Viewer, programme_id: int, codes: Collection[str]
) -> Iterator[CountedFigure]:
    """The counted, current observations of some indicators, ordered by code, quarter and breakdown.

    Where two agencies have reported one key (a duty that moved), each has its row; the later reading comes last.
    """
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = observation.c
    for batch in _batches(codes):
        rows = connection.execute(
            sa.select(c.id, c.code, c.quarter, c.breakdown, c.agency, c.value, c.numerator, c.denominator, c.declared)
            .add_columns(c.cut_off, c.evidence, c.quality, c.accepted_at, c.recorded_at, c.first_counted_at)
            .where(c.programme_id == programme_id, c.code.in_(batch))
            .where(c.standing == "counted", c.is_current.is_(True))
            .order_by(c.code, c.quarter, c.breakdown, c.id)
        )
        for row in rows:
            yield CountedFigure(
                id=row.id,
                code=row.code,
                quarter=Quarter.parse(row.quarter),
                breakdown=row.breakdown,
                agency=row.agency,
                value=row.value,
                numerator=row.numerator,
                denominator=row.denominator,
                declared=row.declared,
                cut_off=row.cut_off,
                has_evidence=bool(row.evidence),
                is_preliminary=row.quality == "preliminary",
                is_revised_after_acceptance=row.accepted_at is not None and row.recorded_at > row.accepted_at,
                first_counted_at=row.first_counted_at,
            )


def replace_assessments(
    connection: sa.Connection, programme_id: int, codes: Collection[str], assessed: Iterable[tuple[int, Assessment]]
) -> int:
    """Make the stored assessments of `codes` exactly these (plan version id, assessment). Returns the rows changed."""
    wanted = {(a.code, str(a.quarter)): _row(programme_id, version_id, a) for version_id, a in assessed}
    stored = {(row["code"], row["quarter"]): row for row in _stored_rows(connection, programme_id, codes)}
    gone = [{"b_id": row["id"]} for key, row in stored.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in stored]
    changed = [
        {**row, "b_id": stored[key]["id"]}
        for key, row in wanted.items()
        if key in stored and any(stored[key][name] != value for name, value in row.items())
    ]
    this_row = table.c.id == sa.bindparam("b_id")
    if gone:
        connection.execute(sa.delete(table).where(this_row), gone)
    if changed:
        names = [name for name in changed[0] if name != "b_id"]
        connection.execute(sa.update(table).where(this_row).values({n: sa.bindparam(n) for n in names}), changed)
    if new:
        connection.execute(sa.insert(table), new)
    return len(gone) + len(changed) + len(new)


def assessments_shown(
    connection: sa.Connection, viewer: Viewer, programme_id: int, quarter: Quarter, day: date
) -> tuple[dict[str, Assessment], dict[str, Assessment]]:
    """By indicator code: the quarter's own assessments, and the latest earlier ones that have a status on `day`."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    mine = table.c.programme_id == programme_id
    has_status = sa.or_(table.c.status.is_not(None), sa.and_(table.c.is_due.is_(True), table.c.deadline < day))
    latest = (
        sa.select(table.c.code, sa.func.max(table.c.quarter).label("quarter"))
        .where(mine, table.c.quarter < str(quarter), has_status)
        .group_by(table.c.code)
        .subquery()
    )
    own = connection.execute(sa.select(table).where(mine, table.c.quarter == str(quarter))).mappings()
    earlier = connection.execute(
        sa.select(table)
        .where(mine)
        .join(latest, sa.and_(latest.c.code == table.c.code, latest.c.quarter == table.c.quarter))
    ).mappings()
    return {row["code"]: _assessment(row) for row in own}, {row["code"]: _assessment(row) for row in earlier}


def assessments_of(connection: sa.Connection, viewer: Viewer, programme_id: int, code: str) -> list[Assessment]:
    """Every stored assessment of one indicator, in order of quarters."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    return [_assessment(row) for row in sorted(_stored_rows(connection, programme_id, [code]), key=_by_quarter)]


def reported_of_due(connection: sa.Connection, viewer: Viewer, programme_id: int, quarter: Quarter) -> dict[str, bool]:
    """For each indicator due in a quarter: whether a counted answer came. Who has reported is public; what, is not."""
    viewer.require(Act.SEE_PUBLISHED)
    c = table.c
    due = sa.select(c.code, c.is_reported).where(
        c.programme_id == programme_id, c.quarter == str(quarter), c.is_due.is_(True)
    )
    return {row.code: row.is_reported for row in connection.execute(due)}


def judged_by_other_rules(connection: sa.Connection, programme_id: int, in_force: Iterable[tuple[str, str]]) -> bool:
    """Whether an assessment was made by a rule set, or a version of it, that is not in force any more."""
    c = table.c
    used = connection.execute(sa.select(c.rule_set, c.rule_version).where(c.programme_id == programme_id).distinct())
    return bool({(row.rule_set, row.rule_version) for row in used} - set(in_force))


def _by_quarter(row: sa.RowMapping) -> str:
    return str(row["quarter"])


def _batches(codes: Collection[str]) -> Iterator[list[str]]:
    ordered = sorted(codes)
    for start in range(0, len(ordered), _BATCH):
        yield ordered[start : start + _BATCH]


def _stored_rows(connection: sa.Connection, programme_id: int, codes: Collection[str]) -> Iterator[sa.RowMapping]:
    for batch in _batches(codes):
        found = sa.select(table).where(table.c.programme_id == programme_id, table.c.code.in_(batch))
        yield from connection.execute(found).mappings()


_SAME = [
    "code",
    "is_due",
    "is_reported",
    "deadline",
    "value",
    "expected",
    "deviation_pct",
    "compliance_pct",
    "progress_pct",
    "rule_set",
    "rule_version",
]


def _row(programme_id: int, version_id: int, assessed: Assessment) -> dict[str, Any]:
    return {
        **{name: getattr(assessed, name) for name in _SAME},
        "programme_id": programme_id,
        "quarter": str(assessed.quarter),
        "status": assessed.status.value if assessed.status else None,
        "flags": [flag.value for flag in assessed.flags],
        "reasons": [reason.value for reason in assessed.reasons],
        "because": assessed.because.value if assessed.because else None,
        "plan_version_id": version_id,
        "observation_id": assessed.observation_id,
    }


def _assessment(row: sa.RowMapping) -> Assessment:
    return Assessment(
        **{name: row[name] for name in _SAME},
        quarter=Quarter.parse(row["quarter"]),
        status=Status(row["status"]) if row["status"] else None,
        flags=tuple(Flag(flag) for flag in row["flags"]),
        reasons=tuple(Reason(reason) for reason in row["reasons"]),
        because=Because(row["because"]) if row["because"] else None,
        observation_id=row["observation_id"],
    )
