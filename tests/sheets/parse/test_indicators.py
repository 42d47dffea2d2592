"""Rows of indicators: one figure, or the reasons why not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.contract import Declared, IndicatorReport, Place, Severity
from tests.sheets.grids import (
    ERROR,
    INDICATORS,
    UNCOMPUTED,
    kinds,
    only,
    percent,
    problem,
    read_indicators,
    reasons,
)

ALL = (
    *("Código", "Nombre", "Unidad", "Periodo", "Esperado", "Valor", "Numerador", "Denominador", "Desagregación"),
    *("Calidad del dato", "Fecha de corte", "Valoración propia", "Causa de la variación", "Acción correctiva"),
    *("Enlace de evidencia", "¿Evidencia pública?", "Reportado por", "Estado del sistema", "Mensaje del sistema"),
)


def full(**fields: object) -> tuple[object, ...]:
    """A row with every column, good unless said otherwise."""
    row = dict.fromkeys(ALL)
    row |= {"Código": "IND-1.02", "Periodo": "2026-T3", "Valor": 85, "Nombre": "Indicador", "Esperado": 90}
    row |= fields
    return tuple(row.values())


def test_a_row_with_everything_is_read_whole():
    parsed = read_indicators(
        full(
            **{
                "Numerador": 17,
                "Denominador": 20,
                "Desagregación": "Mujeres",
                "Calidad del dato": "Preliminar",
                "Fecha de corte": date(2026, 9, 30),
                "Valoración propia": "En riesgo",
                "Causa de la variación": "Falta de personal",
                "Acción correctiva": "Contratación",
                "Enlace de evidencia": "https://gob.mx/a",
                "¿Evidencia pública?": "Sí",
                "Reportado por": "Ana",
                "Estado del sistema": "Recibido",
            }
        ),
        headers=ALL,
    )
    assert only(parsed) == IndicatorReport(
        Place("STPS.xlsx", "Indicadores", 2, "F"),
        "IND-1.02",
        Quarter(2026, 3),
        "women",
        Decimal(85),
        Decimal(17),
        Decimal(20),
        None,
        "preliminary",
        date(2026, 9, 30),
        "En riesgo",
        "Falta de personal",
        "Contratación",
        "https://gob.mx/a",
        True,
        "Ana",
    )
    assert parsed.rows_read == 1


def test_a_row_with_the_least_is_read():
    report = only(read_indicators(("IND-1.01", "2026-T3", None, 120)))
    assert isinstance(report, IndicatorReport)
    assert (report.key, report.value, report.evidence_public) == (("IND-1.01", "2026-Q3", ""), Decimal(120), False)


def test_a_value_from_its_ratio_stands_where_the_numerator_is():
    report = only(read_indicators(("IND-1.02", "2026-T3", None, None, 17, 20)))
    assert (report.place.column, report.value) == ("E", Decimal(85))


@pytest.mark.parametrize(
    ("row", "kind", "column"),
    [
        (("IND-9.99", "2026-T3", None, 1), "unknown_code", "A"),
        ((None, "2026-T3", None, 1), "missing_field", "A"),
        ((date(2026, 4, 3), "2026-T3", None, 1), "code_became_date", "A"),
        ((ERROR, "2026-T3", None, 1), "formula_error", "A"),
        (("IND-1.01", None, None, 1), "missing_field", "B"),
        (("IND-1.01", "2026/3", None, 1), "unreadable_period", "B"),
        (("IND-1.01", date(2026, 9, 29), None, 1), "not_a_quarter_end", "B"),
        (("IND-1.01", "T1 2027", None, 1), "future_quarter", "B"),
        (("IND-1.01", "T1 2024", None, 1), "outside_programme", "B"),
        (("IND-2.01", "2026-T3", None, 1), "other_agency", "A"),
        (("IND-2.02", "2025-T4", None, 1), "other_agency", "A"),
        (("IND-1.01", "2026-T3", "Niñas", 1), "unknown_category", "C"),
        (("IND-1.03", "2026-T3", "Mujeres", 1), "dimension_not_allowed", "C"),
        (("IND-1.01", "2026-T3", ERROR, 1), "formula_error", "C"),
        (("IND-1.01", "2026-T3", None, "doce"), "not_a_number", "D"),
        (("IND-1.01", "2026-T3", None, "1,234"), "ambiguous_number", "D"),
        (("IND-1.01", "2026-T3", None, True), "boolean_as_number", "D"),
        (("IND-1.01", "2026-T3", None, date(2026, 5, 1)), "date_as_number", "D"),
        (("IND-1.01", "2026-T3", None, percent("0.85")), "percent_not_expected", "D"),
        (("IND-1.02", "2026-T3", None, Decimal("0.85")), "percent_unclear", "D"),
        (("IND-1.02", "2026-T3", None, percent("85")), "percent_too_large", "D"),
        (("IND-1.04", "2026-T3", None, "x"), "not_yes_or_no", "D"),
        (("IND-1.01", "2026-T3", None, ERROR), "formula_error", "D"),
        (("IND-1.01", "2026-T3", None, UNCOMPUTED), "formula_without_result", "D"),
        (("IND-1.01", "2026-T3", None, "Loading..."), "still_loading", "D"),
        (("IND-1.02", "2026-T3", None, None, ERROR, 20), "formula_error", "E"),
        (("IND-1.02", "2026-T3", None, 85, 17, UNCOMPUTED), "formula_without_result", "F"),
        (("IND-1.02", "2026-T3", None, None, 17, None), "incomplete_ratio", "F"),
        (("IND-1.02", "2026-T3", None, None, 3, 0), "division_by_zero", "F"),
        (("IND-1.02", "2026-T3", None, 85, 1, 20), "value_differs_from_ratio", "D"),
    ],
)
def test_a_bad_code_period_breakdown_or_figure_refuses_the_row(row, kind, column):
    parsed = read_indicators(row, ("IND-1.01", "2026-T1", None, 7))
    assert len(parsed.reports) == 1  # the good row goes in
    found = problem(parsed)
    assert (found.kind, found.severity, found.place) == (
        kind,
        Severity.ERROR,
        Place("STPS.xlsx", "Indicadores", 2, column),
    )
    assert parsed.rows_read == 2


def test_all_that_is_wrong_in_a_row_is_said_at_once():
    parsed = read_indicators(("IND-1.02", "2026/3", "Niñas", "doce", None, None))
    assert kinds(parsed) == ["unreadable_period", "unknown_category", "not_a_number"]


def test_a_problem_knows_the_row_by_its_code_and_period():
    found = problem(read_indicators(("ind-1.01", "3er trimestre 2026", None, "doce")))
    assert (found.code, found.period, found.field, found.value) == ("IND-1.01", "2026-Q3", "value", "doce")


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("Calidad del dato", "buena", "unknown_word"),
        ("Fecha de corte", "ayer", "not_a_date"),
        ("Fecha de corte", date(2026, 12, 1), "date_in_future"),
        ("Valoración propia", "x" * 201, "text_too_long"),
        ("Causa de la variación", "x" * 50_001, "text_too_long"),
        ("Causa de la variación", ERROR, "formula_error"),
        ("Enlace de evidencia", "http://gob.mx", "link_not_https"),
        ("Enlace de evidencia", "javascript:alert(1)", "link_not_https"),
        ("¿Evidencia pública?", "tal vez", "unknown_word"),
        ("Reportado por", UNCOMPUTED, "formula_without_result"),
    ],
)
def test_a_bad_optional_field_is_lost_alone_with_a_problem(field, value, kind):
    parsed = read_indicators(full(**{field: value}), headers=ALL)
    (report,) = parsed.reports
    assert isinstance(report, IndicatorReport)
    assert report.value == Decimal(85)
    assert (
        report.quality,
        report.cut_off,
        report.own_rating,
        report.cause,
        report.evidence,
        report.evidence_public,
    ) == (
        *[None] * 5,
        False,
    )
    found = problem(parsed)
    assert (found.kind, found.severity) == (kind, Severity.WARNING)


@pytest.mark.parametrize("nothing", ["N/A", "-", "No aplica", "s/d", "  "])
@pytest.mark.parametrize("field", ["Enlace de evidencia", "Fecha de corte"])
def test_a_link_or_day_may_be_declined(field, nothing):
    assert only(read_indicators(full(**{field: nothing}), headers=ALL))


@pytest.mark.parametrize(("text", "declared"), [("N/D", Declared.NO_DATA), ("No aplica", Declared.NO_CASES)])
def test_a_declared_figure_is_valid_without_value_and_told_so(text, declared):
    parsed = read_indicators(("IND-1.01", "2026-T3", None, text))
    (report,) = parsed.reports
    assert isinstance(report, IndicatorReport)
    assert (report.value, report.declared, report.is_empty) == (None, declared, False)
    assert problem(parsed).severity is Severity.NOTICE


def test_trap_21_an_empty_cell_is_not_reported_and_never_zero():
    report = only(read_indicators(("IND-1.01", "2026-T3", None, None)))
    assert isinstance(report, IndicatorReport)
    assert (report.value, report.declared, report.is_empty) == (None, None, True)


def test_zero_is_a_figure():
    report = only(read_indicators(("IND-1.01", "2026-T3", None, 0)))
    assert isinstance(report, IndicatorReport)
    assert (report.value, report.is_empty) == (Decimal(0), False)


@pytest.mark.parametrize(
    "row", [("IND-1.01", "2027-T1"), ("IND-2.01", "2026-T3"), ("IND-9.99", "2026-T3"), ("IND-1.01",)]
)
def test_a_row_in_which_nothing_is_reported_is_no_problem(row):
    parsed = read_indicators(row)
    assert (parsed.reports, parsed.problems, reasons(parsed)) == ((), (), [(2, "left_empty")])


def test_a_text_without_a_figure_is_kept_with_the_empty_row():
    report = only(read_indicators(full(**{"Valor": None, "Causa de la variación": "Pendiente"}), headers=ALL))
    assert isinstance(report, IndicatorReport)
    assert (report.is_empty, report.cause) == (True, "Pendiente")


def test_trap_12_a_number_is_taken_as_the_one_code_that_it_can_be():
    parsed = read_indicators((42, "2026-T3", None, 7))
    assert [r.key for r in parsed.reports] == [("0042", "2026-Q3", "")]
    assert kinds(parsed) == ["code_from_number"]


def test_a_successor_reports_what_its_predecessor_owed():
    for agency, period in (("SABG", "2026-T1"), ("SABG", "2025-T4"), ("SFP", "2025-T4")):
        assert only(read_indicators(("IND-2.03", period, None, 7), agency=agency))
    found = problem(read_indicators(("IND-2.03", "2026-T1", None, 7), agency="SFP"))
    assert (found.kind, found.details["agency"]) == ("other_agency", "SABG")


def test_the_agency_that_reports_is_named_by_its_id_where_the_plan_does_not_know_it():
    from dataclasses import replace

    from tests.sheets.plan import PROGRAMME

    unknown = replace(PROGRAMME, agencies=())
    found = problem(read_indicators(("IND-2.01", "2026-T3", None, 7), programme=unknown))
    assert found.details["agency"] == "SE"


@pytest.mark.parametrize("text", ["Mujeres", "sex=women", "women"])
def test_rows_are_keyed_by_code_period_and_breakdown(text):
    parsed = read_indicators(("IND-1.01", "2026-T3", None, 120), ("IND-1.01", "2026-T3", text, 70), headers=INDICATORS)
    assert [r.key for r in parsed.reports] == [("IND-1.01", "2026-Q3", ""), ("IND-1.01", "2026-Q3", "women")]
