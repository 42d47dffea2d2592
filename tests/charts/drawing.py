"""Charts of every kind, full and empty, for the tests that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from nap_monitor.charts.chart import Chart, Style
from nap_monitor.charts.curve import Point, curve
from nap_monitor.charts.gantt import Bar, Milestone, gantt
from nap_monitor.charts.heat_map import Cell, heat_map
from nap_monitor.charts.palette import STATUS
from nap_monitor.charts.path import Ahead, Path, Step, path
from nap_monitor.charts.status_bars import Group, status_bars
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.statuses import ActionStatus, Status

Q3 = Quarter(2026, 3)


def bars(style: Style) -> Chart:
    groups = [
        Group("1. Mechanisms", {Status.ON_TRACK: 6, Status.OFF_TRACK: 1, Status.NO_DATA: 1}, "72.4 – 88.0 %"),
        Group("2. Codes of conduct", {Status.ACHIEVED: 2, Status.NOT_DUE: 3}),
    ]
    return status_bars(groups, style, "Indicators by status", "Objective")


def action_bars(style: Style) -> Chart:
    return status_bars(
        [Group("P1", {ActionStatus.NO_REPORT: 20, ActionStatus.COMPLETED: 1})], style, "Actions", "Pillar"
    )


def no_bars(style: Style) -> Chart:
    return status_bars([], style, "Nothing", "Objective")


def heat(style: Style) -> Chart:
    cells = [
        Cell("STPS", "1", {Status.ON_TRACK: 3, Status.OFF_TRACK: 1}),
        Cell("STPS", "2", {Status.ACHIEVED: 1, Status.NOT_DUE: 1}),
        Cell("SE", "1", {Status.AT_RISK: 1, Status.NO_DATA: 2}),
        Cell("SE", "2", {}),
    ]
    return heat_map(cells, ["SE", "STPS"], ["1", "2"], style, "Agencies by objective")


def no_heat(style: Style) -> Chart:
    return heat_map([], [], [], style, "Nothing")


def bar(name: str, *, status: ActionStatus = ActionStatus.IN_PROGRESS, **values: object) -> Bar:
    given = {"start": None, "due": date(2026, 6, 30), "finish": None, "requested": None}
    given |= {"is_delayed": False, "is_completed_late": False}
    return Bar(name=name, agency="SE", status=status, **(given | values))  # type: ignore[arg-type]


def actions(style: Style) -> Chart:
    bars = [
        bar("1.1 Rules", start=date(2025, 2, 1), is_delayed=True, requested=date(2027, 3, 31)),
        bar("1.2 Guide", status=ActionStatus.COMPLETED, finish=date(2026, 9, 1), is_completed_late=True),
        bar("1.3 Register", status=ActionStatus.NO_REPORT, due=date(2029, 12, 31)),
    ]
    milestones = [Milestone("1.1 Rules", "Rules published", date(2026, 6, 30), STATUS[Status.OFF_TRACK])]
    return gantt(bars, milestones, date(2025, 1, 1), date(2029, 12, 31), date(2026, 11, 23), style, "Actions in time")


def no_actions(style: Style) -> Chart:
    return gantt([], [], date(2025, 1, 1), date(2029, 12, 31), date(2026, 11, 23), style, "Nothing")


def programme_curve(style: Style) -> Chart:
    points = [Point(Q3, 35.0, 30.5, "35.0 %", "30.5 %"), Point(Q3 + 1, 40.0, None, "40.0 %", "–")]
    return curve(points, "%", Q3, style, "Planned and actual", most=100)


def no_curve(style: Style) -> Chart:
    return curve([], "%", Q3, style, "Nothing")


def path_of(**values: object) -> Path:
    steps = (
        Step(Q3 - 2, Decimal(10), Decimal(9), Status.AT_RISK),
        Step(Q3 - 1, Decimal(20), None, None),
        Step(Q3, Decimal(30), Decimal(31), Status.ON_TRACK),
    )
    given = {
        "steps": steps,
        "baseline": (Q3 - 3, Decimal(0)),
        "target": (Q3 + 4, Decimal(100)),
        "forecast": Ahead(Q3, Decimal(31), Q3 + 4, Decimal(90), Decimal(80), Decimal(99)),
        "series_break": None,
        "unit": "%",
        "restarts": False,
        "is_milestone": False,
    }
    return Path(**(given | values))  # type: ignore[arg-type]


def drawn_path(style: Style, **values: object) -> Chart:
    return path(path_of(**values), str, style, "Path")


def milestone_path(style: Style) -> Chart:
    return drawn_path(style, forecast=None, baseline=None, is_milestone=True)


def broken_path(style: Style) -> Chart:
    return drawn_path(style, series_break=Q3)


def no_path(style: Style) -> Chart:
    return drawn_path(style, steps=(), baseline=None, target=None, forecast=None)


FULL: dict[str, Callable[[Style], Chart]] = {
    f.__name__: f for f in (bars, action_bars, heat, actions, programme_curve, drawn_path, milestone_path, broken_path)
}
EMPTY: dict[str, Callable[[Style], Chart]] = {f.__name__: f for f in (no_bars, no_heat, no_actions, no_curve, no_path)}
