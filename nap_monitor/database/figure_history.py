"""Everything that was ever reported for one indicator, with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import observation
from nap_monitor.programme.quarters import Quarter


@dataclass(frozen=True, slots=True)
class FigureRevision:
    """One revision of one figure. `place`: {file, tab, row, column} of the cell it came from."""

    id: int
    quarter: Quarter
    breakdown: str
    agency: str
    standing: str
    revision: int
    is_current: bool
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None
    declared: str | None
    quality: str | None
    cut_off: date | None
    own_rating: str | None
    cause: str | None
    corrective: str | None
    evidence: str | None
    evidence_public: bool
    reported_by: str | None
    place: dict[str, Any] | None
    recorded_by: str
    recorded_at: datetime
    vanished_at: datetime | None


_COLUMNS = [name for name in FigureRevision.__dataclass_fields__ if name != "quarter"]


def figure_revisions(
    connection: sa.Connection, viewer: Viewer, programme_id: int, code: str
) -> tuple[FigureRevision, ...]:
    """Newest quarter first, and in it the newest revision first. Drafts only for who may see them."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = observation.c
    rows = connection.execute(
        sa.select(*(c[name] for name in _COLUMNS), c.quarter)
        .where(c.programme_id == programme_id, c.code == code)
        .order_by(c.quarter.desc(), c.breakdown, c.id.desc())
    ).mappings()
    return tuple(
        FigureRevision(**{name: row[name] for name in _COLUMNS}, quarter=Quarter.parse(row["quarter"]))
        for row in rows
        if row["standing"] != "draft" or viewer.may(Act.SEE_DRAFTS, row["agency"])
    )
