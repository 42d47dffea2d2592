"""Reading a plan from its file: the demonstration's, the real one, and every way a file can be no plan."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from nap_monitor.programme.files import read_plan
from nap_monitor.programme.model import Accumulation, Aggregation, Behaviour, Category, Programme, Responsible
from nap_monitor.programme.problems import PlanProblem
from nap_monitor.programme.quarters import Quarter
from nap_monitor.programme.sentences import Severity
from tests.programme.plans import ROOT, SMALL, changed, outcome, plan

DATA = Path(__file__).parent.parent / "data"


def read(path: Path, first_year: int | None = None) -> tuple[Programme, tuple[PlanProblem, ...]]:
    programme, problems = read_plan(path, first_year=first_year)
    assert programme is not None, problems
    return programme, problems


def test_the_published_demonstration_file_loads_as_it_is() -> None:
    programme, problems = read(DATA / "demo_programme.yaml")
    assert (len(programme.objectives), len(programme.actions), len(programme.indicators)) == (5, 43, 47)
    assert {p.kind for p in problems} == {"unknown_dimension"}
    assert [p.details["text"] for p in problems] == ["state", "sector", "sex", "size", "age", "agency"]
    assert programme.languages == ("es", "en")
    assert len(programme.principles) == 31
    assert programme.indicator_by_code["IND-5.04"].maximum == 32
    assert programme.indicator_by_code["IND-5.07"].baseline.note is not None


def test_the_plan_in_config_is_the_demonstration_bettered_and_has_no_problem() -> None:
    published, _ = read(DATA / "demo_programme.yaml")
    ours, problems = read(ROOT / "config" / "programme.yaml")
    assert problems == ()
    assert ours.objectives == published.objectives
    for mine, theirs in zip(ours.indicators, published.indicators, strict=True):
        same = ("code", "name", "unit", "baseline", "targets", "due_date", "responsibles", "direction", "behaviour")
        assert [getattr(mine, name) for name in same] == [getattr(theirs, name) for name in same]
    assert len(ours.dimensions[1].categories) == 32
    assert ours.indicator_by_code["IND-1.05"].aggregation is Aggregation.SUM
    assert [a.id for a in ours.agencies] == [a.id for a in published.agencies]


def test_the_real_plan_has_warnings_for_what_it_does_not_say_and_no_error() -> None:
    chile, problems = read(ROOT / "config" / "samples" / "chile.yaml")
    assert {p.severity for p in problems} == {Severity.WARNING}
    assert {p.kind for p in problems} == {
        *("no_indicators", "language_missing_throughout", "plan_without_dates", "no_action_has_due"),
        *("agency_without_id", "similar_agencies"),
    }
    assert len(chile.actions) == 24
    assert chile.sample is not None
    assert (chile.sample.shown, chile.sample.total) == (24, 158)
    assert chile.languages == ("en",)
    assert not chile.illustrative
    assert {a.due for a in chile.actions} == {None}
    assert all(a.source and a.source.startswith("https://globalnaps.org/") for a in chile.actions)
    assert chile.action_by_code["P1-1.1-3"].lead == "Ministry of Foreign Affairs (DIRECON)"


def test_the_demonstration_moves_to_its_years() -> None:
    programme, _ = read(ROOT / "config" / "programme.yaml", first_year=2025)
    assert (programme.start, programme.end) == (date(2025, 1, 1), date(2029, 12, 31))
    milestone = programme.indicator_by_code["IND-1.01"]
    assert (milestone.due_date, milestone.baseline.year) == (date(2025, 6, 30), 2024)
    assert list(milestone.targets) == [Quarter(year, 4) for year in range(2025, 2030)]
    assert programme.action_by_code["1.1.1"].due == Quarter(2025, 2)
    days = programme.calendar.non_working_days
    assert date(2025, 2, 3) in days  # the first Monday of February of that year, not 6 February moved
    assert date(2031, 12, 25) in days  # the last reports come after the programme's end
    assert programme.agency_by_id["INPI"].names[1].from_date == date(2018, 12, 5)  # history does not move


def test_agencies_may_stand_in_a_file_beside(tmp_path: Path) -> None:
    block = SMALL[SMALL.index("agencies:\n") : SMALL.index("objectives:")]
    beside = SMALL.replace(block, "agencies: who.yaml\n")
    (tmp_path / "who.yaml").write_text(block, "utf-8")
    assert plan(tmp_path, beside) == plan(tmp_path, SMALL)
    (tmp_path / "who.yaml").write_text(block.partition("\n")[2], "utf-8")  # the list alone
    assert plan(tmp_path, beside) == plan(tmp_path, SMALL)


@pytest.mark.parametrize(
    ("content", "kind", "where"),
    [(None, "missing_file", ("plan.yaml", 8)), ("- id: [", "yaml_syntax", ("who.yaml", 1))],
)
def test_a_file_of_agencies_that_cannot_be_read_is_one_problem(
    content: str | None, kind: str, where: tuple[str, int], tmp_path: Path
) -> None:
    block = SMALL[SMALL.index("agencies:\n") : SMALL.index("objectives:")]
    if content is not None:
        (tmp_path / "who.yaml").write_text(content, "utf-8")
    found = outcome(tmp_path, SMALL.replace(block, "agencies: who.yaml\n"))
    assert found.programme is None
    assert found.kinds() == [kind]
    assert (found.problems[0].file, found.problems[0].line) == where


@pytest.mark.parametrize(
    ("content", "kind", "line"),
    [
        (b"", "empty_file", None),
        (b"# nothing\n", "empty_file", None),
        (b"a: 1\nb: [1\nc: 2\n", "yaml_syntax", 3),
        (b"a: 1\n---\nb: 2\n", "yaml_syntax", 2),
        (b"a: 1\nb: \t- 2\n", "yaml_syntax", 2),
        (b"a: *nobody\n", "yaml_syntax", 1),
        (b"a: " + b"[" * 3000, "yaml_syntax", None),
        (b"a: 1\nb: caf\xe9\n", "not_utf8", 2),
        (b"a: 1\nb: \x00\n", "control_character", 2),
        (b"a: &a [*a]\n", "too_large", None),
        (b"- just\n- a list\n", "not_fields", 1),
        (b"? [a, b]\n: 1\n", "unknown_field", 1),
    ],
)
def test_a_file_that_is_no_plan_is_one_clear_problem(
    content: bytes, kind: str, line: int | None, tmp_path: Path
) -> None:
    path = tmp_path / "plan.yaml"
    path.write_bytes(content)
    programme, problems = read_plan(path)
    assert programme is None
    assert (problems[0].kind, problems[0].line) == (kind, line)
    assert kind == "unknown_field" or len(problems) == 1


def test_a_file_that_is_not_there_or_no_plan_says_so(tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text("hello", "utf-8")
    (tmp_path / "folder.yaml").mkdir()
    named = {"nowhere.yaml": "missing_file", "nowhere.doc": "missing_file", "nowhere.xlsx": "missing_file"}
    for name, kind in {**named, "plan.txt": "file_type", "folder.yaml": "unreadable_file"}.items():
        programme, problems = read_plan(tmp_path / name)
        assert programme is None
        assert [p.kind for p in problems] == [kind]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "plan.yml"
    path.write_text(SMALL, "utf-8-sig")
    assert read_plan(path)[0] == plan(tmp_path)


def test_a_plan_with_only_a_head_says_all_that_is_missing(tmp_path: Path) -> None:
    found = outcome(tmp_path, "schema_version: 1\n")
    assert found.programme is None
    assert [p.field for p in found.problems] == ["programme", "agencies", "objectives"]


def test_an_alias_stands_for_what_it_names(tmp_path: Path) -> None:
    text = changed(
        ("unit: {es: Caso, en: Case}", "unit: &unit {es: Caso, en: Case}"),
        ("unit: {es: Sí/No, en: Yes/No}", "unit: *unit"),
    )
    assert plan(tmp_path, text).indicators[1].unit == {"es": "Caso", "en": "Case"}


def test_a_folded_text_is_the_text_without_marks(tmp_path: Path) -> None:
    text = changed(("{es: Casos, en: Cases}", "\n      es: >-\n        Casos\n        nuevos\n      en: Cases"))
    assert plan(tmp_path, text).indicators[0].name["es"] == "Casos nuevos"


def test_what_is_null_is_not_given(tmp_path: Path) -> None:
    text = changed(
        ("    due: 2019-06-30\n", "    due: 2019-06-30\n    weight:\n    range:\n    ungp: ~\n    rule_set: ''\n")
    )
    assert plan(tmp_path, text) == plan(tmp_path)


def test_a_plan_in_one_language_may_write_plain_texts(tmp_path: Path) -> None:
    text = changed(
        ("  coordinator: AAA", "  languages: [en]\n  coordinator: AAA"), ("{es: Casos, en: Cases}", "Cases of 2030")
    )
    programme = plan(tmp_path, text)
    assert programme.indicators[0].name == {"en": "Cases of 2030"}
    assert programme.languages == ("en",)
    odd = outcome(tmp_path, changed(("  coordinator: AAA", "  languages: en\n  coordinator: AAA")))
    assert odd.kinds() == ["not_a_list"]


def test_the_fields_beyond_the_demonstration(tmp_path: Path) -> None:
    head = """  coordinator: AAA
  time_zone: America/Santiago
  number_locale: es_CL
  baseline_default_year: 2016
  rule_set: floor_95_90
  level_names: {action: {es: Acción puntual, en: Action point}}
  effective_from: 2018-Q3
  reason: {es: Porque sí, en: Because}
  decision: GT-1
  source: https://example.org/plan
"""
    reporting = """  reporting:
    deadline_days_after_quarter: 20
    deadlines: {2018-Q4: 2019-01-31, 2018-Q3: 2018-11-05}
    weekend: [7]
    non_working_days:
      - 2018-07-01
      - {month: 2, weekday: 1, nth: 1}
      - {month: 2, day: 29}
      - {month: 2, weekday: 4, nth: 5}
    extensions: [{agency: BBB, quarter: 2018-Q4, until: 2019-02-28, reason: {es: Censo, en: Census}}]
"""
    indicator = """    behaviour: cumulative
    accumulation: year
    weight: 2.50
    decimals: 1
    range: {min: 0, max: 100.5}
    rule_set: floor_95_90
    available_after_days: 60
    series_break: 2018-Q2
    replaces: I-0
    aggregation: sum
    combinations: [[sex, who]]
"""
    text = changed(
        ("  coordinator: AAA\n", head),
        ("  reporting: {deadline_days_after_quarter: 15}\n", reporting),
        ("    behaviour: level\n", indicator),
        ("disaggregation: [sex]", "disaggregation: [sex, who]"),
        ("responsible: AAA", "responsibles: [{agency: AAA}, {agency: BBB, from: 2019-Q1}]"),
        ("{value: 1, year: 2017}", "{value: 1}"),
        ("targets: {2018: 5,", "targets: {2018-Q2: 3, 2018: 5, 2018-Q4: 5.0,"),
        ("dimensions:\n", "dimensions:\n  - {code: who, name: {es: Quién, en: Who}, categories: agencies}\n"),
    )
    programme = plan(tmp_path, text)
    assert (programme.time_zone, programme.number_locale) == ("America/Santiago", "es_CL")
    assert (programme.effective_from, programme.decision) == (Quarter(2018, 3), "GT-1")
    assert programme.level_names == {"action": {"es": "Acción puntual", "en": "Action point"}}
    calendar = programme.calendar
    assert list(calendar.deadlines.values()) == [date(2018, 11, 5), date(2019, 1, 31)]
    assert calendar.weekend == (7,)
    assert date(2018, 2, 5) in calendar.non_working_days
    assert [d for d in calendar.non_working_days if (d.month, d.day) == (2, 29)] == [date(2020, 2, 29)]
    assert calendar.extensions[0].until == date(2019, 2, 28)
    found = programme.indicators[0]
    assert (found.behaviour, found.accumulation) == (Behaviour.CUMULATIVE, Accumulation.YEAR)
    assert (found.weight, found.decimals, found.minimum, found.maximum) == (Decimal("2.5"), 1, 0, Decimal("100.5"))
    assert found.targets[Quarter(2018, 4)] == 5
    assert list(found.targets) == [Quarter(2018, 2), Quarter(2018, 4), Quarter(2019, 4), Quarter(2020, 4)]
    assert found.baseline.year == 2016
    assert found.responsibles == (Responsible("AAA"), Responsible("BBB", Quarter(2019, 1)))
    assert found.combinations == (("sex", "who"),)
    assert programme.dimensions[0].categories[1] == Category("BBB", {"es": "Agencia B", "en": "Agency B"})


def test_a_percentage_lies_between_0_and_100_unless_the_plan_narrows_it(tmp_path: Path) -> None:
    percentage = ("behaviour: level", "behaviour: percentage")
    assert _limits(plan(tmp_path, changed(percentage))) == (0, 100)
    narrowed = ("    disaggregation: [sex]", "    range: {min: 1, max: 50}")
    assert _limits(plan(tmp_path, changed(percentage, narrowed))) == (1, 50)
    assert _limits(plan(tmp_path)) == (None, None)


def _limits(programme: Programme) -> tuple[Decimal | None, Decimal | None]:
    return programme.indicators[0].minimum, programme.indicators[0].maximum


def test_an_action_places_its_indicator(tmp_path: Path) -> None:
    text = changed(("    strategy: '1.1'\n    action", "    action"))
    assert plan(tmp_path, text).indicators[0].strategy == "1.1"


def test_an_undated_plan_cannot_be_moved(tmp_path: Path) -> None:
    text = changed(("  period: {start: 2018-01-01, end: 2020-12-31}\n", ""))
    assert outcome(tmp_path, text).programme is not None
    assert "cannot_shift" in outcome(tmp_path, text, first_year=2025).kinds()
    with_rule = text.replace("{deadline_days_after_quarter: 15}", "{non_working_days: [{month: 1, day: 1}]}")
    assert plan(tmp_path, with_rule).calendar.non_working_days == ()


@pytest.mark.parametrize("year", [9998, -5])
def test_a_plan_cannot_be_moved_out_of_the_calendar(year: int, tmp_path: Path) -> None:
    assert outcome(tmp_path, SMALL, first_year=year).kinds() == ["shift_too_far"]


def test_the_folder_of_configuration_can_stand_anywhere(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    assert read(tmp_path / "config" / "programme.yaml")[0] == read(ROOT / "config" / "programme.yaml")[0]


@pytest.mark.parametrize("number", range(len(SMALL.splitlines())))
def test_a_lost_line_gives_problems_or_a_plan_and_never_a_fault(number: int, tmp_path: Path) -> None:
    lines = SMALL.splitlines()
    found = outcome(tmp_path, "\n".join(lines[:number] + lines[number + 1 :]))
    has_error = any(p.severity is Severity.ERROR for p in found.problems)
    assert (found.programme is None) == has_error
