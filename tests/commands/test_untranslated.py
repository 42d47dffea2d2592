"""Every command under the language that shows untranslated words, on a demonstration with all its mistakes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from nap_monitor import demo
from nap_monitor.database.engine import connect, migrate
from nap_monitor.language import Language
from nap_monitor.programme.files import read_plan
from nap_monitor.programme.model import to_document
from nap_monitor.settings import Settings
from tests.commands.conftest import Give
from tests.pseudo import unwrapped

NOW = datetime(2026, 2, 20, 18, tzinfo=UTC)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a loaded demonstration, with a year and a half of history."""
    settings = Settings(home=tmp_path_factory.mktemp("demonstration"))
    engine = connect(settings.url)
    migrate(engine)
    list(demo.load(engine, settings, NOW))
    engine.dispose()
    return settings.home


@pytest.fixture
def filled(home: Path, demonstration: Path) -> Path:
    """The test's own copy of it."""
    shutil.copytree(demonstration, home)
    return home


@pytest.fixture(scope="module")
def data() -> set[str]:
    """What no message is: the words of the plans, which have languages of their own."""
    plans = (read_plan(path)[0] for path in Settings().config.rglob("*.yaml") if path.stem in {"programme", "chile"})
    return {text for plan in plans if plan is not None for text in _texts(to_document(plan))}


def _texts(document: Any) -> Iterator[str]:
    if isinstance(document, dict):
        for value in document.values():
            yield from _texts(value)
    elif isinstance(document, list):
        for value in document:
            yield from _texts(value)
    elif isinstance(document, str):
        yield document


@pytest.fixture
def foreign(give: Give, filled: Path, data: set[str], pseudo: Language, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The words of a command's answer that no message holds."""
    monkeypatch.setenv("COLUMNS", "2000")  # a word that is cut in two at a line's end would be no data any more

    def words(*command: str, also: tuple[str, ...] = ()) -> list[str]:
        answer = give("--language", pseudo.code, *command)
        assert "Traceback" not in answer.err, answer.err
        return unwrapped(answer.out + answer.err, {*data, str(filled), *also})

    return words


def test_status(foreign: Any) -> None:
    assert foreign("status") == []
    assert foreign("status", "--programme", "CHILE-NAP-1") == []
    assert foreign("status", "--quarter", "2024-Q4") == []
    assert foreign("status", "--rule-set", "none_such", also=("within_15",)) == []


def test_sync(foreign: Any, filled: Path) -> None:
    (filled / "spreadsheets" / "Sin dueño.xlsx").write_bytes(b"nothing")
    assert foreign("sync", also=("Sin dueño",)) == []
    assert foreign("sync", "--agency", "NOBODY") == []


def test_sheet_validate(foreign: Any, filled: Path) -> None:
    for path in sorted((filled / "spreadsheets").glob("*")):
        if "validacion" not in path.name:
            agency = path.stem.partition("_")[0]
            tabs = ("Indicadores", "Acciones", "Participación", "Entrega", "Instrucciones", "Listas")
            assert foreign("sheet", "validate", str(path), "--agency", agency, also=(*tabs, path.name)) == [], path.name


def test_sheet_template(foreign: Any, tmp_path: Path) -> None:
    output = str(tmp_path / "STPS.xlsx")
    assert foreign("sheet", "template", "--agency", "STPS", "-o", output, also=(output, "STPS.xlsx")) == []
    assert foreign("sheet", "template", "--agency", "STSP", "-o", str(tmp_path / "x.xlsx"), also=(str(tmp_path),)) == []


def test_plan(foreign: Any, tmp_path: Path) -> None:
    config = Settings().config
    changed = tmp_path / "changed.yaml"
    shutil.copy(config / "agencies.yaml", tmp_path)
    text = (config / "programme.yaml").read_text("utf-8")
    changed.write_text(text.replace("weight: 1", "weight: 2", 1).replace("due: 2018-Q2", "due: 2018-Q3", 1), "utf-8")
    also = (str(tmp_path), str(config), "due", "weight")  # fields of the file
    assert foreign("plan", "diff", str(changed), "--first-year", "2025", also=also) == []
    assert foreign("plan", "load", str(changed), also=also) == []
    assert foreign("plan", "load", str(tmp_path / "missing.yaml"), also=also) == []
    assert foreign("plan", "export", "-o", str(tmp_path / "out.yaml"), also=also) == []
    assert foreign("plan", "template", "-o", str(tmp_path / "plan.xlsx"), also=also) == []


def test_machines_get_the_same_words_in_every_language(give: Give, filled: Path, pseudo: Language) -> None:
    answers = [json.loads(give("--language", code, "status", "--json").out) for code in ("es", pseudo.code)]
    assert answers[0] == answers[1]
