"""`plan`: load, diff, template, export, as a person gives them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from nap_monitor.access import PUBLIC
from nap_monitor.database.engine import connect, reading
from nap_monitor.database.locks import lock
from nap_monitor.database.plans import programmes
from nap_monitor.programme.files import read_plan
from nap_monitor.settings import Settings
from nap_monitor.sync.running import LOCK
from tests.commands.conftest import Answer, Give
from tests.programme.plans import ROOT, SMALL, changed

CHILE = ROOT / "config" / "samples" / "chile.yaml"
HEAVIER = changed(("    disaggregation: [sex]", "    disaggregation: [sex]\n    weight: 2"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "plan.yaml"
    path.write_text(SMALL, "utf-8")
    return path


def document(answer: Answer) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_a_plan_is_loaded_once(give: Give, file: Path) -> None:
    first = give("plan", "load", str(file))
    assert (first.code, first.out, first.err) == (0, "SMALL: version 1 is loaded.\n", "")
    again = give("plan", "load", str(file))
    assert (again.code, again.out) == (0, "SMALL: nothing to load, version 1 says the same.\n")


def test_loading_says_its_warnings_and_loads_all_the_same(give: Give) -> None:
    answer = give("plan", "load", str(CHILE))
    assert answer.code == 0
    assert "chile.yaml:" in answer.out
    assert "Warning: agency ChileCompra, id: The plan gives this agency no id." in answer.out
    assert answer.out.endswith("CHILE-NAP-1: version 1 is loaded.\n")


def test_a_plan_is_not_loaded_while_a_sync_runs(give: Give, file: Path) -> None:
    give("plan", "load", str(file))
    with lock(connect(Settings().url), LOCK) as held:
        assert held is not None
        answer = give("plan", "load", str(file))
    assert answer.code == 2
    assert "sync" in answer.err


def test_dates_move_when_it_is_loaded(give: Give, file: Path) -> None:
    loaded = document(give("plan", "load", str(file), "--first-year", "2025", "--json"))
    assert loaded == {
        "programme": "SMALL",
        "version": 1,
        "is_new": True,
        "effective_from": None,
        "differences": [],
        "problems": [],
    }
    with reading(connect(Settings().url)) as connection:
        stored = programmes(connection, PUBLIC)[0]
    assert str(stored.programme.start) == "2025-01-01"
    assert stored.loaded_by == "plan load"
    wrong = give("plan", "load", str(file), "--first-year", "20255")
    assert (wrong.code, wrong.err) == (2, "20255 is no year in which a plan could start.\n")


def test_a_plan_with_errors_is_not_loaded_and_all_are_named(give: Give, file: Path) -> None:
    file.write_text(changed(("lead: AAA", "lead: ZZZ"), ("2020: 20", "2020: veinte")), "utf-8")
    answer = give("plan", "load", str(file))
    assert answer.code == 1
    assert "plan.yaml:22: Error: action 1.1.1, lead: No agency has the id “ZZZ”." in answer.out
    assert "indicator I-1, targets.2020: A number is expected here" in answer.out
    assert answer.err == "Not loaded: 2 errors.\n"
    told = document(give("plan", "diff", str(file), "--json"))
    assert [p["kind"] for p in told["problems"]] == ["unknown_agency", "not_a_number"]
    assert told["problems"][0]["line"] == 22


@pytest.mark.parametrize("name", ["nowhere.yaml", "plan.pdf"])
def test_a_file_that_is_no_plan_could_not_be_done(name: str, give: Give, tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_text("x", "utf-8")
    answer = give("plan", "load", str(tmp_path / name))
    assert (answer.code, answer.err) == (2, "Not loaded: 1 error.\n")


def test_a_rule_set_that_nobody_wrote_is_an_error(give: Give, file: Path) -> None:
    file.write_text(changed(("coordinator: AAA", "coordinator: AAA\n  rule_set: floor_95_91")), "utf-8")
    answer = give("plan", "load", str(file))
    assert answer.code == 1
    assert "There is no rule set “floor_95_91”. Did you mean “floor_95_90”?" in answer.out


def test_a_change_of_what_is_judged_asks_for_its_grounds(give: Give, file: Path) -> None:
    give("plan", "load", str(file))
    file.write_text(HEAVIER, "utf-8")
    refused = give("plan", "load", str(file))
    assert refused.code == 2
    assert refused.err.startswith("This changes what progress is judged by (I-1).")
    grounds = ("--effective-from", "2019-T1", "--reason", "Nueva ponderación", "--decision", "GT-7")
    loaded = document(give("plan", "load", str(file), *grounds, "--json"))
    assert (loaded["version"], loaded["effective_from"]) == (2, "2019-Q1")
    assert [d["field"] for d in loaded["differences"]] == ["weight"]
    assert document(give("plan", "load", str(file), "--json"))["differences"] == []
    assert give("plan", "load", str(file), "--effective-from", "soon").code == 2


def test_diff_shows_what_would_change_and_stores_nothing(give: Give, file: Path) -> None:
    assert give("plan", "diff", str(file)).out == "SMALL: a new programme.\n"
    give("plan", "load", str(file))
    assert give("plan", "diff", str(file)).out == "SMALL: the same as version 1.\n"
    file.write_text(HEAVIER.replace("Plan pequeño", "Plan"), "utf-8")
    shown = give("plan", "diff", str(file)).out.splitlines()
    assert shown[0] == "SMALL: 2 differences from version 1."
    assert "  programme SMALL, name.es: Plan pequeño → Plan" in shown
    assert "* indicator I-1, weight: 1 → 2" in shown
    assert shown[-1].startswith("* changes what progress is judged by")
    told = document(give("plan", "diff", str(file), "--json"))
    assert (told["programme"], told["version"], len(told["differences"])) == ("SMALL", 1, 2)
    file.write_text(SMALL.replace("Plan pequeño", "Plan"), "utf-8")
    assert len(give("plan", "diff", str(file)).out.splitlines()) == 2


def test_the_empty_form_is_written_in_the_readers_language(give: Give, tmp_path: Path) -> None:
    path = tmp_path / "form.xlsx"
    assert give("plan", "template", "-o", str(path)).code == 0
    assert "Targets" in load_workbook(path).sheetnames
    taken = give("plan", "template", "-o", str(path))
    assert (taken.code, taken.err) == (2, f"{path} exists already; choose another name.\n")
    odd = give("plan", "template", "-o", str(tmp_path / "form.ods"))
    assert odd.code == 2
    assert "form.ods" in odd.err
    nowhere = give("plan", "template", "-o", str(tmp_path / "nowhere" / "form.xlsx"))
    assert nowhere.code == 2


@pytest.mark.parametrize("ending", ["yaml", "xlsx"])
def test_what_is_exported_can_be_loaded_again(ending: str, give: Give, file: Path, tmp_path: Path) -> None:
    give("plan", "load", str(file))
    give("plan", "load", str(CHILE))
    for code, source in (("SMALL", file), ("CHILE-NAP-1", CHILE)):
        path = tmp_path / f"{code}.{ending}"
        assert give("plan", "export", "--programme", code, "-o", str(path)).code == 0
        assert read_plan(path)[0] == read_plan(source)[0]
        assert "says the same" in give("plan", "load", str(path)).out
    first = tmp_path / f"first.{ending}"
    give("plan", "export", "-o", str(first))
    exported = read_plan(first)[0]
    assert exported is not None
    assert exported.code == "SMALL"


def test_there_must_be_a_programme_to_export(give: Give, tmp_path: Path) -> None:
    answer = give("plan", "export", "--programme", "NOPE", "-o", str(tmp_path / "x.yaml"))
    assert (answer.code, answer.err) == (
        2,
        "There is no programme NOPE in the database; `plan load FILE` puts one there.\n",
    )


def test_whoever_changes_the_format_writes_its_schema_anew(
    give: Give, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    (tmp_path / "config" / "programme.schema.json").unlink()
    monkeypatch.setenv("NAP_CONFIG", str(tmp_path / "config"))
    assert give("plan", "schema").code == 0
    for name in ("programme.schema.json", "agencies.schema.json"):
        assert (tmp_path / "config" / name).read_bytes() == (ROOT / "config" / name).read_bytes()
