"""Reports of a parsed workbook as rows to be stored: key, values in the order of their sort, place. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from nap_monitor.database.revisions import ACTIONS, FIGURES, PARTICIPATION, SUBMISSIONS, Reported, Sort
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import (
    ROLE_OF,
    IndicatorReport,
    Problem,
    Report,
    Role,
    place_json,
)

SORT_OF: dict[Role, Sort] = {
    Role.INDICATOR: FIGURES,
    Role.ACTION: ACTIONS,
    Role.PARTICIPATION: PARTICIPATION,
    Role.SUBMISSION: SUBMISSIONS,
}

Counts = Callable[[Report], bool]
"""Whether a report counts, or is a draft until its quarter is submitted."""


@dataclass(slots=True)
class Rows:
    """What one agency's spreadsheets report, by role."""

    of: dict[Role, list[Reported]] = field(default_factory=lambda: {role: [] for role in SORT_OF})

    def add(self, reports: Iterable[Report], spreadsheet_id: int, counts: Counts) -> None:
        """Take the reports of one spreadsheet."""
        for report in reports:
            role = ROLE_OF[type(report)]
            self.of[role].append(_row(report, SORT_OF[role], spreadsheet_id, counts=counts(report)))


def quarter_of(role: Role, row: Reported) -> str | None:
    """The quarter that a row belongs to; an action's report belongs to none."""
    if role is Role.INDICATOR:
        return row.key[1]
    if role is Role.PARTICIPATION:
        return str(Quarter.of(row.values[PARTICIPATION.fields.index("date")]))
    return None


def _row(report: Report, sort: Sort, spreadsheet_id: int, *, counts: bool) -> Reported:
    values = tuple(_storable(getattr(report, name)) for name in sort.fields)
    is_empty = isinstance(report, IndicatorReport) and report.is_empty
    key = tuple(text(part) for part in report.key)
    return Reported(key, values, stored_place(report), spreadsheet_id, counts, is_empty)


def stored_place(one: Report | Problem) -> dict[str, Any]:
    """Where something stands, as it is kept."""
    return {name: _storable(value) for name, value in place_json(one.place).items()}


def _storable(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return text(value) or None if isinstance(value, str) else value


def text(said: str) -> str:
    """Text that every database keeps: without the zero character and without halves of characters."""
    if said.isascii():
        return said.replace("\0", "")
    return said.replace("\0", "").encode("utf-8", "replace").decode()


def stored_problem(one: Problem) -> dict[str, Any]:
    """A problem as it is kept. Codes and periods that are none (a whole sentence, say) are cut to their columns."""
    return {
        "kind": one.kind,
        "severity": one.severity.value,
        "place": stored_place(one),
        "field": one.field,
        "value": text(one.value),
        "details": {name: text(value) for name, value in one.details.items()},
        "code": text(one.code)[:80] if one.code else None,
        "period": text(one.period)[:40] if one.period else None,
    }
