"""Numbers as agencies write them: one reading for every reader, or none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.sheets.cells import Cell, CellKind
from nap_monitor.sheets.contract import Declared
from nap_monitor.sheets.judging import plain, text_of, unreadable
from nap_monitor.sheets.numbers import Percent, count, declared, is_figure, number
from tests.sheets.grids import EMPTY, ERROR, MIDNIGHT, UNCOMPUTED, cell, percent


def read(value: object) -> tuple[str | None, list[str]]:
    """(the number in plain digits, the kinds of what is said of it)."""
    answer = number(cell(value))  # type: ignore[arg-type]
    return (plain(answer.value.amount) if answer.value else None), [f.kind for f in answer.faults]


@pytest.mark.parametrize(
    ("stored", "meant"),
    [
        ("85", "85"),
        ("12.50", "12.5"),
        ("12.300000000000001", "12.3"),  # as Excel stores 12.3
        ("0.30000000000000004", "0.3"),  # 0.1 + 0.2
        ("2.9999999999999996", "3"),
        ("1E+3", "1000"),
        ("-0", "0"),
        ("-4.5", "-4.5"),
        ("1000000000000000", "1000000000000000"),
    ],
)
def test_a_typed_number_is_taken_with_the_fifteen_digits_that_a_spreadsheet_keeps(stored, meant):
    assert read(Decimal(stored)) == (meant, [])


@pytest.mark.parametrize("text", ["85", "-5", "0", " 85 "])
def test_text_of_digits_alone_is_a_number_and_nothing_is_said(text):
    assert read(text) == (text.strip(), [])


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1,2345", "1.2345"),
        (",5", "0.5"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1,234.567", "1234.567"),
        ("1.234.567", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("1 234", "1234"),
        ("1\u00a0234,5", "1234.5"),  # no-break space
        ("1\u2009234,567", "1234.567"),  # thin space
        ("1\u202f234", "1234"),  # narrow no-break space
        ("1'234.5", "1234.5"),
        ("1’234", "1234"),
        ("−5", "-5"),  # minus sign
        ("–5,5", "-5.5"),  # en dash
        ("- 5", "-5"),
        ("+12", "12"),
        ("８５", "85"),  # full width
        ("１２，５", "12.5"),
        ("8\u200b5", "85"),  # zero-width space
        ("0042", "42"),
    ],
)
def test_text_that_every_country_reads_the_same_way_passes_with_a_notice(text, meant):
    assert read(text) == (meant, ["number_as_text"])


@pytest.mark.parametrize(
    ("text", "whole", "decimal"),
    [
        ("1,234", "1234", "1.234"),
        ("1.234", "1234", "1.234"),
        ("-1,234", "-1234", "-1.234"),
        ("0,125", "125", "0.125"),
        (",125", "125", "0.125"),
        ("1234,567", "1234567", "1234.567"),
        ("1,234 %", "1234 %", "1.234 %"),
    ],
)
def test_one_mark_before_three_digits_is_refused_with_both_readings(text, whole, decimal):
    answer = number(cell(text))
    assert answer.value is None
    assert [(f.kind, dict(f.details)) for f in answer.faults] == [
        ("ambiguous_number", {"whole": whole, "decimal": decimal})
    ]


@pytest.mark.parametrize(
    "text",
    [
        *("doce", "12 personas", "$5", "(5)", "1e5", "1E05", "10²", "½", "٣", "5.", "12,34.5", "1.2.3", "1.23.456,7"),
        *("1 2 3", "--5", "5-", "1,2,3", "%", "85%%", ".", "ene-26", "=5", "9" * 41),
    ],
)
def test_other_text_is_no_number(text):
    assert read(text) == (None, ["not_a_number"])


@pytest.mark.parametrize("value", ["NaN", "-inf", "Infinity", "∞", Decimal("NaN"), Decimal("Infinity")])
def test_what_is_not_finite_is_no_figure(value):
    assert read(value) == (None, ["not_finite"])


@pytest.mark.parametrize("value", [Decimal("2E15"), Decimal("-1E16"), Decimal("1E-13"), "1" + "0" * 16])
def test_absurd_sizes_are_refused(value):
    assert read(value) == (None, ["absurd_number"])


def test_booleans_and_dates_are_no_numbers():
    assert read(True) == (None, ["boolean_as_number"])
    assert read(MIDNIGHT) == (None, ["date_as_number"])


@pytest.mark.parametrize(
    ("value", "amount", "mark"),
    [
        (percent("0.85"), "0.85", Percent.FORMAT),
        ("85 %", "85", Percent.SIGN),
        ("85%", "85", Percent.SIGN),
        ("85,5 ％", "85.5", Percent.SIGN),
        (Decimal("0.85"), "0.85", Percent.NO),
    ],
)
def test_a_number_keeps_whether_it_calls_itself_a_percentage(value, amount, mark):
    taken = number(cell(value)).value
    assert taken is not None
    assert (plain(taken.amount), taken.percent) == (amount, mark)


@pytest.mark.parametrize(
    "text",
    [
        *("N/D", "ND", "n.d.", "N. D.", "s/d", "S/D", "SD", "-", "--", "- -", "—", "–", "---", "Ｎ／Ｄ"),
        *("sin dato", "Sin  datos", "no disponible", "No hay datos", "no data"),
    ],
)
def test_words_for_no_data_declare_it(text):
    assert declared(cell(text)) is Declared.NO_DATA


@pytest.mark.parametrize("text", ["No aplica", "no aplica.", "NA", "N/A", "n.a.", "Not applicable", "sin casos"])
def test_words_for_no_cases_declare_them(text):
    assert declared(cell(text)) is Declared.NO_CASES


@pytest.mark.parametrize("value", ["85", "pendiente", "n/p", "ndd", "", Decimal(0), True, None])
def test_anything_else_declares_nothing(value):
    assert declared(cell(value)) is None


@pytest.mark.parametrize(
    ("value", "people", "said"),
    [
        (Decimal(12), 12, []),
        ("1 234", 1234, ["number_as_text"]),
        ("N/D", None, ["declared_no_data"]),
        (Decimal("1.5"), None, ["not_a_head_count"]),
        (Decimal(-1), None, ["not_a_head_count"]),
        (percent("0.5"), None, ["not_a_head_count"]),
        ("muchas", None, ["not_a_number"]),
        (Decimal(3_000_000_000), None, ["absurd_number"]),
    ],
)
def test_a_number_of_people_is_whole_and_not_negative(value, people, said):
    answer = count(cell(value))
    assert (answer.value, [f.kind for f in answer.faults]) == (people, said)


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        (Decimal(3), True),
        ("1.234,5", True),
        ("35", True),
        ("texto", False),
        (True, False),
        (MIDNIGHT, False),
        (None, False),
    ],
)
def test_a_figure_is_a_number_typed_or_as_text(value, is_one):
    assert is_figure(cell(value)) is is_one


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (ERROR, "formula_error"),
        (UNCOMPUTED, "formula_without_result"),
        ("#REF!", "formula_error"),
        ("#¡DIV/0!", "formula_error"),
        ("#N/D", "formula_error"),
        ("Err:502", "formula_error"),
        ("Loading...", "still_loading"),
        ("Loading…", "still_loading"),
        ("Cargando...", "still_loading"),
        ("texto", None),
        ("#" * 40, None),
        (EMPTY, None),
        (Decimal(3), None),
    ],
)
def test_errors_and_formulas_without_result_cannot_be_read_as_anything(value, kind):
    fault = unreadable(cell(value))
    assert (fault.kind if fault else None) == kind


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("12.50"), "12.5"),
        (Decimal("NaN"), "NaN"),
        (True, "TRUE"),
        (False, "FALSE"),
        (MIDNIGHT, "2026-09-30"),
        (EMPTY, ""),
        ("  a\tb\n\x07c\u200b ", "a\tb\nc"),
        ("👍 مرحبا", "👍 مرحبا"),
    ],
)
def test_any_cell_has_a_text(value, text):
    assert text_of(cell(value)) == text


exact = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=2)


@given(exact)
def test_typed_numbers_go_through_unchanged(value):
    taken = number(Cell(CellKind.NUMBER, value)).value
    assert taken is not None
    assert taken.amount == value
    assert Decimal(plain(taken.amount)) == value


@given(exact, st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", ".")]))
def test_text_with_thousands_and_two_decimals_goes_through_unchanged(value, marks):
    thousands, decimal = marks
    text = f"{value:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)
    taken = number(Cell(CellKind.TEXT, text)).value
    assert taken is not None
    assert taken.amount == value


@given(st.text())
def test_any_text_is_a_number_or_says_why_not(text):
    answer = number(Cell(CellKind.TEXT, text))
    assert (answer.value is None) == answer.is_refused
