"""The companion workbook: what it says, in which language, and that saying it twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from nap_monitor.language import Language
from nap_monitor.programme.quarters import Quarter
from nap_monitor.sheets.cells import Unreadable
from nap_monitor.sheets.contract import (
    ActionReport,
    Declared,
    Ignored,
    IndicatorReport,
    Parsed,
    ParticipationReport,
    Place,
    Problem,
    Role,
    Severity,
    SubmissionReport,
    labels,
)
from nap_monitor.sheets.feedback import (
    FeedbackContent,
    RowStatus,
    desired,
    feedback_path,
    feedback_workbook,
    write_feedback,
)
from nap_monitor.sheets.folder import find, load_sources
from nap_monitor.sheets.problem_kinds import KINDS
from nap_monitor.sheets.problems import names_in, problem
from tests.pseudo import unwrapped
from tests.sheets.demonstration import EN, ES, Q3, columns, header_row, made, opened, parsed, plan, rows, tab

NAME = "STPS.xlsx"


def at(row: int | None, column: str | None = None, tab: str = "Indicadores") -> Place:
    return Place(NAME, tab, row, column)


FIGURE = IndicatorReport(at(5, "A"), "IND-1.05", Q3, "", Decimal("1712.5"))
AMBIGUOUS = problem(
    "ambiguous_number",
    at(7, "F"),
    field="value",
    value="1,234",
    code="IND-1.05",
    period="2026-Q2",
    whole="1234",
    decimal="1.234",
)
NOT_HTTPS = replace(
    problem("link_not_https", at(5, "O"), field="evidence", value="=HYPERLINK(1)", code="IND-1.05", period="2026-Q3"),
    severity=Severity.WARNING,
)
UNKNOWN_COLUMN = problem("unknown_column", at(4, "T"), value="Mis notas")
READ = Parsed(
    reports=(
        FIGURE,
        IndicatorReport(at(6), "IND-2.08", Q3, "MX-NLE", None, declared=Declared.NO_DATA),
        IndicatorReport(at(9), "IND-1.01", Q3, "", Decimal(1)),
        IndicatorReport(at(10), "IND-2.08", Q3, "", None),
        ActionReport(at(5, tab="Acciones"), "1.2.1", "in_progress"),
        ParticipationReport(at(5, tab="Participación"), "C-1", "training", date(2026, 8, 3), total=30),
    ),
    problems=(UNKNOWN_COLUMN, NOT_HTTPS, AMBIGUOUS),
    ignored=(Ignored("Indicadores", 8, "total"), Ignored("Acciones", 6, "left_empty")),
    roles_read=frozenset({Role.INDICATOR, Role.ACTION, Role.PARTICIPATION}),
    rows_read=7,
)


def content(read: Parsed = READ, *, language: Language = ES, **values: Any) -> FeedbackContent:
    return desired(NAME, "STPS", read, programme=plan(), language=language, **values)


def sheets(said: FeedbackContent) -> tuple[list[list[Any]], list[list[Any]]]:
    """The two tables, as rows of values."""
    book = opened(feedback_workbook(said))
    found = []
    for sheet in book.worksheets:
        first = header_row(sheet) + 1
        found.append([list(values) for values in sheet.iter_rows(min_row=first, values_only=True)])
    return found[0], found[1]


def test_each_problem_says_where_what_and_what_is_accepted_worst_first() -> None:
    problems, _ = sheets(content(since=[date(2026, 10, 1), date(2026, 10, 2), date(2026, 10, 3)]))
    assert [row[:7] for row in problems] == [
        [ES.say("✖ Error"), "Indicadores", 7, "F", "Indicadores!F7", "IND-1.05", "T2 2026"],
        [ES.say("▲ Warning"), "Indicadores", 5, "O", "Indicadores!O5", "IND-1.05", "T3 2026"],
        [ES.say("● Notice"), "Indicadores", 4, "T", "Indicadores!T4", None, None],
    ]
    assert [row[7] for row in problems] == ["1,234", "=HYPERLINK(1)", "Mis notas"]
    assert all(row[8] for row in problems)
    assert [bool(row[9]) for row in problems] == [True, True, False]
    assert [row[10].date() for row in problems] == [date(2026, 10, 3), date(2026, 10, 2), date(2026, 10, 1)]


def test_the_link_leads_to_the_cell_of_the_workbook_in_the_same_folder() -> None:
    book = opened(feedback_workbook(content()))
    cell = book.worksheets[0].cell(header_row(book.worksheets[0]) + 1, 5)
    assert cell.hyperlink.target == NAME
    assert cell.hyperlink.location == "'Indicadores'!F7"
    assert cell.value == "Indicadores!F7"


@pytest.mark.parametrize("name", ["a#b.xlsx", "50%25.xlsx", "a\\b.xlsx"])
def test_a_file_name_that_no_link_can_carry_gets_the_place_as_text(name: str) -> None:
    read = replace(READ, problems=(replace(AMBIGUOUS, place=replace(AMBIGUOUS.place, file=name)),))
    said = desired(name, "STPS", read, programme=plan(), language=ES)
    sheet = opened(feedback_workbook(said)).worksheets[0]
    cell = sheet.cell(header_row(sheet) + 1, 5)
    assert (cell.value, cell.hyperlink) == ("Indicadores!F7", None)


def test_a_tab_with_an_apostrophe_is_quoted_in_the_link() -> None:
    trouble = problem("unknown_code", at(5, "A", "O'Neill"), value="x")
    sheet = opened(feedback_workbook(content(replace(READ, problems=(trouble,))))).worksheets[0]
    assert sheet.cell(header_row(sheet) + 1, 5).hyperlink.location == "'O''Neill'!A5"


def test_every_row_says_what_was_understood_and_what_became_of_it() -> None:
    said = content()
    assert [(r.tab, r.row, r.code, r.breakdown, r.status) for r in said.rows] == [
        ("Indicadores", 5, "IND-1.05", "", RowStatus.TAKEN),
        ("Indicadores", 6, "IND-2.08", "Nuevo León", RowStatus.TAKEN),
        ("Indicadores", 7, "IND-1.05", "", RowStatus.REJECTED),
        ("Indicadores", 8, "", "", RowStatus.LEFT_OUT),
        ("Indicadores", 9, "IND-1.01", "", RowStatus.TAKEN),
        ("Indicadores", 10, "IND-2.08", "", RowStatus.EMPTY),
        ("Acciones", 5, "1.2.1", "", RowStatus.TAKEN),
        ("Acciones", 6, "", "", RowStatus.EMPTY),
        ("Participación", 5, "C-1", "", RowStatus.TAKEN),
    ]
    _, shown = sheets(said)
    read_as = [row[5] for row in shown]
    assert read_as[0] == 1712.5
    assert read_as[4] == "Sí"
    assert read_as[6] == "En proceso"
    assert read_as[8].startswith("Capacitación · 03/08/2026")
    assert all(row[7] for row in (shown[0], shown[2], shown[3]))
    assert [row[7] for row in (shown[4], shown[6])] == [None, None]


def _submitted(state: str) -> Parsed:
    sent = SubmissionReport(at(5, tab="Entrega"), Q3, state)
    return replace(READ, reports=(FIGURE, sent), problems=(), roles_read=frozenset({Role.INDICATOR, Role.SUBMISSION}))


@pytest.mark.parametrize(
    ("read", "status"),
    [
        (_submitted("draft"), RowStatus.DRAFT),
        (_submitted("submitted"), RowStatus.TAKEN),
        (replace(_submitted("draft"), reports=(FIGURE,)), RowStatus.DRAFT),
        (replace(_submitted("draft"), roles_read=frozenset({Role.INDICATOR}), reports=(FIGURE,)), RowStatus.TAKEN),
    ],
    ids=["draft", "submitted", "quarter not listed", "no tab of submissions"],
)
def test_figures_of_a_quarter_not_handed_in_are_drafts(read: Parsed, status: RowStatus) -> None:
    line = content(read).rows[0]
    assert line.status is status
    assert bool(line.message) == (status is RowStatus.DRAFT)


def test_nothing_counts_as_taken_in_a_quarantined_workbook() -> None:
    held = problem("quarantined", Place(NAME, ""), **dict.fromkeys(names_in(KINDS["quarantined"].sentence), "9"))
    said = content(replace(READ, problems=(*READ.problems, held)))
    assert {r.status for r in said.rows} == {
        RowStatus.HELD_BACK,
        RowStatus.REJECTED,
        RowStatus.LEFT_OUT,
        RowStatus.EMPTY,
    }
    assert said.problems[0].what
    assert said.problems[0].place.row is None


def test_a_figure_of_a_closed_quarter_waits() -> None:
    closed = problem("closed_quarter", at(5), code="IND-1.05", period="2026-Q3", quarter="2026-Q3")
    line = content(replace(READ, problems=(closed,))).rows[0]
    assert line.status is RowStatus.RESTATEMENT
    assert line.message


def test_a_refused_file_is_one_sentence() -> None:
    nothing = Parsed((), (), ())
    said = content(nothing, refusal=Unreadable("password_protected"))
    assert (len(said.problems), said.rows) == (1, ())
    assert NAME in said.problems[0].what
    assert said.problems[0].accepted
    problems, shown = sheets(said)
    assert problems[0][0] == ES.say("✖ Error")
    assert shown == [] or shown == [[None] * 8]


def test_a_workbook_without_problems_is_told_so() -> None:
    problems, _ = sheets(content(replace(READ, problems=())))
    assert problems[0][0] == ES.say("Nothing to correct.")


def test_the_counts_are_those_of_the_rows_and_problems() -> None:
    sheet = opened(feedback_workbook(content())).worksheets[0]
    counted = {
        row[c]: row[c + 1]
        for row in sheet.iter_rows(max_row=header_row(sheet) - 1, values_only=True)
        for c in (0, 4)
        if isinstance(row[c + 1], int)
    }
    words = {
        "Accepted": 5,
        "To be corrected": 1,
        "Not reported": 2,
        "Left out": 1,
        "✖ Error": 1,
        "▲ Warning": 1,
        "● Notice": 1,
    }
    assert counted == {ES.say(word): count for word, count in words.items()}


def test_the_language_is_that_of_the_workbooks_tabs_else_the_one_given() -> None:
    english = replace(
        READ,
        reports=(replace(FIGURE, place=Place(NAME, "Indicators", 5, "A")),),
        problems=(),
        ignored=(),
    )
    assert content(english, language=ES).language.code == "en"
    assert content(READ, language=EN).language.code == "es"
    assert content(Parsed((), (), ()), language=EN).language.code == "en"
    mixed = replace(english, reports=(*english.reports, replace(FIGURE, place=Place(NAME, "Acciones", 5))))
    assert content(mixed, language=ES).language == ES
    assert content(mixed, language=EN).language == EN


def test_no_word_of_the_companion_is_untranslated(pseudo: Language) -> None:
    neutral = Parsed(
        tuple(replace(r, place=replace(r.place, tab="T")) for r in READ.reports),
        tuple(replace(p, place=replace(p.place, tab="T")) for p in READ.problems),
        tuple(replace(i, tab="T") for i in READ.ignored),
        READ.roles_read | {Role.SUBMISSION},
    )
    book = opened(feedback_workbook(content(neutral, language=pseudo)))
    data = {t for s in labels().values() for texts in s.values() for t in texts.values()}
    data |= {n.name["es"] for a in plan().agencies for n in a.names} | {plan().name["es"], "Mis notas", "Nuevo León"}
    strings = [c.value for s in book.worksheets for row in s.iter_rows() for c in row if isinstance(c.value, str)]
    strings += [*book.sheetnames, book.properties.title]
    strings += [s.oddFooter.left.text for s in book.worksheets]
    left = {said: words for said in strings if (words := unwrapped(said, data))}
    assert left == {}


@pytest.mark.parametrize("trap", ["=1+1", "+1", "-1", "@x", '=HYPERLINK("http://x")', "https://x.org", "a" * 40_000])
def test_what_cells_said_stays_text(trap: str) -> None:
    read = replace(READ, problems=(replace(AMBIGUOUS, value=trap),))
    data = feedback_workbook(content(read))
    sheet = opened(data).worksheets[0]
    cell = sheet.cell(header_row(sheet) + 1, 8)
    assert cell.data_type == "s"
    assert cell.value == trap[:32_767]


# Writing it.


def test_equal_readings_make_equal_digests_and_bytes_and_others_do_not() -> None:
    one, other = content(), content()
    assert one.digest == other.digest
    assert feedback_workbook(one) == feedback_workbook(other)
    different = [
        content(language=EN, read=Parsed((), (), ())),
        content(replace(READ, problems=READ.problems[:2])),
        content(replace(READ, reports=READ.reports[1:])),
        content(since=[date(2026, 1, 1)]),
        content(refusal=Unreadable("corrupt")),
        desired("OTRO.xlsx", "STPS", READ, programme=plan(), language=ES),
        desired(NAME, "SEGOB", READ, programme=plan(), language=ES),
    ]
    digests = {said.digest for said in (one, *different)}
    assert len(digests) == len(different) + 1


def test_writing_the_same_again_does_not_touch_the_file(tmp_path: Path) -> None:
    path = feedback_path(tmp_path / NAME)
    write_feedback(path, content())
    before = path.stat()
    write_feedback(path, content())
    after = path.stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)
    write_feedback(path, content(replace(READ, problems=())))
    assert path.stat().st_ino != before.st_ino
    assert [p.name for p in tmp_path.iterdir()] == ["STPS.validacion.xlsx"]


def test_a_workbook_is_never_touched_and_its_companion_is_never_read(tmp_path: Path) -> None:
    book = tmp_path / NAME
    book.write_bytes(made("STPS"))
    before = book.read_bytes()
    read = parsed(book, "STPS")
    write_feedback(feedback_path(book), desired(NAME, "STPS", read, programme=plan(), language=ES))
    assert book.read_bytes() == before
    found = find(tmp_path, load_sources(tmp_path / "none.yaml"), plan().agency_by_id)
    assert [file.name for file in found] == [NAME]


def test_a_real_reading_with_mistakes_comes_back_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / NAME
    path.write_bytes(made("STPS"))
    book = load_workbook(path)
    sheet = tab(book, Role.INDICATOR)
    row = rows(sheet, Role.INDICATOR)[0][0]
    column = columns(sheet, Role.INDICATOR)["value"]
    sheet.cell(row, column).value = "1,234"
    book.save(path)
    said = desired(NAME, "STPS", parsed(path, "STPS"), programme=plan(), language=EN)
    errors = [p for p in said.problems if p.severity is Severity.ERROR]
    assert [(p.place.cell, p.value) for p in errors] == [(f"Indicadores!F{row}", "1,234")]
    assert [r.status for r in said.rows if (r.tab, r.row) == ("Indicadores", row)] == [RowStatus.REJECTED]


@pytest.mark.parametrize(
    ("there", "name", "companion"),
    [
        ([], "STPS.xlsx", "STPS.validacion.xlsx"),
        ([], "STPS.XLSX", "STPS.validacion.xlsx"),
        ([], "STPS.ods", "STPS.validacion.xlsx"),
        ([], "STPS_Acciones.csv", "STPS_Acciones.validacion.xlsx"),
        (["STPS.xlsx"], "STPS.ods", "STPS.ods.validacion.xlsx"),
        (["STPS.xlsx"], "STPS.xlsx", "STPS.validacion.xlsx"),
        (["STPS.ods"], "STPS.csv", "STPS.csv.validacion.xlsx"),
    ],
)
def test_each_workbook_has_a_companion_of_its_own(there: list[str], name: str, companion: str, tmp_path: Path) -> None:
    for other in there:
        (tmp_path / other).touch()
    assert feedback_path(tmp_path / name) == tmp_path / companion


def test_very_many_problems_are_cut_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("nap_monitor.sheets.feedback.workbook._MOST_LINES", 2)
    problems, shown = sheets(content())
    assert len([row for row in problems if row[2]]) == 2
    assert problems[2][0] == ES.say("The first {shown} of {total}.", shown="2", total="3")
    assert shown[2][0] == ES.say("The first {shown} of {total}.", shown="2", total="9")


def test_an_agency_that_left_the_plan_is_named_by_its_id() -> None:
    assert desired(NAME, "VIEJA", READ, programme=plan(), language=ES).agency == "VIEJA"


def test_a_problem_keeps_its_day_beside_a_refusal() -> None:
    said = content(replace(READ, problems=(AMBIGUOUS,)), refusal=Unreadable("corrupt"), since=[date(2026, 2, 2)])
    assert [(p.since, p.place.row) for p in said.problems] == [(None, None), (date(2026, 2, 2), 7)]


def test_the_code_of_a_period_is_shown_as_the_language_writes_it() -> None:
    trouble: Problem = replace(AMBIGUOUS, period=str(Quarter(2025, 1)))
    assert content(replace(READ, problems=(trouble,))).problems[0].period == "T1 2025"
