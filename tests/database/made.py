"""The least that must be in a database before anything can be reported: a programme and a spreadsheet."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa

from nap_monitor.access import Role, Viewer
from nap_monitor.database import tables
from nap_monitor.database.spreadsheets import meet

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
COORDINATOR = Viewer(Role.COORDINATOR, "Ana")
AGENCY = Viewer(Role.AGENCY, "Luis", "STPS")
OTHER_AGENCY = Viewer(Role.AGENCY, "Eva", "SE")
LEADERSHIP = Viewer(Role.LEADERSHIP, "Sol")


def programme(connection: sa.Connection, code: str = "NAP") -> int:
    row = {"code": code, "position": 1, "is_demonstration": False, "created_at": NOW}
    return int(connection.execute(sa.insert(tables.programme).values(row)).inserted_primary_key[0])


def spreadsheet(connection: sa.Connection, programme_id: int, agency: str = "STPS", key: str = "STPS.xlsx") -> int:
    return meet(connection, COORDINATOR, programme_id, agency, [(key, key)], state="read", now=NOW)[key]
