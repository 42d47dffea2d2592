"""Work that must not be done twice at once holds a lock in the database, which everybody shares.

PostgreSQL: a session's advisory lock, freed by the server when its holder dies. SQLite: a lease in a table, renewed by
a heartbeat; the next comer takes it over when it has run out, or at once when its owner, on this machine, is dead.
"""

from __future__ import annotations

import os
import socket
import threading
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from nap_monitor.database.engine import DatabaseUnavailable, writing
from nap_monitor.database.tables import lease

LEASE_SECONDS = 120.0
"""Longer than any one transaction: the heartbeat cannot write while its own process does."""
HEARTBEAT_SECONDS = 15.0
_NAMESPACE = 0x4E41  # of our advisory locks, among those of others in the same database

StillHeld = Callable[[sa.Connection], bool]
"""Whether the lock is still ours, asked inside the transaction that relies on it."""


@contextmanager
def lock(engine: sa.Engine, name: str) -> Iterator[StillHeld | None]:
    """Hold the lock of this name, or get None: somebody else has it. Never waits."""
    with (_leased if engine.dialect.name == "sqlite" else _advisory)(engine, name) as held:
        yield held


@contextmanager
def _advisory(engine: sa.Engine, name: str) -> Iterator[StillHeld | None]:
    key = zlib.crc32(name.encode()) - 2**31
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as session:
        if not session.scalar(sa.select(sa.func.pg_try_advisory_lock(_NAMESPACE, key))):
            yield None
            return
        ours = session.scalar(sa.select(sa.func.pg_backend_pid()))
        held = sa.text(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = :pid"
            " AND classid = :namespace AND objid = :key AND database = "
            "(SELECT oid FROM pg_database WHERE datname = current_database())"
        ).bindparams(pid=ours, namespace=_NAMESPACE, key=key % 2**32)
        try:
            yield lambda connection: connection.scalar(held) == 1
        finally:
            with suppress(DatabaseUnavailable):  # the session is gone, and the lock with it
                session.execute(sa.select(sa.func.pg_advisory_unlock(_NAMESPACE, key)))


@contextmanager
def _leased(engine: sa.Engine, name: str) -> Iterator[StillHeld | None]:
    owner = f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())} {uuid.uuid4().hex}"
    if not _take(engine, name, owner):
        yield None
        return
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(engine, name, owner, over), name=f"lease of {name}", daemon=True)
    heart.start()
    mine = sa.and_(lease.c.name == name, lease.c.owner == owner)
    try:
        yield lambda connection: connection.scalar(sa.select(sa.func.count()).where(mine)) == 1
    finally:
        over.set()
        heart.join()
        with suppress(DatabaseUnavailable), writing(engine) as connection:  # it runs out by itself
            connection.execute(sa.delete(lease).where(mine))


def _wall_clock() -> datetime:
    """A lease lives in real time, whatever day is being synced."""
    return datetime.now(UTC)


def _until() -> datetime:
    return _wall_clock() + timedelta(seconds=LEASE_SECONDS)


def _take(engine: sa.Engine, name: str, owner: str) -> bool:
    with writing(engine) as connection:
        held = connection.execute(sa.select(lease.c.owner, lease.c.until).where(lease.c.name == name)).first()
        if held is not None:
            if held.until > _wall_clock() and not _is_dead(held.owner):
                return False
            connection.execute(sa.delete(lease).where(lease.c.name == name))
        connection.execute(sa.insert(lease).values(name=name, owner=owner, until=_until()))
        return True


def _beat(engine: sa.Engine, name: str, owner: str, over: threading.Event) -> None:
    mine = sa.and_(lease.c.name == name, lease.c.owner == owner)
    while not over.wait(HEARTBEAT_SECONDS):
        with suppress(DatabaseUnavailable), writing(engine) as connection:  # busy: the next beat will do
            connection.execute(sa.update(lease).where(mine).values(until=_until()))


def _is_dead(owner: str) -> bool:
    """Whether an owner certainly is no more. Only its own machine can tell; elsewhere its lease runs out."""
    host, pid, started, _ = owner.split(" ")
    if host != socket.gethostname() or os.name == "nt":  # on Windows, asking for a process by signal 0 ends it
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return started != _started(int(pid))  # the number was given to another process


def _started(pid: int) -> str:
    """When a process began, in the kernel's ticks; where the kernel does not say (it is no Linux), always the same."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return "-"
