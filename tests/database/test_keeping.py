"""Revisions, problems and feedback as the database keeps them, whoever asks for it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from nap_monitor.access import NotAllowed
from nap_monitor.database import tables
from nap_monitor.database.engine import writing
from nap_monitor.database.outbox import mark_feedback, put_feedback
from nap_monitor.database.problems import problems, store_problems
from nap_monitor.database.quarters import closed_quarters, quarter_states
from nap_monitor.database.revisions import (
    BATCH,
    FIGURES,
    Addition,
    Changes,
    Known,
    Reported,
    apply,
    current_rows,
)
from nap_monitor.database.runs import Outcome, finish_run, latest_runs, record_outcome, start_run
from nap_monitor.database.spreadsheets import meet, spreadsheets
from tests.database.made import AGENCY, COORDINATOR, NOW, OTHER_AGENCY, programme, spreadsheet

LATER = NOW + timedelta(days=1)


@pytest.fixture
def connection(engine):
    with writing(engine) as opened:
        yield opened


@pytest.fixture
def nap(connection):
    return programme(connection)


def _report(code, value, sheet, row=2):
    said = {"value": Decimal(value), "evidence_public": False}
    place = {"file": "STPS.xlsx", "tab": "Indicadores", "row": row, "column": "C"}
    return Reported((code, "2026-Q3", ""), tuple(said.get(name) for name in FIGURES.fields), place, sheet)


def _apply(connection, nap, changes, viewer=COORDINATOR):
    apply(connection, viewer, FIGURES, nap, "STPS", changes, run_id=None, now=NOW)


def test_more_rows_than_one_statement_takes_are_stored_moved_and_closed(connection, nap):
    sheet, count = spreadsheet(connection, nap), 2 * BATCH + 3
    reports = [_report(f"A{n}", n, sheet) for n in range(count)]
    _apply(connection, nap, Changes(add=[Addition(r, "counted", (None, NOW)) for r in reports]))
    known = current_rows(connection, COORDINATOR, FIGURES, nap, "STPS")
    assert len(known) == count
    assert {k: rows.counted.values for k, rows in known.items()} == {r.key: r.values for r in reports}
    ids = [rows.counted.id for rows in known.values()]
    moved = [(i, _report("A0", 0, sheet, row=99)) for i in ids]
    _apply(connection, nap, Changes(move=moved, vanish=ids))
    again = current_rows(connection, COORDINATOR, FIGURES, nap, "STPS")
    assert all(rows.counted.is_vanished and rows.counted.place["row"] == 99 for rows in again.values())
    _apply(connection, nap, Changes(close=ids, come_back=ids))
    assert current_rows(connection, COORDINATOR, FIGURES, nap, "STPS") == {}
    added = [Addition(r, "counted", (None, NOW)) for r in reports]
    _apply(connection, nap, Changes(add=added))
    found = current_rows(connection, COORDINATOR, FIGURES, nap, "STPS")
    assert {rows.counted.revision for rows in found.values()} == {2}


def test_one_row_of_a_standing_is_current(connection, nap):
    sheet = spreadsheet(connection, nap)
    one = Addition(_report("A1", 1, sheet), "counted", (None, NOW))
    _apply(connection, nap, Changes(add=[one]))
    with pytest.raises(sa.exc.IntegrityError):
        _apply(connection, nap, Changes(add=[one]))


def test_another_agency_reads_and_writes_none_of_it(connection, nap):
    for act in (
        lambda: current_rows(connection, OTHER_AGENCY, FIGURES, nap, "STPS"),
        lambda: _apply(connection, nap, Changes(), OTHER_AGENCY),
        lambda: store_problems(connection, OTHER_AGENCY, nap, "STPS", 1, [], now=NOW),
        lambda: put_feedback(connection, OTHER_AGENCY, "STPS", 1, "d", now=NOW),
        lambda: meet(connection, OTHER_AGENCY, nap, "STPS", [], state="read", now=NOW),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert current_rows(connection, AGENCY, FIGURES, nap, "STPS") == {}


def test_what_a_known_key_said_last_is_never_nothing():
    with pytest.raises(LookupError):
        _ = Known().latest


def _problem(row, value="x", code=None, kind="not_a_number"):
    place = {"file": "STPS.xlsx", "tab": "Indicadores", "row": row, "column": "C"}
    said = {"kind": kind, "severity": "error", "place": place, "field": "value", "value": value, "details": {"a": "b"}}
    return said | {"code": code, "period": None}


def test_a_problem_keeps_its_day_by_what_it_says_and_where_no_code_is_known_by_its_row(connection, nap):
    sheet = spreadsheet(connection, nap)

    def keep(found, now):
        return store_problems(connection, COORDINATOR, nap, "STPS", sheet, found, now=now)

    assert keep([_problem(2, code="A1"), _problem(3)], NOW) == (True, [NOW, NOW])
    assert keep([_problem(2, code="A1"), _problem(3)], LATER) == (False, [NOW, NOW])
    assert keep([_problem(9, code="A1"), _problem(4)], LATER) == (True, [NOW, LATER])
    assert keep([_problem(9, code="A1"), _problem(10, code="A1")], LATER) == (True, [NOW, LATER])  # the oldest once
    assert keep([_problem(9, "y", code="A1")], LATER) == (True, [LATER])
    assert [p.value for p in problems(connection, COORDINATOR, nap)] == ["y"]
    assert keep([_problem(n) for n in range(2001)], LATER)[0]
    assert keep([], LATER) == (True, [])


def test_feedback_is_pending_until_it_was_written_and_is_not_said_twice(connection, nap):
    sheet = spreadsheet(connection, nap)

    def put(digest):
        return put_feedback(connection, COORDINATOR, "STPS", sheet, digest, now=NOW)

    def mark(digest, trouble=None):
        return mark_feedback(connection, COORDINATOR, "STPS", sheet, digest, now=NOW, trouble=trouble)

    def state():
        c = tables.feedback.c
        return tuple(connection.execute(sa.select(c.digest, c.state, c.attempts, c.trouble)).one())

    assert put("one")
    assert put("one")  # it was not written yet
    assert mark("one")
    assert state() == ("one", "sent", 1, None)
    assert not put("one")
    assert not mark("one")
    assert put("two")
    assert state() == ("two", "pending", 0, None)
    assert not mark("one")  # an older letter says nothing of a newer one
    assert state()[1] == "pending"
    assert mark("two", "Permission denied")
    assert state() == ("two", "page_only", 1, "Permission denied")
    assert put("two")
    assert state()[1] == "page_only"


def test_a_spreadsheet_handed_over_to_another_agency_is_to_be_read_anew(connection, nap):
    sheet = spreadsheet(connection, nap)
    store_problems(connection, COORDINATOR, nap, "STPS", sheet, [_problem(2)], now=NOW)
    assert meet(connection, COORDINATOR, nap, "SE", [("STPS.xlsx", "STPS.xlsx")], state="read", now=LATER) == {
        "STPS.xlsx": sheet
    }
    (found,) = spreadsheets(connection, COORDINATOR, nap)
    assert (found.agency, found.digest, found.first_seen_at) == ("SE", None, NOW)
    assert problems(connection, COORDINATOR, nap) == ()


def test_runs_come_newest_first_and_an_interrupted_one_shows(connection, nap):
    first = start_run(connection, COORDINATOR, nap, source="folder", now=NOW)
    record_outcome(connection, COORDINATOR, first, Outcome("STPS", "failed", error_class="E" * 60))
    finish_run(connection, COORDINATOR, first, now=LATER)
    start_run(connection, COORDINATOR, nap, source="folder", now=LATER)
    newest, older = latest_runs(connection, COORDINATOR, nap)
    assert (newest.finished_at, newest.outcomes) == (None, ())
    assert (older.finished_at, older.outcomes[0].error_class) == (LATER, "E" * 40)
    assert len(latest_runs(connection, COORDINATOR, nap, limit=1)) == 1


def test_a_quarter_that_nobody_closed_is_open(connection, nap):
    row = {"programme_id": nap, "state": "closed", "changed_by": "Ana", "changed_at": NOW}
    connection.execute(sa.insert(tables.quarter_state).values(quarter="2026-Q1", **row))
    connection.execute(sa.insert(tables.quarter_state).values(quarter="2026-Q2", **row | {"state": "in_review"}))
    assert quarter_states(connection, COORDINATOR, nap) == {"2026-Q1": "closed", "2026-Q2": "in_review"}
    assert closed_quarters(connection, COORDINATOR, nap) == {"2026-Q1"}
