"""Colours that can be told apart and read, on light and on dark; never a colour alone."""

from __future__ import annotations

import tomllib
from itertools import combinations

import pytest

from nap_monitor.charts import palette
from nap_monitor.charts.palette import ACTION, CONFIDENCE, DELAYED, STATUS, THEMES, Look
from nap_monitor.progress.statuses import ActionStatus, Confidence, Status
from nap_monitor.settings import ROOT

LOOKS = [*STATUS.values(), *ACTION.values(), DELAYED]
CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_every_status_has_its_look() -> None:
    assert set(STATUS) == set(Status)
    assert set(ACTION) == set(ActionStatus)
    assert set(CONFIDENCE) == set(Confidence)


@pytest.mark.parametrize("background", [palette.LIGHT_BACKGROUND, palette.DARK_BACKGROUND])
@pytest.mark.parametrize("look", LOOKS)
def test_marks_stand_out_from_light_and_dark_pages(look: Look, background: str) -> None:
    assert contrast(look.colour, background) >= 3


@pytest.mark.parametrize("look", LOOKS)
def test_writing_on_a_mark_can_be_read(look: Look) -> None:
    assert contrast(look.ink, look.colour) >= 4.5


@pytest.mark.parametrize("looks", [list(STATUS.values()), [*ACTION.values(), DELAYED]])
def test_no_two_statuses_share_shape_or_word(looks: list[Look]) -> None:
    for one, other in combinations(looks, 2):
        assert one.shape != other.shape
        assert one.word != other.word


@pytest.mark.parametrize("theme", THEMES.values())
def test_text_can_be_read_on_its_theme(theme: palette.Theme) -> None:
    assert contrast(theme.text, theme.background) >= 7
    assert contrast(theme.muted, theme.background) >= 4.5
    assert contrast(theme.line, theme.background) >= 3


def test_the_pages_have_the_same_colours_and_backgrounds() -> None:
    names = {"blue": "blueColor", "green": "greenColor", "orange": "orangeColor", "red": "redColor"}
    for look in LOOKS:
        if look.badge in names:
            assert CONFIG[names[look.badge]] == look.colour
    assert CONFIG["light"]["backgroundColor"] == palette.LIGHT_BACKGROUND
    assert CONFIG["dark"]["backgroundColor"] == palette.DARK_BACKGROUND
    assert {name: CONFIG[name]["textColor"] for name in THEMES} == {t.name: t.text for t in THEMES.values()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["blue", "green", "orange", "red", "gray", "violet"])
def test_badge_texts_can_be_read(name: str, theme: str) -> None:
    # A badge's ground is its colour at a tenth over the page's background: nearly the background itself.
    assert contrast(CONFIG[theme][f"{name}TextColor"], CONFIG[theme]["backgroundColor"]) >= 5
