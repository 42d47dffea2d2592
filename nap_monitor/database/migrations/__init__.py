"""The chain of schema changes, the same for SQLite and PostgreSQL. Imported only when there is something to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

_LOCK = 0x4E41_4D49  # one migration at a time on PostgreSQL; SQLite's writer lock does it there


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, without an .ini file; with a connection, that one is used."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(engine: sa.Engine, revision: str = "head") -> None:
    """Go up to a revision, in one transaction: an upgrade that fails leaves the database as it was."""
    _run(engine, lambda config: command.upgrade(config, revision))


def downgrade(engine: sa.Engine, revision: str) -> None:
    """Go down to a revision (`base`: no tables at all), in one transaction."""
    _run(engine, lambda config: command.downgrade(config, revision))


def _run(engine: sa.Engine, step: Callable[[Config], None]) -> None:
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect().execution_options(nap_writes=True) as connection:
        if sqlite:
            # Rebuilding a table drops the old one, which must not cascade. Has no effect inside a transaction.
            raw = connection.connection.dbapi_connection
            assert raw is not None
            raw.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
                step(configuration(connection))
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise RuntimeError("the migration would leave rows that point to nothing")
        finally:
            if sqlite:
                connection.invalidate()  # the next use opens afresh, with its checks on
