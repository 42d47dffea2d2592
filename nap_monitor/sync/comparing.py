"""One agency's sheets against what is stored of it: what would change, and whether the guards let it through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from nap_monitor.access import Viewer
from nap_monitor.database import Connection
from nap_monitor.database.revisions import Changes, Key, Reported, Stored, current_rows
from nap_monitor.database.submissions import last_known_states
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import ROLE_OF, Place, Problem, Role, Severity
from nap_monitor.sheets.problems import problem
from nap_monitor.sync.differences import COUNTED, differences
from nap_monitor.sync.guards import Upheaval, held_back, upheaval
from nap_monitor.sync.reading import Sheet, one_workbook
from nap_monitor.sync.rows import SORT_OF, Rows, quarter_of
from nap_monitor.sync.submitting import delivery, everything_counts

_GUARDED = (Role.INDICATOR, Role.ACTION, Role.PARTICIPATION)


@dataclass(slots=True)
class Comparison:
    """What reading an agency's sheets changes, by role. `upheaval`: why the guards hold it back; None: they do not."""

    changes: dict[Role, Changes] = field(default_factory=dict)
    upheaval: Upheaval | None = None

    @property
    def touched_codes(self) -> set[str]:
        """The indicators whose counted figures change."""
        added = self.changes[Role.INDICATOR].add
        return {addition.report.key[0] for addition in added if addition.standing == COUNTED}

    def drafts_in(self, sheet: Sheet) -> set[Place]:
        """Where the reports of a sheet stand that do not count yet."""
        return {r.place for r in sheet.parsed.reports if r.key in self.changes[ROLE_OF[type(r)]].drafts}

    @property
    def unchanged(self) -> int:
        return sum(changes.unchanged for changes in self.changes.values())

    def notices_of_closed_quarters(self) -> dict[int, list[Problem]]:
        """Spreadsheet id -> what its agency is told about figures that wait for the next meeting."""
        told: dict[int, list[Problem]] = defaultdict(list)
        for role, changes in self.changes.items():
            for row in changes.waiting:
                quarter = quarter_of(role, row) or ""
                notice = problem("closed_quarter", Place(**row.place), code=row.key[0], period=quarter, quarter=quarter)
                told[row.spreadsheet_id].append(notice)
        return told


def compare(
    connection: Connection,
    viewer: Viewer,
    programme_id: int,
    agency: str,
    sheets: Mapping[int, Sheet],
    closed: Collection[str],
    *,
    over: Quarter,
    now: datetime,
) -> Comparison:
    """Compare sheets (by spreadsheet id) with the current rows. `over`: the latest quarter that is over."""
    rows = _rows(connection, viewer, programme_id, agency, sheets, over)
    comparison = Comparison()
    upheavals: list[Upheaval] = []
    for role, sort in SORT_OF.items():
        known = current_rows(connection, viewer, sort, programme_id, agency)
        standing = _StillThere(role, sheets)

        def is_closed(row: Reported, role: Role = role) -> bool:
            return quarter_of(role, row) in closed

        changes = differences(sort, known, rows.of[role], is_closed=is_closed, still_there=standing, now=now)
        comparison.changes[role] = changes
        if role in _GUARDED:
            upheavals.append(upheaval(sort, known, rows.of[role], changes))
    comparison.upheaval = held_back(upheavals)
    return comparison


def _rows(
    connection: Connection,
    viewer: Viewer,
    programme_id: int,
    agency: str,
    sheets: Mapping[int, Sheet],
    over: Quarter,
) -> Rows:
    read = {sheet.file.key: spreadsheet_id for spreadsheet_id, sheet in sheets.items() if sheet.was_read}
    last_known = last_known_states(connection, viewer, programme_id, agency, list(sheets))
    rows = Rows()
    for parts in one_workbook([sheets[spreadsheet_id] for spreadsheet_id in read.values()]):
        ids = [read[part.file.key] for part in parts]
        handed_in = delivery(
            [report for part in parts for report in part.parsed.reports],
            has_tab=any(part.has_submission_tab for part in parts),
            was_read=any(Role.SUBMISSION in part.parsed.roles_read for part in parts),
            last_known={quarter: state for i in ids for quarter, state in last_known.get(i, {}).items()},
        )
        counts = everything_counts if handed_in is None else handed_in.counting(over)
        for spreadsheet_id, part in zip(ids, parts, strict=True):
            rows.add(part.parsed.reports, spreadsheet_id, counts)
    return rows


class _StillThere:
    """Whether a stored row that no good report mentions may all the same stand in a sheet."""

    def __init__(self, role: Role, sheets: Mapping[int, Sheet]) -> None:
        self._role = role
        self._read = {i for i, sheet in sheets.items() if sheet.was_read and role in sheet.parsed.roles_read}
        errors = [p for i in self._read for p in sheets[i].parsed.problems if p.severity is Severity.ERROR]
        self._named = {(p.code, p.period) for p in errors if p.code or p.period}
        # Where a row's code or period is what is wrong, nobody can say which row it is: its place must do.
        self._rows = {(p.place.file, p.place.tab, p.place.row) for p in errors if not _is_identified(role, p)}

    def __call__(self, key: Key, stored: Stored) -> bool:
        if stored.spreadsheet_id not in self._read:
            return True
        place = stored.place or {}
        if (place.get("file"), place.get("tab"), place.get("row")) in self._rows:
            return True
        if self._role is Role.INDICATOR:
            return (key[0], key[1]) in self._named
        if self._role is Role.SUBMISSION:
            return any(period == key[0] for _, period in self._named)
        return any(code == key[0] for code, _ in self._named)


def _is_identified(role: Role, one: Problem) -> bool:
    """Whether a problem says which report it is about."""
    needs_code, needs_period = role is not Role.SUBMISSION, role in (Role.INDICATOR, Role.SUBMISSION)
    return (one.code is not None or not needs_code) and (one.period is not None or not needs_period)


def quarantine(upheaval: Upheaval, places: Sequence[Place]) -> list[Problem]:
    """What the agency is told of a reading that is held back, once for each of its files."""
    counts = {"gone": str(upheaval.gone), "changed": str(upheaval.changed), "stored": str(upheaval.stored)}
    return [problem("quarantined", place, **counts) for place in places]
