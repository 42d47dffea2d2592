"""The guards: a sheet that changes too much at once (a block sorted alone, a tab overwritten) waits for a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from nap_monitor.database.revisions import Changes, Key, Known, Reported, Sort

FROM_ROWS = 10
"""Fewer stored rows are not guarded: three changes in five rows are an ordinary quarter."""
MOST_GONE = Fraction(20, 100)
MOST_CHANGED = Fraction(30, 100)


@dataclass(frozen=True, slots=True)
class Upheaval:
    """How much of what is stored a reading would overturn: rows stored, rows gone, figures changed or cleared."""

    stored: int
    gone: int
    changed: int

    @property
    def is_too_much(self) -> bool:
        if self.stored < FROM_ROWS:
            return False
        return self.gone > MOST_GONE * self.stored or self.changed > MOST_CHANGED * self.stored

    def __add__(self, other: Upheaval) -> Upheaval:
        return Upheaval(self.stored + other.stored, self.gone + other.gone, self.changed + other.changed)


def upheaval(sort: Sort, known: Mapping[Key, Known], reports: Iterable[Reported], changes: Changes) -> Upheaval:
    """Of one sort of report. Rows that vanished earlier are gone already; a new row changes nothing that is stored."""
    latest = {key: rows.latest for key, rows in known.items()}
    present = {key: row for key, row in latest.items() if not row.is_vanished}
    vanishing = set(changes.vanish)
    gone = sum(row.id in vanishing for row in present.values())
    at = sort.figure_positions
    changed = sum(
        any(present[report.key].values[i] != report.values[i] for i in at)
        for report in reports
        if report.key in present
    )
    return Upheaval(len(present), gone, changed)


def held_back(each: Iterable[Upheaval]) -> Upheaval | None:
    """The upheaval that quarantines a reading: of one sort of report alone, else of all together; or None."""
    parts = list(each)
    whole = sum(parts, Upheaval(0, 0, 0))
    return next((part for part in [*parts, whole] if part.is_too_much), None)
