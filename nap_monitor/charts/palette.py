"""Colour, shape and word of every status: the one place. A status is never told by its colour alone.

Each colour has a contrast of at least 3:1 on the light and on the dark background, so that one set serves both, and its
`ink` at least 4.5:1 on it. `badge` is Streamlit's name of the same colour, which `.streamlit/config.toml` sets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from nap_monitor.language import mark
from nap_monitor.progress.explain import CONFIDENCE_WORDS, STATUS_WORDS
from nap_monitor.progress.statuses import ActionStatus, Confidence, Status

LIGHT_BACKGROUND = "#ffffff"
DARK_BACKGROUND = "#11161d"

BLUE, GREEN, AMBER, RED = "#2a6fbb", "#278553", "#c77f0a", "#c8402f"
GREY, PALE, VIOLET = "#6b7280", "#8094aa", "#7c6a9c"
_WHITE, _BLACK = "#ffffff", "#111111"


@dataclass(frozen=True, slots=True)
class Look:
    """How a status is shown: its word (a message to translate), its shape and its colours."""

    word: str
    shape: str
    colour: str
    ink: str
    badge: str


STATUS: Mapping[Status, Look] = {
    Status.ACHIEVED: Look(STATUS_WORDS[Status.ACHIEVED], "★", BLUE, _WHITE, "blue"),
    Status.ON_TRACK: Look(STATUS_WORDS[Status.ON_TRACK], "●", GREEN, _WHITE, "green"),
    Status.AT_RISK: Look(STATUS_WORDS[Status.AT_RISK], "▲", AMBER, _BLACK, "orange"),
    Status.OFF_TRACK: Look(STATUS_WORDS[Status.OFF_TRACK], "■", RED, _WHITE, "red"),
    Status.NO_DATA: Look(STATUS_WORDS[Status.NO_DATA], "✕", GREY, _WHITE, "gray"),
    Status.NOT_DUE: Look(STATUS_WORDS[Status.NOT_DUE], "○", PALE, _BLACK, "gray"),
    Status.NOT_COMPUTABLE: Look(STATUS_WORDS[Status.NOT_COMPUTABLE], "◇", VIOLET, _WHITE, "violet"),
}

ACTION: Mapping[ActionStatus, Look] = {
    ActionStatus.COMPLETED: Look(mark("Completed"), "★", BLUE, _WHITE, "blue"),
    ActionStatus.PARTLY_MET: Look(mark("Partly met"), "◐", AMBER, _BLACK, "orange"),
    ActionStatus.IN_PROGRESS: Look(mark("In progress"), "●", GREEN, _WHITE, "green"),
    ActionStatus.NOT_STARTED: Look(mark("Not started"), "○", PALE, _BLACK, "gray"),
    ActionStatus.MODIFIED: Look(mark("Modified"), "◇", VIOLET, _WHITE, "violet"),
    ActionStatus.CANCELLED: Look(mark("Cancelled"), "–", VIOLET, _WHITE, "violet"),
    ActionStatus.NO_REPORT: Look(mark("No report"), "✕", GREY, _WHITE, "gray"),
}

DELAYED = Look(mark("Delayed"), "▼", RED, _WHITE, "red")
"""Derived, never reported: past its due quarter and not completed."""

CONFIDENCE: Mapping[Confidence, Look] = {
    Confidence.HIGH: Look(CONFIDENCE_WORDS[Confidence.HIGH], "▮▮▮", GREY, _WHITE, "gray"),
    Confidence.MEDIUM: Look(CONFIDENCE_WORDS[Confidence.MEDIUM], "▮▮▯", GREY, _WHITE, "gray"),
    Confidence.LOW: Look(CONFIDENCE_WORDS[Confidence.LOW], "▮▯▯", GREY, _WHITE, "gray"),
}
"""A second signal: neutral in colour, so that it never mixes with the status."""


def look(status: Status | ActionStatus) -> Look:
    return STATUS[status] if isinstance(status, Status) else ACTION[status]


@dataclass(frozen=True, slots=True)
class Theme:
    """What surrounds the marks on a light or a dark page."""

    name: str
    text: str
    muted: str
    grid: str
    background: str
    line: str  # a neutral series: the plan


THEMES: Mapping[str, Theme] = {
    "light": Theme("light", "#1b2733", "#56636f", "#d5dde3", LIGHT_BACKGROUND, "#4d5b69"),
    "dark": Theme("dark", "#e6ebf0", "#a3b0bd", "#2f3b48", DARK_BACKGROUND, "#a9b8c7"),
}
