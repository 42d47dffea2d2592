"""Rules 4, 5 and 6: deviation, compliance, progress and the colour of one figure."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter

from .expected import final_target, scheduled, year_target

TOLERANCE = Fraction(1, 10**9)
NOT_COMPUTABLE = "not_computable"


@dataclass(frozen=True)
class Judged:
    status: str
    flag: str | None = None
    because: str | None = None


def at_least(quantity: Fraction, limit: Fraction | int) -> bool:
    return quantity >= limit - TOLERANCE


def at_most(quantity: Fraction, limit: Fraction | int) -> bool:
    return quantity <= limit + TOLERANCE


def start_of(indicator: Indicator, quarter: Quarter) -> Fraction | None:
    """b as it serves a quarter: 0 for what restarts or is "not done" at first; none across a series break."""
    if indicator.restarts or indicator.is_milestone:
        return Fraction(0)
    given = indicator.baseline
    if given.value is None:
        return None
    if indicator.series_break is not None and given.year is not None:
        is_old_baseline = Quarter(given.year, 4) < indicator.series_break
        is_old_quarter = quarter < indicator.series_break
        if is_old_baseline and not is_old_quarter:
            return None
    return Fraction(given.value)


def goal_of(indicator: Indicator, quarter: Quarter) -> Fraction | None:
    """What progress runs to: the year's target for what restarts, else T."""
    return year_target(indicator, quarter.year) if indicator.restarts else final_target(indicator)


def progress(indicator: Indicator, quarter: Quarter, v: Fraction) -> Fraction | None:
    b, goal = start_of(indicator, quarter), goal_of(indicator, quarter)
    if b is None or goal is None or goal == b:
        return None
    return (v - b) / (goal - b) * 100


def deviation(indicator: Indicator, v: Fraction, m: Fraction) -> Fraction | None:
    """d, which divides by m: there is none where that is 0."""
    return None if m == 0 else indicator.sign * (v - m) / abs(m) * 100


def compliance(indicator: Indicator, v: Fraction, m: Fraction) -> Fraction | None:
    """c; where m = 0, 100 for what is no worse than 0, and none for what is."""
    d = deviation(indicator, v, m)
    if d is not None:
        return 100 + d
    return Fraction(100) if indicator.sign * v >= 0 else None


def judged_quantity(indicator: Indicator, quarter: Quarter, v: Fraction, m: Fraction) -> Fraction | None:
    """c, or p in its place."""
    c = compliance(indicator, v, m)
    return c if c is not None else progress(indicator, quarter, v)


def is_achieved(indicator: Indicator, quarter: Quarter, v: Fraction) -> bool:
    goal = goal_of(indicator, quarter)
    if goal is None:
        return False
    if indicator.restarts and quarter.year != scheduled(indicator)[-1][0].year:
        return False
    return indicator.sign * (v - goal) >= 0


def is_no_movement(indicator: Indicator, quarter: Quarter, v: Fraction, m: Fraction) -> bool:
    """v is no better than b although m is."""
    b = start_of(indicator, quarter)
    return b is not None and indicator.sign * (v - b) <= 0 and indicator.sign * (m - b) > 0


def by_rule_set(name: str, indicator: Indicator, quarter: Quarter, v: Fraction, m: Fraction) -> Judged:
    """The colour by a rule set alone, before "achieved" wins over it."""
    match name:
        case "floor_95_90":
            return _floor(indicator, quarter, v, m, 95, 90)
        case "floor_80_60":
            return _floor(indicator, quarter, v, m, 80, 60)
        case "deviation_5_10":
            return _deviation(indicator, quarter, v, m)
        case "path_95_60":
            return _path(indicator, quarter, v, m)
        case "within_15":
            return _within(indicator, v, m)
    raise ValueError(f"no such rule set: {name}")


def _floor(indicator: Indicator, quarter: Quarter, v: Fraction, m: Fraction, green: int, yellow: int) -> Judged:
    quantity = judged_quantity(indicator, quarter, v, m)
    if quantity is None:
        return Judged(NOT_COMPUTABLE, because="no_compliance")
    if at_least(quantity, green):
        return Judged("on_track")
    return Judged("at_risk" if at_least(quantity, yellow) else "off_track")


def _deviation(indicator: Indicator, quarter: Quarter, v: Fraction, m: Fraction) -> Judged:
    quantity = judged_quantity(indicator, quarter, v, m)
    if quantity is None:
        return Judged(NOT_COMPUTABLE, because="no_compliance")
    d = quantity - 100
    if at_least(d, -5) and at_most(d, 5):
        return Judged("on_track")
    if at_least(d, -10) and at_most(d, 10):
        return Judged("at_risk")
    return Judged("off_track", "review_the_planning" if d > 0 else None)


def _path(indicator: Indicator, quarter: Quarter, v: Fraction, m: Fraction) -> Judged:
    b = start_of(indicator, quarter)
    if b is None:
        return Judged(NOT_COMPUTABLE, because="no_baseline")
    if m == b:
        return Judged("on_track" if indicator.sign * (v - b) >= 0 else "off_track")
    r = (v - b) / (m - b)
    if at_least(r, Fraction(95, 100)):
        return Judged("on_track")
    return Judged("at_risk" if at_least(r, Fraction(60, 100)) else "off_track")


def _within(indicator: Indicator, v: Fraction, m: Fraction) -> Judged:
    if m == 0:
        return Judged(NOT_COMPUTABLE, because="expected_zero")
    ratio = v / m
    if at_least(ratio, Fraction(85, 100)) and at_most(ratio, Fraction(115, 100)):
        return Judged("on_track")
    if indicator.sign * (v - m) > 0:
        return Judged("on_track", "over")
    return Judged("off_track")
