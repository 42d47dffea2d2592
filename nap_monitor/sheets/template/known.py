"""What is already known of an agency's report, to be filled in before the official begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.cells import Cell
from nap_monitor.sheets.contract import Role

OWN = "own "
"""Fields of the agency's own columns: `own 0`, `own 1`, in the order of their headers in `Known.own_columns`."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """One row as it stands in a sheet. `code` and `period` are what was recognised in it, None where nothing was."""

    cells: Mapping[str, Cell]  # field -> cell; fields of the contract and `own N`
    comments: Mapping[str, str] = field(default_factory=dict)  # field -> the comment hung on its cell
    code: str | None = None
    period: Quarter | None = None


@dataclass(frozen=True, slots=True)
class OwnTab:
    """A tab of the agency's own, which the system does not read: rows of typed cells, 0-based."""

    title: str
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Rows to keep, milestones that need no further report, and what the agency added for itself."""

    rows: Mapping[Role, tuple[TypedRow, ...]] = field(default_factory=dict)
    done: frozenset[str] = frozenset()  # codes of milestones reported done for an earlier quarter
    own_columns: Mapping[Role, tuple[str, ...]] = field(default_factory=dict)
    own_tabs: tuple[OwnTab, ...] = ()

    def of(self, role: Role) -> tuple[TypedRow, ...]:
        return self.rows.get(role, ())

    def completed_by(self, other: Known) -> Known:
        """This, with what `other` has of reports that this says nothing of."""
        rows = dict(self.rows)
        for role, known in other.rows.items():
            mine = _with_statuses(self.of(role), known) if role is Role.ACTION else self.of(role)
            here = {(row.code, row.period) for row in mine}
            rows[role] = mine + tuple(row for row in known if (row.code, row.period) not in here)
        return replace(self, rows=rows, done=self.done | other.done)


def _with_statuses(mine: tuple[TypedRow, ...], known: tuple[TypedRow, ...]) -> tuple[TypedRow, ...]:
    """Actions listed and left without a status take what is known of them."""
    told = {row.code: row.cells for row in known}
    return tuple(
        row if "status" in row.cells else replace(row, cells={**told.get(row.code, {}), **row.cells}) for row in mine
    )


NOTHING_KNOWN = Known()
