"""Two processes never sync at once."""

from __future__ import annotations

import subprocess
import sys

from nap_monitor.database import tables
from tests.sync.world import figures

RUN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from nap_monitor.access import Role, Viewer
from nap_monitor.database.engine import connect
from nap_monitor.sync import Busy, Task, sync
engine = connect(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
try:
    result = sync(engine, Viewer(Role.COORDINATOR, "Ana"), "NAP", Task(Path(sys.argv[2]), settle_seconds=0),
                  now=datetime.now(UTC))
    print("done" if any(o.state == "done" for o in result.outcomes) else "unchanged")
except Busy:
    print("busy")
"""


def test_of_several_processes_one_stores_and_none_doubles(world, database_url):
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)))
    world.write("STPS.xlsx", Indicadores=figures(*((f"A{n}", "T3 2026", n) for n in range(1, 21))))
    command = [sys.executable, "-c", RUN, database_url, str(world.folder)]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    for process in started:
        assert process.stdout.readline() == "ready\n"
    for process in started:  # all are running now: let them go together
        process.stdin.write("\n")
        process.stdin.flush()
    said = sorted(process.communicate()[0].strip() for process in started)
    assert said.count("done") == 1
    assert set(said) <= {"done", "busy", "unchanged"}
    assert len(world.rows(tables.observation)) == 21
    assert {row["revision"] for row in world.rows(tables.observation)} == {1}
    assert len(world.rows(tables.sync_run)) == 3 - said.count("busy")
