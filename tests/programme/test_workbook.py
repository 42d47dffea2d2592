"""The Excel form of a plan: both ways, in both languages, and every way a tab can be wrong."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from nap_monitor.language import language
from nap_monitor.programme.checks.references import folded
from nap_monitor.programme.files import read_plan
from nap_monitor.programme.kinds import Choice
from nap_monitor.programme.model import Programme
from nap_monitor.programme.problems import PlanProblem
from nap_monitor.programme.workbook import write_plan_workbook
from nap_monitor.programme.workbook.labels import TABS, WORDS, label
from nap_monitor.programme.workbook.layout import PROGRAMME
from nap_monitor.programme.workbook.layout import TABS as LAYOUT
from nap_monitor.programme.yaml_writer import to_yaml
from tests.programme.plans import ROOT, changed, plan

EN, ES = language("en"), language("es")
PLANS = [ROOT / "config" / "programme.yaml", ROOT / "config" / "samples" / "chile.yaml"]
TWO_NAMES = """    succeeded_by: 'B, C'
    succeeded_from: 2020-Q1
  - id: 'B, C'
    names:
      - {from: 2001-01-01, name: {es: B, en: B}, acronym: B}
      - {from: 2019-01-01, name: {es: C, en: C}}"""
RICH = (
    ("schema_version: 1\n", "illustrative: true\ndisclaimer: {es: Ficticio, en: Made up}\n"),
    (
        "  coordinator: AAA\n",
        "  coordinator: AAA\n  sample: {shown: 2, total: 9}\n  effective_from: 2018-Q3\n  source: =1+1\n"
        "  reason: {es: Porque, en: Because}\n  level_names: {action: {es: Punto, en: Point}}\n",
    ),
    (
        "{deadline_days_after_quarter: 15}",
        "\n    deadlines: {2018-Q4: 2019-01-31}\n    weekend: [7]\n    non_working_days: [2018-05-01]\n"
        "    extensions: [{agency: AAA, quarter: 2018-Q4, until: 2019-02-28, reason: {es: a, en: b}}]",
    ),
    ("  - id: BBB\n    name: {es: Agencia B, en: Agency B}", TWO_NAMES),
    (
        "            co_responsible: [BBB]",
        "            co_responsible: ['B, C']\n            budget: {es: 1 MXN, en: 1 MXN}",
    ),
    ("            lead: BBB\n", "            lead: 'B, C'\n            illustrative: true\n"),
    ("responsible: AAA", "responsibles: [{agency: AAA}, {agency: 'B, C', from: 2019-Q1}]"),
    ("responsible: BBB", "responsible: 'B, C'"),
    ("targets: {2018: 5, 2019: 10, 2020: 20}", "targets: {2018: null, 2019-Q2: 7.5, 2019: 10, 2020: 20}"),
    (
        "    disaggregation: [sex]\n",
        "    disaggregation: [sex, who]\n    combinations: [[sex, who]]\n    aggregation: sum\n    decimals: 1\n"
        "    weight: 0.5\n    range: {min: 0}\n    series_break: 2018-Q2\n    replaces: '1.10'\n",
    ),
    ("dimensions:\n", "dimensions:\n  - {code: who, name: {es: Quién, en: Who}, categories: agencies}\n"),
)


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Programme:
    """A plan that uses every part of the format."""
    return plan(tmp_path_factory.mktemp("rich"), changed(*RICH))


def written(path: Path, programme: Programme | None, **options: Any) -> Path:
    write_plan_workbook(path, programme, options.pop("reader", EN), **options)
    return path


def read(path: Path) -> Programme:
    programme, problems = read_plan(path)
    assert programme is not None, problems
    return programme


@pytest.mark.parametrize("reader", [EN, ES], ids=lambda r: r.code)
@pytest.mark.parametrize("path", PLANS, ids=lambda p: p.stem)
def test_a_plan_comes_back_from_its_workbook_as_it_was(path: Path, reader: Any, tmp_path: Path) -> None:
    programme = read(path)
    assert read(written(tmp_path / "plan.xlsx", programme, reader=reader)) == programme


def test_every_part_of_the_format_comes_back(rich: Programme, tmp_path: Path) -> None:
    assert read(written(tmp_path / "plan.xlsx", rich)) == rich
    (tmp_path / "plan.yaml").write_text(to_yaml(rich), "utf-8")
    assert read(tmp_path / "plan.yaml") == rich


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(st.characters(exclude_categories=("C", "Z"), include_characters=" "), min_size=1).map(str.strip).filter(len)
)
def test_any_text_comes_back(rich: Programme, tmp_path: Path, text: str) -> None:
    first = replace(rich.indicators[0], name={"es": text, "en": text})
    programme = replace(rich, indicators=(first, *rich.indicators[1:]))
    assert read(written(tmp_path / "plan.xlsx", programme)) == programme
    (tmp_path / "plan.yaml").write_text(to_yaml(programme), "utf-8")
    assert read(tmp_path / "plan.yaml") == programme


@pytest.mark.parametrize("reader", [EN, ES], ids=lambda r: r.code)
def test_no_two_columns_of_a_tab_and_no_two_words_of_a_choice_are_called_alike(reader: Any) -> None:
    for columns in (PROGRAMME, *(tab.columns for tab in LAYOUT)):
        headers = [folded(column.header(reader)) for column in columns]
        assert len(set(headers)) == len(headers)
        for column in columns:
            words = column.kind.words if isinstance(column.kind, Choice) else ()
            labels = [label(WORDS, str(word), reader) for word in words]
            assert len(set(labels)) == len(labels)
            assert not any("," in text for text in labels)  # Excel parts a drop-down at commas
    assert all(len(reader.say(title)) <= 31 for title in TABS.values())  # as long as Excel lets a tab's name be


def test_the_empty_form_has_every_tab_and_says_what_is_missing(tmp_path: Path) -> None:
    path = written(tmp_path / "form.xlsx", None, years=range(2026, 2029))
    book = load_workbook(path)
    assert book.sheetnames == [EN.say(title) for title in TABS.values()]
    assert [cell.value for cell in book["Targets"][1]] == ["Indicator", "2026", "2027", "2028"]
    programme, problems = read_plan(path)
    assert programme is None
    assert [(p.kind, p.tab, p.line, p.column, p.field) for p in problems if p.severity == "error"] == [
        ("missing_field", "Programme", 2, "B", "code"),
        ("missing_field", "Programme", 3, "B", "name"),
    ]


def test_a_folder_that_is_not_there_is_the_systems_own_complaint(rich: Programme, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        written(tmp_path / "nowhere" / "plan.xlsx", rich)


class Changed:
    """A workbook of the rich plan in which cells are changed before it is read."""

    def __init__(self, folder: Path, programme: Programme) -> None:
        self.path = written(folder / "plan.xlsx", programme)
        self.book: Workbook = load_workbook(self.path)

    def find(self, tab: str, header: str) -> str:
        """The letter of a column."""
        return str(next(cell.column_letter for cell in self.book[tab][1] if cell.value == header))

    def set(self, tab: str, header: str, row: int, value: Any) -> Changed:
        self.book[tab][f"{self.find(tab, header)}{row}"] = value
        return self

    def result(self) -> tuple[Programme | None, tuple[PlanProblem, ...]]:
        self.book.save(self.path)
        return read_plan(self.path)

    def only(self) -> PlanProblem:
        """The one problem."""
        _, problems = self.result()
        assert len(problems) == 1, problems
        return problems[0]


@pytest.fixture
def edited(rich: Programme, tmp_path: Path) -> Changed:
    return Changed(tmp_path, rich)


@pytest.mark.parametrize(
    ("tab", "header", "row", "value", "kind"),
    [
        ("Indicators", "Direction", 2, "sideways", "not_a_choice"),
        ("Indicators", "Weight", 2, "two", "not_a_number"),
        ("Indicators", "Weight", 2, "=1/0", "error_cell"),
        ("Indicators", "Weight", 2, "#DIV/0!", "error_cell"),
        ("Indicators", "Series break", 2, datetime(2018, 3, 31), "not_a_quarter"),
        ("Indicators", "Illustrative", 2, "maybe", "not_a_flag"),
        ("Indicators", "Replaces", 2, 1.1, "code_is_number"),
        ("Indicators", "Unit (es)", 2, None, "missing_translation"),
        ("Indicators", "Name (es)", 2, True, "not_text"),
        ("Indicators", "Responsible", 2, 5, "not_fields"),
        ("Indicators", "Guiding Principles (numbers)", 2, 40, "out_of_range"),
        ("Indicators", "Disaggregation", 2, "who; sex; sox", "unknown_dimension"),
        ("Actions", "Lead", 2, "AAB", "unknown_agency"),
        ("Actions", "Strategy", 2, "9.9", "unknown_strategy"),
        ("Targets", "2020", 2, "veinte", "not_a_number"),
        ("Targets", "Indicator", 3, "I-7", "unknown_indicator"),
        ("Calendar", "Kind", 2, "holiday", "not_a_choice"),
        ("Calendar", "Kind", 2, None, "missing_field"),
        ("Calendar", "Date", 2, None, "missing_field"),
        ("Calendar", "Date", 2, "31/01/2019", "not_a_date"),
        ("Calendar", "Quarter", 2, "2019", "not_a_quarter"),
    ],
)
def test_a_wrong_cell_is_named_with_tab_row_and_column(
    tab: str, header: str, row: int, value: Any, kind: str, edited: Changed
) -> None:
    letter = edited.find(tab, header)
    _, problems = edited.set(tab, header, row, value).result()
    found = [p for p in problems if p.kind == kind]
    assert [(p.tab, p.line) for p in found] == [(tab, row)], problems
    assert tab in found[0].where(EN)
    if kind != "missing_field" and (tab, header) not in {("Calendar", "Quarter"), ("Indicators", "Unit (es)")}:
        assert found[0].column == letter


def test_people_write_words_quarters_and_lists_as_they_are_used_to(rich: Programme, edited: Changed) -> None:
    edited.set("Indicators", "Direction", 2, "ASCENDENTE" if ES.say("ascending") == "ascendente" else "Ascending ")
    edited.set("Indicators", "Series break", 2, "2018 T2").set("Indicators", "Illustrative", 2, False)
    edited.set("Indicators", "Responsible", 2, "AAA; B, C (2019-T1)").set("Targets", "2018", 2, "–")
    edited.set("Indicators", "Combinations", 2, "sex × who").set("Calendar", "Date", 3, "2018-05-01")
    programme, problems = edited.result()
    assert problems == ()
    assert programme == rich


def test_commas_part_a_list_where_no_agency_has_one_in_its_id(tmp_path: Path) -> None:
    text = changed(("lead: BBB", "lead: AAA"), ("            co_responsible: [BBB]\n", ""))
    book = Changed(tmp_path, plan(tmp_path, text))
    book.set("Actions", "Co-responsible", 2, "BBB, AAA").set("Actions", "Lead", 2, None)
    programme, _ = book.result()
    assert programme is not None
    assert programme.actions[0].co_responsible == ("BBB", "AAA")


def test_a_header_may_stand_lower_in_another_order_and_by_its_own_name(rich: Programme, edited: Changed) -> None:
    sheet = edited.book["Objectives"]
    sheet.move_range("A1:A3", cols=4)  # the code goes to the end
    sheet["E1"] = "code"
    sheet.insert_rows(1, 2)
    sheet["A1"] = "What the plan wants"
    programme, problems = edited.result()
    assert problems == ()
    assert programme == rich


def test_empty_rows_and_columns_are_nothing(rich: Programme, edited: Changed) -> None:
    edited.book["Agencies"]["Z40"] = "   "
    edited.book["Strategies"].insert_rows(2)
    sheet = edited.book["Objectives"]
    sheet.insert_cols(2)
    programme, problems = edited.result()
    assert [p.kind for p in problems] == ["unknown_column"]  # spaces below no header are still a cell
    del edited.book["Agencies"]["Z40"]
    edited.book["Agencies"]["Z40"] = None
    programme, problems = edited.result()
    assert problems == ()
    assert programme == rich


def test_tabs_and_columns_that_are_not_the_plans_are_said(rich: Programme, edited: Changed) -> None:
    edited.book.create_sheet("My notes")["A1"] = "x"
    edited.book["Agencies"]["H1"] = "Nmae (es)"
    edited.book["Objectives"]["E1"] = "Code"
    edited.book["Programme"]["A40"], edited.book["Programme"]["A41"] = "Coordinatr", "Coordinator"
    edited.book["Programme"]["A42"] = 5
    found = {(p.kind, p.tab): p for p in edited.result()[1]}
    assert set(found) == {
        ("unknown_tab", "My notes"),
        ("unknown_column", "Agencies"),
        ("repeated_column", "Objectives"),
        ("unknown_column", "Programme"),
        ("repeated_column", "Programme"),
    }
    assert found["unknown_column", "Agencies"].details["suggestion"] == "name (es)"
    assert found["repeated_column", "Objectives"].column == "E"


def test_missing_tabs_and_headers_are_said_once(edited: Changed) -> None:
    del edited.book["Actions"], edited.book["Programme"], edited.book["Calendar"]
    edited.book["Dimensions"]["A1"] = None
    _, problems = edited.result()
    assert {"missing_tab", "missing_column", "missing_field"} <= {p.kind for p in problems}
    tabs = [p.details["tab"].split(" / ")[-1] for p in problems if p.kind == "missing_tab"]
    assert tabs == ["Programme", "Actions"]


def test_a_row_without_the_entry_it_belongs_to_is_said(edited: Changed) -> None:
    _, problems = edited.set("Strategies", "Objective", 2, None).result()
    assert ("missing_field", "strategy 1.1", "objective") in {(p.kind, p.entry, p.field) for p in problems}


def test_the_same_targets_or_deadline_twice_is_said(edited: Changed) -> None:
    edited.set("Targets", "Indicator", 3, "I-1").set("Indicators", "Due by", 3, None)
    sheet = edited.book["Calendar"]
    for column in "ABD":
        sheet[f"{column}9"] = sheet[f"{column}2"].value
    kinds = [(p.kind, p.tab, p.line) for p in edited.result()[1] if p.kind == "duplicate_key"]
    assert kinds == [("duplicate_key", "Calendar", 9), ("duplicate_key", "Targets", 3)]


def test_a_needed_cell_that_is_empty_is_named_itself(edited: Changed) -> None:
    letter = edited.find("Indicators", "Kind")
    found = edited.set("Indicators", "Kind", 2, None).only()
    assert (found.kind, found.tab, found.line, found.column) == ("missing_field", "Indicators", 2, letter)


def test_a_formula_with_a_saved_result_is_its_result(rich: Programme, edited: Changed) -> None:
    """openpyxl saves no results, so the result is written into the file by hand."""
    cell = f"{edited.find('Indicators', 'Weight')}2"
    edited.book["Indicators"][cell] = "=1/2"
    edited.book.save(edited.path)
    content = edited.path.read_bytes()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(edited.path, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<f>1/2</f><v />", b"<f>1/2</f><v>0.5</v>"))
    assert read(edited.path) == rich


def test_what_is_no_workbook_is_one_clear_problem(tmp_path: Path) -> None:
    bomb, path = tmp_path / "bomb.xlsx", tmp_path / "plan.xlsx"
    with ZipFile(bomb, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"0" * 110_000_000)
    assert [p.kind for p in read_plan(bomb)[1]] == ["too_large"]
    with ZipFile(tmp_path / "other.xlsx", "w") as packed:
        packed.writestr("a.txt", "hello")
    (tmp_path / "folder.xlsx").mkdir()
    path.write_text("<html>", "utf-8")
    for name in ("plan.xlsx", "other.xlsx", "folder.xlsx"):
        programme, problems = read_plan(tmp_path / name)
        assert programme is None
        assert [p.kind for p in problems] == ["not_a_workbook"]


def test_a_whole_day_is_written_as_a_date(rich: Programme, tmp_path: Path) -> None:
    sheet = load_workbook(written(tmp_path / "plan.xlsx", rich))["Actions"]
    column = next(cell.column_letter for cell in sheet[1] if cell.value == "Due by")
    assert sheet[f"{column}3"].value == datetime(2020, 6, 30)
    assert sheet[f"{column}2"].value == "2019-Q2"
    assert rich.actions[1].due_date == date(2020, 6, 30)
