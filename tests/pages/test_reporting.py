"""Asking for a sync: who may, what it puts into the queue, how far it has come. No page syncs."""

from __future__ import annotations

from pathlib import Path

import pytest

from nap_monitor.access import operator
from nap_monitor.database import Engine
from nap_monitor.database.engine import data_version, reading, writing
from nap_monitor.database.plans import programmes
from nap_monitor.database.problems import store_problems
from nap_monitor.database.requests import claim, latest_request, record_end, record_progress
from nap_monitor.database.spreadsheets import change, spreadsheets
from tests.databases import connected
from tests.pages.conftest import Show, words
from tests.shown import NOW, Installation

COORDINATOR = operator("test")


@pytest.fixture
def own(demonstration: Installation, tmp_path: Path) -> Installation:
    """A copy that may be changed."""
    return demonstration.copy_to(tmp_path / "own")


def programme_id(engine: Engine) -> int:
    with reading(engine) as connection:
        return programmes(connection, COORDINATOR)[0].programme_id


def test_the_public_cannot_ask_for_a_sync(show: Show, demonstration: Installation) -> None:
    assert [button.key for button in show("reporting", demonstration).button] == ["language_en"]


@pytest.mark.usefixtures("on_this_machine")
def test_a_click_puts_a_request_into_the_queue_and_shows_how_far_it_is(show: Show, own: Installation) -> None:
    app = show("reporting", own, lang="en")
    app.button(key="sync_now").click().run()
    assert [e.message for e in app.exception] == []
    assert "Waiting for its turn …" in progress(app)
    with connected(own.url) as engine:
        with reading(engine) as connection:
            request = latest_request(connection, COORDINATOR, programme_id(engine))
        assert request
        assert (request.state, request.agency, request.asked_by) == ("waiting", None, "demonstration")
        with writing(engine) as connection:
            claim(connection, COORDINATOR)
            record_progress(connection, COORDINATOR, request.id, done=3, total=17)
        app.run()
        assert "Reading spreadsheets: 3 of 17 agencies …" in progress(app)
        with writing(engine) as connection:
            record_end(connection, COORDINATOR, request.id)
    app.run()
    assert "The spreadsheets were read." in words(app)
    app.run()
    assert "The spreadsheets were read." not in words(app)


def progress(app: object) -> str:
    return " ".join(element.proto.text for element in app.get("progress"))  # type: ignore[attr-defined]


@pytest.mark.usefixtures("on_this_machine")
def test_why_a_sync_failed_is_said(show: Show, own: Installation) -> None:
    app = show("reporting", own, lang="en", agency="STPS")
    app.button(key="sync_now").click().run()
    with connected(own.url) as engine, writing(engine) as connection:
        request = claim(connection, COORDINATOR)
        assert request
        assert request.agency == "STPS"
        trouble = ("Another sync is running. Wait until it ends and try again.", {})
        record_end(connection, COORDINATOR, request.id, trouble=trouble)
    app.run()
    assert any("Another sync is running" in warning.value for warning in app.warning)


@pytest.mark.usefixtures("on_this_machine")
def test_showing_pages_writes_nothing(show: Show, own: Installation) -> None:
    with connected(own.url) as engine:
        with reading(engine) as connection:
            before = data_version(connection)
        show("reporting", own)
        with reading(engine) as connection:
            assert data_version(connection) == before
            assert latest_request(connection, COORDINATOR, programme_id(engine)) is None


@pytest.mark.usefixtures("on_this_machine")
def test_a_quarantine_and_files_of_nobody_are_told(show: Show, own: Installation) -> None:
    with connected(own.url) as engine:
        number = programme_id(engine)
        with writing(engine) as connection:
            sheet = next(s for s in spreadsheets(connection, COORDINATOR, number) if s.agency == "STPS")
            details = {"gone": "9", "changed": "4", "stored": "20", "agency": "STPS"}
            change(connection, COORDINATOR, "STPS", sheet.id, state="quarantined",
                   trouble={"kind": "quarantined", "details": details})  # fmt: skip
            other = next(s for s in spreadsheets(connection, COORDINATOR, number) if s.agency == "SE")
            change(connection, COORDINATOR, "SE", other.id, agency="", key="Notas | viejas.xlsx", state="unclaimed")
    app = show("reporting", own, lang="en")
    assert [e.message for e in app.exception] == []
    said = words(app)
    assert "**STPS\\.xlsx**" in said
    assert ":orange-badge[in quarantine]" in said
    assert "Files that belong to no agency: Notas \\| viejas\\.xlsx." in said


@pytest.mark.usefixtures("on_this_machine")
def test_what_a_cell_says_cannot_become_a_link_a_picture_or_a_formula(show: Show, own: Installation) -> None:
    evil = "![x](https://evil.e/p) <img src=x> $x^2$ www.evil.e :red-badge[x] | `a` a@evil.e"
    with connected(own.url) as engine, writing(engine) as connection:
        number = programmes(connection, COORDINATOR)[0].programme_id
        sheet = next(s for s in spreadsheets(connection, COORDINATOR, number) if s.agency == "STPS")
        problem = {"kind": "unknown_code", "severity": "error", "field": "code", "value": evil, "details": {}}
        problem |= {"code": None, "period": None, "place": {"file": "a|b.xlsx", "tab": "x*", "row": 5, "column": "A"}}
        store_problems(connection, COORDINATOR, number, "STPS", sheet.id, [problem], now=NOW)
    app = show("reporting", own, lang="en", agency="STPS")
    table = next(m.value for m in app.markdown if m.value.startswith("| Agency | Kind |"))
    (row,) = table.splitlines()[2:]
    assert "\\!\\[x\\]\\(https\\://\u2060evil" in row
    assert "\\<img" in row
    assert "\\$x^2\\$" in row
    assert "www\u2060\\.evil" in row
    assert "a@\u2060evil" in row
    assert "\\:red" in row
