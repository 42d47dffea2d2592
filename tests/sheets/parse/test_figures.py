"""What a figure means for its indicator: scale, ratio, range."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nap_monitor.programme.model import Aggregation
from nap_monitor.sheets.contract import Declared
from nap_monitor.sheets.judging import plain
from nap_monitor.sheets.parse import figures
from nap_monitor.sheets.parse.figures import Figure, Verdict, judge
from tests.sheets.grids import Value, cell, percent
from tests.sheets.plan import COUNT, DAYS, MILESTONE, PERCENTAGE, RATE


def verdict(indicator, value: Value = None, numerator: Value = None, denominator: Value = None) -> Verdict:
    """The verdict on three cells that can each be read."""
    read = figures.milestone if indicator.is_milestone else figures.value
    taken = [
        None if v is None else reader(cell(v)).value
        for v, reader in ((value, read), (numerator, figures.part), (denominator, figures.part))
    ]
    return judge(indicator, *taken)


def told(indicator, *cells: Value) -> tuple[str | None, list[str]]:
    """(the figure's value in plain digits; None: refused; "": none, the kinds of what is said of it)."""
    found = verdict(indicator, *cells)
    kinds = [fault.kind for _, fault in found.faults]
    if found.figure is None:
        return None, kinds
    return ("" if found.figure.value is None else plain(found.figure.value)), kinds


@pytest.mark.parametrize(
    ("value", "meant", "said"),
    [
        (Decimal(85), "85", []),
        (Decimal("85.5"), "85.5", []),
        (Decimal(0), "0", []),
        (Decimal(100), "100", []),
        (percent("0.85"), "85", []),
        (percent("0.855"), "85.5", []),
        (percent("0.0085"), "0.85", []),
        (percent("1"), "100", []),
        (percent("0"), "0", []),
        ("85 %", "85", []),  # the notice on text is the number's own
        ("0,85 %", "0.85", []),
        (Decimal(1), "1", ["percent_of_one"]),
        ("1 %", "1", []),
        (Decimal("0.85"), None, ["percent_unclear"]),
        ("0.85", None, ["percent_unclear"]),
        (percent("85"), None, ["percent_too_large"]),
        (percent("1.2"), None, ["percent_too_large"]),
        (Decimal(101), None, ["above_maximum"]),
        ("100.5 %", None, ["above_maximum"]),
        (Decimal(-1), None, ["below_minimum"]),
        (percent("-0.1"), None, ["below_minimum"]),
    ],
)
def test_trap_16_a_percentage_is_never_rescaled_in_silence(value, meant, said):
    assert told(PERCENTAGE, value) == (meant, said)


def test_a_percentage_that_could_be_two_offers_both():
    for value, kind in ((Decimal("0.85"), "percent_unclear"), (percent("85"), "percent_too_large")):
        ((_, fault),) = verdict(PERCENTAGE, value).faults
        assert fault.kind == kind
    assert dict(verdict(PERCENTAGE, Decimal("0.85")).faults[0][1].details) == {"as_typed": "0.85", "scaled": "85"}
    assert dict(verdict(PERCENTAGE, percent("85")).faults[0][1].details) == {"as_typed": "85", "scaled": "8500"}


@pytest.mark.parametrize(
    ("indicator", "value", "readings"),
    [
        (COUNT, percent("0.85"), {"plain": "0.85", "scaled": "85"}),
        (RATE, "12,5 %", {"plain": "0.125", "scaled": "12.5"}),
        (DAYS, percent("0"), {"plain": "0", "scaled": "0"}),
    ],
)
def test_a_percentage_where_none_is_expected_asks(indicator, value, readings):
    ((_, fault),) = verdict(indicator, value).faults
    assert (fault.kind, dict(fault.details)) == ("percent_not_expected", readings)


@pytest.mark.parametrize(
    ("indicator", "value", "meant", "said"),
    [
        (COUNT, Decimal(120), "120", []),
        (COUNT, Decimal("120.5"), None, ["not_whole"]),
        (COUNT, Decimal(-1), None, ["below_minimum"]),
        (COUNT, Decimal(0), "0", []),
        (DAYS, Decimal("87.9"), None, ["not_whole"]),
        (replace(DAYS, aggregation=Aggregation.MEAN), Decimal("87.9"), "87.9", []),
        (replace(DAYS, formula={"es": "Suma de días / casos"}), Decimal("87.9"), "87.9", []),
        (replace(DAYS, formula={"es": "Días hábiles y/o naturales"}), Decimal("87.9"), None, ["not_whole"]),
        (replace(COUNT, formula={"en": "Companies / year"}), Decimal("87.9"), None, ["not_whole"]),
        (replace(COUNT, aggregation=Aggregation.MEAN), Decimal("87.9"), None, ["not_whole"]),
        (RATE, Decimal("2.15"), "2.15", []),
        (RATE, Decimal("-0.1"), None, ["below_minimum"]),
        (RATE, Decimal("50.1"), None, ["above_maximum"]),
    ],
)
def test_figures_keep_to_their_range(indicator, value, meant, said):
    assert told(indicator, value) == (meant, said)


def test_the_plans_range_narrows_a_percentage_and_may_widen_a_count():
    narrow = replace(PERCENTAGE, minimum=Decimal(40), maximum=Decimal(90))
    assert told(narrow, Decimal(39)) == (None, ["below_minimum"])
    assert told(narrow, Decimal(91)) == (None, ["above_maximum"])
    assert told(replace(PERCENTAGE, minimum=Decimal(-5), maximum=Decimal(120)), Decimal(110)) == (
        None,
        ["above_maximum"],
    )
    assert told(replace(COUNT, minimum=Decimal(-10)), Decimal(-3)) == ("-3", [])
    assert told(replace(RATE, minimum=None, maximum=None), Decimal(-3)) == ("-3", [])


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        *[(yes, "1") for yes in ("Sí", "si", "SÍ", "yes", "Yes", "TRUE", "verdadero", "1", True, Decimal(1))],
        *[(no, "0") for no in ("No", "no", "FALSE", "falso", "0", False, Decimal(0))],
        *[(other, None) for other in ("x", "✓", "en proceso", Decimal(2), Decimal("0.5"), percent("1"), "100 %")],
    ],
)
def test_a_milestone_is_yes_or_no(value, meant):
    taken = figures.milestone(cell(value))
    assert [f.kind for f in taken.faults] == ([] if meant else ["not_yes_or_no"])
    assert told(MILESTONE, value)[0] == (meant or "")


def test_the_ratio_of_a_milestone_is_0_or_1_too():
    assert told(MILESTONE, None, Decimal(3), Decimal(3)) == ("1", ["value_from_ratio"])
    assert told(MILESTONE, None, Decimal(1), Decimal(2)) == (None, ["not_yes_or_no"])


@pytest.mark.parametrize(
    ("indicator", "cells", "meant", "said"),
    [
        (PERCENTAGE, (None, Decimal(85), Decimal(100)), "85", []),
        (PERCENTAGE, (None, Decimal(1), Decimal(200)), "0.5", []),
        (PERCENTAGE, (None, Decimal(2), Decimal(3)), "66.66666666666666666666666667", []),
        (PERCENTAGE, (None, Decimal(0), Decimal(3)), "0", []),
        (DAYS, (None, Decimal(8437), Decimal(96)), "87.88541666666666666666666667", ["value_from_ratio"]),
        (COUNT, (None, Decimal(6), Decimal(2)), "3", ["value_from_ratio"]),
        (COUNT, (None, Decimal(1), Decimal(2)), None, ["not_whole"]),
        (RATE, (None, Decimal(600), Decimal(2)), None, ["above_maximum"]),
    ],
)
def test_numerator_and_denominator_make_the_value(indicator, cells, meant, said):
    assert told(indicator, *cells) == (meant, said)


def test_what_was_worked_out_is_shown_at_a_readable_length():
    ((field, fault),) = verdict(DAYS, None, Decimal(8437), Decimal(96)).faults
    assert (field, fault.details["ratio"]) == ("numerator", "87.89")


@pytest.mark.parametrize(
    ("indicator", "cells", "meant", "said"),
    [
        (PERCENTAGE, (Decimal(67), Decimal(2), Decimal(3)), "67", []),  # the same at no decimals
        (PERCENTAGE, (Decimal("66.7"), Decimal(2), Decimal(3)), "66.7", []),
        (PERCENTAGE, (Decimal(66), Decimal(2), Decimal(3)), None, ["value_differs_from_ratio"]),
        (PERCENTAGE, (percent("0.85"), Decimal(85), Decimal(100)), "85", []),
        (PERCENTAGE, (Decimal("0.5"), Decimal(1), Decimal(200)), "0.5", []),  # the ratio settles the scale
        (PERCENTAGE, (Decimal(1), Decimal(1), Decimal(100)), "1", []),
        (PERCENTAGE, (Decimal(1), Decimal(5), Decimal(5)), None, ["value_differs_from_ratio"]),
        (PERCENTAGE, (Decimal("0.85"), Decimal(85), Decimal(100)), None, ["value_differs_from_ratio"]),
        (PERCENTAGE, (percent("85"), Decimal(85), Decimal(100)), None, ["percent_too_large"]),
        (PERCENTAGE, (Decimal("12.5"), Decimal(1), Decimal(8)), "12.5", []),
        (PERCENTAGE, (Decimal(12), Decimal(1), Decimal(8)), "12", []),  # a half rounded down
        (PERCENTAGE, (Decimal(13), Decimal(1), Decimal(8)), "13", []),  # or up
        (PERCENTAGE, (Decimal(14), Decimal(1), Decimal(8)), None, ["value_differs_from_ratio"]),
        (DAYS, (Decimal(88), Decimal(8437), Decimal(96)), "88", []),
        (DAYS, (Decimal("87.9"), Decimal(8437), Decimal(96)), "87.9", []),  # an average need not be whole
        (RATE, (Decimal("2.1"), Decimal(1050), Decimal(50_000)), "2.1", []),  # per 100
        (RATE, (Decimal("2.1"), Decimal(1050), Decimal(5_000)), None, ["value_differs_from_ratio"]),
        (RATE, (Decimal(60), Decimal(60), Decimal(1)), None, ["above_maximum"]),
        (COUNT, (Decimal("1.5"), Decimal(3), Decimal(2)), None, ["not_whole"]),
    ],
)
def test_a_value_agrees_with_its_ratio_after_rounding_to_the_indicators_decimals(indicator, cells, meant, said):
    assert told(indicator, *cells) == (meant, said)


def test_a_value_that_differs_is_told_what_the_ratio_gives():
    ((field, fault),) = verdict(PERCENTAGE, Decimal(66), Decimal(2), Decimal(3)).faults
    assert (field, fault.details["ratio"]) == ("value", "66.67")


@pytest.mark.parametrize(
    ("cells", "field", "kind"),
    [
        ((None, Decimal(3), Decimal(0)), "denominator", "division_by_zero"),
        ((None, Decimal(3), Decimal(2)), "numerator", "numerator_above_denominator"),
        ((Decimal(0), Decimal(0), Decimal(0)), "value", "value_differs_from_ratio"),
        ((None, Decimal(3), None), "denominator", "incomplete_ratio"),
        ((None, None, Decimal(3)), "numerator", "incomplete_ratio"),
        (("N/D", Decimal(3), Decimal(4)), "value", "declared_with_figures"),
        (("No aplica", Decimal(3), Decimal(4)), "value", "declared_with_figures"),
        (("N/D", Decimal(0), Decimal(0)), "value", "declared_with_figures"),
        (("No aplica", None, Decimal(4)), "value", "declared_with_figures"),
    ],
)
def test_ratios_that_cannot_be_refuse_the_row(cells, field, kind):
    found = verdict(PERCENTAGE, *cells)
    assert (found.figure, [(f, fault.kind) for f, fault in found.faults]) == (None, [(field, kind)])


def test_half_a_ratio_beside_a_value_is_lost_alone():
    found = verdict(PERCENTAGE, Decimal(85), Decimal(17))
    assert found.figure == Figure(Decimal(85))
    assert [(f, fault.kind) for f, fault in found.faults] == [("denominator", "incomplete_ratio")]


def test_half_a_ratio_beside_a_value_that_is_refused_refuses_both():
    found = verdict(PERCENTAGE, Decimal(850), Decimal(17))
    assert found.figure is None
    assert [fault.kind for _, fault in found.faults] == ["above_maximum", "incomplete_ratio"]


def test_zero_of_zero_is_no_cases():
    zero = Decimal(0)
    assert verdict(PERCENTAGE, None, zero, zero) == Verdict(Figure(None, zero, zero, Declared.NO_CASES))
    assert verdict(PERCENTAGE, "No aplica", zero, zero) == Verdict(Figure(None, zero, zero, Declared.NO_CASES))


@pytest.mark.parametrize(
    ("cells", "declared"),
    [
        (("N/D",), Declared.NO_DATA),
        (("No aplica",), Declared.NO_CASES),
        ((None, "N/D", "N/D"), Declared.NO_DATA),
        ((None, "N/D", Decimal(40)), Declared.NO_DATA),
        ((None, "N/A", "N/A"), Declared.NO_CASES),
        ((None, "N/A", "N/D"), Declared.NO_DATA),
        (("N/A", "N/D", "N/D"), Declared.NO_CASES),
    ],
)
def test_trap_20_declared_words_are_neither_zero_nor_empty(cells, declared):
    assert verdict(PERCENTAGE, *cells) == Verdict(Figure(declared=declared))


def test_a_value_stands_where_its_ratio_is_declared_to_be_missing():
    assert verdict(PERCENTAGE, Decimal(85), "N/D", "N/D") == Verdict(Figure(Decimal(85)))


@pytest.mark.parametrize("reader", [figures.value, figures.milestone, figures.part])
@pytest.mark.parametrize(("text", "kind"), [("N/D", "declared_no_data"), ("No aplica", "declared_no_cases")])
def test_a_declared_word_is_told_what_it_was_taken_for(reader, text, kind):
    assert [f.kind for f in reader(cell(text)).faults] == [kind]


@pytest.mark.parametrize(
    ("value", "kind"),
    [("doce", "not_a_number"), (percent("0.5"), "percent_not_expected"), (Decimal(-2), "below_minimum")],
)
def test_a_part_of_a_ratio_is_a_number_of_0_or_more(value, kind):
    answer = figures.part(cell(value))
    assert (answer.value, [f.kind for f in answer.faults]) == (None, [kind])


def test_trap_21_three_blank_cells_report_nothing_and_never_zero():
    assert verdict(COUNT) == Verdict(Figure())


whole = st.integers(0, 10**9)


@given(whole, st.integers(1, 10**9))
def test_the_value_that_a_ratio_gives_always_agrees_with_it(numerator, more):
    denominator = numerator + more
    alone = verdict(PERCENTAGE, None, Decimal(numerator), Decimal(denominator))
    assert alone.figure is not None
    assert alone.figure.value is not None
    rounded = Decimal(round(alone.figure.value * 10)) / 10
    again = verdict(PERCENTAGE, rounded, Decimal(numerator), Decimal(denominator))
    one_decimal = judge(
        replace(PERCENTAGE, decimals=1), figures.value(cell(rounded)).value, Decimal(numerator), Decimal(denominator)
    )
    assert one_decimal.figure is not None
    assert again.figure is None or again.figure.value == rounded
