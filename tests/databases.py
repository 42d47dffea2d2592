"""Empty, migrated databases for the tests, quickly: a copied file, a cloned template."""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import sqlalchemy as sa

from nap_monitor.database.engine import connect, migrate

KINDS = ("sqlite", "postgresql")


@contextmanager
def connected(url: str) -> Iterator[sa.Engine]:
    """An engine whose connections are closed at the end."""
    engine = connect(url)
    try:
        yield engine
    finally:
        engine.dispose()


class SqliteTemplate:
    """One migrated file; each new database is a copy of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "template.db"
        with connected(f"sqlite:///{self.file}") as engine:
            migrate(engine)  # closing the last connection folds the write-ahead log into the file

    def new(self) -> AbstractContextManager[str]:
        """The URL of a fresh database."""
        return self.copy(f"sqlite:///{self.file}")

    @contextmanager
    def copy(self, url: str) -> Iterator[str]:
        """The URL of a copy of a database that nobody has open."""
        folder = self.folder / uuid.uuid4().hex
        folder.mkdir()
        shutil.copy(sa.make_url(url).database or "", folder / "nap.db")
        yield f"sqlite:///{folder / 'nap.db'}"
        shutil.rmtree(folder, ignore_errors=True)


class PostgresqlTemplate:
    """One migrated database on a server; each new one is cloned from it."""

    def __init__(self, server: str) -> None:
        self.server = sa.make_url(server)
        self.name = f"nap_{uuid.uuid4().hex}"
        self.admin = sa.create_engine(self.server, isolation_level="AUTOCOMMIT")
        self._run(f"CREATE DATABASE {self.name} TEMPLATE template0")
        with connected(self._url(self.name)) as engine:
            migrate(engine)

    def _run(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.exec_driver_sql(statement)

    def _url(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)

    def new(self) -> AbstractContextManager[str]:
        """The URL of a fresh database."""
        return self.copy(self._url(self.name))

    @contextmanager
    def copy(self, url: str) -> Iterator[str]:
        """The URL of a copy of a database that nobody has open."""
        name = f"nap_{uuid.uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {sa.make_url(url).database} STRATEGY file_copy")
        try:
            yield self._url(name)
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def cut_off(self, name: str) -> None:
        """End every connection to a database, as a restarted server would."""
        self._run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")

    def close(self) -> None:
        self._run(f"DROP DATABASE {self.name} WITH (FORCE)")
        self.admin.dispose()
