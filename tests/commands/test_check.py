"""`check`: every problem of the configuration, with file, line, entry and field."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from nap_monitor.language import Language
from nap_monitor.settings import Settings
from tests.commands.conftest import Give
from tests.pseudo import unwrapped


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of the configuration that comes with the project."""
    folder = tmp_path / "config"
    shutil.copytree(Settings().config, folder)
    return folder


def _change(path: Path, old: str, new: str) -> int:
    """Replace the first occurrence; the line (from 1) that it stands on."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def _errors(give: Give, config: Path) -> list[dict[str, object]]:
    answer = give("check", str(config), "--json")
    document = json.loads(answer.out)
    errors = [p for p in document["problems"] if p["severity"] == "error"]
    assert answer.code == (1 if errors else 0)
    assert document["errors"] == len(errors)
    return errors


def test_what_comes_with_the_project_has_no_errors(give: Give, config: Path) -> None:
    assert _errors(give, config) == []
    assert give("check").code == 0


def test_a_plan_names_line_entry_and_field(give: Give, config: Path) -> None:
    line = _change(config / "programme.yaml", "responsible: IMSS", "responsible: IMS")
    [error] = _errors(give, config)
    assert (error["file"], error["line"], error["entry"]) == ("programme.yaml", line, "indicator IND-1.06")
    assert "IMS" in str(error["message"])


def test_a_missing_plan_is_a_problem(give: Give, config: Path) -> None:
    (config / "programme.yaml").unlink()
    assert [e["file"] for e in _errors(give, config)] == ["programme.yaml"]


def test_a_plan_that_stands_elsewhere_is_checked_alone(give: Give, config: Path, tmp_path: Path) -> None:
    (config / "sources.yaml").write_text("not: [the plan's", "utf-8")
    plan = shutil.copy(config / "samples" / "chile.yaml", tmp_path / "plan.yaml")
    _change(plan, "code: CHILE-NAP-1", "kode: CHILE-NAP-1")
    answer = give("check", str(plan), "--json")
    errors = [p for p in json.loads(answer.out)["problems"] if p["severity"] == "error"]
    assert answer.code == 1
    assert {e["file"] for e in errors} == {"plan.yaml"}


def test_a_plan_in_a_workbook_names_tab_and_cell(give: Give, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    assert f"python3 run.py check {path}" in give("plan", "template", "-o", str(path)).out
    answer = give("check", str(path))
    assert answer.code == 1
    assert "plan.xlsx, tab “Programme”, cell B2: Error: programme, code: This field is missing." in answer.out
    errors = [p for p in json.loads(give("check", str(path), "--json").out)["problems"] if p["severity"] == "error"]
    assert {(e["file"], e["line"]) for e in errors} == {("plan.xlsx", 2), ("plan.xlsx", 3)}


def test_a_plan_that_is_not_there_is_named(give: Give, tmp_path: Path) -> None:
    answer = give("check", str(tmp_path / "plan.xlsx"))
    assert answer.code == 1
    assert "plan.xlsx: Error: There is no file" in answer.out


def test_a_rule_set_that_does_not_exist(give: Give, config: Path) -> None:
    line = _change(config / "programme.yaml", "rule_set: floor_95_90", "rule_set: floor_95_91")
    [error] = _errors(give, config)
    assert (error["kind"], error["line"], error["field"]) == ("unknown_rule_set", line, "rule_set")
    assert "floor_95_90" in str(error["message"])


RULES = """
rule_sets:
  - name: ours
    version: "1"
    on: compliance
    on_track: {limit}
    at_risk: 60
    source: {{es: Lineamientos, en: Guidelines}}
"""


def test_rule_sets_of_ones_own_can_judge(give: Give, config: Path) -> None:
    (config / "rules.yaml").write_text(RULES.format(limit=80))
    _change(config / "programme.yaml", "rule_set: floor_95_90", "rule_set: ours")
    assert _errors(give, config) == []


def test_a_rule_set_with_a_wrong_limit(give: Give, config: Path) -> None:
    (config / "rules.yaml").write_text(RULES.format(limit="high"))
    [error] = _errors(give, config)
    assert (error["file"], error["line"], error["entry"], error["field"]) == (
        "rules.yaml",
        6,
        "rule_sets[0]",
        "on_track",
    )


def test_a_built_in_name_is_taken(give: Give, config: Path) -> None:
    (config / "rules.yaml").write_text(RULES.format(limit=80).replace("ours", "floor_95_90"))
    [error] = _errors(give, config)
    assert (error["line"], error["field"]) == (2, "rule_sets")


@pytest.mark.parametrize(
    ("text", "line", "kind"),
    [
        ("local_operater: Ana\n", 1, "unknown_field"),
        ("# who\nlocal_operator: 5\n", 2, "not_text"),
        ("local_operator: [a\n", 2, "unusable"),
        ("- Ana\n", 1, "unusable"),
    ],
)
def test_access(text: str, line: int, kind: str, give: Give, config: Path) -> None:
    (config / "access.yaml").write_text(text)
    [error] = _errors(give, config)
    assert (error["file"], error["line"], error["kind"]) == ("access.yaml", line, kind)


def test_sources_name_agencies_of_the_plans(give: Give, config: Path) -> None:
    (config / "sources.yaml").write_text("sources:\n  - agency: STSP\n    files: [trabajo/*]\n")
    [error] = _errors(give, config)
    assert (error["file"], error["line"], error["field"]) == ("sources.yaml", 2, "agency")


def test_for_people_each_problem_is_a_line(give: Give, config: Path) -> None:
    line = _change(config / "programme.yaml", "responsible: IMSS", "responsible: IMS")
    answer = give("check", str(config))
    assert any(text.startswith(f"programme.yaml:{line}: Error: ") for text in answer.out.splitlines())
    assert answer.out.splitlines()[-1].startswith("1 error · ")


def test_no_word_is_untranslated(give: Give, config: Path, pseudo: Language) -> None:
    (config / "access.yaml").write_text("local_operater: Ana\n")
    (config / "rules.yaml").write_text("- 1\n")
    words = ("--language", pseudo.code, "check", str(config))
    found = json.loads(give(*words, "--json").out)["problems"]
    data = {name for p in found for name in (p["field"], p["entry"].partition(" ")[2])}  # as the files have them
    assert unwrapped(give(*words).out, data) == []
