"""Is this one going to make it? (rule 14)"""

import pytest

from nap_monitor.programme.model import Accumulation, Baseline, Behaviour, Direction
from nap_monitor.progress.forecast import NoForecast, forecast, why_no_forecast
from tests.progress.plan import d, figure, indicator, milestone, q, targets

STEADY = [figure(f"2025-Q{n}", 10 * n) for n in (1, 2, 3, 4)]


def test_a_steady_series_goes_on():
    found = forecast(indicator(), STEADY, q("2025-Q4"))
    assert (found.slope, found.value, found.figures) == (10, 80, 4)
    assert (found.low, found.high) == (80, 80)
    assert (found.target, found.target_quarter) == (200, q("2026-Q4"))
    assert found.required_pace == 40
    assert found.pace_ratio == 4
    assert found.arrival == q("2029-Q4")


def test_too_few_figures_say_so():
    assert forecast(indicator(), STEADY[:3], q("2025-Q4")) is None
    assert why_no_forecast(indicator(), STEADY[:3], q("2025-Q4")) is NoForecast.TOO_FEW
    assert why_no_forecast(indicator(), STEADY, q("2025-Q4")) is None


def test_only_figures_up_to_the_quarter_count():
    assert forecast(indicator(), STEADY, q("2025-Q3")) is None


def test_no_target_or_a_milestone_has_no_forecast():
    assert forecast(indicator(targets={}), STEADY, q("2025-Q4")) is None
    assert why_no_forecast(indicator(targets={}), STEADY, q("2025-Q4")) is NoForecast.NO_TARGET
    assert forecast(milestone(), STEADY, q("2025-Q4")) is None
    assert why_no_forecast(milestone(), STEADY, q("2025-Q4")) is NoForecast.MILESTONE


def test_a_target_that_is_reached_has_its_quarter():
    found = forecast(indicator(targets=targets(y2025=30)), STEADY, q("2025-Q4"))
    assert found.arrival == q("2025-Q4")
    assert (found.required_pace, found.pace_ratio) == (None, None)


def test_the_wrong_way_never_arrives():
    falling = [figure(f"2025-Q{n}", 100 - 10 * n) for n in (1, 2, 3, 4)]
    assert forecast(indicator(), falling, q("2025-Q4")).arrival is None
    down = indicator(direction=Direction.DESCENDING, targets=targets(y2026=20), baseline=Baseline(d(100), 2024))
    assert forecast(down, falling, q("2025-Q4")).arrival == q("2026-Q4")


def test_standing_still_never_arrives_and_has_no_ratio():
    still = [figure(f"2025-Q{n}", 10) for n in (1, 2, 3, 4)]
    found = forecast(indicator(), still, q("2025-Q4"))
    assert (found.arrival, found.pace_ratio, found.required_pace) == (None, None, d("47.5"))


def test_beyond_a_hundred_years_is_never():
    slow = [figure(f"2025-Q{n}", d("0.01") * n) for n in (1, 2, 3, 4)]
    assert forecast(indicator(), slow, q("2025-Q4")).arrival is None


def test_one_wild_figure_does_not_turn_the_line():
    wild = [*STEADY, figure("2026-Q1", 1000), figure("2026-Q2", 60), figure("2026-Q3", 70)]
    found = forecast(indicator(behaviour=Behaviour.LEVEL, accumulation=None), wild, q("2026-Q3"))
    assert found.slope == 10
    assert found.low <= found.value <= found.high


def test_an_indicator_that_restarts_is_forecast_by_its_yearly_totals():
    yearly = indicator(accumulation=Accumulation.YEAR, targets=targets(**{f"y{y}": 10 for y in range(2021, 2027)}))
    figures = [figure(f"{year}-Q{n}", n * year % 7) for year in range(2021, 2026) for n in (1, 2, 3)]
    totals = [figure(f"{year}-Q4", year - 2016) for year in range(2021, 2026)]
    found = forecast(yearly, sorted([*figures, *totals], key=lambda f: f.quarter), q("2025-Q4"))
    assert (found.figures, found.slope, found.value) == (5, d("0.25"), 10)
    assert found.arrival == q("2026-Q4")  # a year's total is known when it ends


def test_sen_s_interval_is_symmetric():
    """Turning the series over turns the interval over."""
    rising = [figure(f"2025-Q{n}", v) for n, v in enumerate((0, 1, 5, 6), start=1)]
    falling = [figure(f"2025-Q{n}", -v) for n, v in enumerate((0, 1, 5, 6), start=1)]
    up, down = (forecast(indicator(), series, q("2025-Q4")) for series in (rising, falling))
    assert (up.slope_low, up.slope_high) == (-down.slope_high, -down.slope_low) == (1, 4)


def test_the_forecast_never_crosses_a_series_break():
    broken = indicator(series_break=q("2025-Q3"))
    assert forecast(broken, STEADY, q("2025-Q4")) is None


@pytest.mark.parametrize("noise", [0, 1, 5])
def test_the_interval_widens_with_noise(noise):
    figures = [
        figure(f"{y}-Q{n}", 10 * (4 * (y - 2024) + n) + noise * (-1) ** n) for y in (2024, 2025) for n in (1, 2, 3, 4)
    ]
    found = forecast(indicator(), figures, q("2025-Q4"))
    assert (found.high > found.low) is (noise > 0)
    assert found.slope_low <= found.slope <= found.slope_high
