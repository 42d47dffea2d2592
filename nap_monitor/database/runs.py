"""Runs of the sync, and what each found at each agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import sync_outcome, sync_run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run found at one agency.

    `read`: rows that report something = `valid` + `rejected`; a row prepared and left empty is none of them.
    `unchanged`: the valid ones that said nothing new.
    `state`: done, unchanged, quarantined, refused, waiting, missing, failed. `error_class`: of an unexpected failure.
    """

    agency: str
    state: str
    read: int = 0
    valid: int = 0
    unchanged: int = 0
    rejected: int = 0
    problems: int = 0
    seconds: Decimal = Decimal(0)
    error_class: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `finished_at` None: it is at work, or was interrupted (whatever it had stored by then stands)."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    asked_by: str
    outcomes: tuple[Outcome, ...]


def start_run(connection: sa.Connection, viewer: Viewer, programme_id: int, *, source: str, now: datetime) -> int:
    """Record that a run began; its id."""
    viewer.require(Act.SYNC, viewer.agency)
    row = {"programme_id": programme_id, "started_at": now, "asked_by": viewer.name, "source": source}
    identity: int = connection.execute(sa.insert(sync_run).values(row).returning(sync_run.c.id)).scalar_one()
    return identity


def finish_run(connection: sa.Connection, viewer: Viewer, run_id: int, *, now: datetime) -> None:
    """Record that a run came to its end."""
    viewer.require(Act.SYNC, viewer.agency)
    connection.execute(sa.update(sync_run).where(sync_run.c.id == run_id).values(finished_at=now))


def record_outcome(connection: sa.Connection, viewer: Viewer, run_id: int, outcome: Outcome) -> None:
    """Record what a run found at one agency, in the transaction that stores what it found."""
    viewer.require(Act.SYNC, outcome.agency)
    connection.execute(
        sa.insert(sync_outcome).values(
            sync_run_id=run_id,
            agency=outcome.agency,
            state=outcome.state,
            read=outcome.read,
            valid=outcome.valid,
            unchanged=outcome.unchanged,
            rejected=outcome.rejected,
            problems=outcome.problems,
            seconds=outcome.seconds,
            error_class=outcome.error_class[:40] if outcome.error_class else None,
        )
    )


def latest_runs(connection: sa.Connection, viewer: Viewer, programme_id: int, limit: int = 10) -> tuple[Run, ...]:
    """The latest runs with their outcomes (by agency), newest first."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = sync_run.c
    runs = connection.execute(
        sa.select(c.id, c.started_at, c.finished_at, c.asked_by)
        .where(c.programme_id == programme_id)
        .order_by(c.id.desc())
        .limit(limit)
    ).all()
    outcomes = _outcomes(connection, [run.id for run in runs])
    return tuple(Run(*run, outcomes=tuple(outcomes[run.id])) for run in runs)


def _outcomes(connection: sa.Connection, run_ids: Sequence[int]) -> dict[int, list[Outcome]]:
    c = sync_outcome.c
    columns = [c.agency, c.state, c.read, c.valid, c.unchanged, c.rejected, c.problems, c.seconds, c.error_class]
    found: dict[int, list[Outcome]] = defaultdict(list)
    rows = sa.select(c.sync_run_id, *columns).where(c.sync_run_id.in_(run_ids)).order_by(c.agency)
    for run_id, *values in connection.execute(rows):
        found[run_id].append(Outcome(*values))
    return found


def last_sync_at(connection: sa.Connection, viewer: Viewer, programme_id: int | None = None) -> datetime | None:
    """When the last run came to its end: how fresh the data are. None: there was none. `programme_id` None: of any."""
    viewer.require(Act.SEE_PUBLISHED)
    question = sa.select(sa.func.max(sync_run.c.finished_at))
    if programme_id is not None:
        question = question.where(sync_run.c.programme_id == programme_id)
    moment: datetime | None = connection.execute(question).scalar()
    return moment
