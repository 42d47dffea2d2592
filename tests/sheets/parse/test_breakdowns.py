"""Breakdowns by the plan's vocabulary: alone or crossed, by code or by name in either language."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.sheets.parse.breakdowns import Breakdowns
from tests.sheets.grids import cell
from tests.sheets.plan import COUNT, PERCENTAGE, PROGRAMME, RATE

BREAKDOWNS = Breakdowns(PROGRAMME)


def read(value: object, indicator=COUNT) -> tuple[str | None, list[str]]:
    answer = BREAKDOWNS.read(cell(value), indicator)  # type: ignore[arg-type]
    return answer.value, [f.kind for f in answer.faults]


@pytest.mark.parametrize(
    "text",
    [
        *("women", "Women", "MUJERES", " mujeres ", "sex=women", "sex = Mujeres", "Sexo: Mujeres", "sexo:women"),
        *("Sex: women", "ｗｏｍｅｎ"),
    ],
)
def test_a_category_is_named_by_code_or_name_with_or_without_its_dimension(text):
    assert read(text) == ("women", [])


@pytest.mark.parametrize("text", ["Total", "TOTAL", "Nacional", "National", "-", "—", "No aplica", "N/A"])
def test_a_total_is_no_breakdown(text):
    assert read(text) == ("", [])


@pytest.mark.parametrize(
    "text",
    [
        *(
            "women+MX-JAL",
            "women + MX-JAL",
            "Jalisco + Mujeres",
            "Mujeres; Jalisco",
            "Mujeres|Jalisco",
            "Mujeres / Jalisco",
        ),
        *("state=Jalisco; sex=women", "Entidad federativa: Jalisco / Sexo: Mujeres", "MX–JAL/women"),
    ],
)
def test_crossed_categories_come_in_the_order_of_the_plan(text):
    assert read(text) == ("women+MX-JAL", [])


@pytest.mark.parametrize(
    ("text", "code"), [("51+", "51+"), ("51+ / grandes", "51+"), ("51+ / LARGE", "51+"), ("11-50", "11-50")]
)
def test_marks_that_join_categories_may_stand_in_their_names(text, code):
    assert read(text, PERCENTAGE) == (code, [])
    crossed = replace(PERCENTAGE, combinations=(("sex", "size"),))
    assert read(f"{text} + Mujeres", crossed) == (f"women+{code}", [])


def test_a_number_is_the_category_whose_code_it_can_be_alone():
    assert read(Decimal(9)) == ("09", [])
    assert read(Decimal(8)) == (None, ["unknown_category"])


@pytest.mark.parametrize(
    "value", ["Niñas", "sex=Jalisco", "color: rojo", "women+", "Mujeres, Jalisco", date(2026, 11, 30), True]
)
def test_an_unknown_category_is_a_problem(value):
    assert read(value) == (None, ["unknown_category"])


def test_the_unknown_part_is_named():
    answer = BREAKDOWNS.read(cell("Mujeres + Marte"), COUNT)
    assert answer.faults[0].details["part"] == "Marte"


def test_a_very_long_text_is_refused_like_any_other():
    assert read("x+" * 2000) == (None, ["unknown_category"])


def test_a_name_in_two_dimensions_is_read_in_the_indicators_own():
    assert read("Otro", PERCENTAGE) == ("size_other", [])


def test_a_name_in_two_dimensions_of_the_indicator_asks_which():
    both = replace(PERCENTAGE, disaggregation=("size", "sector"))
    answer = BREAKDOWNS.read(cell("Otro"), both)
    assert [f.kind for f in answer.faults] == ["ambiguous_category"]
    assert answer.faults[0].details["dimension.es"] == "Tamaño, Sector"
    assert read("sector: Otro", both) == ("sector_other", [])


@pytest.mark.parametrize(
    ("text", "indicator", "kind", "allowed"),
    [
        ("Otro", RATE, "ambiguous_category", None),
        ("Mujeres", RATE, "dimension_not_allowed", "–"),
        ("11 a 50", COUNT, "dimension_not_allowed", "Sex, State, Sex × State"),
        ("Mujeres + 11 a 50", PERCENTAGE, "combination_not_allowed", "Sex, Size"),
        ("Mujeres + Hombres", COUNT, "repeated_dimension", None),
    ],
)
def test_only_the_breakdowns_of_the_indicator_are_taken(text, indicator, kind, allowed):
    answer = BREAKDOWNS.read(cell(text), indicator)
    assert [f.kind for f in answer.faults] == [kind]
    assert answer.faults[0].details.get("allowed.en") == allowed


def test_a_crossing_does_not_allow_its_dimensions_alone():
    crossed = replace(COUNT, disaggregation=(), combinations=(("sex", "state"),))
    assert read("Mujeres", crossed) == (None, ["dimension_not_allowed"])
    assert read("Mujeres + Jalisco", crossed) == ("women+MX-JAL", [])


@given(st.text())
def test_any_text_is_a_breakdown_or_says_why_not(text):
    answer = BREAKDOWNS.read(cell(text), COUNT)
    assert (answer.value is None) == answer.is_refused
