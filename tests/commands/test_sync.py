"""`sync`, as a person gives it, on both databases."""

from __future__ import annotations

import json
import os

import pytest

from nap_monitor.database.locks import lock
from nap_monitor.settings import Settings
from nap_monitor.sync.running import LOCK
from tests.databases import connected
from tests.pseudo import unwrapped
from tests.sync.world import World, figures, make_world


@pytest.fixture
def world(home, database_url, monkeypatch):
    """An installation with a plan and an empty folder of workbooks."""
    monkeypatch.setenv("NAP_DATABASE_URL", database_url)
    monkeypatch.setenv("NAP_SETTLE_SECONDS", "0")
    monkeypatch.setenv("LOGNAME", "ana")
    home.mkdir()
    with connected(database_url) as engine:
        yield make_world(engine, Settings().spreadsheets)


def _rows(count=12, value=700):
    return figures(*((f"A{n}", "T3 2026", value, None, "a", "b") for n in range(1, count + 1)))


def test_it_prints_what_each_spreadsheet_delivered(world: World, give):
    world.write(Indicadores=figures(("A1", "T3 2026", 700, None, "a", "b"), ("A2", "T3 2026", "?")))
    answer = give("sync", "--json")
    assert (answer.code, answer.err) == (0, "")
    (agency,) = json.loads(answer.out)["agencies"]
    assert agency.pop("seconds") >= 0
    assert agency == {
        "programme": "NAP",
        "agency": "STPS",
        "state": "done",
        "read": 2,
        "valid": 1,
        "unchanged": 0,
        "rejected": 1,
        "problems": 1,
        "error": None,
        "messages": [],
    }
    (again,) = json.loads(give("sync", "--json").out)["agencies"]
    assert (again["state"], again["valid"], again["unchanged"]) == ("unchanged", 1, 1)


def test_it_prints_a_table_for_people(world: World, give):
    world.write(Indicadores=_rows(3))
    world.write("Nadie.xlsx", Indicadores=_rows(3))
    answer = give("sync")
    assert answer.code == 0
    assert all(word in answer.out for word in ("STPS", "Taken", "Rejected", "Nadie.xlsx belongs to no agency"))


def test_what_was_saved_a_moment_ago_is_taken_too(world: World, give, monkeypatch):
    monkeypatch.setenv("NAP_SETTLE_SECONDS", "0.2")
    settled = world.write("STPS.xlsx", Indicadores=_rows(3))
    os.utime(settled, (1, 1))
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)))
    said = json.loads(give("sync", "--json").out)["agencies"]
    assert [(each["agency"], each["state"]) for each in said] == [("SE", "done"), ("STPS", "done")]


def test_what_is_being_saved_all_the_time_waits(world: World, give, monkeypatch):
    monkeypatch.setenv("NAP_SETTLE_SECONDS", "0.2")
    monkeypatch.setattr("nap_monitor.sync.running.is_settled", lambda *_: False)
    world.write(Indicadores=_rows(3))
    answer = give("sync", "--json")
    assert (answer.code, json.loads(answer.out)["agencies"][0]["state"]) == (0, "waiting")


def test_without_workbooks_it_says_so(world: World, give):
    answer = give("sync")
    assert (answer.code, answer.out) == (0, "NAP: there is no workbook yet.\n")


def test_what_is_held_back_waits_for_release(world: World, give):
    world.write(Indicadores=_rows())
    give("sync")
    world.write(Indicadores=_rows(value=1))
    answer = give("sync")
    assert answer.code == 1
    assert "python3 run.py sync --release STPS" in answer.out
    (agency,) = json.loads(give("sync", "--json").out)["agencies"]
    assert agency["state"] == "quarantined"
    assert agency["messages"][0].startswith("Too much changed at once: 0 of 12 rows gone, 12 changed.")
    answer = give("sync", "--release", "STPS", "--json")
    assert answer.code == 0
    assert json.loads(answer.out)["agencies"][0]["state"] == "done"
    assert set(world.figures().values()) == {1}
    from nap_monitor.database.tables import spreadsheet

    assert world.rows(spreadsheet)[0]["released_by"] == "ana"


def test_a_refused_file_ends_with_one_and_stops_nobody(world: World, give):
    (world.folder / "SE.xlsx").write_bytes(b"")
    world.write(Indicadores=_rows(3))
    answer = give("sync", "--json")
    assert answer.code == 1
    found = {a["agency"]: (a["state"], a["messages"]) for a in json.loads(answer.out)["agencies"]}
    assert found["STPS"] == ("done", [])
    assert found["SE"][0] == "refused"
    assert "SE.xlsx" in found["SE"][1][0]


def test_a_failed_agency_ends_with_one(world: World, give, monkeypatch):
    from nap_monitor.sync import storing

    def breaks(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(storing, "compare", breaks)
    world.write(Indicadores=_rows(3))
    answer = give("sync")
    assert answer.code == 1
    assert "STPS: an unexpected error (ZeroDivisionError)" in answer.out


def test_another_folder_and_one_programme_or_agency_can_be_named(world: World, give, tmp_path):
    other = World(world.engine, tmp_path / "other", world.plan)
    other.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 5)))
    other.write("STPS.xlsx", Indicadores=_rows(3))
    answer = give("sync", "--path", str(other.folder), "--programme", "NAP", "--agency", "SE", "--json")
    assert [a["agency"] for a in json.loads(answer.out)["agencies"]] == ["SE"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--path", "/nowhere"], "The folder /nowhere is not there."),
        (["--agency", "XX"], "There is no agency “XX” in the programme “NAP”."),
        (["--release", "XX"], "There is no agency “XX” in the programme “NAP”."),
        (["--programme", "XX"], "There is no programme “XX”. There are: NAP."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(world: World, give, words, said):
    answer = give("sync", *words)
    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(said)
    assert answer.err.count("\n") == 1


def test_while_another_sync_is_running_it_says_so(world: World, give, database_url):
    with connected(database_url) as engine, lock(engine, LOCK):
        answer = give("sync")
    assert (answer.code, answer.err) == (2, "Another sync is running. Wait until it ends and try again.\n")


def test_without_a_plan_it_says_how_to_load_one(home, database_url, give, monkeypatch):
    monkeypatch.setenv("NAP_DATABASE_URL", database_url)
    answer = give("sync")
    assert answer.code == 2
    assert "plan load config/programme.yaml" in answer.err


def test_sources_with_errors_are_said_to_have_them(world: World, give, tmp_path, monkeypatch):
    (tmp_path / "sources.yaml").write_text("sources: [{agencia: STPS}]\n", "utf-8")
    monkeypatch.setenv("NAP_CONFIG", str(tmp_path))
    answer = give("sync")
    assert (answer.code, answer.err) == (2, "sources.yaml has errors. They are listed by: python3 run.py check\n")


def test_an_account_without_a_name_may_sync(world: World, give, monkeypatch):
    import getpass

    def nobody():
        raise OSError

    monkeypatch.setattr(getpass, "getuser", nobody)
    world.write(Indicadores=_rows(3))
    assert give("sync").code == 0


def test_every_word_of_it_is_translated(world: World, pseudo):
    from io import StringIO

    from rich.console import Console

    from nap_monitor.commands import sync as command
    from nap_monitor.database.runs import Outcome
    from nap_monitor.sync import SyncResult

    outcomes = tuple(Outcome("STPS", state, error_class="E1") for state in command.STATE_WORDS)
    results = (SyncResult(1, "NAP", 1, outcomes, ("x.xlsx",)), SyncResult(2, "CL", 2, (), ()))
    said = StringIO()
    command.print_results(results, {}, pseudo, Console(file=said, width=300))
    assert unwrapped(said.getvalue()) == []
