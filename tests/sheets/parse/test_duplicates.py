"""One report, one row."""

from __future__ import annotations

from nap_monitor.sheets.contract import IndicatorReport, Parsed, Severity
from nap_monitor.sheets.parse import Context, parse, without_duplicates
from tests.sheets.grids import ACTIONS, INDICATORS, Value, read, read_indicators, reasons, tab, workbook
from tests.sheets.plan import PROGRAMME, TODAY

GOOD = ("IND-1.01", "2026-T3", None, 120)


def parsed_file(name: str, *rows: tuple[Value, ...]) -> Parsed:
    return parse(workbook(tab("Indicadores", [INDICATORS, *rows]), name=name), Context(PROGRAMME, "STPS", TODAY))


def test_trap_11_a_copied_row_refuses_both_each_naming_the_other():
    parsed = read_indicators(GOOD, ("IND-1.02", "2026-T3", None, 85), ("ind-1.01", "3er trimestre 2026", "Total", 130))
    assert [r.key[0] for r in parsed.reports] == ["IND-1.02"]
    assert [(p.kind, p.severity, p.place.row, p.code, p.period, p.details["other"]) for p in parsed.problems] == [
        ("duplicate", Severity.ERROR, 2, "IND-1.01", "2026-Q3", "Indicadores!4"),
        ("duplicate", Severity.ERROR, 4, "IND-1.01", "2026-Q3", "Indicadores!2"),
    ]


def test_equal_copies_are_refused_too():
    assert read_indicators(GOOD, GOOD).reports == ()


def test_many_copies_name_the_first_few():
    parsed = read_indicators(*[GOOD] * 8)
    assert parsed.problems[7].details["other"] == ", ".join(f"Indicadores!{n}" for n in range(2, 7)) + ", …"
    assert parsed.problems[0].details["other"] == ", ".join(f"Indicadores!{n}" for n in range(3, 8)) + ", …"
    six = read_indicators(*[GOOD] * 6)
    assert six.problems[0].details["other"] == ", ".join(f"Indicadores!{n}" for n in range(3, 8))


def test_two_files_of_one_agency_contradict_each_other():
    one, other = parsed_file("STPS.xlsx", GOOD), parsed_file("STPS_2.xlsx", ("IND-1.02", "2026-T3", None, 85), GOOD)
    first, second = without_duplicates([one, other])
    assert (len(first.reports), len(second.reports)) == (0, 1)
    assert first.problems[0].details["other"] == "STPS_2.xlsx · Indicadores!3"
    assert second.problems[0].details["other"] == "STPS.xlsx · Indicadores!2"


def test_a_row_twice_in_one_file_refuses_the_same_row_in_another():
    first, second = without_duplicates([parsed_file("a.xlsx", GOOD, GOOD), parsed_file("b.xlsx", GOOD)])
    assert (first.reports, second.reports) == ((), ())
    assert second.problems[0].details["other"] == "a.xlsx · Indicadores!2, a.xlsx · Indicadores!3"


def test_one_code_in_two_roles_is_no_duplicate():
    parsed = read(tab("Indicadores", [INDICATORS, GOOD]), tab("Acciones", [ACTIONS, ("1.1.1", "En proceso")]))
    assert (len(parsed.reports), parsed.problems) == (2, ())


def test_other_quarters_and_breakdowns_are_other_reports():
    parsed = read_indicators(GOOD, ("IND-1.01", "2026-T2", None, 1), ("IND-1.01", "2026-T3", "Mujeres", 1))
    assert (len(parsed.reports), parsed.problems) == (3, ())


def test_a_row_left_empty_contradicts_nothing():
    parsed = read_indicators(("IND-1.01", "2026-T3"), GOOD)
    assert [r.value for r in parsed.reports if isinstance(r, IndicatorReport)] == [120]
    assert (parsed.problems, reasons(parsed)) == ((), [(2, "reported_in_another_row")])


def test_of_several_empty_rows_the_first_stays():
    parsed = read_indicators(("IND-1.01", "2026-T3"), ("IND-1.01", "2026-T3"))
    assert [r.place.row for r in parsed.reports] == [2]
    assert reasons(parsed) == [(3, "reported_in_another_row")]


def test_a_row_left_empty_gives_way_to_both_copies():
    parsed = read_indicators(GOOD, ("IND-1.01", "2026-T3"), GOOD)
    assert (parsed.reports, len(parsed.problems), reasons(parsed)) == ((), 2, [(3, "reported_in_another_row")])


def test_sorting_out_twice_changes_nothing():
    once = without_duplicates([parsed_file("a.xlsx", GOOD, GOOD, ("IND-1.02", "2026-T3", None, 85))])
    assert without_duplicates(once) == once


def test_a_row_that_is_refused_contradicts_its_copy_all_the_same():
    parsed = read_indicators(GOOD, ("IND-1.01", "2026-T3", None, "abc"), ("IND-1.02", "2026-T3", None, 85))
    assert [r.key[0] for r in parsed.reports] == ["IND-1.02"]
    assert [(p.kind, p.place.row, p.details.get("other")) for p in parsed.problems] == [
        ("not_a_number", 3, None),
        ("duplicate", 2, "Indicadores!3"),
        ("duplicate", 3, "Indicadores!2"),
    ]
    (again,) = without_duplicates([parsed])
    assert again == parsed


def test_rows_that_are_all_refused_are_told_why_and_no_more():
    bad = ("IND-1.01", "2026-T3", None, "abc")
    assert [p.kind for p in read_indicators(bad, bad).problems] == ["not_a_number"] * 2


def test_an_action_refused_in_one_row_is_not_taken_from_another():
    parsed = read(
        tab("Indicadores", [INDICATORS]), tab("Acciones", [ACTIONS, ("1.1.1", "En proceso"), ("1.1.1", "quién sabe")])
    )
    assert parsed.reports == ()
    assert [(p.kind, p.code) for p in parsed.problems] == [
        ("unknown_word", "1.1.1"),
        ("duplicate", "1.1.1"),
        ("duplicate", "1.1.1"),
    ]


def test_a_row_left_empty_beside_one_that_is_refused_clears_nothing():
    parsed = read_indicators(("IND-1.01", "2026-T3", None, None), ("IND-1.01", "2026-T3", None, "abc"))
    assert parsed.reports == ()
