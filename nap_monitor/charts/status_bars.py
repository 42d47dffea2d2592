"""How many of each status, one bar for each group: objectives, strategies, kinds, agencies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from nap_monitor.charts.chart import Chart, Style, data, finished, legend
from nap_monitor.charts.palette import ACTION, STATUS, Look, look
from nap_monitor.language import Language
from nap_monitor.progress.statuses import ActionStatus, Status

_ROW = 46  # pixels: a line of text, its bar, and air
_ROOM_FOR_A_NUMBER = 0.05  # of the longest bar; thinner segments keep their number for the tooltip and the table


@dataclass(frozen=True, slots=True)
class Group:
    """One bar. `note` stands at its right end: an index, a count of reports."""

    name: str
    counts: Mapping[Any, int]  # by Status or by ActionStatus
    note: str = ""


def status_bars(groups: Sequence[Group], style: Style, alt_text: str, group_header: str) -> Chart:
    """Stacked bars with the group's name above each. Groups keep their order; statuses that nobody has are left out."""
    language = style.language
    present = _present(groups)
    rows = [row for place, group in enumerate(groups) for row in _segments(group, place, present, language)]
    names = [{"place": place, "name": g.name, "note": g.note} for place, g in enumerate(groups)]
    longest = max((sum(g.counts.values()) for g in groups), default=0) or 1
    for row in rows:
        row["shown"] = str(row["count"]) if row["count"] / longest >= _ROOM_FOR_A_NUMBER else ""
    return finished(
        [_bars(rows, present, longest, language), _numbers(rows), *_texts(names)],
        style,
        height=max(1, len(groups)) * _ROW,
        alt_text=alt_text,
        table=[
            [group_header, *(language.say(its.word) for its in present.values())],
            *([g.name, *(str(g.counts.get(s, 0)) for s in present)] for g in groups),
        ],
    )


def _present(groups: Iterable[Group]) -> dict[Status | ActionStatus, Look]:
    """The statuses that occur, in the order of their list."""
    found = {status for group in groups for status, count in group.counts.items() if count}
    order: tuple[Status | ActionStatus, ...] = (*STATUS, *ACTION)
    return {status: look(status) for status in order if status in found}


def words(look: Look, language: Language) -> str:
    """Shape and word, as every legend and tooltip has them."""
    return f"{look.shape} {language.say(look.word)}"


def _segments(
    group: Group, place: int, present: Mapping[Status | ActionStatus, Look], language: Language
) -> list[dict[str, Any]]:
    rows, start = [], 0
    for order, (status, its) in enumerate(present.items()):
        count = group.counts.get(status, 0)
        if count:
            rows.append(
                {
                    "place": place,
                    "group": group.name,
                    "status": words(its, language),
                    "order": order,
                    "count": count,
                    "from": start,
                    "to": start + count,
                    "middle": start + count / 2,
                    "ink": its.ink,
                }
            )
            start += count
    return rows


def _y() -> alt.Y:
    return alt.Y("place:O").axis(None).scale(paddingInner=0, paddingOuter=0)


def _bars(
    rows: Sequence[Mapping[str, Any]], present: Mapping[Any, Look], longest: int, language: Language
) -> alt.Chart:
    labels = [words(its, language) for its in present.values()]
    colours = [its.colour for its in present.values()]
    columns = len(labels) if len(labels) <= 5 else 4
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_bar(size=20, yOffset=10, cornerRadius=2)
        .encode(
            y=_y(),
            x=alt.X("from:Q").axis(None).scale(domain=[0, longest], nice=False),
            x2="to:Q",
            color=alt.Color("status:N").scale(domain=labels, range=colours).legend(legend(columns)),
            tooltip=[
                alt.Tooltip("group:N", title=" "),
                alt.Tooltip("status:N", title=language.say("Status")),
                alt.Tooltip("count:Q", title=language.say("Indicators and actions counted")),
            ],
        )
    )
    return chart


def _numbers(rows: Sequence[Mapping[str, Any]]) -> alt.Chart:
    chart: alt.Chart = (
        alt.Chart(data(rows))
        .mark_text(yOffset=10, fontWeight="bold", baseline="middle")
        .encode(y=_y(), x="middle:Q", text="shown:N", color=alt.Color("ink:N").scale(None))
    )
    return chart


def _texts(names: Sequence[Mapping[str, Any]]) -> Iterable[alt.Chart]:
    base = alt.Chart(data(names)).encode(y=_y())
    yield base.mark_text(
        align="left", baseline="middle", yOffset=-12, x=0, limit=alt.ExprRef("width - 88"), fontSize=13
    ).encode(text="name:N", tooltip=alt.Tooltip("name:N", title=" "))
    yield base.mark_text(align="right", baseline="middle", yOffset=-12, x="width", fontSize=12, opacity=0.85).encode(
        text="note:N"
    )
