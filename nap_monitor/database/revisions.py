"""The append-only store of what agencies report: the current rows, and the changes that make new ones.

One shape for figures, action reports, participation and submissions. A key has at most one current row of each
standing: what counts, a draft beside it, and a restatement that waits because its quarter is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

import sqlalchemy as sa

from nap_monitor.access import Act, Viewer
from nap_monitor.database import tables

Key = tuple[str, ...]
BATCH = 2_000
"""Rows handed to the database at once: memory stays bounded, and no statement meets a limit on its values."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of report.

    `fields`: what the agency says; a difference in any of them makes a new revision. `figures`: those of them that the
    guards watch. `carried`: columns that a revision takes over from the one that counted before it.
    """

    table: sa.Table
    key: tuple[str, ...]
    fields: tuple[str, ...]
    figures: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()

    @property
    def figure_positions(self) -> tuple[int, ...]:
        return tuple(self.fields.index(name) for name in self.figures)


_FIGURES = ("value", "numerator", "denominator", "declared")
_TEXTS = ("quality", "cut_off", "own_rating", "cause", "corrective", "evidence", "evidence_public", "reported_by")
_PEOPLE = ("total", "women", "men", "indigenous", "organisations", "proposals_received", "proposals_answered")

FIGURES = Sort(
    tables.observation,
    ("code", "quarter", "breakdown"),
    _FIGURES + _TEXTS,
    figures=_FIGURES,
    carried=("accepted_at", "first_counted_at"),
)
ACTIONS = Sort(
    tables.action_report,
    ("code",),
    ("status", "start", "finish", "new_due", "note", "evidence", "evidence_public"),
)
PARTICIPATION = Sort(
    tables.participation,
    ("event",),
    ("kind", "date", "state", "title", *_PEOPLE, "report_link"),
    figures=_PEOPLE,
)
SUBMISSIONS = Sort(tables.submission, ("quarter",), ("state", "name", "post", "letter", "date"))
SORTS = (FIGURES, ACTIONS, PARTICIPATION, SUBMISSIONS)


@dataclass(frozen=True, slots=True)
class Stored:
    """One current row. `values` in the order of its sort's `fields`, `carried` in that of `Sort.carried`."""

    id: int
    standing: str
    revision: int
    values: tuple[Any, ...]
    place: dict[str, Any] | None
    spreadsheet_id: int | None
    is_vanished: bool
    carried: tuple[Any, ...] = ()


@dataclass(slots=True)
class Known:
    """The current rows of one key."""

    counted: Stored | None = None
    draft: Stored | None = None
    restatement: Stored | None = None

    def __iter__(self) -> Iterator[Stored]:
        return (row for row in (self.counted, self.draft, self.restatement) if row is not None)

    @property
    def latest(self) -> Stored:
        """What the sheet said when it was last read."""
        return self.draft or self.restatement or self.counted or _nothing()


def _nothing() -> Stored:
    raise LookupError("a known key has at least one current row")


@dataclass(frozen=True, slots=True)
class Reported:
    """One report as read now; `counts`: submitted (or of a workbook that submits nothing), else a draft."""

    key: Key
    values: tuple[Any, ...]
    place: dict[str, Any]
    spreadsheet_id: int
    counts: bool = True
    is_empty: bool = False


@dataclass(frozen=True, slots=True)
class Addition:
    """A revision to be added. `carried`: from the row that counted before it."""

    report: Reported
    standing: str
    carried: tuple[Any, ...] = ()


@dataclass(slots=True)
class Changes:
    """What one reading changes in one sort of report. Ids are of current rows."""

    add: list[Addition] = field(default_factory=list)
    close: list[int] = field(default_factory=list)  # no longer current: replaced, or a draft withdrawn
    move: list[tuple[int, Reported]] = field(default_factory=list)  # says the same, stands elsewhere
    vanish: list[int] = field(default_factory=list)
    come_back: list[int] = field(default_factory=list)
    waiting: list[Reported] = field(default_factory=list)  # say something new of a closed quarter
    drafts: set[Key] = field(default_factory=set)  # what stands as a draft after it
    unchanged: int = 0  # reports that say something, and it is stored already

    def __bool__(self) -> bool:
        return bool(self.add or self.close or self.move or self.vanish or self.come_back)


def current_rows(
    connection: sa.Connection, viewer: Viewer, sort: Sort, programme_id: int, agency: str
) -> dict[Key, Known]:
    """Everything current of one agency, one read."""
    viewer.require(Act.SYNC, agency)
    c = sort.table.c
    columns = [c.id, c.standing, c.revision, c.place, c.spreadsheet_id, c.vanished_at]
    keys, fields, carried = ([c[name] for name in names] for names in (sort.key, sort.fields, sort.carried))
    rows = connection.execute(
        sa.select(*columns, *keys, *fields, *carried)
        .where(c.programme_id == programme_id, c.agency == agency, c.is_current.is_(True))
        .execution_options(yield_per=BATCH)
    )
    first = len(columns)
    second, third = first + len(keys), first + len(keys) + len(fields)
    found: dict[Key, Known] = {}
    for row in rows:
        identity, standing, revision, place, spreadsheet_id, vanished_at = row[:first]
        values, kept = tuple(row[second:third]), tuple(row[third:])
        stored = Stored(identity, standing, revision, values, place, spreadsheet_id, vanished_at is not None, kept)
        setattr(found.setdefault(tuple(row[first:second]), Known()), stored.standing, stored)
    return found


def apply(
    connection: sa.Connection,
    viewer: Viewer,
    sort: Sort,
    programme_id: int,
    agency: str,
    changes: Changes,
    *,
    run_id: int | None,
    now: datetime,
) -> None:
    """Store the changes. First what is no longer current: the database allows one current row of a standing."""
    viewer.require(Act.SYNC, agency)
    _set(connection, sort, changes.close, is_current=False)
    _set(connection, sort, changes.vanish, vanished_at=now)
    _set(connection, sort, changes.come_back, vanished_at=None)
    _move(connection, sort, changes.move)
    common = {
        "programme_id": programme_id,
        "agency": agency,
        "is_current": True,
        "vanished_at": None,
        "sync_run_id": run_id,
        "recorded_by": viewer.name,
        "recorded_at": now,
    }
    highest = _highest_revisions(connection, sort, programme_id, agency, changes.add)
    for batch in _batches(changes.add):
        connection.execute(sa.insert(sort.table), [_new_row(sort, a, common, highest) for a in batch])


def _new_row(sort: Sort, addition: Addition, common: dict[str, Any], highest: dict[Key, int]) -> dict[str, Any]:
    report = addition.report
    row = common | dict(zip(sort.key, report.key, strict=True)) | dict(zip(sort.fields, report.values, strict=True))
    carried = addition.carried or (None,) * len(sort.carried)
    row |= dict(zip(sort.carried, carried, strict=True))
    row |= {"standing": addition.standing, "place": report.place, "spreadsheet_id": report.spreadsheet_id}
    return row | {"revision": highest.get(report.key, 0) + 1}


def _highest_revisions(
    connection: sa.Connection, sort: Sort, programme_id: int, agency: str, additions: Sequence[Addition]
) -> dict[Key, int]:
    """The last revision of each key about to get another, drafts that were withdrawn included."""
    c = sort.table.c
    keys = [c[name] for name in sort.key]
    wanted = {addition.report.key for addition in additions}
    found: dict[Key, int] = {}
    for batch in _batches(sorted({key[0] for key in wanted})):
        rows = connection.execute(
            sa.select(*keys, sa.func.max(c.revision))
            .where(c.programme_id == programme_id, c.agency == agency, keys[0].in_(batch))
            .group_by(*keys)
        )
        found.update((tuple(row[:-1]), row[-1]) for row in rows)
    return found


def _set(connection: sa.Connection, sort: Sort, ids: Sequence[int], **values: Any) -> None:
    for batch in _batches(ids):
        connection.execute(sa.update(sort.table).where(sort.table.c.id.in_(batch)).values(**values))


def _move(connection: sa.Connection, sort: Sort, moves: Sequence[tuple[int, Reported]]) -> None:
    statement = (
        sa.update(sort.table)
        .where(sort.table.c.id == sa.bindparam("b_id"))
        .values(place=sa.bindparam("b_place"), spreadsheet_id=sa.bindparam("b_spreadsheet_id"))
    )
    for batch in _batches(moves):
        rows = [{"b_id": i, "b_place": r.place, "b_spreadsheet_id": r.spreadsheet_id} for i, r in batch]
        connection.execute(statement, rows)


_Item = TypeVar("_Item")


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
