"""Plans and their versions. A version is never changed: what was judged by it can always be worked out again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database import tables
from nap_monitor.database.engine import raise_data_version
from nap_monitor.language import Language, mark
from nap_monitor.programme.changes import Difference, content, differences, touches_judgement
from nap_monitor.programme.model import Programme, from_document, pick, to_document
from nap_monitor.programme.quarters import Quarter

REFUSALS: dict[str, str] = {
    "needs_effective_from": mark(
        "This changes what progress is judged by ({entries}). Say from which quarter it holds: "
        "--effective-from 2026-Q3, or “effective_from” in the plan."
    ),
    "needs_reason": mark(
        "This changes what progress is judged by ({entries}). Say why: --reason “…”, or “reason” in the plan."
    ),
    "stale_reason": mark(
        "This changes what progress is judged by ({entries}), but effective_from and reason are those of the version "
        "already loaded. Say from which quarter the new change holds, and why."
    ),
    "before_current": mark(
        "The version already loaded holds from {current}; a newer one cannot hold from {quarter}, before it."
    ),
    "closed_quarter": mark("{closed} is closed and keeps its colours; the change can hold from {first} on."),
}


class PlanRefused(Exception):
    """A version that cannot be stored as it is. `kind` is a key of `REFUSALS`; nothing was changed."""

    def __init__(self, kind: str, **details: str) -> None:
        super().__init__(REFUSALS[kind].format(**details))
        self.kind = kind
        self.details = details

    def sentence(self, language: Language) -> str:
        return language.say(REFUSALS[self.kind], **self.details)


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """One version of one plan, as it is kept."""

    programme_id: int
    version_id: int
    number: int
    effective_from: Quarter | None  # None: from the beginning
    programme: Programme
    is_demonstration: bool
    loaded_by: str = ""
    loaded_at: datetime | None = None
    differences: tuple[dict[str, Any], ...] = ()  # from the version before, as `Difference.to_json` says them


def digest_of(programme: Programme) -> str:
    """SHA-256 of what a plan says, whatever version it says it in."""
    text = json.dumps(content(programme), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def store_plan(
    connection: sa.Connection, viewer: Viewer, programme: Programme, *, now: datetime, is_demonstration: bool = False
) -> StoredPlan:
    """Keep a plan as a new version of the programme of its code, with the differences from the one before.

    A plan that says what the current version says is that version: nothing is stored. One that changes what progress
    is judged by needs its quarter and a reason of its own, else `PlanRefused`. `is_demonstration` counts when the
    programme is new.
    """
    viewer.require(Act.LOAD_PLAN)
    versions = plan_versions(connection, viewer, programme.code)
    if not versions:
        programme_id = _new_programme(connection, programme.code, now, is_demonstration)
        return _insert(connection, viewer, programme_id, 1, programme, (), now)
    current = versions[-1]
    if digest_of(current.programme) == digest_of(programme):
        return current
    found = differences(current.programme, programme)
    _require_grounds(connection, current, programme, found)
    if programme.effective_from is None:  # it says nothing new about quarters that an older version judges
        programme = replace(programme, effective_from=current.effective_from)
    return _insert(connection, viewer, current.programme_id, current.number + 1, programme, found, now)


def _require_grounds(
    connection: sa.Connection, current: StoredPlan, programme: Programme, found: tuple[Difference, ...]
) -> None:
    """Rule 11: weights, rule sets, targets, methods and responsibles change from a quarter, for a reason."""
    quarter = programme.effective_from
    if quarter and current.effective_from and quarter < current.effective_from:
        raise PlanRefused("before_current", current=str(current.effective_from), quarter=str(quarter))
    if not touches_judgement(found):
        return
    entries = _named([d.entry for d in found if d.judges])
    if quarter is None:
        raise PlanRefused("needs_effective_from", entries=entries)
    if not programme.reason:
        raise PlanRefused("needs_reason", entries=entries)
    if (quarter, programme.reason) == (current.effective_from, current.programme.reason):
        raise PlanRefused("stale_reason", entries=entries)
    closed = _last_closed(connection, current.programme_id)
    if closed and quarter <= closed:
        raise PlanRefused("closed_quarter", closed=str(closed), first=str(closed + 1))


def _named(entries: Sequence[str], at_most: int = 3) -> str:
    """The codes of the entries, the first few of them."""
    codes = list(dict.fromkeys(entry.split(" ", 1)[1] for entry in entries))
    return ", ".join(codes[:at_most]) + (", …" if len(codes) > at_most else "")


def _last_closed(connection: sa.Connection, programme_id: int) -> Quarter | None:
    states = tables.quarter_state
    code = connection.execute(
        sa.select(sa.func.max(states.c.quarter)).where(
            states.c.programme_id == programme_id, states.c.state == "closed"
        )
    ).scalar()
    return Quarter.parse(code) if code else None


def _new_programme(connection: sa.Connection, code: str, now: datetime, is_demonstration: bool) -> int:
    position = connection.execute(sa.select(sa.func.coalesce(sa.func.max(tables.programme.c.position), 0) + 1))
    statement = sa.insert(tables.programme).values(
        code=code, position=position.scalar_one(), is_demonstration=is_demonstration, created_at=now
    )
    return int(connection.execute(statement.returning(tables.programme.c.id)).scalar_one())


def _insert(
    connection: sa.Connection,
    viewer: Viewer,
    programme_id: int,
    number: int,
    programme: Programme,
    found: tuple[Difference, ...],
    now: datetime,
) -> StoredPlan:
    statement = sa.insert(tables.plan_version).values(
        programme_id=programme_id,
        number=number,
        effective_from=str(programme.effective_from) if programme.effective_from else None,
        document=to_document(programme),
        digest=digest_of(programme),
        differences=[d.to_json() for d in found],
        reason=pick(programme.reason, "es") or None,
        decision=programme.decision,
        loaded_by=viewer.name,
        loaded_at=now,
    )
    connection.execute(statement)
    raise_data_version(connection)
    return plan_versions(connection, viewer, programme.code)[-1]


def plan_versions(connection: sa.Connection, viewer: Viewer, code: str) -> tuple[StoredPlan, ...]:
    """Every version of the programme with this code, the oldest first; none when there is no such programme."""
    return _read(connection, viewer, tables.programme.c.code == code)


def plan_versions_by_id(connection: sa.Connection, viewer: Viewer, programme_id: int) -> tuple[StoredPlan, ...]:
    """Every version of the programme with this id, the oldest first."""
    return _read(connection, viewer, tables.programme.c.id == programme_id)


def programmes(connection: sa.Connection, viewer: Viewer) -> tuple[StoredPlan, ...]:
    """The newest version of each programme; the first one is shown where none is asked for."""
    version = tables.plan_version
    newest = sa.select(sa.func.max(version.c.id)).group_by(version.c.programme_id)
    return _read(connection, viewer, version.c.id.in_(newest))


def version_for(versions: Sequence[StoredPlan], quarter: Quarter) -> StoredPlan:
    """The version that judges a quarter: the newest of those in force by then, else the oldest there is."""
    in_force = [v for v in versions if v.effective_from is None or v.effective_from <= quarter]
    return in_force[-1] if in_force else versions[0]


def _read(connection: sa.Connection, viewer: Viewer, condition: sa.ColumnElement[bool]) -> tuple[StoredPlan, ...]:
    viewer.require(Act.SEE_PLAN)
    programme, version = tables.programme, tables.plan_version
    statement = (
        sa.select(version, programme.c.is_demonstration)
        .join(programme, version.c.programme_id == programme.c.id)
        .where(condition)
        .order_by(programme.c.position, version.c.number)
    )
    return tuple(_stored(row) for row in connection.execute(statement))


def _stored(row: Any) -> StoredPlan:
    return StoredPlan(
        programme_id=row.programme_id,
        version_id=row.id,
        number=row.number,
        effective_from=Quarter.parse(row.effective_from) if row.effective_from else None,
        programme=from_document(row.document),
        is_demonstration=row.is_demonstration,
        loaded_by=row.loaded_by,
        loaded_at=row.loaded_at,
        differences=tuple(row.differences),
    )
