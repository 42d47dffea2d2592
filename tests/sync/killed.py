"""Runs syncs in child processes that kill themselves (SIGKILL) at a given boundary. Started by test_killed.py.

A boundary is just before or just after a commit, or after anything that changes the disk beside the database. They are
found by watching, not by sleeping: a run that is not killed counts them. One line of JSON in, one line out; each run is
a fork of this process, so that only the first pays for the imports.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from nap_monitor.access import Role, Viewer
from nap_monitor.database.engine import connect
from nap_monitor.sync import Task, sync


class Boundaries:
    """Counts the boundaries, and dies at one of them."""

    def __init__(self, fatal: int) -> None:
        self.fatal = fatal
        self.passed = 0

    def reach(self) -> None:
        self.passed += 1
        if self.passed == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    def around(self, do: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **more: Any) -> Any:
            self.reach()
            done = do(*args, **more)
            self.reach()
            return done

        return watched


def run(order: dict[str, Any]) -> int:
    """One sync in this process; how many boundaries it passed."""
    engine = connect(order["url"])
    boundaries = Boundaries(order["fatal"])
    for owner, name in ((DefaultDialect, "do_commit"), (os, "replace"), (os, "fsync"), (os, "unlink")):
        setattr(owner, name, boundaries.around(getattr(owner, name)))
    written = Path.open
    Path.open = lambda path, mode="r", *a, **m: (  # type: ignore[method-assign]
        boundaries.around(written)(path, mode, *a, **m) if "w" in mode else written(path, mode, *a, **m)
    )
    task = Task(Path(order["folder"]), settle_seconds=0)
    sync(engine, Viewer(Role.COORDINATOR, "Ana"), "NAP", task, now=datetime.fromisoformat(order["now"]))
    return boundaries.passed


def serve(order: dict[str, Any]) -> dict[str, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, str(run(order)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        passed = said.read()
    _, status = os.waitpid(child, 0)
    return {"passed": int(passed or 0), "killed": os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL}


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(serve(json.loads(line))) + "\n")
        sys.stdout.flush()
