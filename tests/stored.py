"""Figures put straight into a database, for tests of what is made of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Role, Viewer
from nap_monitor.assess import recompute
from nap_monitor.database.plans import StoredPlan, store_plan
from nap_monitor.database.tables import action_report, observation
from nap_monitor.programme.model import Programme

COORDINATOR = Viewer(Role.COORDINATOR, "coordinator")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
_REVISION = {"standing": "counted", "revision": 1, "is_current": True, "recorded_by": "test"}


def stored(connection: sa.Connection, programme: Programme, **options: Any) -> StoredPlan:
    return store_plan(connection, COORDINATOR, programme, now=NOW, **options)


def report(
    connection: sa.Connection,
    plan: StoredPlan,
    code: str,
    quarter: str,
    value: object,
    on: str = "2025-01-02",
    **more: Any,
) -> int:
    """One counted figure with evidence, first counted on a day, and the assessments made anew."""
    moment = datetime.combine(date.fromisoformat(on), datetime.min.time().replace(hour=18), UTC)
    row = {
        **_REVISION,
        "programme_id": plan.programme_id,
        "agency": "A",
        "code": code,
        "quarter": quarter,
        "breakdown": "",
        "value": None if value is None else Decimal(str(value)),
        "evidence": "https://example.org/evidence.pdf",
        "evidence_public": False,
        "recorded_at": moment,
        "first_counted_at": moment,
        "place": {"file": "A.xlsx", "tab": "Indicadores", "row": 5, "column": "E"},
        **more,
    }
    identity: int = connection.execute(sa.insert(observation).values(row).returning(observation.c.id)).scalar_one()
    recompute(connection, plan.programme_id, [code])
    return identity


def report_action(connection: sa.Connection, plan: StoredPlan, code: str, status: str, **more: Any) -> None:
    row = {
        **_REVISION,
        "programme_id": plan.programme_id,
        "agency": "A",
        "code": code,
        "status": status,
        "evidence_public": False,
        "recorded_at": NOW,
        **more,
    }
    connection.execute(sa.insert(action_report).values(row))
