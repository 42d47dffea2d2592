"""Where each quarter stands: open, in review, closed."""

from __future__ import annotations

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.tables import quarter_state


def quarter_states(connection: sa.Connection, viewer: Viewer, programme_id: int) -> dict[str, str]:
    """Quarter code -> state; a quarter that is not there is open."""
    viewer.require(Act.SEE_PUBLISHED)
    c = quarter_state.c
    rows = connection.execute(sa.select(c.quarter, c.state).where(c.programme_id == programme_id))
    return {row.quarter: row.state for row in rows}


def closed_quarters(connection: sa.Connection, viewer: Viewer, programme_id: int) -> frozenset[str]:
    """The codes of the quarters whose figures stand frozen."""
    states = quarter_states(connection, viewer, programme_id)
    return frozenset(quarter for quarter, state in states.items() if state == "closed")
