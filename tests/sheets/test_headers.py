"""Tabs and headers are recognised by their text, wherever they stand."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.sheets.cells import EMPTY
from nap_monitor.sheets.contract import REQUIRED, Place, Problem, Role, labels
from nap_monitor.sheets.headers import HeaderSearch, field_of, find_header, header_text, role_of, tabs
from tests.sheets.grids import EVENTS, INDICATORS, Value, tab, workbook


def search(
    *rows: tuple[Value, ...], role: Role = Role.INDICATOR, helpers: frozenset[str] = frozenset()
) -> HeaderSearch:
    return find_header(tab("Indicadores", rows), role, "STPS.xlsx", helpers)


def said(problems: tuple[Problem, ...]) -> list[tuple[str, str | None, int | None]]:
    return [(p.kind, p.place.column, p.place.row) for p in problems]


@pytest.mark.parametrize("role", list(REQUIRED))
@pytest.mark.parametrize("language", ["es", "en"])
def test_every_label_of_the_contract_is_recognised(role, language):
    for field, texts in labels()[role.value].items():
        assert field_of(role, texts[language]) == field


@pytest.mark.parametrize("role", list(REQUIRED))
def test_no_label_names_two_fields(role):
    fields = labels()[role.value]
    for one, other in combinations(fields, 2):
        assert not {header_text(t) for t in fields[one].values()} & {header_text(t) for t in fields[other].values()}


@pytest.mark.parametrize(
    "text",
    [
        *("Código", "CÓDIGO", "codigo", " Código ", "Código*", "Código *", "* Código", "Código:", "Code"),
        *("Co\u0301digo", "Ｃódigo", "Có\u00addigo", "Có\u200bdigo", "\ufeffCódigo", "Código\u00a0"),
    ],
)
def test_a_header_is_recognised_whatever_its_accents_case_width_and_marks(text):
    assert field_of(Role.INDICATOR, text) == "code"


@pytest.mark.parametrize(
    "text", ["Causa de la\nvariación", "Causa  de la variación", "CAUSA DE LA VARIACION", "Cause of variation"]
)
def test_a_header_is_recognised_over_line_breaks_and_spaces(text):
    assert field_of(Role.INDICATOR, text) == "cause"


def test_the_mark_of_a_question_is_no_part_of_a_header():
    assert field_of(Role.ACTION, "Evidencia pública") == "evidence_public"


@pytest.mark.parametrize("text", ["", "*", "Valor 2026", "Códigos", "Mensaje"])
def test_any_other_text_is_no_header(text):
    assert field_of(Role.INDICATOR, text) is None


def test_trap_01_the_header_is_found_below_title_rows():
    title = ("GOBIERNO DEL ESTADO",)
    header = search(title, (), ("Informe", "2026"), INDICATORS).header
    assert header is not None
    assert (header.row, header.columns["code"], header.columns["value"]) == (3, 0, 3)


def test_the_header_is_the_row_with_most_known_headers_and_the_first_of_equals():
    header = search(("Código", "Nombre"), INDICATORS, INDICATORS).header
    assert header is not None
    assert header.row == 1


def test_the_header_is_looked_for_in_the_first_twenty_rows():
    blank: tuple[Value, ...] = ("x",)
    assert search(*[blank] * 19, INDICATORS).header is not None
    assert said(search(*[blank] * 20, INDICATORS).problems) == [("no_header", None, None)]


def test_trap_02_columns_come_in_any_order_and_language_and_unknown_ones_get_a_notice():
    found = search(("Meta interna", "VALUE", "Periodo*", "Código", None, "Enlace de evidencia"))
    assert found.header is not None
    assert found.header.columns == {"value": 1, "period": 2, "code": 3, "evidence": 5}
    assert found.header.named == {0, 1, 2, 3, 5}
    assert [(p.kind, p.value, p.severity, p.place) for p in found.problems] == [
        ("unknown_column", "Meta interna", "notice", Place("STPS.xlsx", "Indicadores", 1, "A"))
    ]


@pytest.mark.parametrize("helper", ["meta interna", "meta interna:"])
def test_a_helper_column_gives_no_notice(helper):
    assert search((*INDICATORS, "Meta  Interna:"), helpers=frozenset({helper})).problems == ()


def test_trap_03_two_columns_for_one_field_stop_the_tab():
    found = search(("Código", "Periodo", "Valor", None, "Value"))
    assert found.header is None
    assert [(p.kind, p.field, p.details["columns"], p.place.column) for p in found.problems] == [
        ("two_columns", "value", "C, E", "E")
    ]


def test_trap_03_blank_headers_are_no_obstacle():
    assert search((None, "Código", "  ", "Periodo", EMPTY, "Valor")).header is not None


@pytest.mark.parametrize(
    ("headers", "missing"),
    [
        (("Periodo", "Valor"), [("missing_column", "code")]),
        (("Código", "Valor"), [("missing_column", "period")]),
        (("Código", "Periodo"), [("missing_figure_column", "value")]),
        (("Código", "Periodo", "Numerador"), [("missing_figure_column", "value")]),
        (("Código", "Periodo", "Numerador", "Denominador"), []),
        (("Nombre",), [("missing_column", "code"), ("missing_column", "period"), ("missing_figure_column", "value")]),
    ],
)
def test_a_missing_required_column_stops_the_tab(headers, missing):
    found = search(headers)
    assert [(p.kind, p.field) for p in found.problems] == missing
    assert (found.header is None) == bool(missing)


def test_other_tabs_have_required_columns_of_their_own():
    found = search(EVENTS[1:], role=Role.PARTICIPATION)
    assert [(p.kind, p.field) for p in found.problems] == [("missing_column", "id")]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Indicadores", Role.INDICATOR),
        (" INDICADORES ", Role.INDICATOR),
        ("Indicators", Role.INDICATOR),
        ("Acciones", Role.ACTION),
        ("Participacion", Role.PARTICIPATION),
        ("Entrega", Role.SUBMISSION),
        ("Validación", Role.VALIDATION),
        ("Copia de Indicadores", None),
        ("Indicadores 2", None),
    ],
)
def test_trap_05_a_tab_is_recognised_by_its_title_in_either_language(title, role):
    assert role_of(title) is role


def test_trap_06_a_copied_tab_is_left_out_with_a_notice():
    found = tabs(
        workbook(tab("Indicadores", [INDICATORS]), tab("Copia de Indicadores", [INDICATORS])), needs_indicators=True
    )
    assert list(found.by_role) == [Role.INDICATOR]
    assert [(p.kind, p.severity, p.place.tab) for p in found.problems] == [
        ("unknown_tab", "notice", "Copia de Indicadores")
    ]


def test_empty_tabs_and_those_of_the_template_and_our_own_give_no_notice():
    book = workbook(
        tab("Indicadores", [INDICATORS]),
        tab("Hoja2", [[" ", None]]),
        tab("Instrucciones", [["x"]]),
        tab("Validación", [["x"]]),
    )
    found = tabs(book, needs_indicators=True)
    assert (list(found.by_role), found.problems) == ([Role.INDICATOR], ())


def test_two_tabs_of_one_role_are_both_left_unread():
    found = tabs(workbook(tab("Indicadores", []), tab("Indicators", []), tab("Acciones", [])), needs_indicators=True)
    assert list(found.by_role) == [Role.ACTION]
    assert [(p.kind, p.details["titles"]) for p in found.problems] == [("two_tabs", "“Indicadores”, “Indicators”")]


def test_the_tab_of_indicators_is_required_where_there_are_indicators():
    book = workbook(tab("Acciones", []))
    assert [p.kind for p in tabs(book, needs_indicators=True).problems] == ["missing_tab"]
    assert tabs(book, needs_indicators=False).problems == ()


def test_trap_08_a_hidden_tab_is_read():
    assert Role.INDICATOR in tabs(workbook(tab("Indicadores", [], hidden=True)), needs_indicators=True).by_role


@given(st.permutations(INDICATORS))
def test_every_order_of_columns_is_found(headers):
    header = search(tuple(headers)).header
    assert header is not None
    assert {field: headers[column] for field, column in header.columns.items()} == {
        field_of(Role.INDICATOR, text): text for text in INDICATORS
    }
