"""When something is missing or broken: one sentence, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from nap_monitor.database.trouble import DatabaseUnavailable
from nap_monitor.web import reading
from tests.pages.conftest import PAGES, Show, words
from tests.shown import SAMPLE, Installation


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.usefixtures("on_this_machine")
def test_a_lost_database_is_one_sentence(page: str, show: Show, tmp_path: Path) -> None:
    (tmp_path / "nap.db").write_text("this is no database")
    app = show(page, f"sqlite:///{tmp_path / 'nap.db'}", lang="en")
    assert [e.message for e in app.exception] == []
    (said,) = [error.value for error in app.error]
    assert "is not a database, or it is damaged" in said


def test_visitors_are_not_told_where_the_database_is(
    show: Show, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "nap.db").write_text("this is no database")
    app = show("overview", f"sqlite:///{tmp_path / 'nap.db'}", lang="en")
    (said,) = [error.value for error in app.error]
    assert "try again" in said
    assert str(tmp_path) not in words(app)
    assert str(tmp_path) in caplog.text  # whoever runs the server finds it there


@pytest.mark.usefixtures("on_this_machine")
def test_a_database_lost_while_a_page_is_made_is_one_sentence_too(
    show: Show, demonstration: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> None:
        raise DatabaseUnavailable("unreachable", address="db.example", reason="gone")

    monkeypatch.setattr(reading, "last_sync", lost)
    app = show("overview", demonstration, lang="en")
    assert [e.message for e in app.exception] == []
    (said,) = [error.value for error in app.error]
    assert "does not answer" in said


def test_tables_of_another_version_ask_for_a_restart(show: Show, tmp_path: Path) -> None:
    app = show("overview", f"sqlite:///{tmp_path / 'empty.db'}", lang="en")
    assert [e.message for e in app.exception] == []
    assert "stop the server and start it again" in words(app)


@pytest.fixture
def access_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NAP_CONFIG", str(tmp_path))
    return tmp_path / "access.yaml"


@pytest.mark.parametrize("text", ["local_operator: [1, 2]", "- a list", "a: b: c", "local_operator: 7"])
@pytest.mark.usefixtures("on_this_machine")
def test_an_access_file_that_is_not_understood_lets_nobody_in(
    text: str, access_file: Path, show: Show, demonstration: Installation
) -> None:
    access_file.write_text(text)
    app = show("overview", demonstration, lang="en")
    assert [e.message for e in app.exception] == []
    (said,) = [error.value.replace("\\", "") for error in app.error]
    assert said == "config/access.yaml cannot be used; `python3 run.py check` says why."
    assert not app.metric


@pytest.mark.usefixtures("on_this_machine", "access_file")
def test_rule_sets_that_cannot_be_used_are_one_sentence(
    show: Show, demonstration: Installation, tmp_path: Path
) -> None:
    (tmp_path / "rules.yaml").write_text("rule_sets: [a: b: c")
    app = show("overview", demonstration, lang="en")
    assert [e.message for e in app.exception] == []
    (said,) = [error.value for error in app.error]
    assert said.startswith("The rule sets cannot be used")


@pytest.mark.usefixtures("on_this_machine")
def test_the_local_operator_is_named_on_every_page(access_file: Path, show: Show, demonstration: Installation) -> None:
    access_file.write_text("local_operator: María *López*")
    said = words(show("overview", demonstration, lang="en"))
    assert ":blue-badge[Local operator: María \\*López\\*]" in said
    assert "You see: Coordinator (María \\*López\\*)" in said


def test_from_elsewhere_the_local_operator_is_the_public(
    access_file: Path, show: Show, demonstration: Installation
) -> None:
    access_file.write_text("local_operator: María López")
    said = words(show("overview", demonstration, lang="en", programme=SAMPLE))
    assert "You see: the public view" in said
    assert "María" not in said
