"""The spreadsheets of each agency: what they are, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.revisions import SORTS, Sort
from nap_monitor.database.tables import feedback, problem, spreadsheet

FOLDER = "folder"
NOBODYS = ""
"""The agency of a file that belongs to none."""
READ, REFUSED, QUARANTINED, MISSING, UNCLAIMED = "read", "refused", "quarantined", "missing", "unclaimed"


@dataclass(frozen=True, slots=True)
class Spreadsheet:
    """One spreadsheet as last met.

    `digest`, `plan_version_id`, `read_as`: what its stored content was read from. `state`: read, refused, quarantined,
    missing, unclaimed. `trouble`: of a refusal or a quarantine, its kind and details, as a problem has them.
    `feedback`: pending, sent, page_only (its folder cannot be written); None: none was due yet.
    """

    id: int
    agency: str
    key: str
    name: str
    digest: str | None
    plan_version_id: int | None
    read_as: str | None
    state: str
    trouble: dict[str, Any] | None
    first_seen_at: datetime
    read_at: datetime | None
    modified_at: datetime | None
    rows_valid: int
    rows_rejected: int
    released_by: str | None
    released_at: datetime | None
    feedback: str | None
    feedback_digest: str | None


def spreadsheets(
    connection: sa.Connection, viewer: Viewer, programme_id: int, agency: str | None = None
) -> tuple[Spreadsheet, ...]:
    """The spreadsheets of a programme, by agency and key. A missing one is listed while what it said stands.

    Those of nobody (agency empty) the coordinator alone sees.
    """
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = spreadsheet.c
    names = [name for name in Spreadsheet.__slots__ if name not in ("feedback", "feedback_digest")]
    columns = [*(c[name] for name in names), feedback.c.state, feedback.c.digest]
    question = (
        sa.select(*columns)
        .join_from(spreadsheet, feedback, isouter=True)
        .where(c.programme_id == programme_id, c.source == FOLDER)
        .order_by(c.agency, c.key)
    )
    question = question.where(sa.or_(c.state != MISSING, *(_holds_rows(sort) for sort in SORTS)))
    if agency is not None:
        question = question.where(c.agency == agency)
    if not viewer.may(Act.RELEASE):
        question = question.where(c.agency != NOBODYS)
    return tuple(Spreadsheet(*row) for row in connection.execute(question))


def _holds_rows(sort: Sort) -> sa.ColumnElement[bool]:
    """Whether what a spreadsheet said still stands. A renamed file's rows have moved: the old name holds none."""
    c = sort.table.c
    return sa.exists().where(c.spreadsheet_id == spreadsheet.c.id, c.is_current.is_(True))


def meet(
    connection: sa.Connection,
    viewer: Viewer,
    programme_id: int,
    agency: str,
    files: Iterable[tuple[str, str]],
    *,
    state: str,
    now: datetime,
) -> dict[str, int]:
    """The ids of files (key, name), by key; those not met before are recorded, those of another agency handed over."""
    viewer.require(Act.SYNC, agency or None)
    c = spreadsheet.c
    mine = sa.select(c.key, c.id, c.agency, c.name).where(c.programme_id == programme_id, c.source == FOLDER)
    known = {row.key: row for row in connection.execute(mine)}
    found: dict[str, int] = {}
    for key, name in files:
        row = known.get(key)
        if row is None:
            found[key] = _first_met(connection, programme_id, agency, key, name, state, now)
            continue
        found[key] = row.id
        if (row.agency, row.name) != (agency, name):
            # Whatever was stored from it was another's; it is to be read anew.
            connection.execute(sa.delete(problem).where(problem.c.spreadsheet_id == row.id))
            change(connection, viewer, agency, row.id, agency=agency, name=name, digest=None, state=state)
    return found


def _first_met(
    connection: sa.Connection, programme_id: int, agency: str, key: str, name: str, state: str, now: datetime
) -> int:
    row = {"programme_id": programme_id, "agency": agency, "source": FOLDER, "key": key, "name": name, "state": state}
    row |= {"first_seen_at": now, "rows_valid": 0, "rows_rejected": 0}
    identity: int = connection.execute(sa.insert(spreadsheet).values(row).returning(spreadsheet.c.id)).scalar_one()
    return identity


def change(connection: sa.Connection, viewer: Viewer, owner: str, spreadsheet_id: int, **values: Any) -> None:
    """Set columns of one spreadsheet of the agency `owner`."""
    viewer.require(Act.SYNC, owner or None)
    connection.execute(sa.update(spreadsheet).where(spreadsheet.c.id == spreadsheet_id).values(**values))


def differs(known: Spreadsheet, values: Mapping[str, Any]) -> bool:
    """Whether any of these columns would change."""
    return any(getattr(known, name) != value for name, value in values.items())
