"""Actions in time: from their start to the plan's date, and beyond it in red while they are late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from nap_monitor.charts.chart import Chart, Style, data, finished, instant, legend, time_axis
from nap_monitor.charts.palette import ACTION, DELAYED, Look
from nap_monitor.charts.status_bars import words
from nap_monitor.language import mark
from nap_monitor.progress.statuses import ActionStatus

_ROW = 40

_COLUMNS = {  # of the tooltip and of the table
    "name": mark("Action"),
    "agency": mark("Responsible"),
    "status": mark("Status"),
    "started": mark("Start"),
    "planned": mark("Planned date"),
    "wished": mark("Requested date"),
    "finished": mark("Finished"),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One action. Dates as far as the plan and its reports give them; none is made up.

    `finish`: when it was completed. `requested`: the date that its agency asks for, beside the plan's.
    """

    name: str
    agency: str
    status: ActionStatus
    start: date | None
    due: date
    finish: date | None
    requested: date | None
    is_delayed: bool
    is_completed_late: bool


@dataclass(frozen=True, slots=True)
class Milestone:
    """A yes-or-no indicator with its day, drawn on the row of its action."""

    row: str
    name: str
    day: date
    status: Look


def gantt(
    bars: Sequence[Bar],
    milestones: Sequence[Milestone],
    first: date,
    last: date,
    today: date,
    style: Style,
    alt_text: str,
) -> Chart:
    """`first` and `last` are the ends of the axis; each bar is a row, in the order given."""
    rows = [_row(bar, place, first, today, style) for place, bar in enumerate(bars)]
    layers = [_ends(first, max(last, today)), _today(today, style), *_bars(bars, rows, style)]
    layers += _milestones(milestones, {bar.name: place for place, bar in enumerate(bars)}, style)
    return finished(layers, style, height=max(1, len(bars)) * _ROW, alt_text=alt_text, table=_table(bars, rows, style))


def _y() -> alt.Y:
    return alt.Y("place:O").axis(None).scale(paddingInner=0, paddingOuter=0)


def _x(field: str) -> alt.X:
    return alt.X(field, scale=alt.Scale(type="utc", nice=False), axis=time_axis(orient="top"))


def _ends(first: date, last: date) -> alt.Chart:
    """Unseen marks at both ends: they make the axis that long, whatever the bars do."""
    chart: alt.Chart = (
        alt.Chart(data([{"day": instant(first)}, {"day": instant(last)}])).mark_rule(opacity=0).encode(x=_x("day:T"))
    )
    return chart


def _today(today: date, style: Style) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(data([{"day": instant(today), "word": style.language.say("Today")}]))
        .mark_rule(strokeWidth=1.5, strokeDash=[5, 3], color=style.theme.muted)
        .encode(x=_x("day:T"), tooltip=alt.Tooltip("word:N", title=" "))
    )
    return chart


def _bars(bars: Sequence[Bar], rows: Sequence[dict[str, Any]], style: Style) -> list[alt.Chart]:
    language, theme = style.language, style.theme
    present = [(words(its, language), its.colour) for s, its in ACTION.items() if any(bar.status is s for bar in bars)]
    colours = alt.Scale(domain=[word for word, _ in present], range=[colour for _, colour in present])
    tooltip = [alt.Tooltip(f"{name}:N", title=language.say(title)) for name, title in _COLUMNS.items()]
    base = alt.Chart(data(rows)).encode(y=_y(), tooltip=tooltip)
    return [
        base.mark_bar(size=11, yOffset=9, cornerRadius=2).encode(
            x=_x("from:T"),
            x2="to:T",
            color=alt.Color("status:N", scale=colours, legend=legend(5)),
        ),
        base.transform_filter("datum.late_to != null")
        .mark_bar(size=5, yOffset=9, color=DELAYED.colour)
        .encode(x=_x("due:T"), x2="late_to:T"),
        base.mark_tick(size=17, thickness=2.5, yOffset=9, color=theme.text).encode(x=_x("due:T")),
        base.transform_filter("datum.requested != null")
        .mark_point(shape="triangle-down", size=70, yOffset=9, stroke=theme.text, fill=theme.background)
        .encode(x=_x("requested:T")),
        base.mark_text(align="left", baseline="middle", yOffset=-9, x=0, limit=alt.ExprRef("width")).encode(
            text="label:N"
        ),
    ]


def _row(bar: Bar, place: int, first: date, today: date, style: Style) -> dict[str, Any]:
    language = style.language
    late_to = bar.finish if bar.is_completed_late else today if bar.is_delayed else None
    start = min(bar.start or bar.due, bar.due)
    label = f"{words(DELAYED, language)} · {bar.name}" if bar.is_delayed else bar.name
    return {
        "place": place, "name": bar.name, "label": label, "agency": bar.agency,
        "status": words(ACTION[bar.status], language),
        "from": instant(max(start, first)),
        "to": instant(max(start, first, min(bar.due, bar.finish or bar.due))),
        "due": instant(bar.due),
        "late_to": instant(late_to) if late_to else None,
        "requested": instant(bar.requested) if bar.requested else None,
        "started": language.day(bar.start) if bar.start else "–",
        "planned": language.day(bar.due),
        "wished": language.day(bar.requested) if bar.requested else "–",
        "finished": language.day(bar.finish) if bar.finish else "–",
    }  # fmt: skip


def _milestones(milestones: Sequence[Milestone], place_of: dict[str, int], style: Style) -> list[alt.Chart]:
    rows = [
        {
            "place": place_of[m.row], "name": m.name, "day": instant(m.day), "on": style.language.day(m.day),
            "status": words(m.status, style.language), "colour": m.status.colour,
        }
        for m in milestones
        if m.row in place_of
    ]  # fmt: skip
    if not rows:
        return []
    say = style.language.say
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_point(shape="diamond", size=110, filled=True, opacity=1, yOffset=9, stroke=style.theme.background)
        .encode(
            y=_y(),
            x=_x("day:T"),
            color=alt.Color("colour:N").scale(None),
            tooltip=[
                alt.Tooltip("name:N", title=say("Milestone")),
                alt.Tooltip("on:N", title=say("Planned date")),
                alt.Tooltip("status:N", title=say("Status")),
            ],
        )
    )
    return [chart]


def _table(bars: Sequence[Bar], rows: Sequence[dict[str, Any]], style: Style) -> list[list[str]]:
    say = style.language.say
    return [
        [*(say(title) for title in _COLUMNS.values()), say(DELAYED.word)],
        *(
            [
                *(str(row[name]) for name in _COLUMNS),
                words(DELAYED, style.language) if bar.is_delayed else "–",
            ]
            for bar, row in zip(bars, rows, strict=True)
        ),
    ]
