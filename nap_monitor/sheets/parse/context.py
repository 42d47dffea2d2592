"""Against what a workbook is read: the plan, the agency, the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nap_monitor.programme.model import Programme


@dataclass(frozen=True)
class Context:
    """What judging a cell needs besides the cell. `day`: in the programme's time zone.

    `helper_columns`: normalised headers of columns that the sheet's owner keeps for themselves; they give no notice.
    """

    programme: Programme
    agency: str
    day: date
    helper_columns: frozenset[str] = frozenset()
