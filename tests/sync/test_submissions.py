"""The Entrega tab: figures count from "enviado" on; before, they are drafts that few may see."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from nap_monitor.access import Role, Viewer
from nap_monitor.database import tables
from nap_monitor.database.engine import reading
from nap_monitor.database.observations import drafts, revisions
from nap_monitor.database.submissions import submissions
from tests.sync.world import COORDINATOR, NOW, actions, entrega, figures

LATER = NOW + timedelta(days=1)
A1 = ("A1", "2026-Q3", "")


def _write(world, value, *states, **more):
    quarters = dict(zip(("T3_2026", "T2_2026"), states, strict=False))
    world.write(Indicadores=figures(("A1", "T3 2026", value)), Entrega=entrega(**quarters), **more)


def test_figures_are_drafts_until_their_quarter_is_submitted(world):
    _write(world, 700, "Borrador")
    world.sync()
    assert world.figures() == {}
    assert world.figures("draft") == {A1: 700}
    assert not any(row["is_reported"] for row in world.rows(tables.assessment))
    _write(world, 700, "Enviado")
    world.sync(now=LATER)
    assert (world.figures(), world.figures("draft")) == ({A1: 700}, {})
    counted = world.rows(tables.observation)[-1]
    assert (counted["revision"], counted["first_counted_at"]) == (2, LATER)


def test_what_was_submitted_stays_counted_and_changes_after_it_are_revisions(world):
    _write(world, 700, "Enviado")
    world.sync()
    _write(world, 800, "Enviado")
    world.sync(now=LATER)
    assert world.figures() == {A1: 800}
    assert [row["first_counted_at"] for row in world.rows(tables.observation)] == [NOW, NOW]


def test_set_back_to_draft_later_changes_stand_beside_what_counts(world):
    _write(world, 700, "Enviado")
    world.sync()
    _write(world, 700, "Borrador")
    world.sync(now=LATER)
    assert (world.figures(), world.figures("draft")) == ({A1: 700}, {})
    _write(world, 900, "Borrador")
    world.sync(now=LATER)
    assert (world.figures(), world.figures("draft")) == ({A1: 700}, {A1: 900})
    _write(world, None, "Borrador")
    world.sync(now=LATER)
    assert (world.figures(), world.figures("draft")) == ({A1: 700}, {A1: None})
    _write(world, 700, "Borrador")
    world.sync(now=LATER)
    assert (world.figures(), world.figures("draft")) == ({A1: 700}, {})
    _write(world, 950, "Enviado")
    world.sync(now=LATER)
    assert (world.figures(), world.figures("draft")) == ({A1: 950}, {})
    assert [row["revision"] for row in world.rows(tables.observation)] == [1, 2, 3, 4]


@pytest.mark.parametrize("state", ["Enviado", "Borrador"])
def test_a_quarter_that_the_tab_does_not_name_is_a_draft(world, state):
    rows = figures(("A1", "T3 2026", 700), ("A1", "T2 2026", 600))
    world.write(Indicadores=rows, Entrega=entrega(T3_2026=state))
    world.sync()
    assert ("A1", "2026-Q2", "") in world.figures("draft")
    assert (A1 in world.figures()) == (state == "Enviado")


def test_a_workbook_without_the_tab_counts_as_it_is_read(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    assert world.figures() == {A1: 700}


@pytest.mark.parametrize(
    "broken",
    [
        [("nada",)],  # no header
        [("Periodo", "Estado de la entrega"), ("T3 2026", "quizás")],  # an unknown word
        [("Periodo", "Estado de la entrega"), ("T3 2026", "Enviado"), ("T3 2026", "Borrador")],  # twice
        [("Periodo", "Estado de la entrega")],  # its row is gone: what was submitted stays so
    ],
)
@pytest.mark.parametrize("state", ["Enviado", "Borrador"])
def test_where_the_tab_cannot_be_understood_its_last_word_stands(world, broken, state):
    _write(world, 700, state)
    world.sync()
    world.write(Indicadores=figures(("A1", "T3 2026", 800)), Entrega=broken)
    world.sync(now=LATER)
    assert world.figures("counted" if state == "Enviado" else "draft") == {A1: 800}


def test_a_tab_that_was_never_understood_makes_drafts(world):
    world.write(Indicadores=figures(("A1", "T3 2026", 700)), Entrega=[("nada",)])
    world.sync()
    assert (world.figures(), world.figures("draft")) == ({}, {A1: 700})


@pytest.mark.parametrize(
    ("states", "standing"),
    [
        ({"T3_2026": "Borrador"}, "draft"),
        ({"T3_2026": "Enviado"}, "counted"),
        ({"T2_2026": "Enviado", "T3_2026": "Borrador"}, "draft"),  # the quarter being reported is not submitted
        ({"T3_2026": "Enviado", "T4_2026": "Borrador"}, "counted"),  # prepared for the next one
        ({"T3_2026": "Borrador", "T4_2026": "Enviado"}, "counted"),  # submitted early
        ({}, "draft"),
    ],
)
def test_action_reports_go_with_the_quarter_being_reported(world, states, standing):
    world.write(Acciones=actions(("O1.1.1", "En proceso")), Indicadores=figures(), Entrega=entrega(**states))
    world.sync()
    assert [row["standing"] for row in world.rows(tables.action_report)] == [standing]


@pytest.mark.parametrize(("state", "standing"), [("Enviado", "counted"), ("Borrador", "draft")])
def test_participation_goes_with_the_quarter_of_its_date(world, state, standing):
    events = [("Id", "Tipo", "Fecha", "Personas"), ("C-1", "Consulta", date(2026, 8, 5), 40)]
    world.write(Indicadores=figures(), Participación=events, Entrega=entrega(T3_2026=state, T2_2026="Enviado"))
    world.sync()
    (row,) = world.rows(tables.participation)
    assert (row["event"], row["total"], row["date"], row["standing"]) == ("C-1", 40, date(2026, 8, 5), standing)


def test_the_csv_files_of_a_folder_are_the_tabs_of_one_workbook(world):
    (world.folder / "STPS_Indicadores.csv").write_text("Código,Periodo,Valor\nA1,T3 2026,700\n", "utf-8")
    (world.folder / "STPS_Entrega.csv").write_text("Periodo,Estado de la entrega\nT3 2026,Borrador\n", "utf-8")
    world.sync()
    assert (world.figures(), world.figures("draft")) == ({}, {A1: 700})
    (world.folder / "STPS_Entrega.csv").write_text("Periodo,Estado de la entrega\nT3 2026,Enviado\n", "utf-8")
    world.sync(now=LATER)
    assert world.figures() == {A1: 700}


def test_drafts_are_seen_by_their_agency_and_the_coordinator_alone(world):
    _write(world, 700, "Borrador")
    world.sync()
    nap = world.plan.programme_id
    with reading(world.engine) as connection:
        for role, agency, seen in (
            (Role.COORDINATOR, None, 1),
            (Role.AGENCY, "STPS", 1),
            (Role.AGENCY, "SE", 0),
            (Role.LEADERSHIP, None, 0),
            (Role.WORKING_GROUP, None, 0),
        ):
            viewer = Viewer(role, "somebody", agency)
            assert len(revisions(connection, viewer, nap, "A1")) == seen
            if seen:
                assert len(drafts(connection, viewer, nap, "STPS")) == 1


def test_submissions_are_kept_with_who_signs(world):
    row = ("T3 2026", "Enviado", "Rosa Luna", "Directora", "DG/12/2026", date(2026, 10, 9))
    header = ("Periodo", "Estado de la entrega", "Nombre", "Cargo", "Número de oficio", "Fecha")
    world.write(Indicadores=figures(), Entrega=[header, row])
    world.sync()
    with reading(world.engine) as connection:
        (said,) = submissions(connection, COORDINATOR, world.plan.programme_id)
        assert submissions(connection, COORDINATOR, world.plan.programme_id, "2026-Q2") == ()
    assert (said.quarter, said.state, said.name, said.post) == ("2026-Q3", "submitted", "Rosa Luna", "Directora")
    assert (said.letter, said.date, said.recorded_at) == ("DG/12/2026", date(2026, 10, 9), NOW)
