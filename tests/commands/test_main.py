"""Help and complaints: every word in the reader's language, one sentence, the right exit code."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nap_monitor.access import Act, NotAllowed, Role, Viewer
from nap_monitor.commands import help as helping
from nap_monitor.commands.tree import command_tree
from nap_monitor.commands.trouble import sentence
from nap_monitor.language import Language, language
from tests.commands.conftest import Give
from tests.pseudo import unwrapped


def _paths(command: object, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    below = getattr(command, "commands", {})
    return [path, *(p for name, c in below.items() for p in _paths(c, (*path, name)))]


PATHS = _paths(command_tree())


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_has_help_without_a_foreign_word(path: tuple[str, ...], give: Give, pseudo: Language) -> None:
    answer = give("--language", pseudo.code, *path, "--help")
    assert answer.code == 0
    assert unwrapped(answer.out, ["python3 run.py", *path, "es|en", *_names(path)]) == []
    assert answer.out.startswith("python3 run.py")


def _names(path: tuple[str, ...]) -> list[str]:
    """What the help lists besides messages: the commands below, default values, and how values are spelt."""
    command, _ = helping.find(command_tree(), path)
    values = (value for p in command.params for value in (p.default, p.metavar) if isinstance(value, str))
    return [*getattr(command, "commands", {}), *values]


def test_help_comes_in_both_languages(give: Give) -> None:
    assert "Show the dashboard." in give("--language", "en", "--help").out
    assert "Muestra el tablero." in give("--language=es", "--help").out
    assert "Comandos" in give("--language", "es").out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["docto"], "There is no command docto."),
        (["doctor", "--jso"], "There is no option --jso."),
        (["serve", "--port"], "--port needs a value."),
        (["serve", "--port", "many"], "--port has a value of the wrong kind."),
        (["doctor", "now"], "There are words too many: now."),
        (["plan"], "Which command?"),
        (["sheet", "validate"], "FILE is missing."),
    ],
)
def test_wrong_usage_is_one_sentence_and_the_usage(words: list[str], said: str, give: Give) -> None:
    answer = give(*words)
    assert answer.code == 2
    assert answer.out == ""
    first, usage = answer.err.splitlines()
    assert first == said
    assert usage.startswith("Usage: python3 run.py")


def test_complaints_are_in_the_readers_language_too(give: Give, pseudo: Language) -> None:
    answer = give("--language", pseudo.code, "docto")
    assert unwrapped(answer.err) == []
    assert give("--language", "es", "docto").err.startswith("No existe el comando docto.")


def test_a_database_that_is_none_is_one_sentence(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAP_DATABASE_URL", "nonsense")
    answer = give("status")
    assert answer.code == 2
    assert answer.err.startswith("NAP_DATABASE_URL is not the address of a database")
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize("words", [("--language", "fr", "status"), ("--language", "--json")])
def test_a_language_that_is_none_is_one_sentence(words: tuple[str, ...], give: Give) -> None:
    answer = give(*words, "check")
    assert answer.code == 2
    assert answer.err == f"No existe el idioma “{words[1]}”; los que hay son es y en.\n"


def test_a_setting_that_is_none_is_one_sentence(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAP_PORT", "many")
    answer = give("doctor")
    assert (answer.code, answer.err) == (2, "The environment variable NAP_PORT cannot be “many”.\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotAllowed(Act.SYNC, Viewer(Role.PUBLIC, "x")), "That is not for the role “public”."),
        (PermissionError(13, "Permission denied", "a.xlsx"), "a.xlsx: the system refused: Permission denied."),
        (OSError("odd"), "The system refused: odd."),
        (ZeroDivisionError("ours"), None),
    ],
)
def test_faults_that_a_person_can_mend_have_a_sentence(error: Exception, said: str | None) -> None:
    assert sentence(error, language("en")) == said


def test_a_fault_of_ours_shows_where_it_happened(give: Give, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nap_monitor.commands.doctor.examine", lambda *_: 1 / 0)
    answer = give("doctor")
    assert answer.code == 2
    assert "ZeroDivisionError" in answer.err
    assert answer.err.splitlines()[-1].startswith("This is a fault of the program")


def _run(*words: str, home: Path, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "nap_monitor", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        **options,
    )


def test_json_is_all_that_stands_on_standard_output(home: Path) -> None:
    found = _run("check", "--json", home=home)
    assert found.returncode == 0
    assert json.loads(found.stdout)["errors"] == 0


def test_a_reader_that_goes_away_is_no_fault(home: Path) -> None:
    command = f'"{sys.executable}" -m nap_monitor check | head -n 1'
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    assert found.stderr == ""


def test_help_comes_at_once(home: Path) -> None:
    began = time.monotonic()
    _run("--help", home=home)
    assert time.monotonic() - began < 2  # 0.2 s on a free machine
