"""Connecting, transactions, and what is said when the database cannot serve."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa

from nap_monitor.database import engine as engine_module
from nap_monitor.database import tables
from nap_monitor.database.engine import (
    DatabaseUnavailable,
    connect,
    data_version,
    migrate,
    raise_data_version,
    reading,
    writing,
)
from nap_monitor.database.trouble import SENTENCES, understood
from tests.databases import connected

NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


def _programme(connection, code="NAP"):
    row = {"code": code, "position": 1, "is_demonstration": False, "created_at": NOW}
    return connection.execute(sa.insert(tables.programme).values(row)).inserted_primary_key[0]


def _raise_and_fail(connection):
    raise_data_version(connection)
    raise ZeroDivisionError


def test_the_data_version_rises_with_the_transaction_that_raises_it(engine):
    with writing(engine) as connection:
        raise_data_version(connection)
        raise_data_version(connection)
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:
        _raise_and_fail(connection)
    with reading(engine) as connection:
        assert data_version(connection) == 3


def test_a_reader_sees_one_moment_while_another_writes(engine):
    with reading(engine) as reader:
        before = data_version(reader)
        with writing(engine) as writer:
            raise_data_version(writer)
        assert data_version(reader) == before
    with reading(engine) as reader:
        assert data_version(reader) == before + 1


def test_a_reader_cannot_write_on_postgresql(postgresql_template):
    with postgresql_template.new() as url, connected(url) as engine, reading(engine) as connection:
        with pytest.raises(DatabaseUnavailable) as caught:
            raise_data_version(connection)
        assert caught.value.kind == "read_only"


def test_writers_that_read_first_wait_for_each_other_on_sqlite(sqlite_template):
    with sqlite_template.new() as url, connected(url) as engine:

        def raise_often():
            for _ in range(10):
                with writing(engine) as connection:
                    version = data_version(connection)
                    connection.execute(sa.update(tables.data_version).values(version=version + 1))

        threads = [threading.Thread(target=raise_often) for _ in range(3)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        with reading(engine) as connection:
            assert data_version(connection) == 31


def test_moments_come_back_in_utc_and_naive_ones_are_refused(engine):
    mexico = timezone(timedelta(hours=-6))
    with writing(engine) as connection:
        _programme(connection)
        connection.execute(sa.update(tables.programme).values(created_at=datetime(2026, 1, 1, 18, tzinfo=mexico)))
        stored = connection.execute(sa.select(tables.programme.c.created_at)).scalar_one()
    assert stored == datetime(2026, 1, 2, tzinfo=UTC)
    assert stored.tzinfo is UTC
    with pytest.raises(sa.exc.StatementError, match="without a time zone"), writing(engine) as connection:
        connection.execute(sa.update(tables.programme).values(created_at=datetime(2026, 1, 1)))


@pytest.mark.parametrize("text", ["0", "0.1", "-12.50", "123456789012345678901234567890.0000000001", "1E+5"])
def test_figures_come_back_digit_for_digit(engine, text):
    with writing(engine) as connection:
        _programme(connection)
        row = {"programme_id": 1, "started_at": NOW, "asked_by": "x", "source": "folder"}
        run = connection.execute(sa.insert(tables.sync_run).values(row)).inserted_primary_key[0]
        outcome = {"sync_run_id": run, "agency": "A", "state": "done", "seconds": Decimal(text)}
        counts = dict.fromkeys(("read", "valid", "unchanged", "rejected", "problems"), 0)
        connection.execute(sa.insert(tables.sync_outcome).values(outcome | counts))
        stored = connection.execute(sa.select(tables.sync_outcome.c.seconds)).scalar_one()
    assert isinstance(stored, Decimal)
    assert stored == Decimal(text)
    assert format(stored, "f") == format(Decimal(text), "f")


def test_a_missing_folder_is_made(tmp_path):
    with connected(f"sqlite:///{tmp_path}/new/folder/nap.db") as engine:
        migrate(engine)
    assert (tmp_path / "new/folder/nap.db").is_file()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("not an address", "address"),
        ("postgresql://nap:secret@localhost:port/nap", "address"),
        ("mysql://root:secret@localhost/nap", "driver"),
        ("postgresql://nap@127.0.0.1:1/nap?password=secret", "unreachable"),
        ("sqlite:////proc/nap.db", "folder"),
        ("postgresql://nap:secret@127.0.0.1:1/nap", "unreachable"),
        ("postgresql://nap:secret@/nap?host=/nowhere", "unreachable"),
    ],
)
def test_what_cannot_be_connected_to_is_said_in_one_sentence_without_the_password(url, kind):
    with pytest.raises(DatabaseUnavailable) as caught:
        connect(url)
    assert caught.value.kind == kind
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_database_is_said_so(tmp_path):
    (tmp_path / "nap.db").write_bytes(b"Workbooks are not databases. " * 200)
    with pytest.raises(DatabaseUnavailable) as caught:
        connect(f"sqlite:///{tmp_path}/nap.db")
    assert caught.value.kind == "not_a_database"


def test_a_folder_in_the_way_is_said_so(tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(DatabaseUnavailable) as caught:
        connect(f"sqlite:///{tmp_path}/taken/nap.db")
    assert caught.value.kind == "folder"


def test_a_locked_database_is_said_so_and_left_whole(sqlite_template, monkeypatch):
    monkeypatch.setattr(engine_module, "BUSY_SECONDS", 0.1)
    with sqlite_template.new() as url, connected(url) as first, connected(url) as second:
        with writing(first), pytest.raises(DatabaseUnavailable) as caught, writing(second):
            raise AssertionError("two writers at once")
        assert caught.value.kind == "locked"
        with writing(second) as connection:
            raise_data_version(connection)


def _lose_server_then_write(template, engine):
    with writing(engine) as connection:
        template.cut_off(engine.url.database)
        raise_data_version(connection)


def test_a_lost_server_is_said_so(postgresql_template):
    with postgresql_template.new() as url, connected(url) as engine:
        with pytest.raises(DatabaseUnavailable) as caught:
            _lose_server_then_write(postgresql_template, engine)
        assert caught.value.kind == "unreachable"
        with writing(engine) as connection:  # and the next use connects again
            raise_data_version(connection)


def test_faults_of_our_own_stay_what_they_are(engine):
    with pytest.raises(sa.exc.SQLAlchemyError), engine.connect() as connection:
        connection.exec_driver_sql("SELECT nothing FROM nowhere")


def test_every_kind_of_trouble_has_its_sentence_in_both_languages():
    for kind, sentence in SENTENCES.items():
        assert sentence.endswith((".", "}")), kind
    error = understood(RuntimeError("database or disk is full"), sa.make_url("sqlite:////tmp/nap.db"))
    assert error is not None
    assert error.kind == "full"
