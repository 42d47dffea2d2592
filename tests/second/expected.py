"""Rule 1: what the plan asks by the end of a quarter."""

from __future__ import annotations

from fractions import Fraction

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter


def scheduled(indicator: Indicator) -> list[tuple[Quarter, Fraction]]:
    """The targets that are numbers, in order of time."""
    return sorted((q, Fraction(t)) for q, t in indicator.targets.items() if t is not None)


def final_target(indicator: Indicator) -> Fraction | None:
    """T: the last target that is a number; a milestone's is "done"."""
    if indicator.is_milestone:
        return Fraction(1)
    targets = scheduled(indicator)
    return targets[-1][1] if targets else None


def year_target(indicator: Indicator, year: int) -> Fraction | None:
    """A year's target stands at its Q4."""
    target = indicator.targets.get(Quarter(year, 4))
    return None if target is None else Fraction(target)


def nothing_planned(indicator: Indicator, year: int) -> bool:
    """The year's target, which stands at its Q4, is null (not merely absent), and none of its quarters has one."""
    if indicator.targets.get(Quarter(year, 4), "absent") is not None:
        return False
    return all(t is None for q, t in indicator.targets.items() if q.year == year)


def baseline(indicator: Indicator) -> tuple[Quarter, Fraction] | None:
    """The baseline at Q4 of its own year."""
    given = indicator.baseline
    if given.value is None or given.year is None:
        return None
    return Quarter(given.year, 4), Fraction(given.value)


def line(indicator: Indicator, quarter: Quarter) -> Fraction | None:
    """m, the null years included (the line is drawn through them); None: not scheduled."""
    if indicator.is_milestone:
        return _milestone(indicator, quarter)
    explicit = indicator.targets.get(quarter)
    if explicit is not None:
        return Fraction(explicit)
    if indicator.restarts:
        target = year_target(indicator, quarter.year)
        return None if target is None else target * quarter.number / 4
    return _between(indicator, quarter)


def _milestone(indicator: Indicator, quarter: Quarter) -> Fraction | None:
    if indicator.due_date is None:
        return None
    return Fraction(1) if quarter >= Quarter.of(indicator.due_date) else Fraction(0)


def _between(indicator: Indicator, quarter: Quarter) -> Fraction | None:
    targets = scheduled(indicator)
    ahead = [point for point in targets if point[0] > quarter]
    behind = [point for point in targets if point[0] < quarter]
    start = baseline(indicator)
    if not ahead:
        return None
    end_quarter, end = ahead[0]
    if behind:
        start_quarter, begin = behind[-1]
    elif start is not None:
        start_quarter, begin = start
        if quarter < start_quarter:
            return None
    else:
        return end if quarter.year == end_quarter.year else None
    steps = end_quarter.index - start_quarter.index
    return begin + (end - begin) * (quarter.index - start_quarter.index) / steps


def expected(indicator: Indicator, quarter: Quarter) -> Fraction | None:
    """m for judging: nothing in a year with nothing planned."""
    if not indicator.is_milestone and nothing_planned(indicator, quarter.year):
        return None
    return line(indicator, quarter)
