"""What counts and what is still a draft, by the Entrega tab of each workbook. Pure.

A workbook without the tab counts as it is read. With it, a quarter counts once it says "submitted"; a quarter that the
tab does not name is a draft. An action's report has no quarter of its own: it goes with the quarter being reported.
The CSV files of one folder are the tabs of one workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import IndicatorReport, ParticipationReport, Report, SubmissionReport
from nap_monitor.sync.rows import Counts

SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What an Entrega tab says: quarter code -> state (draft, submitted)."""

    states: Mapping[str, str]

    def is_submitted(self, quarter: Quarter) -> bool:
        return self.states.get(str(quarter)) == SUBMITTED

    def has_submitted_latest(self, over: Quarter) -> bool:
        """Whether the quarter being reported is submitted: the latest one named that is over, or submitted early."""
        named = [
            quarter for code in self.states if (quarter := Quarter.parse(code)) <= over or self.is_submitted(quarter)
        ]
        return bool(named) and self.is_submitted(max(named))

    def counting(self, over: Quarter) -> Counts:
        """Which reports count. `over`: the latest quarter that is over."""
        actions_count = self.has_submitted_latest(over)

        def counts(report: Report) -> bool:
            if isinstance(report, IndicatorReport):
                return self.is_submitted(report.period)
            if isinstance(report, ParticipationReport):
                return self.is_submitted(Quarter.of(report.date))
            return actions_count or isinstance(report, SubmissionReport)

        return counts


def everything_counts(_: Report) -> bool:
    """Of a workbook that submits nothing."""
    return True


def delivery(
    reports: Iterable[Report], *, has_tab: bool, was_read: bool, last_known: Mapping[str, str]
) -> Delivery | None:
    """What a workbook submits; None: it has no Entrega tab.

    A tab that is there but could not be read stops that tab alone: what it said last stands. So does what it said of
    a quarter whose row is a problem now.
    """
    if not has_tab:
        return None
    said = {str(r.period): r.state for r in reports if isinstance(r, SubmissionReport)}
    return Delivery({**last_known, **said} if was_read else last_known)
