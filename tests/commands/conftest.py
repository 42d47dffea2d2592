"""Commands as a person gives them, against an installation of the test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from nap_monitor.__main__ import main


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Give = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty installation: its folder is NAP_HOME, its language English, its lines wide."""
    folder = tmp_path / "home"
    monkeypatch.setenv("NAP_HOME", str(folder))
    monkeypatch.setenv("NAP_LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.delenv("NAP_DATABASE_URL", raising=False)
    return folder


@pytest.fixture
def give(home: Path, capsys: pytest.CaptureFixture[str]) -> Give:
    """Give a command in this process: `give("check", "--json")`."""

    def command(*words: str) -> Answer:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return command
