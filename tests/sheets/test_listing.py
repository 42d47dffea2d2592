"""What a workbook says, as plain values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from nap_monitor.language import language
from nap_monitor.sheets.contract import Place
from nap_monitor.sheets.listing import as_document, in_order, left_out, taken
from nap_monitor.sheets.problems import problem
from tests.sheets.grids import ACTIONS, EVENTS, INDICATORS, SUBMISSIONS, percent, read, tab

LINK = ("Código", "Periodo", "Desagregación", "Valor", "Numerador", "Denominador", "Enlace de evidencia")
PARSED = read(
    tab(
        "Indicadores",
        [
            ("Informe",),
            LINK,
            ("IND-1.02", "2026-T3", "Mujeres", percent("0.855"), None, None, "https://gob.mx/a"),
            ("IND-1.02", "2026-T2", None, None, Decimal("17.0"), 20),
            ("IND-1.02", "2026-T1", None, "No aplica"),
            ("IND-1.01", "2026-T3"),
            ("IND-1.01", "2026-T2", None, "1,234"),
            ("TOTAL", None, None, 5),
        ],
    ),
    tab("Acciones", [ACTIONS, ("1.1.1", "En proceso", date(2026, 1, 15)), ("1.1.3",)]),
    tab("Participación", [EVENTS, ("C-01", "Consulta", date(2026, 8, 20), 40)]),
    tab("Entrega", [SUBMISSIONS, ("2026-T3", "Enviado", "Ana")]),
)


def test_every_role_is_listed_with_its_own_fields():
    assert as_document(PARSED, language("en"))["valid"] == [
        {
            "role": "indicator",
            "tab": "Indicadores",
            "row": 3,
            "code": "IND-1.02",
            "period": "2026-Q3",
            "breakdown": "women",
            "value": "85.5",
            "evidence": "https://gob.mx/a",
        },
        {
            "role": "indicator",
            "tab": "Indicadores",
            "row": 4,
            "code": "IND-1.02",
            "period": "2026-Q2",
            "breakdown": "",
            "value": "85",
            "evidence": None,
            "numerator": "17",
            "denominator": "20",
        },
        {
            "role": "indicator",
            "tab": "Indicadores",
            "row": 5,
            "code": "IND-1.02",
            "period": "2026-Q1",
            "breakdown": "",
            "value": None,
            "evidence": None,
            "declared": "no_cases",
        },
        {
            "role": "action",
            "tab": "Acciones",
            "row": 2,
            "code": "1.1.1",
            "status": "in_progress",
            "start": "2026-01-15",
            "finish": None,
            "new_due": None,
            "note": None,
            "evidence": None,
            "evidence_public": False,
        },
        {
            "role": "participation",
            "tab": "Participación",
            "row": 2,
            "id": "C-01",
            "kind": "consultation",
            "date": "2026-08-20",
            "state": None,
            "title": None,
            "total": 40,
            "women": None,
            "men": None,
            "indigenous": None,
            "organisations": None,
            "proposals_received": None,
            "proposals_answered": None,
            "report_link": None,
        },
    ]


def test_problems_say_where_they_are_as_the_sheet_shows_it():
    problems = as_document(PARSED, language("en"))["problems"]
    assert [(p["row"], p["column"], p["kind"], p["severity"]) for p in problems] == [
        (5, "D", "declared_no_cases", "notice"),
        (7, "D", "ambiguous_number", "error"),
    ]
    assert problems[1] == {
        "file": "STPS.xlsx",
        "tab": "Indicadores",
        "row": 7,
        "column": "D",
        "kind": "ambiguous_number",
        "message": "“1,234” can be read in two ways: 1234 or 1.234.",
        "severity": "error",
    }


def test_rows_left_out_are_listed_but_not_those_in_which_nothing_was_typed():
    document = as_document(PARSED, language("es"))
    assert document["ignored"] == [{"tab": "Indicadores", "row": 8, "reason": "total"}]
    assert [i.reason for i in PARSED.ignored] == ["total", "left_empty"]
    assert len(taken(PARSED)) == len(PARSED.reports) - 1
    assert len(left_out(PARSED)) == 1


def test_problems_come_file_by_file_tab_by_tab_row_by_row_and_from_left_to_right():
    places = [("A", 9, "D"), ("B", 2, "AA"), ("A", 3, None), ("", None, None), ("B", None, None), ("B", 2, "C")]
    listed = in_order(problem("not_a_date", Place("f", *place)) for place in places)
    assert [(p.place.tab, p.place.row, p.place.column) for p in listed] == [
        ("", None, None),
        ("A", 3, None),
        ("A", 9, "D"),
        ("B", None, None),
        ("B", 2, "C"),
        ("B", 2, "AA"),
    ]


def test_an_empty_workbook_lists_what_it_lacks():
    document = as_document(read(tab("Indicadores", [INDICATORS])), language("es"))
    assert document == {"valid": [], "problems": [], "ignored": []}
