"""One indicator's path: baseline, what was expected, what came, the target, and where the figures lead."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import altair as alt

from nap_monitor.charts.chart import Chart, Style, data, finished, instant, legend, time_axis
from nap_monitor.charts.palette import BLUE, STATUS, VIOLET
from nap_monitor.charts.status_bars import words
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.statuses import Status


@dataclass(frozen=True, slots=True)
class Step:
    """One quarter of an indicator. `value` None: no figure of its own; `status` None: not assessed."""

    quarter: Quarter
    expected: Decimal | None
    value: Decimal | None
    status: Status | None


@dataclass(frozen=True, slots=True)
class Ahead:
    """The forecast: from the last figure to the target's date, with its 80 % interval."""

    start_quarter: Quarter
    start: Decimal
    quarter: Quarter
    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Path:
    steps: tuple[Step, ...]
    baseline: tuple[Quarter, Decimal] | None
    target: tuple[Quarter, Decimal] | None
    forecast: Ahead | None
    series_break: Quarter | None
    unit: str
    restarts: bool  # a running total that starts again each January: no line across the turn of a year
    is_milestone: bool  # 0 or 1, written as words


def path(of: Path, write: Callable[[Decimal], str], style: Style, alt_text: str) -> Chart:
    """`write` prints a figure in the indicator's own decimals, for tooltips and table."""
    words_of = _Words(of, style)
    layers = [
        *_forecast(of, write, words_of, style),
        *_lines(of, write, words_of, style),
        *_ends(of, write, words_of, style),
        *_break(of, style),
    ]
    return finished(
        layers, style, height=130 if of.is_milestone else 320, alt_text=alt_text, table=_table(of, write, style)
    )


class _Words:
    """The names of the series in the reader's language."""

    def __init__(self, of: Path, style: Style) -> None:
        say = style.language.say
        self.of = of
        self.expected, self.actual, self.forecast = say("Expected"), say("Actual"), say("Forecast")
        self.baseline, self.target = say("Baseline"), say("Target")

    def colours(self, style: Style) -> alt.Scale:
        """Of the series that this path has."""
        theme, of = style.theme, self.of
        series = [
            (self.expected, theme.line, any(step.expected is not None for step in of.steps)),
            (self.actual, BLUE, any(step.value is not None for step in of.steps)),
            (self.forecast, VIOLET, of.forecast is not None),
            (self.baseline, theme.muted, of.baseline is not None),
            (self.target, theme.text, of.target is not None),
        ]
        there = [(name, colour) for name, colour, is_there in series if is_there]
        return alt.Scale(domain=[name for name, _ in there], range=[colour for _, colour in there])


def _x() -> alt.X:
    x: alt.X = alt.X("day:T").scale(type="utc", padding=12).axis(time_axis())
    return x


def _y(of: Path, style: Style) -> alt.Y:
    if of.is_milestone:
        say = style.language.say
        words_of_ends = f"datum.value == 1 ? '{say('yes')}' : '{say('no')}'"
        axis = alt.Axis(values=[0, 1], labelExpr=words_of_ends, title=None)
        return alt.Y("value:Q", axis=axis, scale=alt.Scale(domain=[0, 1]))
    return alt.Y("value:Q", title=of.unit).scale(zero=of.restarts, nice=True)


def _tooltip(style: Style) -> list[alt.Tooltip]:
    say = style.language.say
    return [
        alt.Tooltip("quarter:N", title=say("Quarter")),
        alt.Tooltip("series:N", title=" "),
        alt.Tooltip("said:N", title=say("Figure")),
        alt.Tooltip("status:N", title=say("Status")),
    ]


def _point(quarter: Quarter, value: Decimal, series: str, said: str, style: Style, status: str = "–") -> dict[str, Any]:
    return {
        "day": instant(quarter.last_day), "quarter": style.language.quarter(str(quarter)), "value": float(value),
        "series": series, "said": said, "status": status, "stretch": "",
    }  # fmt: skip


def _lines(of: Path, write: Callable[[Decimal], str], name: _Words, style: Style) -> list[alt.Chart]:
    planned = [
        {**_point(s.quarter, s.expected, name.expected, write(s.expected), style), "stretch": _stretch(of, s.quarter)}
        for s in of.steps
        if s.expected is not None
    ]
    came = [
        {
            **_point(s.quarter, s.value, name.actual, write(s.value), style, _status(s.status, style)),
            "stretch": _stretch(of, s.quarter),
            "colour": STATUS[s.status].colour if s.status else style.theme.muted,
        }
        for s in of.steps
        if s.value is not None
    ]
    drawn = []
    base = {"x": _x(), "y": _y(of, style), "tooltip": _tooltip(style)}
    colour = alt.Color("series:N", scale=name.colours(style)).legend(legend(5, narrow=3, symbol="circle"))
    if planned:
        line = alt.Chart(data(planned)).mark_line(strokeDash=[6, 4], strokeWidth=2, interpolate=_turn(of))
        drawn.append(line.encode(**base, color=colour, detail="stretch:N"))
    if came:
        line = alt.Chart(data(came)).mark_line(strokeWidth=2.5, interpolate=_turn(of))
        dots = alt.Chart(data(came)).mark_circle(size=120, opacity=1, stroke=style.theme.background, strokeWidth=1.5)
        drawn.append(line.encode(**base, color=colour, detail="stretch:N"))
        drawn.append(dots.encode(**base, color=alt.Color("colour:N").scale(None)))
    return drawn


def _turn(of: Path) -> Literal["step-after", "linear"]:
    """Yes or no has nothing in between."""
    return "step-after" if of.is_milestone else "linear"


def _stretch(of: Path, quarter: Quarter) -> str:
    """What a line may join: never across a series break, nor across New Year where the total restarts."""
    year = str(quarter.year) if of.restarts else ""
    return f"{year}{'b' if of.series_break and quarter >= of.series_break else ''}"


def _status(status: Status | None, style: Style) -> str:
    return words(STATUS[status], style.language) if status else "–"


def _ends(of: Path, write: Callable[[Decimal], str], name: _Words, style: Style) -> list[alt.Chart]:
    found = [(of.baseline, name.baseline, "square"), (of.target, name.target, "diamond")]
    colour = alt.Color("series:N", scale=name.colours(style))
    layers = []
    for end, series, shape in found:
        if end is not None:
            row = _point(end[0], end[1], series, write(end[1]), style)
            layers.append(
                alt.Chart(data([row]))
                .mark_point(shape=shape, size=150, filled=True, opacity=1)
                .encode(x=_x(), y=_y(of, style), color=colour, tooltip=_tooltip(style))
            )
    return layers


def _forecast(of: Path, write: Callable[[Decimal], str], name: _Words, style: Style) -> list[alt.Chart]:
    ahead = of.forecast
    if ahead is None:
        return []
    start = {**_point(ahead.start_quarter, ahead.start, name.forecast, write(ahead.start), style)}
    end = _point(ahead.quarter, ahead.value, name.forecast, write(ahead.value), style)
    start |= {"low": float(ahead.start), "high": float(ahead.start)}
    end |= {"low": float(ahead.low), "high": float(ahead.high)}
    colour = alt.Color("series:N", scale=name.colours(style))
    both = data([start, end])
    return [
        alt.Chart(both).mark_area(opacity=0.16, color=VIOLET).encode(
            x=_x(), y=alt.Y("low:Q", title=of.unit), y2="high:Q"
        ),
        alt.Chart(both).mark_line(strokeDash=[2, 3], strokeWidth=2).encode(
            x=_x(), y=_y(of, style), color=colour, tooltip=_tooltip(style)
        ),
    ]  # fmt: skip


def _break(of: Path, style: Style) -> list[alt.Chart]:
    if of.series_break is None:
        return []
    row = {"day": instant(of.series_break.first_day), "word": style.language.say("Series break")}
    chart: alt.Chart = (
        alt.Chart(data([row]))
        .mark_rule(strokeDash=[2, 2], strokeWidth=2, color=style.theme.muted)
        .encode(x="day:T", tooltip=alt.Tooltip("word:N", title=" "))
    )
    return [chart]


def _table(of: Path, write: Callable[[Decimal], str], style: Style) -> Sequence[Sequence[str]]:
    say = style.language.say
    return [
        [say("Quarter"), say("Expected"), say("Actual"), say("Status")],
        *(
            [
                style.language.quarter(str(step.quarter)),
                write(step.expected) if step.expected is not None else "–",
                write(step.value) if step.value is not None else "–",
                _status(step.status, style),
            ]
            for step in of.steps
        ),
    ]
