"""What an agency is told beside its workbook: through the outbox, so that a crash in between loses nothing."""

from __future__ import annotations

import os
from datetime import timedelta

import openpyxl
import pytest

from nap_monitor.database import tables
from nap_monitor.language import language
from nap_monitor.sheets.feedback.rows import STATUS_WORDS, RowStatus
from nap_monitor.sync import telling
from tests.sync.world import NOW, figures

LATER = NOW + timedelta(days=1)
TAKEN, DRAFT = (language("es").say(STATUS_WORDS[status]) for status in (RowStatus.TAKEN, RowStatus.DRAFT))


def _companion(world, name="STPS.validacion.xlsx"):
    return world.folder / name


def _said(path):
    book = openpyxl.load_workbook(path)
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None)


def _state(world):
    return [row["state"] for row in world.rows(tables.feedback)]


def test_problems_stand_beside_the_workbook_which_is_never_touched(world):
    path = world.write(Indicadores=figures(("A1", "T3 2026", "setecientos")))
    before = path.read_bytes()
    world.sync()
    assert path.read_bytes() == before
    assert "setecientos" in _said(_companion(world))
    assert _state(world) == ["sent"]


def test_it_is_written_again_only_when_it_says_something_else(world):
    world.write(Indicadores=figures(("A1", "T3 2026", "x")))
    world.sync()
    stamp = _companion(world).stat().st_mtime_ns
    world.sync(now=LATER)
    assert _companion(world).stat().st_mtime_ns == stamp
    world.write(Indicadores=figures(("A1", "T3 2026", 900)))
    world.sync(now=LATER)
    assert "“x”" not in _said(_companion(world))


def test_it_is_written_again_when_somebody_deleted_it(world):
    world.write(Indicadores=figures(("A1", "T3 2026", "x")))
    world.sync()
    _companion(world).unlink()
    version = world.version()
    assert world.outcome(now=LATER).state == "unchanged"
    assert _companion(world).is_file()
    assert world.version() == version


def test_a_folder_that_cannot_be_written_leaves_it_to_the_page_until_it_can(world, monkeypatch):
    def refuses(path, content):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(telling, "write_feedback", refuses)
    world.write(Indicadores=figures(("A1", "T3 2026", 700), ("A2", "T3 2026", "x")))
    version = world.version()
    assert world.outcome().state == "done"
    assert _state(world) == ["page_only"]
    assert world.rows(tables.feedback)[0]["trouble"] == "Permission denied"
    assert world.version() > version
    assert len(world.figures()) == 1
    version = world.version()
    world.sync(now=LATER)
    assert world.version() == version
    monkeypatch.undo()
    assert world.outcome(now=LATER).state == "unchanged"
    assert (_state(world), _companion(world).is_file()) == (["sent"], True)
    assert world.version() > version


def test_a_folder_that_stays_closed_is_not_tried_again_each_time(world, monkeypatch):
    monkeypatch.setattr(telling, "write_feedback", lambda *_: (_ for _ in ()).throw(OSError(30, "Read-only")))
    monkeypatch.setattr(os, "access", lambda *_: False)
    world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    world.sync()
    attempts = world.rows(tables.feedback)[0]["attempts"]
    world.sync(now=LATER)
    assert world.rows(tables.feedback)[0]["attempts"] == attempts == 1


def test_a_fault_of_ours_in_the_companion_does_not_undo_what_was_taken(world, monkeypatch, caplog):
    def breaks(path, content):
        raise ZeroDivisionError

    monkeypatch.setattr(telling, "write_feedback", breaks)
    world.write(Indicadores=figures(("A1", "T3 2026", 700)))
    assert world.outcome().state == "done"
    assert len(world.figures()) == 1
    assert world.rows(tables.feedback)[0]["trouble"] == "ZeroDivisionError"
    assert "no feedback could be written" in caplog.text


def test_a_crash_between_import_and_feedback_loses_nothing(world, monkeypatch):
    monkeypatch.setattr(telling, "write_feedback", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    world.write(Indicadores=figures(("A1", "T3 2026", "x")))
    with pytest.raises(KeyboardInterrupt):
        world.sync()
    assert (_state(world), _companion(world).exists()) == (["pending"], False)
    monkeypatch.undo()
    assert world.outcome(now=LATER).state == "unchanged"
    assert (_state(world), _companion(world).is_file()) == (["sent"], True)


def test_a_figure_off_track_without_its_cause_is_asked_for_it_even_before_it_is_submitted(world):
    entrega = [("Periodo", "Estado de la entrega"), ("T3 2026", "Borrador")]
    world.write(
        Indicadores=figures(
            ("A1", "T3 2026", 1),
            ("A2", "T3 2026", 1, None, "porque sí", "más inspecciones"),
            ("A3", "T3 2026", 1, None, "porque sí"),
            ("A4", "T3 2026", 5000),
            ("A5", "T3 2026", 1, "F"),  # a part of a breakdown is not judged
        ),
        Entrega=entrega,
    )
    world.sync()
    asked = [(r["code"], r["field"]) for r in world.rows(tables.problem) if r["kind"] == "cause_missing"]
    assert asked == [("A1", "cause"), ("A3", "corrective")]


def _statuses(world, name="STPS.validacion.xlsx"):
    """Row -> what became of it, by the companion's second tab."""
    rows = list(openpyxl.load_workbook(_companion(world, name)).worksheets[1].values)
    header = next(n for n, row in enumerate(rows) if "Estado del sistema" in row)
    status = rows[header].index("Estado del sistema")
    return [row[status] for row in rows[header + 1 :] if row[status]]


def test_each_row_says_whether_it_counts_as_the_store_has_it(world):
    def write(value, state):
        world.write(
            Indicadores=figures(("A1", "T3 2026", value, None, "a", "b")),
            Acciones=[("Código", "Estatus"), ("O1.1.1", "En proceso")],
            Entrega=[("Periodo", "Estado de la entrega"), ("T3 2026", state)],
        )
        world.sync()
        return _statuses(world)

    assert write(1, "Borrador") == [DRAFT, DRAFT, TAKEN]
    assert write(1, "Enviado") == [TAKEN, TAKEN, TAKEN]
    assert write(1, "Borrador") == [TAKEN, TAKEN, TAKEN]  # what was submitted stays counted
    assert write(2, "Borrador") == [DRAFT, TAKEN, TAKEN]


def test_a_draft_handed_in_by_another_csv_file_is_said_to_be_one(world):
    (world.folder / "STPS_Indicadores.csv").write_text("Código,Periodo,Valor\nA1,T3 2026,700\n", "utf-8")
    (world.folder / "STPS_Entrega.csv").write_text("Periodo,Estado de la entrega\nT3 2026,Borrador\n", "utf-8")
    world.sync()
    assert _statuses(world, "STPS_Indicadores.validacion.xlsx") == [DRAFT]


def test_a_companion_of_a_refused_file_says_why(world):
    (world.folder / "STPS.xlsx").write_bytes(b"<html><table><tr><td>1</td></tr></table></html>")
    assert world.outcome().state == "refused"
    assert "STPS.xlsx" in _said(_companion(world))
    (row,) = world.rows(tables.spreadsheet)
    assert (row["state"], row["trouble"]["kind"]) == ("refused", "html_named_as_workbook")
