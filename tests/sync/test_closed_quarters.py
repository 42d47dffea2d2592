"""Closed quarters are closed in the database: what is new of them waits for the next meeting."""

from __future__ import annotations

from datetime import date, timedelta

from nap_monitor.database import tables
from nap_monitor.database.engine import reading
from nap_monitor.database.observations import pending_restatements
from tests.sync.world import COORDINATOR, NOW, entrega, figures

LATER = NOW + timedelta(days=1)
A1, A2 = ("A1", "2026-Q2", ""), ("A2", "2026-Q2", "")


def _assessed(world):
    return [row for row in world.rows(tables.assessment) if row["quarter"] == "2026-Q2"]


def test_a_changed_or_new_figure_waits_and_the_counted_one_is_untouched(world):
    world.write(Indicadores=figures(("A1", "T2 2026", 700)))
    world.sync()
    world.close("2026-Q2")
    world.sync()
    counted, assessed = world.rows(tables.observation), _assessed(world)
    world.write(Indicadores=figures(("A1", "T2 2026", 800), ("A2", "T2 2026", 5)))
    version = world.version()
    outcome = world.outcome(now=LATER)
    assert outcome.state == "done"
    assert world.figures() == {A1: 700}
    assert world.figures("restatement") == {A1: 800, A2: 5}
    assert world.rows(tables.observation)[:1] == counted
    assert _assessed(world) == assessed
    assert world.kinds() == ["closed_quarter", "closed_quarter"]
    assert world.version() > version
    with reading(world.engine) as connection:
        waiting = pending_restatements(connection, COORDINATOR, world.plan.programme_id)
    assert [(row.code, row.value, row.first_counted_at) for row in waiting] == [("A1", 800, None), ("A2", 5, None)]


def test_it_is_told_as_long_as_it_waits_and_no_longer_when_it_is_taken_back(world):
    world.write(Indicadores=figures(("A1", "T2 2026", 700)))
    world.sync()
    world.close("2026-Q2")
    world.write(Indicadores=figures(("A1", "T2 2026", 800), ("A3", "T3 2026", 900)))
    world.sync(now=LATER)
    world.write(Indicadores=figures(("A1", "T2 2026", 800), ("A3", "T3 2026", 950)))
    world.sync(now=LATER)
    assert world.kinds() == ["closed_quarter"]
    world.write(Indicadores=figures(("A1", "T2 2026", 700), ("A3", "T3 2026", 950)))
    world.sync(now=LATER)
    assert (world.kinds(), world.figures("restatement")) == ([], {})


def test_once_the_quarter_is_reopened_it_counts_though_the_file_did_not_change(world):
    world.write(Indicadores=figures(("A1", "T2 2026", 700)))
    world.sync()
    world.close("2026-Q2")
    world.write(Indicadores=figures(("A1", "T2 2026", 800)))
    world.sync(now=LATER)
    world.close("2026-Q2", "open")
    world.sync(now=LATER)
    assert (world.figures(), world.figures("restatement"), world.kinds()) == ({A1: 800}, {}, [])
    assert [row["first_counted_at"] for row in world.rows(tables.observation)] == [NOW, None, NOW]


def test_closing_a_quarter_changes_nothing_that_is_stored(world):
    world.write(Indicadores=figures(("A1", "T2 2026", 700)))
    world.sync()
    before = world.rows(tables.observation)
    world.close("2026-Q2")
    version = world.version()
    assert world.outcome(now=LATER).state == "unchanged"
    assert (world.rows(tables.observation), world.version()) == (before, version)


def test_what_is_not_submitted_is_a_draft_in_a_closed_quarter_too(world):
    world.close("2026-Q2")
    world.write(Indicadores=figures(("A1", "T2 2026", 800)), Entrega=entrega(T2_2026="Borrador"))
    world.sync()
    assert (world.figures("draft"), world.figures("restatement"), world.kinds()) == ({A1: 800}, {}, [])
    world.write(Indicadores=figures(("A1", "T2 2026", 800)), Entrega=entrega(T2_2026="Enviado"))
    world.sync(now=LATER)
    assert (world.figures("draft"), world.figures("restatement")) == ({}, {A1: 800})


def test_participation_in_a_closed_quarter_waits_as_well(world):
    world.close("2026-Q2")
    events = [("Id", "Tipo", "Fecha", "Personas"), ("C-1", "Consulta", date(2026, 5, 5), 40)]
    world.write(Indicadores=figures(), Participación=events)
    world.sync()
    assert [row["standing"] for row in world.rows(tables.participation)] == ["restatement"]
    assert world.kinds() == ["closed_quarter"]


def test_a_quarter_in_review_is_not_closed(world):
    world.close("2026-Q2", "in_review")
    world.write(Indicadores=figures(("A1", "T2 2026", 800)))
    world.sync()
    assert world.figures() == {A1: 800}
