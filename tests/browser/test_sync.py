"""The main job, seen: a figure is edited in its workbook, "read now" is pressed, the dashboard says the new figure."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from nap_monitor.access import operator
from nap_monitor.database.engine import reading, writing
from nap_monitor.database.observations import Revision, revisions
from nap_monitor.database.plans import programmes
from nap_monitor.database.problems import store_problems
from nap_monitor.database.spreadsheets import spreadsheets
from nap_monitor.programme.model import Behaviour
from nap_monitor.settings import ROOT
from tests.browser.conftest import Open, free_port, serving
from tests.databases import connected
from tests.shown import NOW, Installation

pytestmark = pytest.mark.browser
COORDINATOR = operator("test")


def a_figure(installation: Installation) -> tuple[str, Revision]:
    """A whole number that stands in a cell of a workbook, and its indicator's code."""
    with connected(installation.url) as engine, reading(engine) as connection:
        plan = programmes(connection, COORDINATOR)[0]
        for indicator in plan.programme.indicators:
            if indicator.behaviour is Behaviour.CUMULATIVE and indicator.decimals == 0:
                for revision in reversed(revisions(connection, COORDINATOR, plan.programme_id, indicator.code)):
                    cell = revision.place or {}
                    is_plain = revision.value and revision.numerator is None and not revision.breakdown
                    if is_plain and revision.is_current and str(cell.get("file", "")).endswith(".xlsx"):
                        return indicator.code, revision
    raise LookupError("the demonstration has no such figure")


def edit(workbook: Path, place: dict[str, object], value: Decimal) -> None:
    book = openpyxl.load_workbook(workbook)
    book[str(place["tab"])][f"{place['column']}{place['row']}"] = int(value)
    book.save(workbook)


def test_an_edited_workbook_changes_the_dashboard(demonstration: Installation, tmp_path: Path, visit: Open) -> None:
    own = demonstration.copy_to(tmp_path / "home")
    code, figure = a_figure(own)
    assert figure.value is not None
    assert figure.place
    new = figure.value + 1
    with serving(own, [sys.executable, str(ROOT / "app.py")], tmp_path, free_port()) as server:
        reader = visit(server.address)
        page = reader.go(f"indicator?lang=en&indicator={code}&quarter={figure.quarter}")
        assert page.get_by_test_id("stMetricValue").first.inner_text() == f"{figure.value:,.0f}"
        edit(own.home / "spreadsheets" / str(figure.place["file"]), figure.place, new)
        page = reader.go(f"reporting?lang=en&agency={figure.agency}")
        page.get_by_role("button", name="Read this agency’s spreadsheet now").click()
        page.get_by_text("The spreadsheets were read.").wait_for(timeout=60_000)
        page = reader.go(f"indicator?lang=en&indicator={code}&quarter={figure.quarter}")
        assert page.get_by_test_id("stMetricValue").first.inner_text() == f"{new:,.0f}"
        assert page.get_by_text("replaced").first.is_visible()
        assert reader.complaints == []


def test_what_stands_in_a_cell_stays_text_in_the_browser(
    demonstration: Installation, tmp_path: Path, visit: Open
) -> None:
    own = demonstration.copy_to(tmp_path / "home")
    evil = "![x](https://evil.example/p.png) <img src=https://evil.example/q.png> www.evil.example $x^2$"
    with connected(own.url) as engine, writing(engine) as connection:
        number = programmes(connection, COORDINATOR)[0].programme_id
        sheet = next(s for s in spreadsheets(connection, COORDINATOR, number) if s.agency == "STPS")
        problem = {"kind": "unknown_code", "severity": "error", "field": "code", "value": evil, "details": {}}
        problem |= {"code": None, "period": None, "place": {"file": "a.xlsx", "tab": "x", "row": 5, "column": "A"}}
        store_problems(connection, COORDINATOR, number, "STPS", sheet.id, [problem], now=NOW)
    with serving(own, [sys.executable, str(ROOT / "app.py")], tmp_path, free_port()) as server:
        reader = visit(server.address)
        page = reader.go("reporting?lang=en&agency=STPS")
        assert page.get_by_text("![x](https://", exact=False).first.is_visible()
        assert page.locator("[data-testid=stMarkdown] img").count() == 0
        assert page.locator("a[href*=evil]").count() == 0
        assert page.locator(".katex").count() == 0
    assert reader.foreign == set()
