"""What agencies have reported of actions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import action_report


def counted_action_reports(connection: sa.Connection, viewer: Viewer, programme_id: int) -> Iterator[Any]:
    """Every counted revision of every action, oldest first.

    Columns: code, agency, status, start, finish, new_due, note, evidence, place, recorded_at.
    """
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = action_report.c
    yield from connection.execute(
        sa.select(c.code, c.agency, c.status, c.start, c.finish, c.new_due, c.note, c.evidence, c.place, c.recorded_at)
        .where(c.programme_id == programme_id, c.standing == "counted")
        .order_by(c.id)
    )
