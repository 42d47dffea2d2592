"""Which files a sync looks at, when it reads them again, and whose they are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from nap_monitor.database import tables
from nap_monitor.sheets.folder import FoundFile, Source, Sources
from nap_monitor.sync import SyncTrouble, Task, files, reading
from nap_monitor.sync.running import sync_all
from tests.sync.world import COORDINATOR, NOW, figures

LATER = NOW + timedelta(days=1)


def test_a_day_that_has_not_come_is_taken_when_it_has_though_the_file_did_not_change(world):
    events = [("Id", "Tipo", "Fecha", "Personas"), ("C-1", "Consulta", date(2026, 11, 25), 40)]
    world.write(Indicadores=figures(), Participación=events)
    world.sync()
    assert world.kinds() == ["date_in_future"]
    assert world.outcome().state == "unchanged"
    world.sync(now=LATER)
    assert world.rows(tables.participation) == []
    world.sync(now=NOW + timedelta(days=2))
    assert (len(world.rows(tables.participation)), world.kinds()) == (1, [])


def test_columns_that_the_sources_list_as_helpers_give_no_notice_from_the_next_run_on(world):
    world.write(Indicadores=[(*figures()[0], "Mi columna"), ("A1", "T3 2026", 700, None, "a", "b", "x")])
    world.sync()
    assert world.kinds() == ["unknown_column"]
    sources = Sources((Source("STPS", helper_columns=frozenset({"mi columna"})),))
    world.sync(now=LATER, sources=sources)
    assert world.kinds() == []


def test_a_file_that_cannot_be_hashed_is_read_to_find_out_why(tmp_path):
    gone = FoundFile(tmp_path / "gone.xlsx", "gone.xlsx", "gone.xlsx", "STPS", 10, NOW)
    assert reading.digest_of(gone, 100) is None
    assert reading.digest_of(gone, 5) is None


def test_files_in_a_folder_that_cannot_be_opened_are_not_missing(world, monkeypatch):
    world.write("STPS/STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()

    def closed(folder, sources, agencies):
        return (FoundFile(Path(folder, "STPS"), "STPS/", "STPS", "STPS", 0, NOW),)

    monkeypatch.setattr(files, "find", closed)
    assert world.outcome(now=LATER).state == "refused"
    states = {row["key"]: row["state"] for row in world.rows(tables.spreadsheet)}
    assert states == {"STPS/STPS.xlsx": "read", "STPS/": "refused"}
    monkeypatch.undo()
    assert world.outcome(now=LATER).state == "unchanged"


def test_a_folder_that_cannot_be_read_is_said_so(world, monkeypatch):
    from nap_monitor.sheets.cells import Unreadable

    def closed(*_):
        raise Unreadable("unreadable_folder", path="/x")

    monkeypatch.setattr(files, "find", closed)
    with pytest.raises(SyncTrouble, match="cannot be read"):
        world.sync()


def test_an_agency_that_no_programme_has_is_said_so(world):
    task = Task(world.folder, agency="XX")
    with pytest.raises(SyncTrouble, match="There is no agency “XX”"):
        sync_all(world.engine, COORDINATOR, task, now=NOW)


def test_without_a_plan_all_of_nothing_is_said_so(engine, tmp_path):
    with pytest.raises(SyncTrouble, match="no programme yet"):
        sync_all(engine, COORDINATOR, Task(tmp_path), now=NOW)


def test_a_file_may_be_given_to_another_programme(world):
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    sources = Sources((Source("STPS", (("stps.xlsx",),), programme="OTRO"),))
    assert world.sync(sources=sources).outcomes == ()


def test_two_files_of_an_agency_with_one_name_in_two_folders_are_told_apart(world):
    world.write("STPS/a/datos.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    world.write("STPS/b/datos.xlsx", Indicadores=figures(("A2", "T3 2026", 700)))
    assert world.outcome().valid == 2
    assert {row["key"] for row in world.rows(tables.spreadsheet)} == {"STPS/a/datos.xlsx", "STPS/b/datos.xlsx"}
    world.write("STPS/b/datos.xlsx", Indicadores=figures())
    world.sync(now=LATER)
    assert [row["vanished_at"] for row in world.rows(tables.observation)] == [None, LATER]
