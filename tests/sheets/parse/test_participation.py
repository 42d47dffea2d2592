"""Rows of participation: consultations, trainings and sessions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nap_monitor.sheets.contract import ParticipationReport, Place, Severity
from tests.sheets.grids import ERROR, EVENTS, Value, kinds, only, percent, problem, read_others, reasons

DAY = date(2026, 8, 20)


def read_events(*rows: tuple[Value, ...], headers: tuple[str, ...] = EVENTS):
    return read_others("Participación", headers, *rows)


def test_a_row_with_everything_is_read_whole():
    headers = (
        *("Id", "Tipo", "Fecha", "Entidad", "Título", "Personas", "Mujeres", "Hombres", "Indígenas", "Organizaciones"),
        *("Propuestas recibidas", "Propuestas respondidas", "Enlace del informe"),
    )
    row = ("C-01", "Consulta", DAY, "Jalisco", "Foro", 40, 25, 15, 8, 6, 12, 10, "https://gob.mx/c")
    assert only(read_events(row, headers=headers)) == ParticipationReport(
        *(Place("STPS.xlsx", "Participación", 2, "A"), "C-01", "consultation", DAY, "Jalisco", "Foro"),
        *(40, 25, 15, 8, 6, 12, 10, "https://gob.mx/c"),
    )


def test_an_id_may_be_a_number():
    report = only(read_events((12, "Training", "20/08/2026", 40)))
    assert isinstance(report, ParticipationReport)
    assert (report.key, report.kind, report.date, report.total) == (("12",), "training", DAY, 40)


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        ((None, "Consulta", DAY, 40), "missing_field", "A"),
        ((DAY, "Consulta", DAY, 40), "code_became_date", "A"),
        ((True, "Consulta", DAY, 40), "unreadable_code", "A"),
        (("x" * 81, "Consulta", DAY, 40), "text_too_long", "A"),
        (("C-01", "Reunión", DAY, 40), "unknown_word", "B"),
        (("C-01", None, DAY, 40), "missing_field", "B"),
        (("C-01", "Consulta", None, 40), "missing_field", "C"),
        (("C-01", "Consulta", "31/02/2026", 40), "impossible_date", "C"),
        (("C-01", "Consulta", Decimal(46000), 40), "number_as_date", "C"),
        (("C-01", "Consulta", date(2026, 12, 24), 40), "date_in_future", "C"),
        (("C-01", ERROR, DAY), "formula_error", "B"),
    ],
)
def test_a_bad_id_kind_or_day_refuses_the_row(row, kind, column):
    found = problem(read_events(row))
    assert (found.kind, found.severity, found.place.cell) == (kind, Severity.ERROR, f"Participación!{column}2")


@pytest.mark.parametrize(
    ("total", "kind", "severity"),
    [
        (Decimal("40.5"), "not_a_head_count", Severity.WARNING),
        (-3, "not_a_head_count", Severity.WARNING),
        (percent("0.4"), "not_a_head_count", Severity.WARNING),
        ("muchas", "not_a_number", Severity.WARNING),
        ("1,234", "ambiguous_number", Severity.WARNING),
        ("N/D", "declared_no_data", Severity.NOTICE),
    ],
)
def test_a_number_of_people_that_cannot_be_read_is_lost_alone(total, kind, severity):
    parsed = read_events(("C-01", "Consulta", DAY, total))
    (report,) = parsed.reports
    assert isinstance(report, ParticipationReport)
    assert report.total is None
    assert (problem(parsed).kind, problem(parsed).severity) == (kind, severity)


@pytest.mark.parametrize("parts", [(30, 15, None), (None, None, 41), (41, None, None)])
def test_parts_that_make_more_than_the_total_are_a_warning(parts):
    parsed = read_events(("C-01", "Consulta", DAY, 40, *parts))
    assert (len(parsed.reports), kinds(parsed)) == (1, ["parts_above_total"])


@pytest.mark.parametrize("parts", [(25, 15, 40), (None, None, None)])
def test_parts_within_the_total_are_fine(parts):
    assert only(read_events(("C-01", "Consulta", DAY, 40, *parts)))


def test_parts_without_a_total_are_fine():
    assert only(read_events(("C-01", "Consulta", DAY, None, 25, 15)))


@pytest.mark.parametrize(
    ("received", "answered", "said"), [(5, 6, ["answered_above_received"]), (6, 6, []), (None, 6, [])]
)
def test_more_answers_than_proposals_are_a_warning(received, answered, said):
    headers = ("Id", "Tipo", "Fecha", "Propuestas recibidas", "Propuestas respondidas")
    parsed = read_events(("C-01", "Sesión", DAY, received, answered), headers=headers)
    assert (len(parsed.reports), kinds(parsed)) == (1, said)


def test_an_event_twice_is_refused_twice():
    parsed = read_events(("C-01", "Consulta", DAY, 40), ("C-01", "Sesión", DAY, 10))
    assert kinds(parsed) == ["duplicate", "duplicate"]
    assert parsed.problems[0].code == "C-01"


def test_an_id_alone_reports_nothing():
    parsed = read_events(("Nota: preliminar",))
    assert (parsed.problems, reasons(parsed)) == ((), [(2, "note")])
