"""What agencies say of their reports as a whole: the quarter is a draft, or submitted."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import submission

SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Submission:
    """One quarter of one agency. `state`: draft, submitted; `recorded_at`: when it was read so."""

    agency: str
    quarter: str
    state: str
    name: str | None
    post: str | None
    letter: str | None
    date: date | None
    receipt: str | None
    revision: int
    recorded_at: datetime


def submissions(
    connection: sa.Connection, viewer: Viewer, programme_id: int, quarter: str | None = None
) -> tuple[Submission, ...]:
    """The submissions as they stand, by agency and quarter."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = submission.c
    question = sa.select(*(c[name] for name in Submission.__slots__)).where(
        c.programme_id == programme_id, c.is_current.is_(True)
    )
    if quarter is not None:
        question = question.where(c.quarter == quarter)
    return tuple(Submission(*row) for row in connection.execute(question.order_by(c.agency, c.quarter)))


def last_known_states(
    connection: sa.Connection, viewer: Viewer, programme_id: int, agency: str, spreadsheet_ids: Collection[int]
) -> dict[int, dict[str, str]]:
    """What some spreadsheets of an agency said last: spreadsheet id -> quarter code -> state."""
    viewer.require(Act.SYNC, agency)
    c = submission.c
    found: dict[int, dict[str, str]] = {}
    rows = sa.select(c.spreadsheet_id, c.quarter, c.state).where(
        c.programme_id == programme_id,
        c.agency == agency,
        c.is_current.is_(True),
        c.spreadsheet_id.in_(spreadsheet_ids),
    )
    for spreadsheet_id, quarter, state in connection.execute(rows):
        found.setdefault(spreadsheet_id, {})[quarter] = state
    return found
