"""What is already known of an agency's report, to be filled in before the official begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

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


NOTHING_KNOWN = Known()
