"""Every page in a real browser: both languages, wide and light, narrow and dark."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from nap_monitor.language import language
from tests.browser.conftest import NARROW, WIDE, Open, Server
from tests.shown import SAMPLE

pytestmark = pytest.mark.browser

TITLES = {
    "overview": "Overview",
    "objectives": "Objectives",
    "agencies": "Agencies",
    "timeline": "Timeline",
    "indicator": "Indicator",
    "reporting": "Reporting",
}
CHARTS = {"overview": 2, "objectives": 0, "agencies": 1, "timeline": 3, "indicator": 1, "reporting": 0}
_FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
_BACKGROUND = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
# Texts of a chart that reach beyond its drawing, or lie over one another.
_CUT = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')].flatMap(svg => {
  const frame = svg.getBoundingClientRect()
  return [...svg.querySelectorAll('text')].filter(text => {
    const box = text.getBoundingClientRect()
    return box.width && (box.left < frame.left - 2 || box.right > frame.right + 2)
  }).map(text => text.textContent)
})"""
_OVERLAPPING = """() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('.mark-text.role-axis-label text, .mark-text.role-legend-label text')]
    .filter(t => t.textContent && getComputedStyle(t).opacity !== '0' && t.getAttribute('opacity') !== '0')
    .map(t => [t.textContent, t.getBoundingClientRect()])
  return boxes.flatMap(([one, a], i) => boxes.slice(i + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
    .map(([other]) => `${one} / ${other}`))
})"""


def drawn(page: Page) -> int:
    return page.locator("[data-testid=stVegaLiteChart] svg").count()


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("name", TITLES)
def test_a_page_shows_whole_and_calls_nobody_else(name: str, lang: str, server: Server, visit: Open) -> None:
    reader = visit(server.address)
    page = reader.go(f"{'' if name == 'overview' else name}?lang={lang}")
    assert page.locator("h1").inner_text() == language(lang).say(TITLES[name])
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.locator("[data-testid=stException]").count() == 0
    for size, scheme, background in (
        (WIDE, "light", "rgb(255, 255, 255)"),
        (WIDE, "dark", "rgb(17, 22, 29)"),
        (NARROW, "dark", "rgb(17, 22, 29)"),
        (NARROW, "light", "rgb(255, 255, 255)"),
    ):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        reader.settled()
        assert page.evaluate(_BACKGROUND) == background
        assert page.evaluate(_FITS)
        assert drawn(page) == CHARTS[name]
        assert page.evaluate(_CUT) == []
        assert page.evaluate(_OVERLAPPING) == []
    assert reader.complaints == []
    assert reader.foreign == set()


@pytest.mark.parametrize("name", TITLES)
def test_the_first_screen_is_useful(name: str, server: Server, visit: Open) -> None:
    page = visit(server.address).go("" if name == "overview" else name)
    answers = "[data-testid=stMetric], [data-testid=stVegaLiteChart], [data-testid=stExpander], table"
    places = [box["y"] + 40 for box in (page.locator(answers).nth(0).bounding_box(),) if box]
    assert places
    assert min(places) < WIDE["height"] / 2


def test_a_real_plan_without_indicators_opens_too(server: Server, visit: Open) -> None:
    reader = visit(server.address)
    for name in TITLES:
        page = reader.go(f"{'' if name == 'overview' else name}?lang=en&programme={SAMPLE}")
        assert page.get_by_text("sample: 24 of 158 actions").is_visible()
        assert page.locator("[data-testid=stException]").count() == 0
    assert reader.complaints == []
    assert reader.foreign == set()


def test_by_another_name_than_this_machines_own_there_is_only_the_public_view(server: Server, visit: Open) -> None:
    port = server.address.rsplit(":", 1)[1]
    page = visit(f"http://nap.localhost:{port}").go("reporting?lang=en")
    assert page.get_by_text("Q3 2026 is not published yet", exact=False).is_visible()
    assert page.get_by_role("button", name="Read the spreadsheets now").count() == 0


def test_no_page_loads_pandas_which_takes_a_second_and_a_hundred_megabytes(server: Server, visit: Open) -> None:
    reader = visit(server.address)
    for name in TITLES:
        reader.go(name)
    assert "site-packages/pandas" not in Path(f"/proc/{server.process}/maps").read_text()
