"""The worker: serves what pages ask for, and outlives what goes wrong."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from nap_monitor.access import Role, Viewer
from nap_monitor.database import tables
from nap_monitor.database.engine import DatabaseUnavailable, reading, writing
from nap_monitor.database.locks import lock
from nap_monitor.database.requests import ask_for_sync, request
from nap_monitor.sync import Task, queue
from nap_monitor.sync.queue import serve_next, work
from nap_monitor.sync.running import LOCK
from tests.sync.world import COORDINATOR, NOW, figures

OWN = Viewer(Role.AGENCY, "Luis", "STPS")


def _ask(world, viewer=COORDINATOR, agency=None):
    with writing(world.engine) as connection:
        return ask_for_sync(connection, viewer, world.plan.programme_id, agency, now=NOW)


def _seen(world, asked):
    with reading(world.engine) as connection:
        return request(connection, COORDINATOR, asked)


def _serve(world, **task):
    return serve_next(world.engine, lambda: replace(Task(world.folder, settle_seconds=0), **task), clock=lambda: NOW)


@pytest.fixture
def two(world):
    world.write("SE.xlsx", Indicadores=figures(("B1", "T3 2026", 700)))
    world.write("STPS.xlsx", Indicadores=figures(("A1", "T3 2026", 700)))
    return world


def test_what_was_asked_for_is_done_in_the_name_of_who_asked(two):
    asked = _ask(two, OWN, "STPS")
    assert _serve(two)
    seen = _seen(two, asked)
    assert (seen.state, seen.done, seen.total, seen.trouble) == ("done", 1, 1, None)
    assert list(two.figures()) == [("A1", "2026-Q3", "")]
    (run,) = two.rows(tables.sync_run)
    assert (run["id"], run["asked_by"]) == (seen.run_id, "Luis")
    assert not _serve(two)


def test_its_progress_can_be_watched(two, monkeypatch):
    asked = _ask(two)
    real, seen = queue.record_progress, []

    def watch(connection, viewer, request_id, **at):
        real(connection, viewer, request_id, **at)
        seen.append(at)

    monkeypatch.setattr(queue, "record_progress", watch)
    _serve(two)
    assert seen == [{"done": n, "total": 2} for n in range(3)]
    assert _seen(two, asked).is_over


def test_while_another_sync_is_running_it_waits(two):
    asked = _ask(two)
    with lock(two.engine, LOCK):
        assert not _serve(two)
    assert _seen(two, asked).state == "waiting"
    assert _serve(two)


def test_who_asked_is_told_why_it_could_not_be_done(two, tmp_path, monkeypatch, caplog):
    asked = _ask(two)
    _serve(two, folder=tmp_path / "nowhere")
    seen = _seen(two, asked)
    assert seen.state == "failed"
    message, values = seen.trouble
    assert message.format(**values).startswith(f"The folder {tmp_path / 'nowhere'} is not there.")

    def breaks(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(queue, "sync_locked", breaks)
    asked = _ask(two)
    _serve(two)
    assert _seen(two, asked).trouble[1] == {"error": "ZeroDivisionError"}
    assert "failed" in caplog.text

    def full(*_, **__):
        raise DatabaseUnavailable("full", address="nap.db", reason="")

    monkeypatch.setattr(queue, "sync_locked", full)
    asked = _ask(two)
    _serve(two)
    assert "no room left" in _seen(two, asked).trouble[0]


def test_somebody_who_saves_and_asks_at_once_is_served(world):
    path = world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    moments = iter([path.stat().st_mtime, path.stat().st_mtime + 10])
    from datetime import UTC, datetime

    _ask(world)
    task = Task(world.folder, settle_seconds=0.05)
    serve_next(
        world.engine, lambda: task, clock=lambda: datetime.fromtimestamp(next(moments), UTC) + timedelta(0, 0.01)
    )
    assert len(world.figures()) == 1


def test_the_worker_serves_until_it_is_stopped_whatever_goes_wrong_between(two, monkeypatch):
    stop, troubles = threading.Event(), [DatabaseUnavailable("locked", address="nap.db"), ZeroDivisionError()]
    real = queue.serve_next

    def sometimes(*args, **more):
        if troubles:
            raise troubles.pop()
        return real(*args, **more)

    monkeypatch.setattr(queue, "serve_next", sometimes)
    worker = threading.Thread(
        target=work,
        args=(two.engine, lambda: Task(two.folder, settle_seconds=0)),
        kwargs={"clock": lambda: NOW, "stop": stop, "every_seconds": 0.01},
    )
    worker.start()
    asked = _ask(two)
    deadline = time.monotonic() + 30
    while not _seen(two, asked).is_over:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    stop.set()
    worker.join(10)
    assert not worker.is_alive()
    assert len(two.figures()) == 2
