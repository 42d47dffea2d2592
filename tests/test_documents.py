"""README and docs speak of commands, options, settings, files and pages that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from nap_monitor.commands import help as helping
from nap_monitor.commands.tree import command_tree
from nap_monitor.language import language
from nap_monitor.settings import ROOT, Settings

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "config").glob("*.yaml"))]
FRONT_DOOR = {"test": {"--quick"}}
"""What run.py does itself."""
_COMMAND = re.compile(r"run\.py((?: +[^`#…\n)|]+)?)")


def _texts() -> list[tuple[str, str]]:
    return [(path.name, path.read_text("utf-8")) for path in DOCUMENTS]


def _commands() -> list[tuple[str, str]]:
    """(file, words) of each `run.py …` in the documents."""
    return [(name, found[1].strip()) for name, text in _texts() for found in _COMMAND.finditer(text)]


@pytest.mark.parametrize(("document", "typed"), _commands())
def test_a_command_that_is_named_exists_with_its_options(document: str, typed: str) -> None:
    words = shlex.split(typed.split("  ", maxsplit=1)[0].rstrip(".,;"))
    if words[:1] == ["--language"]:
        words = words[2:]
    if not words or words[0] not in {*FRONT_DOOR, *command_tree().commands}:
        words = ["serve", *words]
    options = {word.split("=")[0] for word in words if word.startswith("-")}
    if words[0] in FRONT_DOOR:
        assert options <= FRONT_DOOR[words[0]]
        return
    command, path = helping.find(command_tree(), words)
    assert path, typed
    assert not getattr(command, "commands", {}), f"{typed} is a group"
    assert options <= {name for p in command.params for name in p.opts} | {"--help"}, typed


def test_there_are_commands_to_look_at() -> None:
    assert len(_commands()) > 15


def test_settings_that_are_named_exist_and_all_are_named() -> None:
    named = {name for _, text in _texts() for name in re.findall(r"NAP_[A-Z_]*[A-Z]", text)} - {"NAP_TEST"}
    existing = {f"NAP_{field.upper()}" for field in Settings.model_fields}
    assert named - existing == set()
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    assert existing - set(re.findall(r"`(NAP_[A-Z_]+)`", operations)) == set()


def test_defaults_in_the_table_are_the_programs() -> None:
    operations = (ROOT / "docs" / "operations.md").read_text("utf-8")
    table = dict(re.findall(r"^\| `NAP_(\w+)` \| `([^`]+)` \|", operations, re.MULTILINE))
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    for name, written in table.items():
        default = defaults[name]
        shown = default.relative_to(ROOT).as_posix() if isinstance(default, Path) else str(default)
        assert written == shown, name


@pytest.mark.parametrize("document", [path for path in DOCUMENTS if path.suffix == ".md"], ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)", document.read_text("utf-8")):
        assert target.startswith("https://") or (document.parent / target).exists(), target


def test_files_of_the_project_that_are_named_exist() -> None:
    architecture = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    for name in re.findall(r"`((?:[\w-]+/)*[\w-]+\.(?:py|yaml|json|toml))`", architecture):
        places = [ROOT, ROOT / "tests", ROOT / "nap_monitor", *(ROOT / "nap_monitor").iterdir()]
        assert any((place / name).exists() for place in places), name


def test_what_the_readme_calls_the_button_and_the_page_is_what_they_say() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for message in ("Read the spreadsheets now", "Reporting"):
        assert f"“{language('es').say(message)}”" in readme
