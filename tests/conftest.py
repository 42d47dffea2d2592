"""What every test may ask for: an empty, migrated database of either kind.

`engine` runs the test twice, on SQLite and on PostgreSQL; `database_url` gives the address alone, for child processes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from nap_monitor.language import Language
from tests.databases import KINDS, PostgresqlTemplate, SqliteTemplate, connected
from tests.postgres import temporary_server
from tests.pseudo import pseudo_language, require_every_message

# No test is timed: a slow machine is no fault of the code. In CI the examples are the same each time.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("ours"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "ours")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The URL of a real server, started once for each worker, when a test first needs it."""
    with temporary_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> Iterator[PostgresqlTemplate]:
    template = PostgresqlTemplate(postgresql_server)
    yield template
    template.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=KINDS)
def template(request: pytest.FixtureRequest) -> SqliteTemplate | PostgresqlTemplate:
    """What makes databases, of each kind in turn."""
    made: SqliteTemplate | PostgresqlTemplate = request.getfixturevalue(f"{request.param}_template")
    return made


@pytest.fixture
def database_url(template: SqliteTemplate | PostgresqlTemplate) -> Iterator[str]:
    """The address of a migrated, empty database, on each kind in turn."""
    with template.new() as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a migrated, empty database, on each kind in turn."""
    with connected(database_url) as ready:
        yield ready


@pytest.fixture
def pseudo() -> Iterator[Language]:
    """The language that shows what was not translated, see tests/pseudo.py."""
    with pseudo_language() as language:
        yield language


@pytest.fixture(scope="session", autouse=True)
def every_message_is_in_the_catalogues() -> None:
    """A message that no catalogue has is a fault, whatever the test is about: it would be English on a Spanish page."""
    require_every_message()
