"""What each chart is for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from nap_monitor.charts.chart import Chart, Style, instant
from nap_monitor.charts.gantt import gantt
from nap_monitor.charts.heat_map import Cell, heat_map
from nap_monitor.charts.palette import THEMES
from nap_monitor.charts.path import Step
from nap_monitor.charts.status_bars import Group, status_bars
from nap_monitor.language import language
from nap_monitor.progress.statuses import ActionStatus, Status
from tests.charts.drawing import Q3, bar, drawn_path

STYLE = Style(language("en"), THEMES["light"])
TODAY = date(2026, 11, 23)


def rows(chart: Chart) -> list[dict[str, Any]]:
    return [row for group in chart.spec["layer"] for row in group["data"]["values"]]


def test_segments_follow_each_other_in_the_order_of_statuses() -> None:
    counts = {Status.NO_DATA: 2, Status.ACHIEVED: 1, Status.ON_TRACK: 3}
    chart = status_bars([Group("One", counts)], STYLE, "x", "Objective")
    segments = [(r["status"], r["from"], r["to"]) for r in rows(chart) if "from" in r]
    assert segments == [("★ Achieved", 0, 1), ("● On track", 1, 4), ("✕ No data", 4, 6)]


def test_the_table_counts_what_the_bars_show_and_zero_where_there_is_none() -> None:
    groups = [Group("One", {Status.ON_TRACK: 3}), Group("Two", {Status.OFF_TRACK: 1})]
    chart = status_bars(groups, STYLE, "x", "Objective")
    assert chart.headers == ("Objective", "On track", "Off track")
    assert chart.rows == (("One", "3", "0"), ("Two", "0", "1"))


def test_a_segment_too_thin_for_its_number_leaves_it_to_the_table() -> None:
    chart = status_bars([Group("One", {Status.ON_TRACK: 99, Status.OFF_TRACK: 1})], STYLE, "x", "Objective")
    assert [r["shown"] for r in rows(chart) if "shown" in r][:2] == ["99", ""]
    assert chart.rows == (("One", "99", "1"),)


def test_a_cell_has_the_look_of_its_most_serious_status_and_says_how_many() -> None:
    chart = heat_map([Cell("SE", "1", {Status.ON_TRACK: 4, Status.AT_RISK: 1})], ["SE"], ["1"], STYLE, "x")
    (row,) = (r for r in rows(chart) if r["agency"] == "SE")
    assert (row["status"], row["shown"]) == ("▲ At risk", "▲ 1/5")
    assert chart.rows == (("SE", "● On track: 4 · ▲ At risk: 1"),)


def test_silence_is_more_serious_than_being_at_risk() -> None:
    assert Cell("SE", "1", {Status.NO_DATA: 1, Status.AT_RISK: 3}).most_serious is Status.NO_DATA


def test_a_delayed_action_goes_on_until_today_and_says_so() -> None:
    late = bar("1.1 Rules", is_delayed=True)
    chart = gantt([late], [], date(2025, 1, 1), date(2029, 12, 31), TODAY, STYLE, "x")
    (row,) = (r for r in rows(chart) if "late_to" in r)
    assert (row["due"], row["late_to"]) == (instant(late.due), instant(TODAY))
    assert row["label"].startswith("▼ Delayed")


def test_an_action_without_a_start_has_no_bar_only_its_date() -> None:
    chart = gantt([bar("1.1")], [], date(2025, 1, 1), date(2029, 12, 31), TODAY, STYLE, "x")
    (row,) = (r for r in rows(chart) if "late_to" in r)
    assert row["from"] == row["to"] == row["due"]
    assert row["late_to"] is None


def test_both_dates_of_an_action_show() -> None:
    asked = bar("1.1", requested=date(2027, 3, 31))
    chart = gantt([asked], [], date(2025, 1, 1), date(2029, 12, 31), TODAY, STYLE, "x")
    (row,) = chart.rows
    assert "30/06/2026" in row
    assert "31/03/2027" in row


def test_a_bar_never_runs_backwards() -> None:
    begun_late = bar("1.1", start=date(2026, 9, 1), finish=date(2026, 5, 1), status=ActionStatus.COMPLETED)
    chart = gantt([begun_late], [], date(2025, 1, 1), date(2029, 12, 31), TODAY, STYLE, "x")
    (row,) = (r for r in rows(chart) if "late_to" in r)
    assert row["from"] <= row["to"]


def test_the_axis_reaches_from_the_first_to_the_last_day_and_to_today() -> None:
    chart = gantt([bar("1.1")], [], date(2024, 1, 1), date(2025, 12, 31), TODAY, STYLE, "x")
    ends = chart.spec["layer"][0]["data"]["values"]
    assert [row["day"] for row in ends] == [instant(date(2024, 1, 1)), instant(TODAY)]


def test_no_line_crosses_a_series_break_nor_new_year_where_a_total_restarts() -> None:
    steps = tuple(Step(q, Decimal(1), Decimal(1), None) for q in (Q3, Q3 + 1, Q3 + 2))
    broken = drawn_path(STYLE, steps=steps, series_break=Q3 + 1, forecast=None, baseline=None, target=None)
    assert [r["stretch"] for r in rows(broken) if r.get("series") == "Actual"] == ["", "b", "b"]
    restarting = drawn_path(STYLE, steps=steps, restarts=True, forecast=None, baseline=None, target=None)
    assert [r["stretch"] for r in rows(restarting) if r.get("series") == "Actual"] == ["2026", "2026", "2027"]


def test_only_the_series_that_there_are_stand_in_the_legend() -> None:
    chart = drawn_path(STYLE, forecast=None, baseline=None)
    domains = [
        layer["encoding"]["color"]["scale"]["domain"]
        for group in chart.spec["layer"]
        for layer in group["layer"]
        if (layer.get("encoding", {}).get("color", {}).get("scale") or {}).get("domain")
    ]
    assert domains
    assert all(domain == ["Expected", "Actual", "Target"] for domain in domains)


def test_a_quarter_without_a_figure_is_a_dash_in_the_table() -> None:
    assert [row[2] for row in drawn_path(STYLE).rows] == ["9", "–", "31"]


def test_a_day_stays_that_day_in_every_time_zone() -> None:
    assert instant(date(1970, 1, 2)) == 86_400_000
