"""The chain of migrations gives the tables that the program means, on both databases, up and down."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from nap_monitor.database import migrations, tables
from nap_monitor.database.engine import (
    DatabaseUnavailable,
    data_version,
    migrate,
    newest_revision,
    schema_is_current,
    writing,
)
from tests.database.schema import described


def _emptied(engine: sa.Engine) -> sa.Engine:
    migrations.downgrade(engine, "base")
    return engine


def test_upgrading_gives_the_schema_that_the_tables_declare(engine):
    migrated = described(engine)
    _emptied(engine)
    with writing(engine) as connection:
        tables.metadata.create_all(connection)
    assert described(engine) == migrated


def test_alembic_itself_finds_nothing_to_do(engine):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []


def test_going_down_leaves_no_table_and_going_up_again_works(engine):
    _emptied(engine)
    assert sa.inspect(engine).get_table_names() == ["alembic_version"]
    assert not schema_is_current(engine)
    migrate(engine)
    assert schema_is_current(engine)
    with engine.connect() as connection:
        assert data_version(connection) == 1


def test_going_down_keeps_foreign_keys_watched_afterwards(engine):
    _emptied(engine)
    migrate(engine)
    with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO quarter_state (id, programme_id, quarter, state, changed_by, changed_at) "
            "VALUES (1, 99, '2026-Q1', 'open', 'somebody', '2026-01-01')"
        )


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(engine, monkeypatch):
    _emptied(engine)
    before = described(engine)

    def breaks(config, revision):
        config.attributes["connection"].execute(sa.text("CREATE TABLE half (id INTEGER)"))
        raise RuntimeError("half-way")

    monkeypatch.setattr(migrations.command, "upgrade", breaks)
    with pytest.raises(RuntimeError, match="half-way"):
        migrate(engine)
    assert described(engine) == before


def test_two_at_once_migrate_once(engine):
    _emptied(engine)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, [engine, engine]))
    assert schema_is_current(engine)


def test_the_newest_revision_read_off_the_files_is_the_one_head_of_the_chain():
    assert ScriptDirectory.from_config(migrations.configuration()).get_heads() == [newest_revision()]


def test_a_database_of_a_newer_program_is_refused_in_one_sentence(engine):
    with writing(engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseUnavailable, match="newer version") as caught:
        migrate(engine)
    assert caught.value.kind == "newer"


def test_a_start_on_a_current_schema_does_not_import_alembic(database_url):
    program = (
        "import sys; from nap_monitor.database.engine import connect, migrate\n"
        "migrate(connect(sys.argv[1])); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program, database_url], check=False).returncode == 0


def test_there_is_one_data_version_only(engine):
    with pytest.raises(sa.exc.IntegrityError), writing(engine) as connection:
        connection.exec_driver_sql("INSERT INTO data_version (id, version) VALUES (2, 1)")
