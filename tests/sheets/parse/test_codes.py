"""Codes are compared as text; what a spreadsheet made of one is taken only where it can be one code alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from nap_monitor.sheets.parse.codes import CodeList
from tests.sheets.grids import cell, percent

CODES = CodeList(["IND-1.05", "IND-1.10", "Añ-3", "0001", "7", "007", "1E05", "1.10", "1.1", "2.1.3"])


def read(value: object) -> tuple[str | None, list[tuple[str, dict[str, str]]]]:
    answer = CODES.find(cell(value))  # type: ignore[arg-type]
    return answer.value, [(f.kind, dict(f.details)) for f in answer.faults]


@pytest.mark.parametrize(
    "text",
    ["IND-1.05", "ind-1.05", " IND-1.05 ", "IND–1.05", "IND−1.05", "ＩＮＤ-1.05", "IND-1.05\u200b", "\nIND-1.05"],
)
def test_a_code_is_found_whatever_its_case_width_dash_and_spaces(text):
    assert read(text) == ("IND-1.05", [])


def test_accents_do_not_matter():
    assert read("an-3") == ("Añ-3", [])


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("IND-1.5", "IND-1.05"),
        ("IND 1.05", "IND-1.05"),
        ("IND-1-05", "IND-1.05"),
        ("1", "0001"),
        ("IND-9.99", None),
        ("", None),
        ("Nota: " + "x" * 100, None),
    ],
)
def test_any_other_text_is_unknown_and_is_told_what_may_be_meant(text, suggestion):
    details = {"suggestion": suggestion} if suggestion else {}
    assert read(text) == (None, [("unknown_code", details)])


def test_of_several_codes_that_look_the_same_none_is_picked():
    codes = CodeList(["a-1", "A-1", "b"])
    assert codes.find(cell("A-1")).value == "A-1"
    assert codes.find(cell("Ａ-1")).faults[0].details["suggestion"] == "A-1, a-1"


@pytest.mark.parametrize(
    ("number", "code"),
    [(Decimal(1), "0001"), (Decimal("1.00"), "0001"), (Decimal(100_000), "1E05"), (percent("1"), "0001")],
)
def test_trap_12_a_number_is_a_code_if_it_can_be_one_alone(number, code):
    assert read(number) == (code, [("code_from_number", {"read": code})])


@pytest.mark.parametrize(
    ("value", "kind", "details"),
    [
        (Decimal(7), "ambiguous_code", {"codes": "007, 7"}),
        (Decimal("1.1"), "ambiguous_code", {"codes": "1.1, 1.10"}),  # 1.1 and 1.10 are one number
        (Decimal(99), "unknown_code", {}),
        (Decimal("NaN"), "unknown_code", {}),
        (date(2026, 4, 3), "code_became_date", {}),  # 3-4 or 4-3 or 2026-4-3
        (True, "unreadable_code", {}),
    ],
)
def test_trap_12_what_may_be_several_codes_is_refused(value, kind, details):
    assert read(value) == (None, [(kind, details)])


@pytest.mark.parametrize(
    ("value", "does"),
    [
        ("IND-9.99", True),
        ("ind-10.2", True),
        ("2.1.77", True),
        (Decimal(1), True),
        ("IND_9", False),
        ("Jalisco", False),
        ("Nota: cifras preliminares", False),
        ("", False),
        ("9" * 100, False),
    ],
)
def test_a_text_looks_like_a_code_when_it_is_built_as_one(value, does):
    assert CODES.looks_like_code(cell(value)) is does


def test_numbers_that_are_none_are_codes_like_others():
    assert CodeList(["nan", "Infinity"]).find(cell("nan")).value == "nan"
