"""Every kind of problem: a plan that has it, and where it is said. The small plan itself has none."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from nap_monitor.language import language
from nap_monitor.programme.problems import problem, suggestion
from nap_monitor.programme.sentences import KINDS, Severity
from nap_monitor.programme.tree import Place
from tests.programme.plans import SMALL, changed, outcome

I1, I2, P = "indicator I-1", "indicator I-2", "programme SMALL"
ACTION = "action 1.1.1"


class Case(NamedTuple):
    """Pieces replaced, and what is said: kind, entry, field. `#!` marks the line it is said of."""

    kind: str
    entry: str
    field: str
    changes: tuple[tuple[str, str], ...]


def case(kind: str, entry: str, field: str, *changes: tuple[str, str]) -> Case:
    return Case(kind, entry, field, changes)


def i1(field: str) -> tuple[str, str]:
    """One more field of the indicator I-1, at its marked line."""
    return "    disaggregation: [sex]\n", f"    disaggregation: [sex]\n    {field} #!\n"


def head(field: str) -> tuple[str, str]:
    """One more field of the programme."""
    return "  coordinator: AAA\n", f"  coordinator: AAA\n  {field} #!\n"


def reporting(fields: str) -> tuple[str, str]:
    """Another calendar."""
    return "{deadline_days_after_quarter: 15}", f"{{{fields}}} #!"


GENDER = """
  - code: gender
    name: {es: Género, en: Gender}
    categories:
      - {code: Men, name: {es: H, en: M}} #!"""
MINES = """
  - name: {es: Dirección General de Mina, en: Mine}
  - name: {es: Dirección General de Minas, en: Mines} #!
"""
FOURS = """taxonomies:
  ungp:
    - {n: 4, pillar: 1, title: {es: a, en: b}}
    - {n: 4, pillar: 1, title: {es: c, en: d}} #!
dimensions:
"""
WITH_SIZE = ("dimensions:\n", "dimensions:\n  - {code: size, name: {es: Tamaño, en: Size}, categories: []}\n")
LEVEL, PERCENTAGE = "behaviour: level", ("behaviour: level", "behaviour: percentage")
RISES, FALLS = (f"direction: {way}\n    behaviour: level" for way in ("ascending", "descending"))
B_NAME = "    name: {es: Agencia B, en: Agency B}"

FORM = [
    case(
        "duplicate_key",
        I1,
        "kind",
        (
            "    direction: ascending\n    behaviour: level",
            "    kind: outcome #!\n    direction: ascending\n    behaviour: level",
        ),
    ),
    case("duplicate_key", I1, "name.es", ("{es: Casos, en: Cases}", "{es: Casos, en: Cases, es: Otra} #!")),
    case("duplicate_key", I1, "targets.2018", ("{2018: 5,", "{2018: 5, 2018: 6,")),
    case("unknown_field", I1, "wieght", i1("wieght: 2")),
    case("unknown_language", I1, "unit.sp", ("{es: Caso, en: Case}", "{sp: Caso, es: Caso, en: Case} #!")),
    case("missing_field", I1, "unit", ("    unit: {es: Caso, en: Case}\n", "")),
    case("missing_field", I1, "unit", ("{es: Caso, en: Case}", "{es: '', en: } #!")),
    case("missing_field", I1, "unit", ("{es: Caso, en: Case}", "#!")),
    case("missing_field", I1, "responsible", ("    responsible: AAA\n", "")),
    case("missing_field", I1, "responsible", ("responsible: AAA", "responsibles: [] #!")),
    case("missing_field", "indicator Casos", "code", ("code: I-1", "weight: 1")),
    case("missing_field", "agency AAA", "name", ("\n    name: {es: Agencia A, en: Agency A}", " #!")),
    case("missing_field", ACTION, "co_responsible", ("[BBB]", "\n              - BBB\n              - #!")),
    case("missing_field", P, "reporting.deadlines.2018-Q4", reporting("deadlines: {2018-Q4: }")),
    case("not_fields", I1, "baseline", ("{value: 1, year: 2017}", "1 #!")),
    case("not_fields", I1, "targets", ("{2018: 5, 2019: 10, 2020: 20}", "[5, 10] #!")),
    case("not_fields", "", "agencies", ("  - id: BBB\n    name", "  - BBB #!\n  - id: BBB\n    name")),
    case("not_a_list", ACTION, "ungp", ("ungp: [1, 3]", "ungp: 1 #!")),
    case("not_a_value", I1, "kind", ("kind: process", "kind: [process] #!")),
    case("not_a_value", I1, "unit", ("unit: {es: Caso, en: Case}", "unit: [Caso] #!")),
    case("not_text", I1, "responsible", ("responsible: AAA", "responsible: 2018-01-01 #!")),
    case("not_text", I1, "unit.en", ("en: Case}", "en: true} #!")),
    case("code_is_number", "action 1.10", "code", ("code: 1.1.1", "code: 1.10 #!")),
    case("no_language", I1, "unit", ("{es: Caso, en: Case}", "Caso #!")),
    case("bad_code", "indicator I-1" + "1" * 80, "code", ("code: I-1", f"code: I-1{'1' * 80} #!")),
    case("bad_plain_code", "programme SMÁLL PLAN", "code", ("code: SMALL", "code: SMÁLL PLAN #!")),
    case("bad_category_code", "category wom+en", "code", ("code: women", "code: wom+en")),
    case("bad_plain_code", "dimension s e x", "code", ("code: sex", "code: s e x #!")),
    case("bad_agency_id", "agency B/B", "id", ("id: BBB", "id: B/B #!")),
    case(
        "bad_agency_id",
        "agency Agencia: A",
        "name",
        ("- id: AAA\n    name: {es: Agencia A,", "- name: {es: 'Agencia: A', #!\n        "),
    ),
    case("not_a_number", I1, "targets.2019", ("2019: 10", "2019: diez")),
    case("not_a_number", I1, "baseline.value", ("value: 1,", "value: '1',")),
    case("not_a_number", I1, "baseline.value", ("value: 1,", "value: .inf,")),
    case("too_many_digits", I1, "baseline.value", ("value: 1,", "value: 1234567890123456,")),
    case("not_whole", I1, "baseline.year", ("year: 2017", "year: 2017.5")),
    case("out_of_range", ACTION, "ungp", ("[1, 3]", "[1, 32] #!")),
    case("out_of_range", I1, "weight", i1("weight: -1")),
    case("not_a_flag", I1, "illustrative", i1("illustrative: sí")),
    case("not_a_date", ACTION, "start", ("2018-02-01", "01/02/2018 #!")),
    case("not_a_date", ACTION, "start", ("2018-02-01", "2018-02-30 #!")),
    case("not_a_quarter", P, "effective_from", head("effective_from: 2018-5")),
    case(
        "not_a_date",
        "agency BBB",
        "names[2].from",
        (B_NAME, "    names:\n      - {name: {es: C, en: C}}\n      - {name: {es: D, en: D}, from: pronto} #!"),
    ),
    case(
        "not_a_quarter",
        I1,
        "responsibles[2].from",
        ("responsible: AAA", "responsibles:\n      - {agency: AAA}\n      - {agency: BBB, from: 2019} #!"),
    ),
    case(
        "not_a_quarter",
        P,
        "reporting.extensions[1].quarter",
        reporting("extensions: [{agency: AAA, quarter: T4, until: 2019-01-15, reason: {es: a, en: b}}]"),
    ),
    case("not_a_choice", I1, "behaviour", ("behaviour: level", "behaviour: flat #!")),
    case("not_a_period", I1, "targets.2019-5", ("2019: 10", "2019-5: 10")),
    case("not_a_due", ACTION, "due", ("2019-Q2", "mediados de 2019 #!")),
    case("not_a_choice", I1, "direction", (RISES, "direction: ascendig #!\n    behaviour: level")),
    case("not_a_rule_day", P, "reporting.non_working_days", reporting("non_working_days: [{month: 5}]")),
    case("error_cell", I1, "weight", i1("weight: !strange 1")),
]

REFERENCES = [
    case("unknown_agency", ACTION, "lead", ("lead: AAA", "lead: AAB #!")),
    case("unknown_agency", P, "coordinator", ("coordinator: AAA", "coordinator: ZZZ #!")),
    case("unknown_agency", ACTION, "co_responsible", ("[BBB]", "[BBB, CCC] #!")),
    case("unknown_objective", I2, "objective", ("objective: '2'", "objective: '3' #!")),
    case("unknown_strategy", I1, "strategy", ("strategy: '1.1'", "strategy: '1.2' #!")),
    case("unknown_action", I1, "action", ("action: 1.1.1", "action: 1.1.2 #!")),
    case("unknown_dimension", I1, "disaggregation", ("disaggregation: [sex]", "disaggregation: [sexo] #!")),
    case("strategy_elsewhere", I1, "strategy", ("strategy: '1.1'\n    action: 1.1.1", "strategy: '2.1' #!")),
    case("action_elsewhere", I1, "action", ("action: 1.1.1", "action: 2.1.1 #!")),
    case("duplicate_code", "indicator í-1", "code", ("code: I-2", "code: í-1 #!")),
    case(
        "duplicate_code",
        "agency aaa",
        "id",
        ("id: BBB", "id: aaa #!"),
        ("[BBB]", "[]"),
        ("lead: BBB", "lead: AAA"),
        ("responsible: BBB", "responsible: AAA"),
    ),
    case("duplicate_code", "principle 4", "n", ("dimensions:\n", FOURS)),
    case(
        "refers_to_itself",
        "agency AAA",
        "succeeded_by",
        ("  - id: BBB", "    succeeded_by: AAA #!\n    succeeded_from: 2019-Q1\n  - id: BBB"),
    ),
    case("refers_to_itself", I1, "replaces", i1("replaces: I-1")),
    case("lead_is_co_responsible", ACTION, "co_responsible", ("[BBB]", "[AAA] #!")),
    case("repeated_value", ACTION, "ungp", ("[1, 3]", "[1, 1] #!")),
    case(
        "duplicate_category",
        "category Men",
        "code",
        ("{code: men, name: {es: Hombres, en: Men}}", "{code: men, name: {es: Hombres, en: Men}}" + GENDER),
    ),
    case("duplicate_category", "category men", "code", ("code: women", "code: men")),
    case(
        "duplicate_category",
        "dimension who",
        "code",
        ("code: women", "code: aaa"),
        ("en: Men}}\n", "en: Men}}\n  - code: who #!\n    name: {es: Quién, en: Who}\n    categories: agencies\n"),
    ),
    case("same_category_name", "category men", "name", ("{es: Hombres, en: Men}", "{es: mujeres, en: Men}")),
    case("unknown_rule_set", I1, "rule_set", i1("rule_set: floor")),
    case("bad_rule_set", P, "rule_set", head("rule_set: Floor 95")),
]

AGENCIES = [
    case(
        "agency_without_id",
        "agency Agencia C",
        "id",
        ("objectives:\n", "  - name: {es: Agencia C, en: Agency C} #!\nobjectives:\n"),
    ),
    case(
        "similar_agencies",
        "agency Dirección General de Minas",
        "name",
        ("objectives:\n", MINES.lstrip("\n") + "objectives:\n"),
    ),
    case(
        "name_and_names", "agency AAA", "names", ("  - id: BBB", "    names: [{name: {es: C, en: C}}] #!\n  - id: BBB")
    ),
    case(
        "names_not_in_order",
        "agency BBB",
        "names[2].from",
        (B_NAME, "    names:\n      - {name: {es: C, en: C}}\n      - {name: {es: D, en: D}} #!"),
    ),
    case(
        "names_not_in_order",
        "agency BBB",
        "names[2].from",
        (
            B_NAME,
            "    names:\n      - {from: 2020-01-01, name: {es: C, en: C}}\n"
            "      - {from: 2019-01-01, name: {es: D, en: D}} #!",
        ),
    ),
    case(
        "succession_incomplete", "agency AAA", "succeeded_by", ("  - id: BBB", "    succeeded_by: BBB #!\n  - id: BBB")
    ),
]

DATES = [
    case("end_before_start", P, "period.end", ("end: 2020-12-31", "end: 2017-12-31")),
    case("period_incomplete", P, "period", (", end: 2020-12-31", "")),
    case("plan_without_dates", P, "period", ("  period: {start: 2018-01-01, end: 2020-12-31}\n", "")),
    case("plan_without_dates", P, "period", ("{start: 2018-01-01, end: 2020-12-31}", "{}")),
    case("outside_programme", ACTION, "due", ("2019-Q2", "2021-Q1 #!")),
    case("outside_programme", ACTION, "start", ("2018-02-01", "2017-12-31 #!")),
    case("outside_programme", "action 2.1.1", "due", ("2020-06-30", "2021-06-30 #!")),
    case("outside_programme", I1, "targets.2021", ("2020: 20", "2020: 20, 2021: 30")),
    case("outside_programme", I2, "due", ("due: 2019-06-30", "due: 2017-06-30 #!"), ("{2018: 0,", "{2018: 1,")),
    case("outside_programme", I1, "series_break", i1("series_break: 2022-Q1")),
    case("outside_programme", P, "effective_from", head("effective_from: 2016-Q1")),
    case("outside_programme", P, "reporting.deadlines.2022-Q4", reporting("deadlines: {2022-Q4: 2023-01-31}")),
    case("due_before_start", ACTION, "due", ("start: 2018-02-01", "start: 2019-07-01")),
    case(
        "due_before_start",
        "action 2.1.1",
        "due",
        ("due: 2020-06-30", "start: 2020-07-01\n            due: 2020-06-30 #!"),
    ),
    case("action_without_due", ACTION, "due", ("            due: 2019-Q2\n", "")),
    case("no_action_has_due", P, "due", ("            due: 2019-Q2\n", ""), ("\n            due: 2020-06-30", "")),
    case("action_without_lead", ACTION, "lead", ("            lead: AAA\n", "")),
    case(
        "no_strategies",
        "objective 3",
        "strategies",
        ("indicators:\n", "  - {code: '3', name: {es: Tres, en: Three}} #!\nindicators:\n"),
    ),
    case(
        "no_actions",
        "strategy 2.2",
        "actions",
        ("indicators:\n", "      - {code: '2.2', name: {es: Más, en: More}} #!\nindicators:\n"),
    ),
    case("sample_counts", P, "sample", head("sample: {shown: 3, total: 9}")),
    case("sample_counts", P, "sample", head("sample: {shown: 2, total: 1}")),
    case("deadline_too_early", P, "reporting.deadlines.2018-Q4", reporting("deadlines: {2018-Q4: 2018-12-31}")),
    case(
        "extension_shortens",
        P,
        "reporting.extensions[1].until",
        reporting("extensions: [{agency: AAA, quarter: 2018-Q4, until: 2019-01-15, reason: {es: a, en: b}}]"),
    ),
    case("no_working_days", P, "reporting.weekend", reporting("weekend: [1, 2, 3, 4, 5, 6, 7]")),
    case("unknown_time_zone", P, "time_zone", head("time_zone: Mexico/Nowhere")),
    case("unknown_time_zone", P, "time_zone", head("time_zone: America")),
    case("unknown_time_zone", P, "time_zone", head("time_zone: ../etc")),
    case("unknown_locale", P, "number_locale", head("number_locale: xx_YY")),
    case("unknown_locale", P, "number_locale", head("number_locale: español")),
    case("no_disclaimer", P, "disclaimer", ("schema_version: 1", "illustrative: true #!")),
]

INDICATORS = [
    case("missing_translation", I1, "unit", ("{es: Caso, en: Case}", "{es: Caso} #!")),
    case(
        "responsible_twice",
        I1,
        "responsibles",
        ("responsible: AAA", "responsible: AAA\n    responsibles: [{agency: BBB}] #!"),
    ),
    case(
        "responsibles_not_in_order",
        I1,
        "responsibles[2].from",
        ("responsible: AAA", "responsibles:\n      - {agency: AAA}\n      - {agency: BBB} #!"),
    ),
    case("target_twice", I1, "targets.2019-Q4", ("2019: 10", "2019: 10, 2019-Q4: 11")),
    case("target_twice", I1, "targets.2019-Q4", ("2019: 10", "2019: null, 2019-Q4: 11")),
    case("quarter_without_target", I1, "targets.2019-Q2", ("2019: 10", "2019-Q2: null, 2019: 10")),
    case("target_in_unplanned_year", I1, "targets.2019-Q2", ("2019: 10", "2019-Q2: 6, 2019: null")),
    case("no_targets", I1, "targets", ("    targets: {2018: 5, 2019: 10, 2020: 20}\n", "")),
    case("target_outside_range", I1, "targets.2020", ("    disaggregation: [sex]\n", "    max: 19\n")),
    case("target_outside_range", I1, "baseline.value", ("    disaggregation: [sex]\n", "    range: {min: 2}\n")),
    case("target_outside_range", I1, "targets.2020", PERCENTAGE, ("2020: 20", "2020: 101")),
    case("range_reversed", I1, "range", i1("range: {min: 30, max: -1}")),
    case("range_twice", I1, "max", i1("range: {max: 40}\n    max: 50")),
    case("range_of_percentage", I1, "range", PERCENTAGE, i1("range: {max: 120}")),
    case("range_of_percentage", I1, "max", PERCENTAGE, i1("max: 120")),
    case("too_many_decimals", I1, "targets.2019", ("2019: 10", "2019: 10.5")),
    case("baseline_incomplete", I1, "baseline", ("{value: 1, year: 2017}", "{value: 1} #!")),
    case("baseline_incomplete", I1, "baseline", ("{value: 1, year: 2017}", "{value: null, year: 2017} #!")),
    case("baseline_not_before_target", I1, "baseline.year", ("year: 2017", "year: 2018")),
    case("ascending_contradicted", I1, "targets", ("2019: 10", "2019: 4")),
    case("ascending_contradicted", I1, "targets", ("value: 1,", "value: 6,")),
    case("descending_contradicted", I1, "targets", (RISES, FALLS)),
    case(
        "ascending_contradicted",
        I1,
        "targets",
        ("behaviour: level", "behaviour: cumulative\n    accumulation: year"),
        ("2019: 10", "2019-Q1: 7, 2019: 6"),
    ),
    case("milestone_without_due", I2, "due", ("    due: 2019-06-30\n", "")),
    case("milestone_target", I2, "targets.2019", ("2019: 1,", "2019: 2,")),
    case("milestone_inconsistent", I2, "targets.2018", ("2018: 0", "2018: 1")),
    case("milestone_inconsistent", I2, "targets.2019", ("2019: 1,", "2019: null,")),
    case("due_without_milestone", I1, "due", i1("due: 2019-06-30")),
    case("once_without_milestone", I1, "frequency", ("frequency: quarterly", "frequency: once #!")),
    case("accumulation_missing", I1, "accumulation", ("behaviour: level", "behaviour: cumulative #!")),
    case(
        "accumulation_unused", I1, "accumulation", ("behaviour: level", "behaviour: level\n    accumulation: year #!")
    ),
    case(
        "weights_all_zero", P, "weight", i1("weight: 0"), ("    due: 2019-06-30", "    weight: 0\n    due: 2019-06-30")
    ),
    case("aggregation_without_parts", I1, "aggregation", ("disaggregation: [sex]", "aggregation: sum #!")),
    case("percentages_added", I1, "aggregation", PERCENTAGE, i1("aggregation: sum")),
    case("combination_not_declared", I1, "combinations", WITH_SIZE, i1("combinations: [[sex, size]]")),
    case("combination_too_short", I1, "combinations", i1("combinations: [[sex]]")),
    case(
        "break_before_baseline",
        I1,
        "series_break",
        ("year: 2017", "year: 2018"),
        ("2018: 5, ", ""),
        i1("series_break: 2018-Q2"),
    ),
    case("bad_sdg", ACTION, "sdg", ("['8.7']", "['18.1'] #!")),
]

CASES = [*FORM, *REFERENCES, *AGENCIES, *DATES, *INDICATORS]


def test_the_small_plan_has_no_problem(tmp_path: Path) -> None:
    read = outcome(tmp_path, SMALL)
    assert read.problems == ()
    assert read.programme is not None


@pytest.mark.parametrize("given", CASES, ids=[f"{number}-{c.kind}-{c.field}" for number, c in enumerate(CASES)])
def test_each_problem_is_named_with_line_entry_and_field(given: Case, tmp_path: Path) -> None:
    text = changed(*given.changes)
    read = outcome(tmp_path, text)
    found = [p for p in read.problems if (p.kind, p.entry, p.field) == given[:3]]
    assert len(found) == 1, [(p.kind, p.entry, p.field) for p in read.problems]
    marked = [number for number, line in enumerate(text.splitlines(), start=1) if "#!" in line]
    assert not marked or found[0].line == marked[0]
    assert found[0].line is not None
    assert (read.programme is None) == any(p.severity is Severity.ERROR for p in read.problems)


@pytest.mark.parametrize("given", CASES, ids=[f"{number}-{c.kind}-{c.field}" for number, c in enumerate(CASES)])
def test_each_problem_stands_alone(given: Case, tmp_path: Path) -> None:
    """One mistake is one problem, but for what really follows from it."""
    follows = {"unknown_action", "unknown_agency", "unknown_dimension"}  # of a code that cannot be read
    kinds = outcome(tmp_path, changed(*given.changes)).kinds()
    assert set(kinds) - follows <= {given.kind, "agency_without_id"}


def test_every_kind_has_a_case() -> None:
    elsewhere = {
        *("missing_file", "unreadable_file", "not_utf8", "control_character", "yaml_syntax", "empty_file", "too_large"),
        *("file_type", "not_a_workbook", "missing_tab", "missing_column", "unknown_tab", "unknown_column"),
        *("repeated_column", "cannot_shift", "shift_too_far", "language_missing_throughout", "no_indicators"),
        *("unknown_indicator", "not_below_folder"),
    }
    assert {c.kind for c in CASES} | elsewhere == set(KINDS)


@pytest.mark.parametrize("code", ["es", "en"])
def test_every_kind_says_itself_in_both_languages(code: str) -> None:
    class Anything(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return key.upper()

    reader = language(code)
    for kind, (_, sentence) in KINDS.items():
        said = reader.say(sentence)
        assert said.format_map(Anything()).rstrip(")").endswith((".", "?")), kind


def test_a_problem_says_where_it_is_and_what_was_meant() -> None:
    reader = language("en")
    in_file = problem("unknown_field", Place("plan.yaml", 12), I1, "wieght", key="wieght", suggestion="weight")
    assert in_file.where(reader) == "plan.yaml:12"
    assert in_file.subject(reader) == "indicator I-1, wieght"
    assert in_file.sentence(reader) == "There is no field “wieght” here. Did you mean “weight”?"
    assert problem("empty_file", Place("plan.yaml")).sentence(reader) == "The file is empty."
    in_workbook = problem("missing_field", Place("plan.xlsx", 7, "Indicators", "C"))
    assert in_workbook.where(reader) == "plan.xlsx, tab “Indicators”, cell C7"
    assert in_workbook.subject(reader) == ""
    assert problem("missing_field", Place("p.xlsx", 7, "Indicators")).where(reader) == "p.xlsx, tab “Indicators”, row 7"
    assert problem("missing_field", Place("p.xlsx", tab="Indicators")).where(reader) == "p.xlsx, tab “Indicators”"
    assert problem("empty_file", Place("plan.yaml")).where(reader) == "plan.yaml"


def test_a_suggestion_is_made_only_where_a_word_is_near() -> None:
    assert suggestion("STSP", ["STPS", "SEGOB"]) == "STPS"
    assert suggestion("xyz", ["STPS", "SEGOB"]) == ""
