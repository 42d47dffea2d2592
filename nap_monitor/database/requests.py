"""The queue: pages ask for a sync and watch it; one worker does it. It leaves the version of the data alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import programme, sync_request

WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `done` of `total` agencies are finished; `trouble`: why it failed, (message, its values)."""

    id: int
    programme_code: str
    agency: str | None
    asked_by: str
    asked_at: datetime
    state: str
    done: int
    total: int
    run_id: int | None
    trouble: tuple[str, dict[str, str]] | None

    @property
    def is_over(self) -> bool:
        return self.state in (DONE, FAILED)


def ask_for_sync(
    connection: sa.Connection, viewer: Viewer, programme_id: int, agency: str | None = None, *, now: datetime
) -> int:
    """Ask for a sync of one agency, or of all; the request's id. A wish that waits already is not asked twice."""
    viewer.require(Act.SYNC, agency)
    c = sync_request.c
    same = sa.and_(c.programme_id == programme_id, c.agency.is_not_distinct_from(agency), c.state == WAITING)
    waiting: int | None = connection.execute(sa.select(sa.func.min(c.id)).where(same)).scalar()
    if waiting is not None:
        return waiting
    row = {"programme_id": programme_id, "agency": agency, "asked_by": viewer.name, "asked_at": now, "state": WAITING}
    made: int = connection.execute(sa.insert(sync_request).values(row).returning(c.id)).scalar_one()
    return made


def request(connection: sa.Connection, viewer: Viewer, request_id: int) -> Request | None:
    """How far a request has come; None: there is no such request."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    return _one(connection, sync_request.c.id == request_id)


def latest_request(
    connection: sa.Connection, viewer: Viewer, programme_id: int, agency: str | None = None
) -> Request | None:
    """The latest request of a programme; with an agency, the latest that concerns it."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = sync_request.c
    concerns = sa.true() if agency is None else sa.or_(c.agency.is_(None), c.agency == agency)
    newest = sa.select(sa.func.max(c.id)).where(c.programme_id == programme_id, concerns)
    return _one(connection, c.id == newest.scalar_subquery())


def has_waiting(connection: sa.Connection, viewer: Viewer) -> bool:
    """Whether the worker has anything to do: a request waits, or one was left behind by a worker that died."""
    viewer.require(Act.SYNC)
    found = sa.select(sync_request.c.id).where(sync_request.c.state.in_([WAITING, RUNNING])).limit(1)
    return connection.execute(found).first() is not None


def claim(connection: sa.Connection, viewer: Viewer) -> Request | None:
    """Take the oldest request. Only for who holds the sync's lock: then whatever says "running" was left behind."""
    viewer.require(Act.SYNC)
    c = sync_request.c
    connection.execute(sa.update(sync_request).where(c.state == RUNNING).values(state=WAITING, done=0, total=0))
    oldest: int | None = connection.execute(sa.select(sa.func.min(c.id)).where(c.state == WAITING)).scalar()
    if oldest is None:
        return None
    connection.execute(sa.update(sync_request).where(c.id == oldest).values(state=RUNNING))
    return _one(connection, c.id == oldest)


def record_progress(connection: sa.Connection, viewer: Viewer, request_id: int, *, done: int, total: int) -> None:
    """How far a request has come: agencies finished, of so many."""
    viewer.require(Act.SYNC)
    connection.execute(sa.update(sync_request).where(sync_request.c.id == request_id).values(done=done, total=total))


def record_end(
    connection: sa.Connection,
    viewer: Viewer,
    request_id: int,
    *,
    run_id: int | None = None,
    trouble: tuple[str, dict[str, str]] | None = None,
) -> None:
    """The request is done, or failed for a reason: a message and its values."""
    viewer.require(Act.SYNC)
    values = {
        "state": FAILED if trouble else DONE,
        "sync_run_id": run_id,
        "message": json.dumps(trouble, ensure_ascii=False) if trouble else None,
    }
    connection.execute(sa.update(sync_request).where(sync_request.c.id == request_id).values(**values))


def _one(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> Request | None:
    c = sync_request.c
    columns = [c.id, programme.c.code, c.agency, c.asked_by, c.asked_at, c.state, c.done, c.total, c.sync_run_id]
    row = connection.execute(sa.select(*columns, c.message).join_from(sync_request, programme).where(condition)).first()
    if row is None:
        return None
    trouble = tuple(json.loads(row.message)) if row.message else None
    return Request(**dict(zip(Request.__slots__, (*row[:-1], trouble), strict=True)))
