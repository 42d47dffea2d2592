"""Objective by agency: where the trouble is. Each cell has the colour, shape and number of its most serious status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from nap_monitor.charts.chart import Chart, Style, data, finished, legend
from nap_monitor.charts.palette import STATUS
from nap_monitor.charts.status_bars import words
from nap_monitor.progress.statuses import Status

_ROW = 30

MOST_SERIOUS_FIRST = (
    Status.OFF_TRACK,
    Status.NO_DATA,
    Status.AT_RISK,
    Status.NOT_COMPUTABLE,
    Status.ON_TRACK,
    Status.ACHIEVED,
    Status.NOT_DUE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """The indicators of one agency under one objective, counted by status."""

    agency: str
    objective: str
    counts: Mapping[Status, int]

    @property
    def most_serious(self) -> Status:
        return next(status for status in MOST_SERIOUS_FIRST if self.counts.get(status))


def heat_map(
    cells: Sequence[Cell], agencies: Sequence[str], objectives: Sequence[str], style: Style, alt_text: str
) -> Chart:
    """`agencies` and `objectives` in the order of rows and columns; cells without an indicator stay empty."""
    language = style.language
    filled = [cell for cell in cells if any(cell.counts.values())]
    rows = [_row(cell, style) for cell in filled]
    present = [status for status in Status if any(cell.most_serious is status for cell in filled)]
    base = alt.Chart(data(rows)).encode(
        x=alt.X("objective:N").sort(list(objectives)).scale(domain=list(objectives)).axis(
            orient="top", title=None, labelAngle=0, labelFlush=False, labelBound=False, domain=False, ticks=False
        ),
        y=alt.Y("agency:N").sort(list(agencies)).scale(domain=list(agencies)).axis(
            title=None, domain=False, ticks=False, labelLimit=130, labelFlush=False
        ),
        tooltip=[
            alt.Tooltip("agency:N", title=language.say("Agency")),
            alt.Tooltip("objective:N", title=language.say("Objective")),
            alt.Tooltip("all:N", title=language.say("Indicators")),
        ],
    )  # fmt: skip
    colours = alt.Scale(domain=[words(STATUS[s], language) for s in present], range=[STATUS[s].colour for s in present])
    table = {(cell.agency, cell.objective): row["all"] for cell, row in zip(filled, rows, strict=True)}
    return finished(
        [
            base.mark_rect(stroke=style.theme.background, strokeWidth=2, cornerRadius=3).encode(
                color=alt.Color("status:N", scale=colours, legend=legend(5))
            ),
            base.mark_text(fontSize=12, fontWeight="bold").encode(text="shown:N", color=alt.Color("ink:N").scale(None)),
        ],
        style,
        height=max(1, len(agencies)) * _ROW,
        alt_text=alt_text,
        table=[
            [language.say("Agency"), *objectives],
            *(
                [agency, *(table.get((agency, objective), "") for objective in objectives)]
                for agency in agencies
                if rows
            ),
        ],
    )


def _row(cell: Cell, style: Style) -> dict[str, Any]:
    worst = STATUS[cell.most_serious]
    total = sum(cell.counts.values())
    said = (f"{words(STATUS[s], style.language)}: {cell.counts[s]}" for s in Status if cell.counts.get(s))
    return {
        "agency": cell.agency,
        "objective": cell.objective,
        "status": words(worst, style.language),
        "shown": f"{worst.shape} {cell.counts[cell.most_serious]}/{total}",
        "ink": worst.ink,
        "all": " · ".join(said),
    }
