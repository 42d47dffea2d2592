"""What the import contracts of pyproject.toml cannot say: app.py and pages/ are no package."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from nap_monitor.settings import ROOT

PAGES = sorted((ROOT / "pages").glob("*.py"))


def _imported(path: Path) -> set[str]:
    """The modules that a file imports anywhere in it, by their full names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_knows_the_parts_of_pages_alone(page: Path) -> None:
    ours = {name for name in _imported(page) if name.startswith("nap_monitor")}
    assert {name for name in ours if not name.startswith("nap_monitor.web")} == set()


def test_there_are_pages() -> None:
    assert PAGES


def test_the_server_knows_the_web_and_the_database_behind_it_alone() -> None:
    ours = {name for name in _imported(ROOT / "app.py") if name.startswith("nap_monitor")}
    allowed = ("nap_monitor.web", "nap_monitor.settings")
    assert {name for name in ours if not name.startswith(allowed)} == set()


def _asks_for_the_time(path: Path) -> bool:
    calls = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute))
    asked = {"now", "today", "utcnow"}
    return any(c.attr in asked and getattr(c.value, "id", "") in {"date", "datetime"} for c in calls)


def test_only_the_command_line_and_the_web_ask_for_the_time() -> None:
    package = ROOT / "nap_monitor"
    asking = {p.relative_to(package).as_posix() for p in package.rglob("*.py") if _asks_for_the_time(p)}
    elsewhere = {name for name in asking if not name.startswith(("commands/", "web/"))}
    assert elsewhere == {"database/locks.py"}  # a lock is held by the real clock, whatever day it works on


def test_the_front_door_needs_nothing_installed() -> None:
    outside = {name.split(".")[0] for name in _imported(ROOT / "run.py")} - set(sys.stdlib_module_names)
    assert outside == set()
