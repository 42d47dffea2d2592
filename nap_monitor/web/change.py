"""What changed since the quarter before: indicators that moved up or down, and each objective's movement.

Both quarters as they are known now; frozen ones will be compared once quarters are closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from nap_monitor.charts.palette import look
from nap_monitor.language import Language
from nap_monitor.programme.quarters import Quarter
from nap_monitor.progress.shown import Shown
from nap_monitor.progress.statuses import Status
from nap_monitor.status import Standing
from nap_monitor.web import reading, tree, widgets
from nap_monitor.web.scene import Scene
from nap_monitor.web.text import NOTHING, badge

_ORDER = (Status.ACHIEVED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.NO_DATA)
"""From best to worst. What is not due or cannot be computed is neither better nor worse than anything."""


@dataclass(frozen=True, slots=True)
class Move:
    """One indicator whose status is another than a quarter ago."""

    code: str
    before: Status
    now: Status

    @property
    def is_better(self) -> bool:
        return _ORDER.index(self.now) < _ORDER.index(self.before)


def moves(before: Sequence[Shown], now: Sequence[Shown]) -> tuple[Move, ...]:
    """The indicators that moved, those that fell first, the deepest fall first."""
    earlier = {shown.code: shown.status for shown in before}
    found = [
        Move(shown.code, earlier[shown.code], shown.status)
        for shown in now
        if shown.code in earlier
        and shown.status is not earlier[shown.code]
        and {shown.status, earlier[shown.code]} <= set(_ORDER)
    ]
    return tuple(sorted(found, key=lambda m: (_ORDER.index(m.before) - _ORDER.index(m.now), m.code)))


def show(scene: Scene) -> None:
    """The section of the overview; nothing in a programme's first quarter."""
    earlier = _quarter_before(scene)
    if earlier is None:
        return
    before = reading.standing(scene.edition, scene.viewer, scene.programme.code, earlier, scene.day)
    say = scene.language.say
    st.subheader(say("Since {quarter}", quarter=scene.language.quarter(str(earlier))), anchor=False)
    found = moves(before.indicators, scene.standing.indicators)
    if found:
        st.markdown("\n".join(_line(move, scene) for move in found))
    else:
        st.markdown(say("No indicator has changed its status."))
    widgets.table(
        [say("Objective"), say("Better"), say("Worse"), say("Low end of the index, %"), say("Change")],
        [_row(scene, before, code, found) for code in (o.code for o in scene.programme.objectives)],
        right=[1, 2, 3, 4],
    )


def _quarter_before(scene: Scene) -> Quarter | None:
    first = scene.programme.first_quarter
    return scene.quarter - 1 if first is not None and scene.quarter > first else None


def _line(move: Move, scene: Scene) -> str:
    indicator = scene.programme.indicator_by_code[move.code]
    way = scene.language.say("better") if move.is_better else scene.language.say("worse")
    arrow = "▲" if move.is_better else "▼"
    link = tree.indicator_link(scene, indicator)
    statuses = f"{badge(look(move.before), scene.language)} → {badge(look(move.now), scene.language)}"
    return f"- {arrow} {way}: {link} {statuses}"


def _row(scene: Scene, before: Standing, code: str, found: Sequence[Move]) -> list[str]:
    by_code = scene.programme.indicator_by_code
    mine = [move for move in found if by_code[move.code].objective == code]
    low = {group.code: group.index_low_pct for group in scene.standing.objectives}.get(code)
    earlier = {group.code: group.index_low_pct for group in before.objectives}.get(code)
    better = sum(move.is_better for move in mine)
    language = scene.language
    return [
        code,
        str(better),
        str(len(mine) - better),
        NOTHING if low is None else language.number(low, 1),
        NOTHING if low is None or earlier is None else signed(low - earlier, language),
    ]


def signed(points: Decimal, language: Language) -> str:
    """+1.3, −0.4, 0.0: a difference with its sign."""
    shown = round(points, 1)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return f"{sign}{language.number(abs(shown), 1)}"
