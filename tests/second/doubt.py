"""Rule 10: why a figure deserves less than full confidence, and how much is left of it."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from statistics import median

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter

from .due import deadline, is_due
from .values import Case, Figure

SCALED_MADS = 3 * Fraction(14826, 10000)
EARLIER_CHANGES_NEEDED = 5


def reasons_of(case: Case, indicator: Indicator, figure: Figure) -> frozenset[str]:
    reasons = set()
    owed = is_due(case, indicator, figure.quarter)
    if owed and figure.first_counted_on > deadline(case.programme, indicator, figure.quarter):
        reasons.add("late")
    if not figure.has_evidence:
        reasons.add("no_evidence")
    if figure.quality == "preliminary":
        reasons.add("preliminary")
    if figure.is_revised_after_acceptance:
        reasons.add("revised_after_acceptance")
    if is_outlier(case, indicator, figure.quarter):
        reasons.add("outlier")
    return frozenset(reasons)


def is_outlier(case: Case, indicator: Indicator, quarter: Quarter) -> bool:
    if indicator.is_milestone:
        return False  # "done" is one step, and every such step would be unlike the changes before it
    changes = changes_until(case, indicator, quarter)
    if quarter not in changes:
        return False
    earlier = [change for at, change in changes.items() if at < quarter]
    if len(earlier) < EARLIER_CHANGES_NEEDED:
        return False
    middle = median(earlier)
    spread = median([abs(change - middle) for change in earlier])
    return abs(changes[quarter] - middle) > SCALED_MADS * spread


def changes_until(case: Case, indicator: Indicator, quarter: Quarter) -> dict[Quarter, Fraction]:
    """Quarter -> change since the figure before it, on this side of a series break; since 0 where a year began."""
    changes: dict[Quarter, Fraction] = {}
    previous: Figure | None = None
    for figure in case.series(indicator.code):
        if figure.value is None or figure.quarter > quarter or _is_across_the_break(indicator, figure.quarter, quarter):
            continue
        if previous is not None and previous.value is not None:
            has_restarted = indicator.restarts and previous.quarter.year != figure.quarter.year
            changes[figure.quarter] = figure.value - (0 if has_restarted else previous.value)
        previous = figure
    return changes


def _is_across_the_break(indicator: Indicator, one: Quarter, other: Quarter) -> bool:
    at = indicator.series_break
    return at is not None and (one < at) != (other < at)


def confidence(reasons: Collection[str]) -> str:
    if "outlier" in reasons or len(reasons) >= 2:
        return "low"
    return "medium" if reasons else "high"
