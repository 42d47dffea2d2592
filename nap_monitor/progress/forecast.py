"""Is this one going to make it? Theil-Sen over an indicator's own figures (rule 14)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import combinations
from statistics import median

from nap_monitor.programme.model import Indicator
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.assessment import Figure, same_series
from nap_monitor.progress.schedule import final_target

LEAST_FIGURES = 4
_Z_80 = 1.2815515655446004  # standard normal quantile of 0.90: a two-sided 80 % interval
_FURTHEST_QUARTERS = 400  # an arrival beyond a hundred years is none


@dataclass(frozen=True, slots=True)
class Forecast:
    """Where the figures lead. Values in the indicator's unit, paces in units a quarter.

    `low` and `high` bound the value at the target's date by Sen's 80 % interval of the slope. `arrival`: the quarter in
    which T is reached at the current pace; None: never, or not within a hundred years. `pace_ratio`: required over
    current pace; None when the current pace is 0 or the target's date has come.
    """

    target: Decimal
    target_quarter: Quarter
    value: Decimal
    low: Decimal
    high: Decimal
    slope: Decimal
    slope_low: Decimal
    slope_high: Decimal
    required_pace: Decimal | None
    pace_ratio: Decimal | None
    arrival: Quarter | None
    figures: int


class NoForecast(StrEnum):
    """Why there is none."""

    MILESTONE = "milestone"  # done or not: nothing to draw a line through
    NO_TARGET = "no_target"
    TOO_FEW = "too_few"


def why_no_forecast(indicator: Indicator, figures: Sequence[Figure], quarter: Quarter) -> NoForecast | None:
    """What a page says in the place of a forecast; None when there is one."""
    if indicator.is_milestone:
        return NoForecast.MILESTONE
    if final_target(indicator) is None:
        return NoForecast.NO_TARGET
    return NoForecast.TOO_FEW if len(_series(indicator, figures, quarter)) < LEAST_FIGURES else None


def forecast(indicator: Indicator, figures: Sequence[Figure], quarter: Quarter) -> Forecast | None:
    """The forecast made at a quarter; None when there are too few figures, no target, or a yes-or-no milestone."""
    final = final_target(indicator)
    series = _series(indicator, figures, quarter)
    if final is None or why_no_forecast(indicator, figures, quarter):
        return None
    target_quarter, target = final
    points = [(figure.quarter.index, figure.value) for figure in series if figure.value is not None]
    slopes = sorted((w - v) / (y - x) for (x, v), (y, w) in combinations(points, 2))
    slope = median(slopes)
    low, high = _interval(slopes, points)
    last_index, last_value = points[-1]
    ahead = target_quarter.index - last_index
    centre = median([v - slope * x for x, v in points])
    value = centre + slope * target_quarter.index
    # The interval turns about the middle of the figures, where a change of slope moves the line least.
    middle = Decimal(sum(x for x, _ in points)) / len(points)
    lever = target_quarter.index - middle
    ends = sorted((value + (low - slope) * lever, value + (high - slope) * lever))
    required = (target - last_value) / ahead if ahead > 0 else None
    return Forecast(
        target=target,
        target_quarter=target_quarter,
        value=value,
        low=ends[0],
        high=ends[1],
        slope=slope,
        slope_low=low,
        slope_high=high,
        required_pace=required,
        pace_ratio=required / slope if required is not None and slope != 0 else None,
        arrival=_arrival(indicator, points[-1], target, slope),
        figures=len(points),
    )


def _series(indicator: Indicator, figures: Sequence[Figure], quarter: Quarter) -> list[Figure]:
    """The indicator's own figures; of one that restarts its complete years, each year's Q4 figure."""
    series = same_series(indicator, figures, quarter)
    return [f for f in series if f.quarter.number == 4] if indicator.restarts else series


def _interval(slopes: Sequence[Decimal], points: Sequence[tuple[int, Decimal]]) -> tuple[Decimal, Decimal]:
    """Sen's (1968) interval of the slope, by the normal approximation with the correction for ties."""
    n = len(points)
    ties = [count for count in Counter(v for _, v in points).values() if count > 1]
    variance = (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
    width = _Z_80 * math.sqrt(variance)
    # Ranks count from 1, places from 0: the lower end is the M1-th slope, the upper one the (M2 + 1)-th.
    lower = max(0, math.floor((len(slopes) - width) / 2) - 1)
    upper = min(len(slopes) - 1, math.ceil((len(slopes) + width) / 2))
    return slopes[lower], slopes[upper]


def _arrival(indicator: Indicator, last: tuple[int, Decimal], target: Decimal, slope: Decimal) -> Quarter | None:
    index, value = last
    if indicator.sign * (value - target) >= 0:
        return _quarter(index)
    if indicator.sign * slope <= 0:
        return None
    quarters = math.ceil((target - value) / slope)
    if quarters > _FURTHEST_QUARTERS:
        return None
    arrival = _quarter(index + quarters)
    return Quarter(arrival.year, 4) if indicator.restarts else arrival  # a year's total is known when it ends


def _quarter(index: int) -> Quarter:
    return Quarter(index // 4, index % 4 + 1)
