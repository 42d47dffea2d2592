"""The programme's curve: what should have been reached by each quarter, and what was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from nap_monitor.charts.chart import Chart, Style, data, finished, instant, time_axis
from nap_monitor.charts.palette import BLUE
from nap_monitor.programme.quarters import Quarter


@dataclass(frozen=True, slots=True)
class Point:
    """One quarter. `planned` and `actual` in percent or in numbers; None: not planned, or still ahead.

    `said`: what the tooltip and the table say of the two, already written for the reader.
    """

    quarter: Quarter
    planned: float | None
    actual: float | None
    planned_said: str
    actual_said: str


def curve(
    points: Sequence[Point], axis_title: str, shown: Quarter, style: Style, alt_text: str, *, most: float | None = None
) -> Chart:
    """Planned as a dashed line over the whole plan, actual as a solid one. `most`: where the axis ends."""
    language, theme = style.language, style.theme
    say = language.say
    planned, actual = say("Planned"), say("Actual")
    rows = [row for point in points for row in _rows(point, planned, actual, style)]
    scale = alt.Scale(zero=True) if most is None else alt.Scale(domain=[0, most])
    base = alt.Chart(data(rows)).encode(
        x=alt.X("day:T").scale(type="utc").axis(time_axis()),
        y=alt.Y("value:Q", title=axis_title, scale=scale),
        tooltip=[
            alt.Tooltip("quarter:N", title=say("Quarter")),
            alt.Tooltip("series:N", title=" "),
            alt.Tooltip("said:N", title=" "),
        ],
    )
    colours = (
        alt.Color("series:N").scale(domain=[planned, actual], range=[theme.line, BLUE]).legend(symbolType="stroke")
    )
    dashes = alt.StrokeDash("series:N").scale(domain=[planned, actual], range=[[6, 4], [1, 0]])
    here = alt.Chart(data([{"day": instant(shown.last_day), "quarter": language.quarter(str(shown))}]))
    return finished(
        [
            here.mark_rule(strokeDash=[3, 3], color=theme.muted).encode(
                x="day:T", tooltip=alt.Tooltip("quarter:N", title=say("Quarter shown"))
            ),
            base.mark_line(strokeWidth=2.5, interpolate="linear").encode(color=colours, strokeDash=dashes),
            base.mark_circle(size=42, opacity=1).encode(color=colours),
        ],
        style,
        height=260,
        alt_text=alt_text,
        table=[
            [say("Quarter"), planned, actual],
            *([language.quarter(str(p.quarter)), p.planned_said, p.actual_said] for p in points),
        ],
    )


def _rows(point: Point, planned: str, actual: str, style: Style) -> list[dict[str, Any]]:
    common = {"day": instant(point.quarter.last_day), "quarter": style.language.quarter(str(point.quarter))}
    found = [(planned, point.planned, point.planned_said), (actual, point.actual, point.actual_said)]
    return [
        {**common, "series": name, "value": value, "said": said} for name, value, said in found if value is not None
    ]
