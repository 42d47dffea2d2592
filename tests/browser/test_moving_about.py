"""Addresses, links and languages: what a reader looks at stays what it is."""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from nap_monitor.settings import ROOT
from tests.browser.conftest import Open, Server, Visit, free_port, serving
from tests.shown import Installation

pytestmark = pytest.mark.browser


def asked(page: Page) -> tuple[str, dict[str, str]]:
    """The page and the parameters of the address."""
    parts = urlsplit(page.url)
    return parts.path.strip("/"), {name: values[0] for name, values in parse_qs(parts.query).items()}


def click(reader: Visit, role: str, name: str) -> Page:
    reader.page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]
    return reader.settled()


def test_the_first_visit_of_a_fresh_server_may_be_a_deep_link(
    demonstration: Installation, tmp_path: Path, visit: Open
) -> None:
    own = demonstration.copy_to(tmp_path / "home")
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"), "--server.port", str(port)]
    with serving(own, command, tmp_path, port) as fresh:
        page = visit(fresh.address).go("indicator?indicator=IND-1.04&lang=en&quarter=2026-Q2")
        assert page.locator("h1").inner_text() == "Indicator"
        assert page.locator("table").last.get_by_text("IND-1.04", exact=True).count() == 1
        assert page.get_by_text("by Q2 2026").is_visible()
        # Nothing beside the frame can be asked for: an unknown address shows the overview, through the frame.
        for bypass in ("frame", "viewer"):
            assert visit(fresh.address).go(bypass).locator("h1").inner_text() == "Panorama general"


def test_the_language_changes_and_changes_back_and_the_filters_stay(server: Server, visit: Open) -> None:
    reader = visit(server.address)
    page = reader.go("agencies?quarter=2026-Q2")
    page.get_by_role("combobox").last.click()
    page.get_by_role("option", name="STPS", exact=False).click()
    reader.settled()
    for _ in range(2):
        page = click(reader, "button", "English")
        assert asked(page) == ("agencies", {"quarter": "2026-Q2", "agency": "STPS", "lang": "en"})
        assert page.locator("h3").first.inner_text() == "STPS · Ministry of Labour and Social Welfare"
        page = click(reader, "button", "Español")
        assert asked(page) == ("agencies", {"quarter": "2026-Q2", "agency": "STPS"})
        assert page.locator("h3").first.inner_text() == "STPS · Secretaría del Trabajo y Previsión Social"
    page.reload()
    page = reader.settled()
    assert page.locator("h3").first.inner_text() == "STPS · Secretaría del Trabajo y Previsión Social"
    assert reader.complaints == []


def test_the_menu_keeps_language_programme_and_quarter(server: Server, visit: Open) -> None:
    reader = visit(server.address)
    reader.go("?lang=en&programme=CHILE-NAP-1")
    page = click(reader, "link", "Timeline")
    assert asked(page) == ("timeline", {"lang": "en", "programme": "CHILE-NAP-1"})
    assert page.get_by_text("gives its actions no dates").is_visible()


def test_a_link_of_a_text_opens_here_and_the_way_back_works(server: Server, visit: Open) -> None:
    reader = visit(server.address)
    page = reader.go("?lang=en&quarter=2026-Q2")
    link = page.locator("[data-testid=stMarkdown] ol a").first
    name = link.inner_text()
    link.click()
    page = reader.settled()
    assert len(page.context.pages) == 1
    path, parameters = asked(page)
    assert path == "indicator"
    assert parameters["quarter"] == "2026-Q2"
    assert parameters["lang"] == "en"
    assert name in page.get_by_role("combobox").last.input_value()
    page.go_back()
    assert reader.settled().locator("h1").inner_text() == "Overview"


def test_with_a_key_held_a_link_opens_beside(server: Server, visit: Open) -> None:
    reader = visit(server.address)
    page = reader.go("?lang=en")
    with page.context.expect_page() as opened:
        page.locator("[data-testid=stMarkdown] ol a").first.click(modifiers=["ControlOrMeta"])
    assert "/indicator?" in opened.value.url
    assert asked(page)[0] == "overview"


def test_another_programme_forgets_what_belongs_to_this_one(server: Server, visit: Open) -> None:
    reader = visit(server.address)
    page = reader.go("objectives?lang=en&objective=3")
    page.locator("[data-testid=stSidebar]").get_by_role("combobox").click()
    page.get_by_role("option", name="Chile", exact=False).click()
    page = reader.settled()
    assert asked(page) == ("objectives", {"lang": "en", "programme": "CHILE-NAP-1"})
    assert page.get_by_text("Pillar 1", exact=False).first.is_visible()
