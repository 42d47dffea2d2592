"""kill -9 at every commit and file boundary of a sync, and a sync after it: nothing is lost, nothing is doubled."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from datetime import timedelta

import pytest

from nap_monitor.database import tables
from nap_monitor.settings import ROOT
from nap_monitor.sync import Busy
from tests.databases import connected
from tests.sync.world import NOW, World, actions, entrega, figures, make_world

LATER = NOW + timedelta(days=1)
LEFT_OUT = {"sync_run", "sync_outcome", "lease", "data_version"}  # of how it came about, not of what is
MADE_UP = {"id", "sync_run_id", "attempts"}


@pytest.fixture(scope="module")
def killer():
    """The process that runs syncs and has them killed."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.sync.killed"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.stdin.close()


def _run(killer, url, folder, fatal=0):
    order = {"url": url, "folder": str(folder), "fatal": fatal, "now": LATER.isoformat()}
    killer.stdin.write(json.dumps(order) + "\n")
    killer.stdin.flush()
    return json.loads(killer.stdout.readline())


def _earlier(world):
    """What was stored by an undisturbed run the day before."""
    world.close("2026-Q2")
    rows = [("A1", "T3 2026", 1), ("A2", "T3 2026", 700), ("A3", "T3 2026", 700), ("A4", "T2 2026", 5)]
    world.write("STPS.xlsx", Indicadores=figures(*rows), Acciones=actions(("O1.1.1", "Por iniciar")))
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)), Entrega=entrega(T3_2026="Borrador"))
    world.sync()


def _now(world):
    """What the folder says now: changed, new, cleared, vanished, broken, restated, submitted, of nobody."""
    rows = [("A1", "T3 2026", 2), ("A2", "T3 2026", None), ("A4", "T2 2026", 6), ("A5", "T3 2026", "cinco")]
    world.write("STPS.xlsx", Indicadores=figures(*rows), Acciones=actions(("O1.1.1", "Concluida")))
    world.write("STPS anexo.xlsx", Indicadores=figures(("A6", "T3 2026", 9)))
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 800)), Entrega=entrega(T3_2026="Enviado"))
    world.write("Nadie.xlsx", Indicadores=figures())


def _content(world):
    """Everything that is stored, without what it happened to be numbered; and every companion, byte for byte."""
    names = {t.name: t for t in tables.metadata.tables.values() if t.name not in LEFT_OUT}
    keys = {row["id"]: row["key"] for row in world.rows(tables.spreadsheet)}
    said = {r["id"]: (r["code"], r["quarter"], r["revision"]) for r in world.rows(tables.observation)}
    stored = {}
    for name, table in names.items():
        rows = [{k: v for k, v in row.items() if k not in MADE_UP} for row in world.rows(table)]
        for row in rows:
            if "spreadsheet_id" in row:
                row["spreadsheet_id"] = keys[row["spreadsheet_id"]]
            if "observation_id" in row:
                row["observation_id"] = said.get(row["observation_id"])
        stored[name] = sorted(rows, key=str)
    files = {p.name: p.read_bytes() for p in world.folder.iterdir() if not p.name.startswith("~$")}
    return stored, files


def _recover(world):
    """A sync after the kill. The server may need a moment to see that its client is dead."""
    for _ in range(200):
        try:
            return world.sync(now=LATER)
        except Busy:
            time.sleep(0.05)
    raise AssertionError("the lock was never freed")


@pytest.fixture
def before(template, tmp_path):
    """A database and a folder, as they are when the sync that will be killed begins."""
    with template.new() as url:
        with connected(url) as engine:
            world = make_world(engine, tmp_path / "before")
            _earlier(world)
            _now(world)
            plan = world.plan
        yield url, world.folder, plan


@pytest.mark.slow
def test_killed_anywhere_and_run_again_everything_is_as_if_nothing_had_happened(template, before, killer, tmp_path):
    start, folder, plan = before

    def attempt(fatal):
        """One killed run and one whole one: (what the killed one said, what is there at the end)."""
        mine = tmp_path / str(fatal)
        shutil.copytree(folder, mine)
        with template.copy(start) as url:
            said = _run(killer, url, mine, fatal)
            with connected(url) as engine:
                world = World(engine, mine, plan)
                version = world.version()
                _recover(world)
                found = _content(world)
                assert world.version() >= version
                version = world.version()
                assert {o.state for o in world.sync(now=LATER).outcomes} == {"unchanged"}
                assert world.version() == version
        shutil.rmtree(mine)
        return said, found

    undisturbed, expected = attempt(0)
    assert not undisturbed["killed"]
    assert undisturbed["passed"] > 40
    assert len(expected[0]["observation"]) > 8
    for fatal in range(1, undisturbed["passed"] + 1):
        said, found = attempt(fatal)
        assert said["killed"]
        assert found == expected, f"killed at boundary {fatal}"
