"""What the second opinion takes and gives: plain values, fractions for decimals, words for enumerations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from nap_monitor.programme.model import Programme
from nap_monitor.programme.quarters import Quarter

ASSESSED = ("achieved", "on_track", "at_risk", "off_track")
STATUSES = (*ASSESSED, "no_data", "not_due", "not_computable")


@dataclass(frozen=True)
class Figure:
    """One reported figure. `declared`: no_data or no_cases in place of a value; both None: the cell was cleared."""

    code: str
    quarter: Quarter
    value: Fraction | None
    declared: str | None
    counted_on: date
    first_counted_on: date
    has_evidence: bool = True
    quality: str | None = None
    breakdown: str = ""
    is_revised_after_acceptance: bool = False

    @property
    def is_counted(self) -> bool:
        """A declared "no data" and a cleared cell are like nothing reported; "no cases" is a report."""
        return self.breakdown == "" and (self.value is not None or self.declared == "no_cases")


@dataclass(frozen=True)
class Case:
    """Everything an answer depends on."""

    programme: Programme
    figures: tuple[Figure, ...]
    day: date
    rule_set: str | None = None  # replaces the plan's and every override

    def series(self, code: str) -> list[Figure]:
        """The counted total figures of an indicator that are known on the day, in period order."""
        mine = [f for f in self.figures if f.code == code and f.is_counted and f.counted_on <= self.day]
        return sorted(mine, key=lambda f: f.quarter)

    def figure(self, code: str, quarter: Quarter) -> Figure | None:
        for figure in self.series(code):
            if figure.quarter == quarter:
                return figure
        return None


@dataclass(frozen=True)
class Own:
    """What the rules say of an indicator in one quarter by that quarter alone. `status` None: nothing of its own."""

    status: str | None
    because: str | None = None
    value: Fraction | None = None
    expected: Fraction | None = None
    deviation: Fraction | None = None
    compliance: Fraction | None = None
    progress: Fraction | None = None
    flags: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    judged_from: Quarter | None = None  # the period of the figure, which for a milestone may be earlier


@dataclass(frozen=True)
class Seen:
    """What a reader is shown for an indicator in a quarter."""

    code: str
    origin: Quarter | None
    is_carried: bool
    is_awaited: bool
    is_due: bool
    is_reported: bool
    deadline: date | None
    own: Own
    confidence: str | None


@dataclass(frozen=True)
class Group:
    """One line of a roll-up, in percent; coverage between 0 and 1."""

    code: str
    size: int
    counts: dict[str, int]
    counts_by_kind: dict[str, dict[str, int]]
    reported: int
    due: int
    index: Fraction | None
    low: Fraction | None
    high: Fraction | None
    progress_index: Fraction | None
    coverage_weight: Fraction | None
    coverage_number: Fraction | None
