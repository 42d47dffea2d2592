"""The way into the database: connect, begin, migrate, and the version of what can be seen.

Reads go through `reading` (one consistent picture), writes through `writing`. Both work on either database.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import ConnectionPoolEntry

from nap_monitor.database.tables import data_version as version_table
from nap_monitor.database.trouble import DatabaseUnavailable, address, translate

__all__ = [
    "DatabaseUnavailable",
    "connect",
    "data_version",
    "migrate",
    "newest_revision",
    "raise_data_version",
    "reading",
    "schema_is_current",
    "writing",
]

BUSY_SECONDS = 15.0
"""How long a writer waits for another before it gives up."""
_WRITES = "nap_writes"


def connect(url: str) -> sa.Engine:
    """An engine for an SQLAlchemy URL (SQLite or PostgreSQL), after one successful question.

    Raises `DatabaseUnavailable` when there is nothing to talk to; so does, later, every use of the engine when the
    database is locked, full, read-only or gone.
    """
    parsed = _parse(url)
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)
    sa.event.listen(engine, "handle_error", translate, retval=True)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master" if _is_sqlite(engine) else "SELECT 1")
    except BaseException:
        engine.dispose()
        raise
    return engine


def _parse(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):  # ValueError: a port that is no number
        # The text itself is not repeated, nor the error that may repeat it: it may hold a password.
        raise DatabaseUnavailable("address", example="postgresql://user:password@host/name") from None
    if parsed.drivername in ("postgres", "postgresql"):  # as hosting providers write it
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise DatabaseUnavailable("driver", reason=parsed.drivername)
    return parsed


def _is_sqlite(bind: sa.Engine | sa.Connection) -> bool:
    return bind.dialect.name == "sqlite"


def _sqlite(url: sa.URL) -> sa.Engine:
    if url.database and url.database != ":memory:":
        try:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DatabaseUnavailable("folder", address=address(url), reason=error.strerror or str(error)) from error
    engine = sa.create_engine(url, connect_args={"timeout": BUSY_SECONDS})
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin when we say so, DDL included
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {int(BUSY_SECONDS * 1000)}")
    cursor.execute("PRAGMA journal_mode = WAL")  # readers go on while one writes
    cursor.execute("PRAGMA synchronous = FULL")  # what was committed survives a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes the lock at once: one that read first could no longer get it, whatever the busy timeout.
    immediate = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _postgresql(url: sa.URL) -> sa.Engine:
    return sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that writes: committed at the end, rolled back on any exception."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that only reads, and sees one moment however many questions it asks."""
    with engine.connect() as connection:
        if not _is_sqlite(engine):
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def newest_revision() -> str:
    """The newest revision this program knows, read off the file names: importing alembic would cost a second."""
    names = (f.name for f in files("nap_monitor.database").joinpath("migrations", "versions").iterdir())
    return max(name.split("_")[0] for name in names if name.endswith(".py") and name[0].isdigit())


def _stored_revision(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return revision


def schema_is_current(engine: sa.Engine) -> bool:
    """Whether the tables are those of this program. `DatabaseUnavailable` when they are of a newer one."""
    stored, newest = _stored_revision(engine), newest_revision()
    if stored is not None and stored > newest:
        raise DatabaseUnavailable("newer", address=address(engine.url), revision=stored)
    return stored == newest


def migrate(engine: sa.Engine) -> None:
    """Bring the tables up to this program's. Nothing to do costs one question; two at once do it once."""
    if schema_is_current(engine):
        return
    from nap_monitor.database.migrations import upgrade  # noqa: PLC0415 - brings alembic

    upgrade(engine)


def data_version(connection: sa.Connection) -> int:
    """The number that rises whenever something a page or file can show has changed."""
    version: int = connection.execute(sa.select(version_table.c.version)).scalar_one()
    return version


def raise_data_version(connection: sa.Connection) -> None:
    """To be called in each transaction that changes what a page or file can show."""
    connection.execute(sa.update(version_table).values(version=version_table.c.version + 1))
