"""`doctor`: each line is in order, or says the cure."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nap_monitor.access import operator
from nap_monitor.commands import doctor
from nap_monitor.database.engine import connect, migrate, writing
from nap_monitor.database.plans import store_plan
from nap_monitor.database.runs import finish_run, start_run
from nap_monitor.language import Language
from nap_monitor.programme.files import read_plan
from nap_monitor.settings import Settings
from tests.commands.conftest import Give
from tests.pseudo import unwrapped


def _states(give: Give) -> dict[str, bool]:
    return {line["subject"]: line["ok"] for line in json.loads(give("doctor", "--json").out)}


def test_a_new_installation_lacks_its_tables_and_a_reading(give: Give, home: Path) -> None:
    assert [name for name, fine in _states(give).items() if not fine] == ["Database"]
    migrate(connect(Settings().url))
    assert [name for name, fine in _states(give).items() if not fine] == ["Last reading of the spreadsheets"]


def test_it_ends_with_1_while_something_needs_attention(give: Give, home: Path) -> None:
    answer = give("doctor")
    assert answer.code == 1
    assert f"! Database (attention: {home / 'nap.db'}" in answer.out
    assert "It has no tables yet" in answer.out


@pytest.mark.parametrize(("hours", "fine"), [(1, True), (30, False)])
def test_a_reading_grows_old(hours: int, fine: bool, give: Give, home: Path) -> None:
    engine = connect(Settings().url)
    migrate(engine)
    plan, _ = read_plan(Settings().config / "programme.yaml", first_year=2025)
    assert plan is not None
    viewer, at = operator("test"), datetime.now(UTC) - timedelta(hours=hours)
    with writing(engine) as connection:
        stored = store_plan(connection, viewer, plan, now=at)
        run = start_run(connection, viewer, stored.programme_id, source="folder", now=at)
        finish_run(connection, viewer, run, now=at)
    assert _states(give)["Last reading of the spreadsheets"] is fine
    assert give("doctor").code == (0 if fine else 1)


def test_a_database_that_does_not_answer_is_said(give: Give, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAP_DATABASE_URL", "postgresql://nap@127.0.0.1:1/nap")
    answer = give("doctor")
    assert answer.code == 1
    assert "does not answer" in answer.out


def test_packages_other_than_the_locks_are_named(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("babel==0.1 \\\n    --hash=sha256:00\nno-such-package==1\nnumpy==1 ; x\n")
    found = doctor._packages(lock)
    assert not found.is_fine
    assert "babel 2" in found.state
    assert "no-such-package" not in found.state


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not doctor._writable(tmp_path / "file" / "below").is_fine


def test_no_word_is_untranslated(give: Give, home: Path, pseudo: Language) -> None:
    answer = give("--language", pseudo.code, "doctor")
    assert unwrapped(answer.out, [str(home), "sqlite:///"]) == []
