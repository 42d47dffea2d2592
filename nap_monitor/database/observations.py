"""Figures as they are kept: every revision with its source, drafts for who may see them, restatements that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Act, Role, Viewer
from nap_monitor.database.tables import observation, spreadsheet


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of one figure. `value` None: declared (`no_data`, `no_cases`) or cleared.

    `standing`: counted, draft (its agency and the coordinator see it), restatement (its quarter is closed).
    `vanished_at`: since when the row is no more in the sheet; what it said stands. `place`: {file, tab, row, column}.
    """

    id: int
    agency: str
    code: str
    quarter: str
    breakdown: str
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
    accepted_at: datetime | None
    first_counted_at: datetime | None
    standing: str
    revision: int
    is_current: bool
    vanished_at: datetime | None
    place: dict[str, Any] | None
    recorded_by: str
    recorded_at: datetime
    spreadsheet_key: str | None


def revisions(
    connection: sa.Connection,
    viewer: Viewer,
    programme_id: int,
    code: str,
    quarter: str | None = None,
    breakdown: str | None = None,
) -> tuple[Revision, ...]:
    """Every revision of an indicator's figures (of one quarter, of one breakdown; "" is the total), oldest first."""
    c = observation.c
    conditions = [c.code == code]
    if quarter is not None:
        conditions.append(c.quarter == quarter)
    if breakdown is not None:
        conditions.append(c.breakdown == breakdown)
    return _read(connection, viewer, programme_id, *conditions)


def drafts(connection: sa.Connection, viewer: Viewer, programme_id: int, agency: str) -> tuple[Revision, ...]:
    """What an agency has typed and not submitted. For the agency itself and the coordinator."""
    viewer.require(Act.SEE_DRAFTS, agency)
    c = observation.c
    return _read(connection, viewer, programme_id, c.agency == agency, c.standing == "draft", c.is_current.is_(True))


def pending_restatements(connection: sa.Connection, viewer: Viewer, programme_id: int) -> tuple[Revision, ...]:
    """New figures for closed quarters: the next agenda."""
    c = observation.c
    return _read(connection, viewer, programme_id, c.standing == "restatement", c.is_current.is_(True))


def vanished(connection: sa.Connection, viewer: Viewer, programme_id: int, agency: str) -> tuple[Revision, ...]:
    """Figures that still stand though their rows are gone from the agency's sheet."""
    c = observation.c
    gone = [c.agency == agency, c.vanished_at.is_not(None), c.is_current.is_(True)]
    return _read(connection, viewer, programme_id, *gone)


def _read(
    connection: sa.Connection, viewer: Viewer, programme_id: int, *conditions: sa.ColumnElement[bool]
) -> tuple[Revision, ...]:
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = observation.c
    columns = [c[name] for name in Revision.__slots__ if name != "spreadsheet_key"]
    question = (
        sa.select(*columns, spreadsheet.c.key.label("spreadsheet_key"))
        .join_from(observation, spreadsheet, isouter=True)
        .where(c.programme_id == programme_id, _visible(viewer), *conditions)
        .order_by(c.quarter, c.breakdown, c.id)
    )
    return tuple(Revision(**row) for row in connection.execute(question).mappings())


def _visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Drafts are seen by their agency and the coordinator alone."""
    if viewer.role is Role.COORDINATOR:
        return sa.true()
    counts = observation.c.standing != "draft"
    if viewer.role is Role.AGENCY and viewer.agency is not None:
        return sa.or_(counts, observation.c.agency == viewer.agency)
    return counts
