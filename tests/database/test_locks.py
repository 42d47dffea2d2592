"""A lock in the database: one holder at a time, also after its holder was killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from nap_monitor.database import locks
from nap_monitor.database.engine import reading, writing
from nap_monitor.database.locks import lock
from nap_monitor.database.tables import lease
from tests.databases import connected

HOLDER = """
import sys, time
from nap_monitor.database.engine import connect
from nap_monitor.database.locks import lock
with lock(connect(sys.argv[1]), "sync") as held:
    print("held" if held else "busy", flush=True)
    time.sleep(60 if held else 0)
"""


def _holder(url):
    return subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)


def test_only_one_holds_it_and_the_next_may_when_it_is_free(engine):
    with lock(engine, "sync") as first:
        assert first is not None
        with lock(engine, "sync") as second:
            assert second is None
        with lock(engine, "another") as other:
            assert other is not None
    with lock(engine, "sync") as again:
        assert again is not None


def test_another_process_is_kept_out_and_let_in_at_once_when_the_holder_was_killed(engine, database_url):
    child = _holder(database_url)
    assert child.stdout.readline() == "held\n"
    with lock(engine, "sync") as held:
        assert held is None
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with lock(engine, "sync") as held:
        assert held is not None


def test_who_holds_it_can_make_sure_inside_a_transaction(engine):
    with lock(engine, "sync") as held, writing(engine) as connection:
        assert held(connection)


def test_a_lease_that_was_taken_over_is_noticed(sqlite_template):
    with sqlite_template.new() as url, connected(url) as engine, lock(engine, "sync") as held:
        with writing(engine) as connection:
            connection.execute(sa.update(lease).values(owner="elsewhere 1 1 x"))
        with reading(engine) as connection:
            assert not held(connection)


def test_a_session_that_was_cut_off_is_noticed(postgresql_template):
    with postgresql_template.new() as url, connected(url) as engine, lock(engine, "sync") as held:
        postgresql_template.cut_off(engine.url.database)
        with reading(engine) as connection:
            assert not held(connection)


def _own(host=None, pid=None, started=None):
    pid = pid or os.getpid()
    return f"{host or socket.gethostname()} {pid} {started or locks._started(pid)} x"


@pytest.mark.parametrize(
    ("owner", "seconds_left", "is_taken_over"),
    [
        (_own(), 60, False),
        (_own(), -1, True),  # ran out: its holder hangs
        (_own(host="elsewhere"), 60, False),  # nobody here can tell whether it lives
        (_own(host="elsewhere"), -1, True),
        (_own(started="1"), 60, True),  # its number was given to another process
        (_own(pid=2**22 - 7, started="1"), 60, True),  # no such process
        (_own(pid=1), 60, False),  # another's process, alive
    ],
    ids=("alive", "run out", "elsewhere", "elsewhere, run out", "number given again", "dead", "of another"),
)
def test_a_lease_is_taken_over_when_it_ran_out_or_its_owner_is_dead(
    sqlite_template, owner, seconds_left, is_taken_over
):
    with sqlite_template.new() as url, connected(url) as engine:
        with writing(engine) as connection:
            until = datetime.now(UTC) + timedelta(seconds=seconds_left)
            connection.execute(sa.insert(lease).values(name="sync", owner=owner, until=until))
        with lock(engine, "sync") as held:
            assert (held is not None) == is_taken_over


def test_the_heartbeat_renews_a_lease(sqlite_template, monkeypatch):
    monkeypatch.setattr(locks, "HEARTBEAT_SECONDS", 0.02)
    with sqlite_template.new() as url, connected(url) as engine, lock(engine, "sync"):
        first = _until(engine)
        deadline = time.monotonic() + 20
        while _until(engine) <= first:
            assert time.monotonic() < deadline


def _until(engine):
    with reading(engine) as connection:
        return connection.execute(sa.select(lease.c.until)).scalar_one()
