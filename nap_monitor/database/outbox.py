"""The outbox of feedback: what each spreadsheet should be told, and whether it was. A crash between loses nothing."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import feedback as table

PENDING, SENT, PAGE_ONLY = "pending", "sent", "page_only"


def put_feedback(
    connection: sa.Connection, viewer: Viewer, agency: str, spreadsheet_id: int, digest: str, *, now: datetime
) -> bool:
    """Have a spreadsheet told something, in the transaction that stores it. False: it was told just that already."""
    viewer.require(Act.SYNC, agency)
    c = table.c
    row = connection.execute(sa.select(c.digest, c.state).where(c.spreadsheet_id == spreadsheet_id)).first()
    wanted = {"digest": digest, "state": PENDING, "attempts": 0, "trouble": None, "changed_at": now}
    if row is None:
        connection.execute(sa.insert(table).values(spreadsheet_id=spreadsheet_id, **wanted))
        return True
    if row.digest == digest and row.state == SENT:
        return False
    if row.digest != digest:
        connection.execute(sa.update(table).where(c.spreadsheet_id == spreadsheet_id).values(**wanted))
    return True


def mark_feedback(
    connection: sa.Connection,
    viewer: Viewer,
    agency: str,
    spreadsheet_id: int,
    digest: str,
    *,
    now: datetime,
    trouble: str | None = None,
) -> bool:
    """Record that feedback was written, or why it could not be (it stands on the page). Whether the state changed."""
    viewer.require(Act.SYNC, agency)
    c = table.c
    this = sa.and_(c.spreadsheet_id == spreadsheet_id, c.digest == digest)  # not when more was to be said meanwhile
    state = SENT if trouble is None else PAGE_ONLY
    before = connection.execute(sa.select(c.state).where(this)).scalar()
    values = {"state": state, "attempts": c.attempts + 1, "trouble": trouble, "changed_at": now}
    connection.execute(sa.update(table).where(this).values(**values))
    return before not in (None, state)
