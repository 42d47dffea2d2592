"""One run over the folder: what is taken, what is left alone, what is told."""

from __future__ import annotations

import shutil
from datetime import timedelta
from decimal import Decimal

import pytest

from nap_monitor.access import PUBLIC, NotAllowed, Role, Viewer
from nap_monitor.database import tables
from nap_monitor.database.engine import reading
from nap_monitor.database.observations import drafts, pending_restatements, revisions, vanished
from nap_monitor.database.problems import problem_counts, problems
from nap_monitor.database.runs import last_sync_at, latest_runs
from nap_monitor.database.spreadsheets import spreadsheets
from nap_monitor.sync import Busy, SyncTrouble, Task, sync
from tests.sync.world import COORDINATOR, NOW, actions, figures, make_world

LATER = NOW + timedelta(days=1)
EVERYTHING = [
    table for name, table in tables.metadata.tables.items() if name not in ("sync_run", "sync_outcome", "lease")
]


def _all_rows(world):
    return {table.name: world.rows(table) for table in EVERYTHING if "id" in table.c}


def test_figures_are_stored_with_their_source_and_assessed(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700), ("A2", "T3 2026", "N/D")))
    outcome = world.outcome()
    assert (outcome.state, outcome.read, outcome.valid, outcome.rejected) == ("done", 2, 2, 0)
    first, second = world.rows(tables.observation)
    assert (first["value"], first["declared"], second["value"], second["declared"]) == (700, None, None, "no_data")
    assert first["place"] == {"file": "STPS.xlsx", "tab": "Indicadores", "row": 2, "column": "C"}
    assert (first["agency"], first["recorded_by"], first["recorded_at"]) == ("STPS", "Ana", NOW)
    assert (first["first_counted_at"], second["first_counted_at"]) == (NOW, None)
    assert first["sync_run_id"] == world.rows(tables.sync_run)[0]["id"]
    assessed = {row["code"]: row for row in world.rows(tables.assessment) if row["quarter"] == "2026-Q3"}
    assert assessed["A1"]["value"] == 700
    assert assessed["A1"]["observation_id"] == first["id"]
    assert not assessed["A2"]["is_reported"]


def test_a_second_run_with_nothing_changed_stores_the_run_alone(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700), ("A2", "T3 2026", "?")), Acciones=actions())
    first = world.outcome()
    before, version = _all_rows(world), world.version()
    second = world.outcome(now=LATER)
    assert (second.state, second.unchanged, second.valid) == ("unchanged", first.valid, first.valid)
    assert (second.read, second.rejected, second.problems) == (first.read, first.rejected, first.problems)
    assert _all_rows(world) == before
    assert world.version() == version
    assert len(world.rows(tables.sync_run)) == 2


def test_a_workbook_saved_again_unchanged_adds_no_revision(world):
    path = world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    path.unlink()
    world.write(Indicadores=[("Actualizado hoy",), *figures(("A1", "T3 2026", 700))])  # a row above: all moved
    outcome = world.outcome(now=LATER)
    assert (outcome.valid, outcome.unchanged) == (1, 1)
    (row,) = world.rows(tables.observation)
    assert row["place"]["row"] == 3


def test_a_changed_value_is_a_revision_and_the_old_one_stays(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    world.write(Indicadores=figures(("A1", "T3 2026", 800), ("A2", "T3 2026", 1)))
    version = world.version()
    outcome = world.outcome(now=LATER)
    assert (outcome.valid, outcome.unchanged) == (2, 0)
    first, second, third = world.rows(tables.observation)
    assert (first["value"], first["is_current"], first["revision"]) == (700, False, 1)
    assert (second["value"], second["is_current"], second["revision"]) == (800, True, 2)
    assert second["first_counted_at"] == first["first_counted_at"] == NOW
    assert third["first_counted_at"] == LATER
    assert world.version() > version


def test_a_cleared_value_is_a_revision_of_its_own(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    world.write(Indicadores=figures(("A1", "T3 2026", None), ("A2", "T3 2026", None)))
    world.sync(now=LATER)
    assert [row["value"] for row in world.rows(tables.observation)] == [700, None]
    assert world.figures() == {("A1", "2026-Q3", ""): None}
    (assessed,) = [r for r in world.rows(tables.assessment) if (r["code"], r["quarter"]) == ("A1", "2026-Q3")]
    assert (assessed["value"], assessed["is_reported"]) == (None, False)


def test_good_rows_are_taken_though_others_fail_and_the_last_good_value_stays(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700), ("A2", "T3 2026", 5)))
    world.sync()
    world.write(Indicadores=figures(("A1", "T3 2026", "setecientos"), ("A2", "T3 2026", 6)))
    outcome = world.outcome(now=LATER)
    assert (outcome.state, outcome.valid, outcome.rejected) == ("done", 1, 1)
    assert world.figures() == {("A1", "2026-Q3", ""): 700, ("A2", "2026-Q3", ""): 6}
    assert [row["vanished_at"] for row in world.rows(tables.observation)] == [None, None, None]


def test_a_vanished_row_is_marked_still_counts_and_may_come_back(world):
    whole = figures(("A1", "T3 2026", 700), ("A2", "T3 2026", 5))
    world.write(Indicadores=whole)
    world.sync()
    world.write(Indicadores=figures(("A2", "T3 2026", 5)))
    world.sync(now=LATER)
    assert [row["vanished_at"] for row in world.rows(tables.observation)] == [LATER, None]
    assert world.figures()["A1", "2026-Q3", ""] == 700
    with reading(world.engine) as connection:
        assert [r.code for r in vanished(connection, COORDINATOR, world.plan.programme_id, "STPS")] == ["A1"]
    world.write(Indicadores=whole)
    world.sync(now=LATER)
    assert [row["vanished_at"] for row in world.rows(tables.observation)] == [None, None]


@pytest.mark.parametrize(
    "broken",
    [
        [("Código", "Valor"), ("A1", 1)],  # a required column is missing
        [("Código", "Periodo", "Valor", "Valor"), ("A1", "T3 2026", 1, 2)],  # two columns for one field
        [("nada",)],
    ],
)
def test_a_tab_that_cannot_be_read_keeps_its_last_good_data(world, broken):
    world.write(Indicadores=figures(("A1", "T3 2026", 700)), Acciones=actions(("O1.1.1", "En proceso")))
    world.sync()
    world.write(Indicadores=broken, Acciones=actions(("O1.1.1", "Concluida")))
    world.sync(now=LATER)
    (row,) = world.rows(tables.observation)
    assert (row["value"], row["vanished_at"]) == (700, None)
    assert [r["status"] for r in world.rows(tables.action_report) if r["is_current"]] == ["completed"]


def test_a_row_whose_code_broke_is_a_problem_not_a_vanished_row(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    world.write(Indicadores=figures(("A-uno", "T3 2026", 700)))
    world.sync(now=LATER)
    assert world.rows(tables.observation)[0]["vanished_at"] is None
    assert world.kinds() == ["unknown_code"]


def test_a_problem_keeps_the_day_since_when_it_is_there(world):
    world.write(Indicadores=figures(("A1", "T3 2026", "x")))
    world.sync()
    world.write(Indicadores=figures(("A2", "T3 2026", "y"), ("A1", "T3 2026", "x")))  # its row moved
    world.sync(now=LATER)
    since = {row["code"]: row["since"] for row in world.rows(tables.problem)}
    assert since == {"A1": NOW, "A2": LATER}
    world.write(Indicadores=figures(("A2", "T3 2026", 1, None, "porque", "más")))
    world.sync(now=LATER)
    assert world.rows(tables.problem) == []


def test_one_key_in_two_files_of_an_agency_is_a_problem_in_both_whichever_changed(world):
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700), ("A2", "T3 2026", 5)))
    world.sync()
    world.write("STPS anexo.xlsx", Indicadores=figures(("A1", "T3 2026", 701)))
    outcome = world.outcome(now=LATER)
    assert (outcome.read, outcome.rejected) == (3, 2)
    assert sorted(world.kinds()) == ["cause_missing", "duplicate", "duplicate"]
    assert world.figures() == {("A1", "2026-Q3", ""): 700, ("A2", "2026-Q3", ""): 5}
    (world.folder / "STPS anexo.xlsx").unlink()
    world.sync(now=LATER)
    assert world.kinds() == ["cause_missing"]


def test_rows_may_move_from_one_file_of_an_agency_to_another(world):
    path = world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    path.rename(world.folder / "STPS 2026.xlsx")
    outcome = world.outcome(now=LATER)
    assert outcome.state == "done"
    (row,) = world.rows(tables.observation)
    assert row["place"]["file"] == "STPS 2026.xlsx"
    with reading(world.engine) as connection:
        listed = spreadsheets(connection, COORDINATOR, world.plan.programme_id)
    assert [(sheet.key, sheet.state) for sheet in listed] == [("STPS 2026.xlsx", "read")]
    assert world.outcome(now=LATER).state == "unchanged"


def test_a_missing_file_is_told_and_what_it_said_stands(world):
    path = world.write(Indicadores=figures(("A1", "T3 2026", 700), ("A2", "T3 2026", "x")))
    world.sync()
    kept = shutil.copy(path, world.folder.parent / "kept.xlsx")
    path.unlink()
    assert world.outcome(now=LATER).state == "missing"
    assert world.figures() == {("A1", "2026-Q3", ""): 700}
    assert world.rows(tables.observation)[0]["vanished_at"] is None
    assert world.kinds() == []
    version = world.version()
    assert world.outcome(now=LATER).state == "missing"
    assert world.version() == version
    shutil.copy(kept, path)
    assert world.outcome(now=LATER).state == "done"
    assert world.kinds() == ["not_a_number"]


def test_a_file_of_nobody_is_told_to_the_coordinator_alone(world):
    world.write("Desconocida.xlsx", Indicadores=figures())
    version = world.version()
    assert world.sync().unclaimed == ("Desconocida.xlsx",)
    assert world.version() > version
    version = world.version()
    assert world.sync(now=LATER).unclaimed == ("Desconocida.xlsx",)
    assert world.version() == version
    with reading(world.engine) as connection:
        nap = world.plan.programme_id
        for viewer, seen in ((COORDINATOR, 1), (Viewer(Role.AGENCY, "Luis", "STPS"), 0)):
            assert len(spreadsheets(connection, viewer, nap)) == seen
            assert len(problems(connection, viewer, nap)) == seen
    (world.folder / "Desconocida.xlsx").rename(world.folder / "STPS.xlsx")
    world.sync(now=LATER)
    assert world.kinds() == []


def test_a_file_that_becomes_an_agencys_is_read(world):
    from nap_monitor.sheets.folder import Source, Sources

    world.write("Trabajo.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    sources = Sources((Source("STPS", (("trabajo.xlsx",),)),))
    assert world.outcome(now=LATER, sources=sources).state == "done"
    assert world.figures() == {("A1", "2026-Q3", ""): 700}
    assert world.kinds() == []
    assert world.outcome(now=LATER, sources=sources).state == "unchanged"


def test_a_new_plan_version_has_everything_read_anew_and_stores_nothing_that_did_not_change(world):
    from dataclasses import replace

    from nap_monitor.database.engine import writing
    from nap_monitor.database.plans import store_plan

    world.write(Indicadores=figures(("A1", "T3 2026", 700), ("A9", "T3 2026", 5)))
    world.sync()
    fewer = replace(world.plan.programme, note={"es": "Una nota"})
    with writing(world.engine) as connection:
        store_plan(connection, COORDINATOR, fewer, now=LATER)
    version = world.version()
    outcome = world.outcome(now=LATER)
    assert (outcome.state, outcome.unchanged) == ("unchanged", 2)
    assert world.version() == version
    assert world.rows(tables.spreadsheet)[0]["read_at"] == NOW
    assert world.outcome(now=LATER).state == "unchanged"


def test_a_quarter_that_had_not_begun_is_taken_once_it_has_though_the_file_did_not_change(world):
    world.write(Indicadores=figures(("A1", "T1 2027", 700)))
    world.sync()
    assert world.kinds() == ["future_quarter"]
    world.sync(now=NOW + timedelta(days=60))
    assert world.figures() == {("A1", "2027-Q1", ""): 700}


def test_each_agency_is_told_of_before_it_is_read(world):
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)))
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    seen = []
    sync(
        world.engine,
        COORDINATOR,
        "NAP",
        Task(world.folder, settle_seconds=0),
        now=NOW,
        on_progress=lambda *at: seen.append(at),
    )
    assert seen == [(0, 2, "SE"), (1, 2, "STPS"), (2, 2, None)]


def test_one_agency_alone_leaves_the_others(world):
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)))
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    own = Viewer(Role.AGENCY, "Luis", "STPS")
    result = world.sync(viewer=own, agency="STPS")
    assert [outcome.agency for outcome in result.outcomes] == ["STPS"]
    assert list(world.figures()) == [("A1", "2026-Q3", "")]


def test_who_may_not_sync_does_not(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    own = Viewer(Role.AGENCY, "Luis", "STPS")
    for viewer, how in ((PUBLIC, {}), (own, {}), (own, {"agency": "SE"}), (own, {"agency": "STPS", "release": "STPS"})):
        with pytest.raises(NotAllowed):
            world.sync(viewer=viewer, **how)
    assert world.rows(tables.sync_run) == []


def test_what_cannot_be_done_is_said_in_one_sentence(world, tmp_path, engine):
    with pytest.raises(SyncTrouble, match="is not there"):
        world.sync(folder=tmp_path / "nowhere")
    with pytest.raises(SyncTrouble, match="There is no agency “XX”"):
        world.sync(agency="XX")
    with pytest.raises(SyncTrouble, match=r"There is no programme “CHILE”\. There are: NAP"):
        sync(engine, COORDINATOR, "CHILE", Task(world.folder), now=NOW)
    assert world.rows(tables.sync_run) == []


def test_without_a_plan_there_is_nothing_to_sync(engine, tmp_path):
    with pytest.raises(SyncTrouble, match="no programme yet"):
        sync(engine, COORDINATOR, None, Task(tmp_path), now=NOW)


def test_while_one_syncs_another_is_told_to_wait(world):
    def meanwhile(*_):
        with pytest.raises(Busy):
            world.sync()

    sync(world.engine, COORDINATOR, None, Task(world.folder), now=NOW, on_progress=meanwhile)


def test_what_the_pages_read_of_it(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700), ("A2", "T3 2026", "x")))
    world.sync()
    nap = world.plan.programme_id
    with reading(world.engine) as connection:
        (run,) = latest_runs(connection, COORDINATOR, nap)
        assert (run.asked_by, run.outcomes[0].agency, run.outcomes[0].problems) == ("Ana", "STPS", 1)
        assert isinstance(run.outcomes[0].seconds, Decimal)
        assert last_sync_at(connection, PUBLIC) >= NOW
        assert last_sync_at(connection, PUBLIC, nap + 1) is None
        (sheet,) = spreadsheets(connection, COORDINATOR, nap, "STPS")
        assert (sheet.state, sheet.rows_valid, sheet.rows_rejected, sheet.feedback) == ("read", 1, 1, "sent")
        (problem,) = problems(connection, COORDINATOR, nap, "STPS")
        assert (problem.kind, problem.code, problem.spreadsheet_key) == ("not_a_number", "A2", "STPS.xlsx")
        assert problem_counts(connection, COORDINATOR, nap) == {"STPS": {"error": 1}}
        (revision,) = revisions(connection, COORDINATOR, nap, "A1", "2026-Q3", "")
        assert (revision.value, revision.spreadsheet_key, revision.standing) == (700, "STPS.xlsx", "counted")
        assert drafts(connection, COORDINATOR, nap, "STPS") == pending_restatements(connection, COORDINATOR, nap) == ()
        for read in (latest_runs, spreadsheets, problems, problem_counts, pending_restatements):
            with pytest.raises(NotAllowed):
                read(connection, PUBLIC, nap)


def test_two_programmes_live_in_one_folder(world):
    from dataclasses import replace

    from nap_monitor.database import tables as t
    from nap_monitor.sync.running import sync_all
    from tests.sync.world import programme

    mine = programme()
    renamed = replace(mine.agencies[0], id="MINREL")
    responsibles = (replace(mine.indicators[0].responsibles[0], agency="MINREL"),)
    other = replace(
        mine,
        code="CHILE",
        agencies=(renamed, mine.agencies[1]),
        indicators=(replace(mine.indicators[0], responsibles=responsibles),),
        objectives=(replace(mine.objectives[0], strategies=()),),
    )
    make_world(world.engine, world.folder, other)
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    world.write("MINREL.xlsx", Indicadores=figures(("A1", "T3 2026", 70)))
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 7)))
    world.write("Nadie.xlsx", Indicadores=figures())
    task = Task(world.folder, settle_seconds=0)
    results = sync_all(world.engine, COORDINATOR, task, now=NOW)
    taken = {(r.programme, o.agency) for r in results for o in r.outcomes}
    assert taken == {("NAP", "STPS"), ("NAP", "SE"), ("CHILE", "MINREL")}
    assert [r.unclaimed for r in results] == [("Nadie.xlsx",), ()]
    assert sorted(int(row["value"]) for row in world.rows(t.observation)) == [7, 70, 700]
