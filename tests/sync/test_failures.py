"""What goes wrong with one file or one agency stops no other; what goes wrong with the database leaves it whole."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from datetime import timedelta

import pytest

from nap_monitor.database import engine as engine_module
from nap_monitor.database import tables
from nap_monitor.database.engine import DatabaseUnavailable, connect, writing
from nap_monitor.sync import SyncTrouble, running, storing
from tests.databases import connected
from tests.sync.world import NOW, World, figures, make_world

LATER = NOW + timedelta(days=1)
B1 = ("B1", "2026-Q3", "")


def _two(world):
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)))
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty_file"),
        (b"PK\x03\x04 half of a workbook", "corrupt"),
        (b"Codigo,Periodo\nA1,T3 2026\n", "csv_named_as_workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password_protected"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_keeps_its_data_and_stops_nobody(world, content, kind):
    _two(world)
    world.sync()
    (world.folder / "SE.xlsx").write_bytes(content)
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 800)))
    result = world.sync(now=LATER)
    assert [(o.agency, o.state) for o in result.outcomes] == [("SE", "refused"), ("STPS", "done")]
    assert result.has_trouble
    assert world.figures() == {B1: 700, ("A1", "2026-Q3", ""): 800}
    assert world.kinds().count(kind) == 1
    version = world.version()
    assert world.outcome("SE", now=LATER).state == "refused"
    assert world.version() == version
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 900)))
    assert world.outcome("SE", now=LATER).state == "done"
    assert world.figures()[B1] == 900


def test_an_oversized_file_is_refused_without_being_read(world):
    _two(world)
    result = world.sync(max_packed=1000)
    assert {o.state for o in result.outcomes} == {"refused"}
    assert world.kinds() == ["too_large", "too_large"]


def test_a_refused_file_of_two_leaves_the_other_one_taken(world):
    (world.folder / "STPS roto.xlsx").write_bytes(b"PK\x03\x04")
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    assert world.outcome().state == "refused"
    assert len(world.figures()) == 1


def test_a_file_that_is_being_saved_waits_for_the_next_run(world):
    path = world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    moment = NOW.timestamp() - 1
    os.utime(path, (moment, moment))
    assert world.outcome(settle_seconds=2).state == "waiting"
    assert (world.figures(), world.rows(tables.spreadsheet)) == ({}, [])
    assert world.outcome(settle_seconds=2, now=NOW + timedelta(seconds=3)).state == "done"


def test_a_file_that_changes_while_it_is_read_waits(world, monkeypatch):
    from nap_monitor.sheets.cells import Unreadable
    from nap_monitor.sync import reading

    def changing(*_, **__):
        raise Unreadable("changed_while_reading")

    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    monkeypatch.setattr(reading, "read_workbook", changing)
    assert world.outcome().state == "waiting"


def test_an_unexpected_error_at_one_agency_is_recorded_and_stops_nobody(world, monkeypatch, caplog):
    _two(world)

    def breaks(connection, viewer, sort, programme_id, agency, *rest, **more):
        if agency == "SE":
            raise ZeroDivisionError
        return real(connection, viewer, sort, programme_id, agency, *rest, **more)

    real = storing.apply
    monkeypatch.setattr(storing, "apply", breaks)
    result = world.sync()
    assert [(o.agency, o.state, o.error_class) for o in result.outcomes] == [
        ("SE", "failed", "ZeroDivisionError"),
        ("STPS", "done", None),
    ]
    assert result.has_trouble
    assert "SE could not be synced" in caplog.text
    assert list(world.figures()) == [("A1", "2026-Q3", "")]
    stored = {row["agency"]: row["state"] for row in world.rows(tables.sync_outcome)}
    assert stored == {"SE": "failed", "STPS": "done"}
    monkeypatch.undo()
    assert world.outcome("SE").state == "done"


def test_rules_that_cannot_be_used_stop_the_sync_with_a_sentence(world, monkeypatch):
    from nap_monitor.assess import RulesUnusable

    def broken():
        raise RulesUnusable("rules.yaml", "no limits")

    monkeypatch.setattr(running, "rule_sets_in_force", broken)
    with pytest.raises(SyncTrouble, match="no limits"):
        world.sync()


def test_a_sync_that_lost_its_lock_stops(world, monkeypatch):
    _two(world)
    seen = []

    def lost(connection):
        seen.append(connection)
        return len(seen) < 3  # lost while the second agency was being read

    with pytest.raises(SyncTrouble, match="lost its lock"):
        running.sync_locked(world.engine, *_arguments(world), lost, now=NOW)
    assert list(world.figures()) == [B1]
    assert world.outcome().state == "done"


def _arguments(world):
    from nap_monitor.sync import Task
    from tests.sync.world import COORDINATOR

    return COORDINATOR, "NAP", Task(world.folder, settle_seconds=0)


def test_a_database_that_another_program_holds_is_said_so_and_left_whole(sqlite_template, tmp_path, monkeypatch):
    with sqlite_template.new() as url, connected(url) as engine:
        world = make_world(engine, tmp_path / "s")
        _two(world)
        monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.1)
        holder = sqlite3.connect(engine.url.database, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        impatient = connect(url)
        with pytest.raises(DatabaseUnavailable, match="Another program is writing"):
            World(impatient, world.folder, world.plan).sync()
        holder.execute("ROLLBACK")
        holder.close()
        assert len(World(impatient, world.folder, world.plan).sync().outcomes) == 2
        impatient.dispose()


FULL = """
import resource, signal, sys
from datetime import datetime, UTC
from pathlib import Path
from nap_monitor.access import Role, Viewer
from nap_monitor.database.engine import DatabaseUnavailable, connect
from nap_monitor.sync import Task, sync
engine = connect(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    task = Task(Path(sys.argv[2]), settle_seconds=0)
    sync(engine, Viewer(Role.COORDINATOR, "Ana"), "NAP", task, now=datetime.now(UTC))
except DatabaseUnavailable as trouble:
    print(trouble.kind, "-", trouble)
    sys.exit(2)
"""


@pytest.mark.parametrize("kilobytes", [8, 40, 60, 120])
def test_a_full_disk_is_said_so_and_what_was_stored_is_whole(sqlite_template, tmp_path, kilobytes):
    with sqlite_template.new() as url, connected(url) as engine:
        world = make_world(engine, tmp_path / "s")
        world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)))
        world.sync()
        rows = [(f"A{n}", q, 1, None, "x" * 900) for n in range(1, 21) for q in ("T1 2025", "T2 2025", "T3 2025")]
        world.write("STPS.xlsx", Indicadores=figures(*rows))
        engine.dispose()
        command = [sys.executable, "-c", FULL, url, str(world.folder), str(kilobytes * 1024)]
        child = subprocess.run(command, capture_output=True, text=True, check=False)
        assert child.returncode == 2, child.stderr
        assert child.stdout.startswith("full - There is no room left")
        assert "Traceback" not in child.stderr
        with writing(engine) as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert list(world.figures()) == [B1]
        assert world.outcome(now=LATER).state == "done"
        assert len(world.figures()) == 61
