"""What is wrong in each spreadsheet now. Rewritten with each reading; `since` survives while the problem stays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database.spreadsheets import NOBODYS
from nap_monitor.database.tables import problem as table
from nap_monitor.database.tables import spreadsheet

_SAID = ("kind", "severity", "place", "field", "value", "details", "code", "period")
_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class StoredProblem:
    """One problem. `place`: {file, tab, row, column}; `kind` and `details` make its sentence (`sheets.problems`)."""

    spreadsheet_id: int
    spreadsheet_key: str
    agency: str
    kind: str
    severity: str
    place: dict[str, Any]
    field: str | None
    value: str
    details: dict[str, str]
    code: str | None
    period: str | None
    since: datetime


def problems(
    connection: sa.Connection, viewer: Viewer, programme_id: int, agency: str | None = None
) -> tuple[StoredProblem, ...]:
    """The problems of a programme, or of one agency, in the order of their sheets.

    Those of files that belong to nobody (agency empty) are the coordinator's alone.
    """
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = table.c
    columns = [c.spreadsheet_id, spreadsheet.c.key, c.agency, *(c[name] for name in _SAID), c.since]
    question = sa.select(*columns).join_from(table, spreadsheet).where(c.programme_id == programme_id)
    if agency is not None:
        question = question.where(c.agency == agency)
    if not viewer.may(Act.RELEASE):
        question = question.where(c.agency != NOBODYS)
    return tuple(StoredProblem(*row) for row in connection.execute(question.order_by(c.agency, c.id)))


def problem_counts(connection: sa.Connection, viewer: Viewer, programme_id: int) -> dict[str, dict[str, int]]:
    """agency -> severity -> how many."""
    viewer.require(Act.SEE_OPEN_QUARTER)
    c = table.c
    counted = sa.select(c.agency, c.severity, sa.func.count()).where(c.programme_id == programme_id)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for agency, severity, count in connection.execute(counted.group_by(c.agency, c.severity)):
        found[agency][severity] = count
    return dict(found)


def store_problems(
    connection: sa.Connection,
    viewer: Viewer,
    programme_id: int,
    agency: str,
    spreadsheet_id: int,
    found: Iterable[Mapping[str, Any]],
    *,
    now: datetime,
) -> tuple[bool, list[datetime]]:
    """Make the problems of a spreadsheet exactly these (each with the keys of `_SAID`).

    Whether anything changed, and since when each of them is there.
    """
    viewer.require(Act.SYNC, agency or None)
    c = table.c
    here = c.spreadsheet_id == spreadsheet_id
    before = sa.select(*(c[name] for name in _SAID), c.since).where(here).order_by(c.id)
    stored = [dict(row) for row in connection.execute(before).mappings()]
    wanted = [dict(one) for one in found]
    if [{n: row[n] for n in _SAID} for row in stored] == wanted:
        return False, [row["since"] for row in stored]
    common = {"programme_id": programme_id, "spreadsheet_id": spreadsheet_id, "agency": agency}
    since = _since(stored, wanted, now)
    rows = [common | one | {"since": moment} for one, moment in zip(wanted, since, strict=True)]
    connection.execute(sa.delete(table).where(here))
    for start in range(0, len(rows), _BATCH):
        connection.execute(sa.insert(table), rows[start : start + _BATCH])
    return True, since


def _since(stored: Sequence[Mapping[str, Any]], wanted: Sequence[Mapping[str, Any]], now: datetime) -> list[datetime]:
    """Since when each problem is there. Rows move in a sheet: where the report is known, its row does not matter."""
    earlier: dict[tuple[Any, ...], list[datetime]] = defaultdict(list)
    for row in stored:
        earlier[_identity(row)].append(row["since"])
    for moments in earlier.values():
        moments.sort(reverse=True)
    return [(earlier[_identity(one)] or [now]).pop() for one in wanted]


def _identity(one: Mapping[str, Any]) -> tuple[Any, ...]:
    place = one["place"]
    where = () if one["code"] else (place.get("row"), place.get("column"))
    return (one["kind"], place.get("tab"), one["field"], one["code"], one["period"], one["value"], *where)
