"""What one run of a page looks at: for whom, which programme, quarter and day, and where that programme stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import streamlit as st

from nap_monitor.access import Viewer
from nap_monitor.charts.chart import Chart, Style
from nap_monitor.charts.palette import THEMES, Theme
from nap_monitor.database.plans import StoredPlan
from nap_monitor.language import Language
from nap_monitor.programme.model import Programme
from nap_monitor.programme.quarters import Quarter
from nap_monitor.status import Standing
from nap_monitor.web import reading
from nap_monitor.web.reading import Edition

_KEPT = "scene"


@dataclass(frozen=True)
class Scene:
    """Made by the frame before the page runs."""

    edition: Edition
    language: Language
    theme: Theme
    viewer: Viewer
    plan: StoredPlan
    quarter: Quarter
    day: date
    standing: Standing
    limits: Mapping[str, tuple[Decimal, ...]]  # of each rule set, on the scale of compliance

    @property
    def programme(self) -> Programme:
        """The version of the plan that judges the quarter."""
        return self.standing.programme

    @property
    def is_illustrative(self) -> bool:
        """Its data are made up. A real plan in a demonstration's database is none the less real."""
        return self.programme.illustrative

    @property
    def has_indicators(self) -> bool:
        return bool(self.programme.indicators)

    @property
    def style(self) -> Style:
        return Style(self.language, self.theme, self.is_illustrative)

    def drawn(self, what: str, draw: Callable[[], Chart], *more: str) -> Chart:
        """A chart of this scene, built once. `more`: what it depends on besides, such as a filter's code."""
        seen = (self.viewer, self.programme.code, str(self.quarter), self.day, self.language, self.theme.name)
        return reading.drawn(self.edition, (what, *more, *seen), draw)


def theme() -> Theme:
    """The reader's: light until the browser has said otherwise."""
    return THEMES.get(st.context.theme.type or "light", THEMES["light"])


def set_scene(scene: Scene) -> None:
    st.session_state[_KEPT] = scene


def current() -> Scene:
    scene: Scene = st.session_state[_KEPT]
    return scene
