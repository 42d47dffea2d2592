"""The worker: serves the syncs that pages ask for, one after the other. Started once with the server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from nap_monitor.access import Role, Viewer, operator
from nap_monitor.database import Engine
from nap_monitor.database.engine import DatabaseUnavailable, reading, writing
from nap_monitor.database.locks import StillHeld, lock
from nap_monitor.database.requests import Request, claim, has_waiting, record_end, record_progress
from nap_monitor.database.trouble import SENTENCES
from nap_monitor.sync.running import LOCK, SyncResult, sync_locked
from nap_monitor.sync.settling import until_settled
from nap_monitor.sync.task import Task
from nap_monitor.sync.trouble import UNEXPECTED, SyncTrouble

WORKER = operator("sync")
EVERY_SECONDS = 1.0
"""How often the worker looks for a request: what a person waits before anything moves."""

_log = logging.getLogger(__name__)


def work(
    engine: Engine,
    make_task: Callable[[], Task],
    *,
    clock: Callable[[], datetime],
    stop: threading.Event,
    every_seconds: float = EVERY_SECONDS,
) -> None:
    """Serve requests until `stop` is set. `make_task` is asked anew for each: the sources may have been edited.

    A database that does not answer now is asked again later; the worker outlives it.
    """
    while not stop.wait(every_seconds):
        try:
            while not stop.is_set() and serve_next(engine, make_task, clock=clock):
                pass
        except DatabaseUnavailable as trouble:
            _log.warning("the sync worker waits: %s", trouble)
        except Exception:  # noqa: BLE001 - it serves everybody; the next request may well succeed
            _log.exception("the sync worker goes on after an unexpected error")


def serve_next(engine: Engine, make_task: Callable[[], Task], *, clock: Callable[[], datetime]) -> bool:
    """Serve the oldest request. False: there is none, or another sync is running and it waits."""
    with reading(engine) as connection:
        if not has_waiting(connection, WORKER):
            return False
    with lock(engine, LOCK) as still_held:
        if still_held is None:
            return False
        with writing(engine) as connection:
            request = claim(connection, WORKER)
        if request is None:
            return False
        _serve(engine, request, make_task, still_held, clock)
        return True


def _serve(
    engine: Engine,
    request: Request,
    make_task: Callable[[], Task],
    still_held: StillHeld,
    clock: Callable[[], datetime],
) -> None:
    def show(done: int, total: int, _agency: str | None) -> None:
        with writing(engine) as connection:
            record_progress(connection, WORKER, request.id, done=done, total=total)

    run_id: int | None = None
    trouble: tuple[str, dict[str, str]] | None = None
    # What the person may do was checked when they asked; the worker does it in their name.
    viewer = Viewer(Role.COORDINATOR, request.asked_by)
    try:
        task = replace(make_task(), agency=request.agency)
        code = request.programme_code

        def once() -> tuple[SyncResult, ...]:
            return (sync_locked(engine, viewer, code, task, still_held, now=clock(), on_progress=show),)

        (result,) = until_settled(once, task.settle_seconds)
        run_id = result.run_id
    except SyncTrouble as error:
        trouble = (error.message, error.values)
    except DatabaseUnavailable as error:
        trouble = (SENTENCES[error.kind], error.details)
    except Exception as error:  # noqa: BLE001 - who asked is told, whatever it was
        _log.exception("the sync asked for by %s failed", request.asked_by)
        trouble = (UNEXPECTED, {"error": type(error).__name__})
    with writing(engine) as connection:
        record_end(connection, WORKER, request.id, run_id=run_id, trouble=trouble)
